package storage_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// sentence keeps an upheld case against Mallory, with its offence.
func (d *desk) sentence(id string, step ladder.Step) {
	d.t.Helper()
	c := moderation.Case{
		ID: id, Chat: chess, CaseMessage: moderation.CaseMessage{Message: d.next(), Author: moderation.Author{ID: mallory, Language: "en"}}, Verdict: moderation.Upheld,
		Rule: rulebook.Scam, CasePenalty: moderation.CasePenalty{Penalty: step, Until: step.Until(d.now())}, Opened: d.now(), Deadline: d.now(), Decided: d.now(),
	}
	if step == muteHour {
		c.Put = moderation.ProgressDone
	}
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Case: &c, AuthorChanges: moderation.AuthorChanges{Offence: &moderation.Offence{Case: id, Steps: 1, Severity: 2, Cost: 20, Limited: step == muteHour, At: d.now()}}})
}

var (
	muteHour = ladder.Step{Kind: ladder.Mute, For: time.Hour}
	muteDay  = ladder.Step{Kind: ladder.Mute, For: day}
	banEver  = ladder.Step{Kind: ladder.Ban}
)

// sentenced is Mallory's record as decisions see it: three offences, an hour apart.
func sentenced(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.enter(chess)
	for i, step := range []ladder.Step{muteHour, muteDay, banEver} {
		d.sentence([]string{"AAAA", "BBBB", "CCCC"}[i], step)
		d.pass(time.Hour)
	}
	return d
}

func (d *desk) history() []moderation.Offence {
	d.t.Helper()
	return d.docket(moderation.Key{Chat: chess, Author: mallory}).History
}

func (d *desk) cs(id string) moderation.Case {
	d.t.Helper()
	c, err := d.Case(d.t.Context(), chess, id)
	d.must(err)
	return c
}

func TestOffencesAreKeptWhole(t *testing.T) {
	t.Parallel()
	d := sentenced(t)
	want := []moderation.Offence{
		{Case: "AAAA", Steps: 1, Severity: 2, Cost: 20, Limited: true, At: noon, Penalty: muteHour, Until: noon.Add(time.Hour), Put: moderation.ProgressDone},
		{Case: "BBBB", Steps: 1, Severity: 2, Cost: 20, At: noon.Add(time.Hour), Penalty: muteDay, Until: noon.Add(25 * time.Hour)},
		{Case: "CCCC", Steps: 1, Severity: 2, Cost: 20, At: noon.Add(2 * time.Hour), Penalty: banEver},
	}
	whole(t, want[0])
	if got := d.history(); !slices.Equal(got, want) {
		t.Errorf("history %+v\nwant %+v", got, want)
	}
}

func TestReversals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		out      moderation.Outcome
		offences []string // that are left
		reversed map[string]moderation.Reversal
		ended    []string // cases whose penalty ends now
	}{
		"taken":               {moderation.Outcome{OtherCases: moderation.OtherCases{Taken: "BBBB"}}, []string{"AAAA", "CCCC"}, nil, nil},
		"pardoned":            {moderation.Outcome{OtherCases: moderation.OtherCases{Pardoned: "CCCC"}}, []string{"AAAA", "BBBB", "CCCC"}, map[string]moderation.Reversal{"CCCC": moderation.Pardoned}, nil},
		"pardoned and taken":  {moderation.Outcome{OtherCases: moderation.OtherCases{Pardoned: "CCCC", Taken: "CCCC"}}, []string{"AAAA", "BBBB"}, map[string]moderation.Reversal{"CCCC": moderation.Pardoned}, nil},
		"ended":               {moderation.Outcome{OtherCases: moderation.OtherCases{Ended: []string{"BBBB", "CCCC"}}}, []string{"AAAA", "BBBB", "CCCC"}, nil, []string{"BBBB", "CCCC"}},
		"nothing of the kind": {moderation.Outcome{}, []string{"AAAA", "BBBB", "CCCC"}, nil, nil},
		"what is not there":   {moderation.Outcome{OtherCases: moderation.OtherCases{Taken: "ZZZZ", Pardoned: "ZZZZ", Ended: []string{"ZZZZ"}}}, []string{"AAAA", "BBBB", "CCCC"}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := sentenced(t)
			d.decide(moderation.Key{Chat: chess - 1}, c.out) // of another group, where they are not
			before := map[string]moderation.Case{"AAAA": d.cs("AAAA"), "BBBB": d.cs("BBBB"), "CCCC": d.cs("CCCC")}
			d.decide(moderation.Key{Chat: chess}, c.out)
			var left []string
			for _, o := range d.history() {
				left = append(left, o.Case)
			}
			if !slices.Equal(left, c.offences) {
				t.Errorf("left are %q; want %q", left, c.offences)
			}
			for id, want := range before {
				if to := c.reversed[id]; to != "" {
					want.Reversed, want.ReversedAt = to, d.now()
				}
				if slices.Contains(c.ended, id) {
					want.Until = d.now()
				}
				if got := d.cs(id); !reflect.DeepEqual(got, want) {
					t.Errorf("case %+v\nwant %+v", got, want)
				}
			}
		})
	}
}

func TestOverturnedFromEndToEnd(t *testing.T) {
	t.Parallel()
	d := sentenced(t)
	key := moderation.Key{Update: d.next(), Chat: chess, Case: "BBBB"}
	_, err := d.court.Overturn(t.Context(), key, admin(carl))
	d.must(err)
	if c := d.cs("BBBB"); c.Reversed != moderation.Overturned || !c.ReversedAt.Equal(d.now()) || c.Verdict != moderation.Upheld {
		t.Errorf("case %+v", c)
	}
	id, err := d.court.Pardon(t.Context(), moderation.Key{Update: d.next(), Chat: chess}, moderation.Author{ID: mallory}, admin(carl))
	d.must(err)
	if c := d.cs(id); id != "CCCC" || c.Reversed != moderation.Pardoned || !c.ReversedAt.Equal(d.now()) {
		t.Errorf("pardoned is %+v", c)
	}
	if got := d.history(); len(got) != 1 || got[0].Case != "AAAA" {
		t.Errorf("left are %+v", got)
	}
}

// A harder penalty changes the offence, and does not make it younger.
func TestHarsherKeepsOneOffence(t *testing.T) {
	t.Parallel()
	d := sentenced(t)
	key := moderation.Key{Update: d.next(), Chat: chess, Case: "BBBB"}
	c, err := d.court.Harsher(t.Context(), key, admin(carl), muteDay.String())
	d.must(err)
	got := d.history()
	if len(got) != 3 || got[1].Steps != 2 || got[1].Penalty != c.Penalty || !got[1].At.Equal(noon.Add(time.Hour)) || !got[1].Until.Equal(c.Until) {
		t.Errorf("history %+v\nafter case %+v", got, c)
	}
}

func TestFreedAreMutedNoLonger(t *testing.T) {
	t.Parallel()
	d := sentenced(t)
	d.must(d.court.Free(t.Context(), moderation.Release{
		Update: d.next(), Chat: chess, By: admin(carl), Author: moderation.Author{ID: mallory}, Penalty: ladder.Ban,
	}))
	if c := d.cs("CCCC"); !c.Until.Equal(d.now()) || moderation.Banned(d.history(), d.now()) {
		t.Errorf("the ban lasts until %s; want %s", c.Until, d.now())
	}
	if c := d.cs("BBBB"); !c.Until.Equal(noon.Add(25 * time.Hour)) {
		t.Errorf("the mute lasts until %s", c.Until)
	}
	if c := d.cs("AAAA"); !c.Until.Equal(noon.Add(time.Hour)) {
		t.Errorf("what was over ended at %s", c.Until)
	}
}

func TestSilences(t *testing.T) {
	t.Parallel()
	key := moderation.Key{Chat: chess, Actor: mallory}
	for name, c := range map[string]struct {
		second moderation.Silence
		want   time.Duration // since noon; 0 if there is none any more
	}{
		"a longer one":                {moderation.Silence{Until: noon.Add(2 * time.Hour)}, 2 * time.Hour},
		"a shorter one":               {moderation.Silence{Until: noon.Add(time.Minute)}, time.Hour},
		"a shorter one that is meant": {moderation.Silence{Until: noon.Add(time.Minute), Shorten: true}, time.Minute},
		"none":                        {moderation.Silence{}, time.Hour},
		"none, and that is meant":     {moderation.Silence{Shorten: true}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			c.second.Author = mallory
			d.decide(key, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &moderation.Record{Joined: noon, Messages: 2}}})
			d.decide(key, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Silence: &moderation.Silence{Author: mallory, Until: noon.Add(time.Hour)}}})
			d.decide(key, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Silence: &c.second}})
			want := moderation.Record{Joined: noon, Messages: 2}
			if c.want != 0 {
				want.Silenced = noon.Add(c.want)
			}
			if got := d.docket(key).Record; got != want {
				t.Errorf("record %+v; want %+v", got, want)
			}
		})
	}
}
