package storage_test

import (
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

func TestConductIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := standing.Conduct{Lost: 30, Wrote: moderation.DayOf(d.now()), Fell: moderation.DayOf(d.now()) - 3}
	whole(t, want)
	key := moderation.Key{Chat: chess, Author: mallory, Want: moderation.Want{Turns: true}}
	d.decide(key, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Conduct: &want}})
	d.close()
	d.open()
	if got := d.docket(key).Conduct; got != want {
		t.Errorf("kept %+v; want %+v", got, want)
	}
	if got := d.docket(moderation.Key{Chat: chess, Actor: mallory}).Record.Conduct; got != want {
		t.Errorf("as the record of who acts it is %+v; want %+v", got, want)
	}
	if got, err := d.Conduct(t.Context(), chess, mallory); err != nil || got != want {
		t.Errorf("looked up it is %+v, %v; want %+v", got, err, want)
	}
	for _, unknown := range []struct{ chat, who int64 }{{chess, bob}, {chess - 1, mallory}} {
		if got, err := d.Conduct(t.Context(), unknown.chat, unknown.who); err != nil || got != (standing.Conduct{}) {
			t.Errorf("of somebody unknown it is %+v, %v", got, err)
		}
	}
}

// A member's joining and their standing share a row and do not overwrite each other.
func TestConductLeavesTheRestOfTheRecord(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	joined := moderation.Record{Joined: d.now(), Messages: 2}
	d.decide(moderation.Key{Chat: chess, Actor: mallory}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &joined}})
	joined.Conduct = standing.Conduct{Lost: 10, Fell: 7}
	d.decide(moderation.Key{Chat: chess, Author: mallory}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Conduct: &joined.Conduct}})
	if got := d.docket(moderation.Key{Chat: chess, Actor: mallory}).Record; got != joined {
		t.Errorf("kept %+v; want %+v", got, joined)
	}
}

func TestTurnsTheNewestFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	key := moderation.Key{Chat: chess, Author: mallory, Want: moderation.Want{Turns: true}}
	turn := func(t standing.Change) {
		d.decide(key, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Turns: []standing.Change{t}}})
	}
	turn(standing.Change{Day: 1, Points: -20, Cause: standing.CauseUpheld, Case: "AAAA"})
	for i := range int64(3) {
		turn(standing.Change{Day: 2 + i, Points: 1, Cause: standing.CauseDays})
	}
	turn(standing.Change{Day: 5, Points: 17, Cause: standing.CauseOverturned, Case: "AAAA"})
	turn(standing.Change{Day: 6, Points: 1, Cause: standing.CauseDays})
	want := []standing.Change{
		{Day: 6, Points: 1, Cause: standing.CauseDays},
		{Day: 5, Points: 17, Cause: standing.CauseOverturned, Case: "AAAA"},
		{Day: 4, Points: 3, Cause: standing.CauseDays}, // days in a row are one
		{Day: 1, Points: -20, Cause: standing.CauseUpheld, Case: "AAAA"},
	}
	if got := read(d, d.docket(key).Turns); !slices.Equal(got, want) {
		t.Errorf("turns %+v\nwant %+v", got, want)
	}
	if got := read(d, d.docket(moderation.Key{Chat: chess, Author: bob, Want: moderation.Want{Turns: true}}).Turns); len(got) != 0 {
		t.Errorf("somebody else has turns %+v", got)
	}
	for i := range int64(2 * standing.MaxChanges) {
		turn(standing.Change{Day: 7 + i, Points: -1, Cause: standing.CauseUpheld, Case: "BBBB"})
	}
	got := read(d, d.docket(key).Turns)
	if len(got) != standing.MaxChanges || got[0].Day != 6+2*standing.MaxChanges {
		t.Errorf("%d turns are kept, the newest of day %d", len(got), got[0].Day)
	}
}
