package storage_test

import (
	"reflect"
	"testing"
	"time"

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
	all, err := d.Practices(t.Context())
	d.must(err)
	if len(all) != 1 || !reflect.DeepEqual(all[chess], want) {
		t.Errorf("there are %+v", all)
	}
	unasked(d, d.docket(moderation.Key{Chat: chess}).Practice)
	d.practise(chess, moderation.Practice{})
	if n := d.number(`SELECT count(*) FROM practice`); n != 0 {
		t.Errorf("%d rows are kept of one that is forgotten", n)
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
