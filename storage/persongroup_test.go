package storage_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// places are the groups that the people of these tests are in.
var places = []int64{chess, chess - 1, chess - 2, chess - 3}

// notedIn lists where something may be kept of somebody, in the order of the groups.
func (d *desk) notedIn(who int64) []int64 {
	d.t.Helper()
	found, err := d.NotedIn(d.t.Context(), who)
	d.must(err)
	return found
}

func (d *desk) knownIn(who int64) []int64 {
	d.t.Helper()
	found, err := d.KnownIn(d.t.Context(), who)
	d.must(err)
	return found
}

// forgetMe deletes what is kept of somebody, as /forgetme does.
func (d *desk) forgetMe(who int64) {
	d.t.Helper()
	_, err := d.court.Forget(d.t.Context(), d, who, "")
	d.must(err)
}

// live lets one of some people do something in a group that leaves a trace.
func (d *desk) live(rt *rapid.T, crowd []int64) {
	chat, who, other := rapid.SampledFrom(places).Draw(rt, "group"), rapid.SampledFrom(crowd).Draw(rt, "who"), rapid.SampledFrom(crowd).Draw(rt, "other")
	switch rapid.IntRange(0, 7).Draw(rt, "what") {
	case 0, 1:
		m := d.wrote(who, d.next())
		m.Chat = chat
		d.observe(m)
	case 2:
		d.must(d.court.Joined(d.t.Context(), d.next(), chat, moderation.Supergroup, []moderation.Person{{ID: who}}, d.now()))
	case 3, 4:
		r := d.reportBy(person(who), d.next())
		r.Chat, r.Target.SentAt, r.Target.Author.ID = chat, d.now(), other
		var refused *moderation.Refusal
		if _, err := d.court.Report(d.t.Context(), r); !errors.As(err, &refused) {
			d.must(err)
		}
	case 5:
		d.punish(chat, d.next())
	case 6:
		d.forgetMe(who)
	case 7:
		for range rapid.IntRange(1, 30).Draw(rt, "weeks") {
			d.pass(7 * day)
			_, err := d.court.ExpireDue(d.t.Context())
			d.must(err)
			_, err = d.court.Settle(d.t.Context())
			d.must(err)
			d.must(d.Forget(d.t.Context(), d.now()))
		}
	}
}

// Where something is kept of a person is noted, whatever happened: nothing is found by looking at all groups that the notes do
// not lead to.
func TestNotesLeadToAllThatIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	last := int64(mallory)
	rapid.Check(t, func(rt *rapid.T) {
		crowd := []int64{last + 1, last + 2, last + 3, mallory}
		last += 3
		for range rapid.IntRange(1, 15).Draw(rt, "steps") {
			d.live(rt, crowd)
		}
		for _, who := range crowd {
			noted := d.notedIn(who)
			for _, chat := range d.knownIn(who) {
				if !slices.Contains(noted, chat) {
					rt.Fatalf("something is kept of %d in group %d, which is not noted: %v", who, chat, noted)
				}
			}
		}
	})
}

// When all is deleted that was kept of somebody, it is not noted either where that was.
func TestNotesGoWithWhatIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, chat := range places {
		m := d.wrote(anna, d.next())
		m.Chat = chat
		d.observe(m)
	}
	if got := d.notedIn(anna); len(got) != len(places) {
		t.Fatalf("noted in %v; want %d groups", got, len(places))
	}
	d.forgetMe(anna)
	if got := d.notedIn(anna); len(got) != 0 {
		t.Errorf("noted in %v after all was deleted", got)
	}
	if n := d.number(`SELECT count(*) FROM person_group`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

// A ballot that stays keeps its note, until nobody needs it.
func TestNoteOfABallotStaysAsLongAsIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.forgetMe(anna)
	refs, _, err := d.Voted(t.Context(), anna, 10)
	d.must(err)
	if len(refs) != 1 || refs[0].ID != id {
		t.Fatalf("voted in %v; want %s", refs, id)
	}
	d.uphold(id)
	d.pass(8 * day)
	if _, err := d.court.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.pass(1000 * day)
	d.must(d.Forget(t.Context(), d.now()))
	if noted := d.notedIn(anna); len(noted) != 0 {
		t.Errorf("noted in %v; nothing is kept", noted)
	}
}

// What an earlier release kept is found when the person asks for the first time. Then it is noted, and nothing is looked through
// any more.
func TestWhatAnEarlierReleaseKeptIsFound(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, chat := range places[:2] {
		m := d.wrote(anna, d.next())
		m.Chat = chat
		d.observe(m)
	}
	id := d.report(bob, 41)
	want := map[int64][]int64{anna: d.knownIn(anna), bob: d.knownIn(bob)}
	last := d.number(`SELECT max(id) FROM chat`)
	d.alter(`DELETE FROM person_group`)
	d.alter(fmt.Sprintf(`INSERT INTO meta (name, value) VALUES ('%s', CAST('%d' AS BLOB))`, storage.MetaBefore, last))
	for who, groups := range want {
		for _, time := range []string{"first", "second"} {
			if got := d.notedIn(who); !slices.Equal(got, groups) {
				t.Errorf("the %s time %d is noted in %v; want %v", time, who, got, groups)
			}
		}
	}
	refs, _, err := d.Voted(t.Context(), bob, 10)
	d.must(err)
	if len(refs) != 1 || refs[0].ID != id {
		t.Errorf("voted in %v; want %s", refs, id)
	}
	if n := d.number(`SELECT count(*) FROM person_group`); n != int64(len(want[anna])+len(want[bob])+2) {
		t.Errorf("%d rows; want one for each group, and one that each was looked for", n)
	}
}

// A database of an earlier release notes nothing, but which groups it had.
func TestDatabaseOfAnEarlierReleaseIsLookedThrough(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	b.run(`INSERT INTO member (chat, tag, joined) VALUES (3, ?, 1)`, b.key.Tag("member", 3, anna))
	b.run(`INSERT INTO bucket (chat, tag, spent, at) VALUES (2, ?, 1, 1)`, b.key.Tag("bucket", 2, anna))
	b.open()
	for range 2 {
		if got := b.notedIn(anna); !slices.Equal(got, []int64{2, 3}) {
			t.Errorf("noted in %v; want 2 and 3", got)
		}
		if got := b.notedIn(bob); len(got) != 0 {
			t.Errorf("a stranger is noted in %v", got)
		}
	}
	kept, err := b.Kept(t.Context(), anna)
	b.must(err)
	if len(kept) != 2 {
		t.Errorf("kept in %d groups", len(kept))
	}
}

// Rows of the groups of one person do not look as if they belonged together.
func TestNotesDoNotTellWhoseTheyAre(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i := range int64(40) {
		m := d.wrote(anna, d.next())
		m.Chat = chess - i
		d.observe(m)
	}
	if got := d.notedIn(anna); len(got) != 40 {
		t.Fatalf("noted in %d groups", len(got))
	}
	if n := d.number(`SELECT count(DISTINCT slot) FROM person_group`); n != 40 {
		t.Errorf("%d different slots; want 40", n)
	}
	if n := d.number(`SELECT count(*) FROM person_group p JOIN active a ON a.tag IN (p.slot, p.mark)`); n != 0 {
		t.Errorf("%d tags are those of other tables", n)
	}
	if n := d.number(`SELECT count(DISTINCT ref) FROM person_group`); n != 40 {
		t.Errorf("%d different groups; want 40", n)
	}
}

// manyGroups gives a desk so many groups, with nobody in them.
func (d *desk) manyGroups(n int) {
	d.t.Helper()
	d.must(d.court.Status(d.t.Context(), d.next(), chess, moderation.Supergroup, moderation.Rights{Member: true}))
	policy := "(SELECT policy FROM chat WHERE id = 1)"
	d.alter(fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO chat (id, number, kind, policy) SELECT i, -2000000000000 - i, 'supergroup', %s FROM n`, n, policy))
}

// What somebody's own commands cost who is in 10 of 100,000 groups, with what is noted and without: as when they ask for the
// first time after the release that notes it.
func BenchmarkKeptAmong100000Groups(b *testing.B) {
	d := newDesk(b)
	d.manyGroups(100_000)
	for i := range int64(10) {
		m := d.wrote(anna, d.next())
		m.Chat = chess - i
		d.observe(m)
	}
	for name, ask := range map[string]func(context.Context) (int, error){
		"kept":     func(ctx context.Context) (int, error) { k, err := d.Kept(ctx, anna); return len(k), err },
		"stranger": func(ctx context.Context) (int, error) { k, err := d.Kept(ctx, 4711); return len(k) + 10, err },
		"voted":    func(ctx context.Context) (int, error) { _, _, err := d.Voted(ctx, anna, 10); return 10, err },
		"without":  func(ctx context.Context) (int, error) { k, err := d.KnownIn(ctx, anna); return len(k), err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if n, err := ask(b.Context()); err != nil || n != 10 {
					b.Fatal(n, err)
				}
			}
		})
	}
}
