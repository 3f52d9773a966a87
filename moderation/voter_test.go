package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

// noon is when most tests take place.
var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

func TestWeight(t *testing.T) {
	const day, enough = moderation.NewFor, moderation.NewMessages
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	for name, test := range map[string]struct {
		joined   time.Time
		messages int
		sent     time.Time
		want     float64
		fresh    bool
	}{
		"there before the bot":                  {time.Time{}, 0, ago(time.Minute), 1, false},
		"a day ago and five messages":           {ago(day), enough, ago(time.Minute), 1, false},
		"a second less than a day ago":          {ago(day - time.Second), enough, ago(time.Minute), 1, true},
		"a day ago and four messages":           {ago(day), enough - 1, ago(time.Minute), 1, true},
		"long ago and silent since":             {ago(300 * day), 0, ago(time.Minute), 1, true},
		"in the very second of the message":     {ago(time.Minute), 0, ago(time.Minute), 1, true},
		"a second after the message":            {ago(time.Minute), 0, ago(time.Minute + time.Second), 0, true},
		"after the message, and settled since":  {ago(day), enough, ago(day + time.Second), 0, false},
		"in the second of the message, settled": {ago(day), enough, ago(day), 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			v := moderation.Voter{
				ID: anna, Language: "en", Record: moderation.Record{Joined: test.joined, Messages: test.messages, Silenced: noon},
			}
			want := moderation.Ballot{
				Ballot: weight.Ballot{Voter: anna, Side: moderation.Fine, Weight: test.want, New: test.fresh, Joined: test.joined, At: noon}, Language: "en",
			}
			if got := v.Ballot(moderation.Fine, test.sent, noon); got != want {
				t.Errorf("ballot %+v, want %+v", got, want)
			}
		})
	}
}

// A ballot weighs what its voter's record says on that day, by their tier. Whether they are new is another matter.
func TestWeightOfARecordAndATier(t *testing.T) {
	today := moderation.DayOf(noon)
	good := weight.VoteRecord{Right: 5, Day: today} // (5+3)/(5+4) is 8 to 1
	poor := weight.VoteRecord{Wrong: 5, Day: today}
	fresh := moderation.Record{Joined: noon.Add(-time.Hour), Messages: 9}
	lost := func(r moderation.Record, points int) moderation.Record {
		r.Conduct.Lost = points
		return r
	}
	eight := weight.VoteRecord{Right: 5}.Credibility()
	for name, test := range map[string]struct {
		votes  weight.VoteRecord
		record moderation.Record
		weight float64
	}{
		"nobody knows them":         {weight.VoteRecord{}, moderation.Record{}, 1},
		"with a good record":        {good, moderation.Record{}, eight},
		"who is new":                {good, fresh, eight},
		"with a poor record":        {poor, moderation.Record{}, 0},
		"from half a year ago":      {weight.VoteRecord{Right: 10, Day: today - 180}, moderation.Record{}, eight},
		"at the edge of good":       {weight.VoteRecord{}, lost(moderation.Record{}, 20), 1},
		"watched":                   {weight.VoteRecord{}, lost(moderation.Record{}, 21), 0.5},
		"watched, with good record": {good, lost(moderation.Record{}, 50), eight / 2},
		"watched and new":           {weight.VoteRecord{}, lost(fresh, 21), 0.5},
		"restricted":                {good, lost(moderation.Record{}, 51), 0},
		"on a last chance":          {good, lost(moderation.Record{}, 81), 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := moderation.Voter{Record: test.record, VoteRecord: test.votes}.Ballot(moderation.Breaks, noon.Add(-time.Minute), noon)
			if !weighttest.Near(b.Weight, test.weight) || b.New != test.record.New(noon) {
				t.Errorf("weighs %v, new: %v; want %v, %v", b.Weight, b.New, test.weight, test.record.New(noon))
			}
		})
	}
}
