package storage_test

import (
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// somePractice is one with votes.
func somePractice(votes int) moderation.Practice {
	p := moderation.Practice{
		Began: noon, Thread: 3, Seed: 1 << 60, Message: 41, Posted: noon, Seen: true, Card: 42, CardDue: noon, Appeared: noon,
		CardVotes: 1, EditDue: noon, WithdrawDue: noon, Verdict: moderation.Upheld, Rule: rulebook.Scam, Decided: noon, Told: true, Gone: true,
	}
	for i := range votes {
		p.Ballots = append(p.Ballots, moderation.PracticeBallot{Voter: anna + int64(i), Language: "zh-hans", Side: moderation.Breaks, Rule: rulebook.OffTopic, Reported: true})
	}
	return p
}

func (d *desk) practise(chat int64, p moderation.Practice) {
	d.t.Helper()
	d.decide(moderation.Key{Chat: chat, Want: moderation.Want{Bare: true}}, moderation.Outcome{Practice: &p})
}

func TestPracticeIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := somePractice(2)
	whole(t, want)
	d.practise(chess, want)
	d.close()
	d.open()
	key := moderation.Key{Chat: chess, Want: moderation.Want{Bare: true, Practice: true}}
	if got := read(d, d.docket(key).Practice).Practice; !reflect.DeepEqual(got, want) {
		t.Errorf("practice %+v\nwant %+v", got, want)
	}
	got, err := d.Practice(t.Context(), chess)
	d.must(err)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("looked up it is %+v", got)
	}
	if other, err := d.Practice(t.Context(), chess-1); err != nil || other.Number() != 0 {
		t.Errorf("another group has %+v, %v", other, err)
	}
	all := d.posted(noon, noon)
	if len(all) != 1 || !reflect.DeepEqual(all[chess], want) {
		t.Errorf("there are %+v", all)
	}
	unasked(d, d.docket(moderation.Key{Chat: chess}).Practice)
	d.practise(chess, moderation.Practice{})
	if n := d.number(`SELECT count(*) FROM practice`); n != 0 {
		t.Errorf("%d rows are kept of one that is forgotten", n)
	}
}

// posted are the practices that may have been posted between two moments.
func (d *desk) posted(from, to time.Time) map[int64]moderation.Practice {
	d.t.Helper()
	all, err := d.PracticesPosted(d.t.Context(), from, to)
	d.must(err)
	return all
}

// Of the practices of all groups only those are opened that were posted about then.
func TestPracticesPosted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, off := range []time.Duration{-6 * time.Second, -5 * time.Second, 0, 5*time.Second + 900*time.Millisecond, 6 * time.Second} {
		p := somePractice(1)
		p.Posted = noon.Add(off)
		d.practise(chess-int64(i), p)
	}
	d.practise(chess-5, moderation.Practice{Began: noon, Verdict: moderation.Open}) // is not posted yet
	for _, i := range []int64{0, 4, 5} {
		d.alter(`UPDATE practice SET sealed = CAST('broken' AS BLOB) WHERE chat = (SELECT id FROM chat WHERE number = ` + strconv.FormatInt(chess-i, 10) + `)`)
	}
	all := d.posted(noon.Add(-5*time.Second), noon.Add(5*time.Second))
	if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, []int64{chess - 3, chess - 2, chess - 1}) {
		t.Errorf("found are those of %v", got)
	}
}

// withoutPracticeTimes makes the table of practices what it was in a release before, of a database that is not open.
func (d *desk) withoutPracticeTimes() {
	d.t.Helper()
	d.withoutSweep()
	d.withoutJuries()
	for _, query := range []string{
		`DROP INDEX practice_posted`, `ALTER TABLE practice DROP COLUMN began`, `ALTER TABLE practice DROP COLUMN posted`,
		`DELETE FROM goose_db_version WHERE version_id > 33`,
	} {
		d.alter(query)
	}
}

// A practice of a release before goes on: a forward of its message is found, and it is forgotten if nothing ends it.
func TestReleaseBeforeGoesOnPractising(t *testing.T) {
	t.Parallel()
	d := deskAt(t, filepath.Join(scratch.Dir(t), "ostrakon.db"))
	d.open()
	want := somePractice(2)
	d.practise(chess, want)
	d.close()
	d.withoutPracticeTimes()
	d.open()
	if all := d.posted(noon.Add(time.Hour), noon.Add(time.Hour)); len(all) != 1 || !reflect.DeepEqual(all[chess], want) {
		t.Errorf("there are %+v", all)
	}
	opened := time.Now()
	d.must(d.Forget(t.Context(), opened.Add(23*time.Hour)))
	if n := d.number(`SELECT count(*) FROM practice`); n != 1 {
		t.Error("it was forgotten on the first day")
	}
	d.must(d.Forget(t.Context(), opened.Add(25*time.Hour)))
	if n := d.number(`SELECT count(*) FROM practice`); n != 0 {
		t.Error("who voted in it is kept")
	}
	d.practise(chess, want)
	if all := d.posted(noon.Add(time.Hour), noon.Add(time.Hour)); len(all) != 0 {
		t.Errorf("then there are %+v", all)
	}
}

// Who voted in a practice that nothing ended is forgotten, and one that goes on is not.
func TestForgetPractices(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.practise(chess, somePractice(2))
	late := somePractice(2)
	late.Began = noon.Add(time.Minute)
	d.practise(chess-1, late)
	d.must(d.Forget(t.Context(), noon.Add(day)))
	if n := d.number(`SELECT count(*) FROM practice`); n != 2 {
		t.Errorf("%d are kept for a day, want 2", n)
	}
	d.must(d.Forget(t.Context(), noon.Add(day+time.Second)))
	if p, err := d.Practice(t.Context(), chess); err != nil || p.Number() != 0 {
		t.Errorf("then there is %+v, %v", p, err)
	}
	if p, err := d.Practice(t.Context(), chess-1); err != nil || !reflect.DeepEqual(p, late) {
		t.Errorf("of the other there is %+v, %v", p, err)
	}
}

// How many voted is not to be read off the length.
func TestPracticesAreAllOfALength(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, votes := range []int{0, 1, 20} {
		d.practise(chess-int64(i), somePractice(votes))
	}
	if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM practice`); n != 1 {
		t.Errorf("%d different lengths; want 1", n)
	}
}

// A practice's messages are out of reach when its group moves.
func TestPracticeEndsWhenTheGroupMoves(t *testing.T) {
	t.Parallel()
	const old = int64(-731111111)
	for name, early := range map[string]bool{"alone": false, "after updates of the new group": true} {
		d := newDesk(t)
		d.practise(old, somePractice(1))
		fresh := somePractice(2)
		fresh.Began = noon.Add(time.Minute)
		if early {
			d.practise(chess, fresh)
		}
		d.must(d.court.Migrate(t.Context(), d.next(), old, chess))
		got, err := d.Practice(t.Context(), chess)
		d.must(err)
		if want := early; (got.Number() == fresh.Number()) != want || !want && got.Number() != 0 {
			t.Errorf("%s: there is %+v", name, got)
		}
	}
}
