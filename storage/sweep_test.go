package storage_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

const advert = "Cheap coins at https://coins.example"

// posts has somebody write a message, or change one.
func (d *desk) posts(who, message int64, text string, edited bool) {
	d.t.Helper()
	d.must(d.court.Observe(d.t.Context(), []moderation.SeenMessage{{
		Update: d.next(), Chat: chess, Kind: moderation.Supergroup, Message: message, At: d.now(), Author: moderation.Author{ID: who, Language: "en"},
		Said: moderation.Evidence{Text: text}, Role: moderation.RoleMember, Counts: true, Edited: edited,
	}}))
}

// alike lists the messages that a sweep looks at, and the marks that they have and had.
func (d *desk) likes(author int64) (found []string) {
	d.t.Helper()
	all, err := d.Alike(d.t.Context(), chess, author, moderation.Evidence{Text: advert}.Marks())
	d.must(err)
	for _, m := range all {
		found = append(found, fmt.Sprintf("%d by %d: %d of %d", m.Message, m.Author.ID, len(m.Marks), len(m.Ever)))
	}
	return found
}

// What a sweep looks at is found in its latest form, whatever else there is.
func TestAlike(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.posts(mallory, 41, "Hello", false)
	d.posts(anna, 42, advert, false)
	d.posts(bob, 43, "Good morning", false)
	d.posts(bob, 44, advert, false)
	d.posts(bob, 44, "I was wrong", true)
	d.posts(carl, 45, "Look", false)
	d.posts(carl, 45, advert, true)
	want := []string{"41 by 2: 0 of 0", "42 by 11: 1 of 1", "44 by 12: 0 of 1", "45 by 13: 1 of 1"}
	want[0] = fmt.Sprintf("41 by %d: 0 of 0", mallory)
	want[1], want[2], want[3] = fmt.Sprintf("42 by %d: 1 of 1", anna), fmt.Sprintf("44 by %d: 0 of 1", bob), fmt.Sprintf("45 by %d: 1 of 1", carl)
	if got := d.likes(mallory); !slices.Equal(got, want) {
		t.Errorf("found are %q; want %q", got, want)
	}
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Removed: []int64{42}})
	d.close()
	d.open()
	if got := d.likes(mallory); !slices.Equal(got, slices.Delete(want, 1, 2)) {
		t.Errorf("after a start found are %q", got)
	}
}

// sweeps has a case upheld and copies of its message looked for.
func (d *desk) sweeps(message int64) string {
	d.t.Helper()
	id := d.report(anna, message)
	d.uphold(id)
	marks := moderation.Evidence{Text: advert}.Marks()
	e := moderation.SweepMessages{Waiting: moderation.Waiting{Chat: chess}, Case: id, Author: moderation.Author{ID: mallory}}
	found, err := d.Alike(d.t.Context(), chess, mallory, marks)
	d.must(err)
	d.must(d.court.Sweep(d.t.Context(), e, found, marks, nil))
	return id
}

// A sweep keeps a case for the author of a copy, and what later copies are found by, until the verdict is overturned or a day is
// over.
func TestSweepIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(d.court.Joined(d.t.Context(), d.next(), chess, moderation.Supergroup, []moderation.Person{{ID: bob}}, d.now()))
	d.posts(bob, 42, advert, false)
	id := d.sweeps(41)
	cs, err := d.Case(t.Context(), chess, id)
	d.must(err)
	if cs.Along != 1 {
		t.Errorf("along went %d", cs.Along)
	}
	if n := d.number(`SELECT count(*) FROM cases WHERE copy_of = '` + id + `' AND verdict = 'upheld' AND deed = ''`); n != 1 {
		t.Errorf("%d cases about copies", n)
	}
	waits := func() int64 { return d.number(`SELECT count(*) FROM outbox WHERE name = 'sweep/` + id + `'`) }
	d.posts(bob, 43, "Hello", false)
	if waits() != 0 {
		t.Error("something else is taken for a copy")
	}
	d.posts(bob, 44, advert, false)
	d.posts(bob, 45, advert, false)
	if waits() != 1 {
		t.Errorf("%d sweeps wait", waits())
	}
	d.must(d.Forget(t.Context(), d.now().Add(23*time.Hour)))
	if d.number(`SELECT count(*) FROM copy_watch`) != 1 {
		t.Error("forgotten within a day")
	}
	_, err = d.court.Overturn(t.Context(), moderation.Key{Update: d.next(), Chat: chess, Case: id}, admin(carl))
	d.must(err)
	if d.number(`SELECT count(*) FROM copy_watch`) != 0 || d.number(`SELECT count(*) FROM cases WHERE copy_of <> '' AND reversed = 'overturned'`) != 1 {
		t.Error("overturning left something")
	}
	d.sweeps(51)
	d.must(d.Forget(t.Context(), d.now().Add(25*time.Hour)))
	if d.number(`SELECT count(*) FROM copy_watch`) != 0 {
		t.Error("remembered for longer than a day")
	}
}

// withoutSweep makes the tables what they were in the release before, of a database that is not open.
func (d *desk) withoutSweep() {
	d.t.Helper()
	for _, query := range []string{
		`DROP TABLE copy_watch`, `ALTER TABLE cases DROP COLUMN copy_of`, `ALTER TABLE cases DROP COLUMN along`, `ALTER TABLE chat DROP COLUMN watched`,
		`DELETE FROM goose_db_version WHERE version_id = 36`,
	} {
		d.alter(query)
	}
}

// Cases and groups of the release before are what they were.
func TestReleaseBeforeSweptNothing(t *testing.T) {
	t.Parallel()
	d := deskAt(t, filepath.Join(scratch.Dir(t), "ostrakon.db"))
	d.open()
	id := d.report(anna, 41)
	d.uphold(id)
	want, err := d.Case(t.Context(), chess, id)
	d.must(err)
	d.close()
	d.withoutSweep()
	d.open()
	if got, err := d.Case(t.Context(), chess, id); err != nil || !reflect.DeepEqual(got, want) || got.CopyOf != "" || got.Along != 0 {
		t.Errorf("it is %+v, %v; want %+v", got, err, want)
	}
	d.posts(bob, 42, advert, false)
	if got := d.likes(mallory); len(got) != 1 || want.Rule == rulebook.Spam {
		t.Errorf("found are %q", got)
	}
}
