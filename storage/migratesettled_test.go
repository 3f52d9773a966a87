package storage_test

import (
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What belongs to a group and to no case of it, when it moves.

func (d *desk) ref(chat int64) int64 {
	d.t.Helper()
	c, err := d.Chat(d.t.Context(), chat)
	d.must(err)
	return c.Ref
}

// settled is a group with an admin, a username, complaints, a log channel and a digest to come.
func settled(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.enter(chess)
	d.must(d.court.Administered(t.Context(), chess, []int64{anna, bob}))
	d.observe(d.named(anna, 41, "anna"))
	d.complain(anna, 41)
	d.complain(bob, 41)
	d.set(chess, func(c *moderation.Chat) {
		c.Log, c.LinkCode, c.LinkEnds, c.DigestDue = -77, "K7Q2XX", noon.Add(day), noon.Add(day)
	})
	return d
}

// checkSettled says what is not as settled left it, with so many complaints and the admin who came first.
func (d *desk) checkSettled(ref int64, complaints int) {
	d.t.Helper()
	c, err := d.Chat(d.t.Context(), super)
	d.must(err)
	if c.Ref != ref || c.Log != -77 || c.LinkCode != "K7Q2XX" || !c.DigestDue.Equal(noon.Add(day)) || !c.DigestFrom.Equal(noon) || !c.Rights.Member {
		d.t.Errorf("the group is %+v; want its number here to be %d", c, ref)
	}
	if got, err := d.ChatByRef(d.t.Context(), ref); err != nil || got.ID != super {
		d.t.Errorf("by its number here it is %d, %v", got.ID, err)
	}
	for _, who := range []int64{anna, bob} {
		if got := d.adminOf(who, 9); !slices.Equal(got, []int64{super}) {
			d.t.Errorf("%s is an admin of %v", names[who], got)
		}
	}
	if who, found, err := d.Handle(d.t.Context(), super, "Anna"); err != nil || !found || who != anna {
		d.t.Errorf("@anna is %d, %v", who, err)
	}
	d.wantComplaints(super, on(0, complaints))
	if n := d.number(`SELECT count(*) FROM chat`); n != 1 {
		d.t.Errorf("%d groups; want 1", n)
	}
	if cluster != nil {
		return // where a row that belongs to nobody cannot be
	}
	if n := d.number(`SELECT count(*) FROM pragma_foreign_key_check`); n != 0 {
		d.t.Errorf("%d rows belong to nobody", n)
	}
}

func TestMigrationKeepsWhatIsSettled(t *testing.T) {
	t.Parallel()
	d := settled(t)
	ref := d.ref(chess)
	d.migrate()
	d.checkSettled(ref, 2)
	d.close()
	d.open()
	d.checkSettled(ref, 2)
}

// The new group's messages begin with the same numbers: who reports number 41 again reports another.
func TestComplaintsAfterAMigrationAreNew(t *testing.T) {
	t.Parallel()
	d := settled(t)
	d.migrate()
	d.complainIn(super, anna, 41)
	d.wantComplaints(super, on(0, 3))
	d.complainIn(super, anna, 41)
	d.wantComplaints(super, on(0, 3))
}

// Both have counted on the same day.
func TestMigrationMergesWhatIsSettled(t *testing.T) {
	t.Parallel()
	d := settled(t)
	ref := d.ref(chess)
	d.enter(super)
	d.must(d.court.Administered(t.Context(), super, []int64{anna}))
	s := d.named(anna, 3, "anna")
	s.Chat = super
	d.observe(s)
	d.complainIn(super, anna, 3)
	d.complainIn(super, bob, 3)
	d.complainIn(super, carl, 3)
	d.pass(day)
	d.complainIn(super, carl, 4)
	d.clock.set(noon)
	d.migrate()
	d.wantComplaints(super, on(0, 5), on(1, 1))
	d.alter(`DELETE FROM complaint WHERE count = 1`)
	d.checkSettled(ref, 5)
	s.Update, s.Author.ID = d.next(), bob
	d.observe(s)
	if who, _, err := d.Handle(t.Context(), super, "anna"); err != nil || who != bob {
		t.Errorf("@anna is %d, %v; want her who took it last", who, err)
	}
}

// The old group speaks up after it has moved; see [TestLateWordOfTheOldGroup].
func TestLateWordChangesNothingThatIsSettled(t *testing.T) {
	t.Parallel()
	d := settled(t)
	ref := d.ref(chess)
	d.migrate()
	d.must(d.court.Appointed(t.Context(), d.next(), chess, moderation.Basic, anna, true))
	d.complain(carl, 42)
	d.observe(d.named(carl, 43, "anna"))
	d.migrate()
	d.checkSettled(ref, 3)
}
