package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// keptOf is what a group keeps of somebody of whom nothing stands in the way of being forgotten.
func keptOf(change func(*moderation.Kept)) moderation.Kept {
	k := moderation.Kept{Chat: moderation.Chat{Policy: moderation.DefaultPolicy()}}
	change(&k)
	return k
}

// What protects the group stays, and says until when; all else goes.
func TestErasure(t *testing.T) {
	t.Parallel()
	old := noon.Add(-90 * day)
	upheld := func(at time.Time) moderation.Case {
		return moderation.Case{ID: "7KQ2", Verdict: moderation.Upheld, Decided: at}
	}
	for name, test := range map[string]struct {
		kept  moderation.Kept
		cases []string
		stays []moderation.Remainder
		none  string // of Steps, Turns, VoteRecord, Record and Quiz, what does not go
	}{
		"nothing":       {keptOf(func(*moderation.Kept) {}), nil, nil, ""},
		"an old case":   {keptOf(func(k *moderation.Kept) { k.Cases = []moderation.Case{upheld(old)} }), []string{"7KQ2"}, nil, ""},
		"a case of now": {keptOf(func(k *moderation.Kept) { k.Cases = []moderation.Case{upheld(noon.Add(-day))} }), nil, []moderation.Remainder{{moderation.RetainedCases, noon.Add(6 * day)}}, "steps"},
		"a running ban": {keptOf(func(k *moderation.Kept) {
			k.Cases = []moderation.Case{upheld(old)}
			k.History = []moderation.Offence{{Case: "7KQ2", Steps: 1, At: old, Penalty: ladder.Step{Kind: ladder.Ban}}}
		}), nil, []moderation.Remainder{{Why: moderation.RetainedSteps}}, "steps"},
		"a step": {keptOf(func(k *moderation.Kept) {
			k.Cases = []moderation.Case{upheld(noon.Add(-9 * day))}
			k.History = []moderation.Offence{{Case: "7KQ2", Steps: 1, At: noon.Add(-9 * day), Penalty: ladder.Step{Kind: ladder.Warn}, Until: noon.Add(-9 * day)}}
		}), nil, []moderation.Remainder{{moderation.RetainedSteps, noon.Add(21 * day)}}, "steps"},
		"a contested case": {keptOf(func(k *moderation.Kept) {
			c := upheld(noon.Add(-8 * day))
			c.Appeal, c.AppealDue = moderation.BeforeAdmins, noon.Add(day)
			k.Cases = []moderation.Case{c}
		}), nil, []moderation.Remainder{{moderation.RetainedCases, noon.Add(day)}}, "steps"},
		"a case whose appeal is overdue": {keptOf(func(k *moderation.Kept) {
			c := upheld(noon.Add(-15 * day))
			c.Appeal, c.AppealDue = moderation.BeforeAdmins, noon.Add(-day)
			k.Cases = []moderation.Case{c}
		}), nil, []moderation.Remainder{{Why: moderation.RetainedCases}}, "steps"},
		"a quiz they passed": {keptOf(func(k *moderation.Kept) { k.Quiz = moderation.Quiz{Case: "7KQ2", Passed: noon.Add(-day)} }), nil,
			[]moderation.Remainder{{moderation.RetainedQuiz, noon.Add(29 * day)}}, "quiz"},
		"a quiz they failed": {keptOf(func(k *moderation.Kept) {
			k.Quiz = moderation.Quiz{Case: "7KQ2", Passed: noon.Add(-31 * day), Failed: noon.Add(-time.Hour)}
		}), nil, []moderation.Remainder{{moderation.RetainedQuiz, noon.Add(23 * time.Hour)}}, "quiz"},
		"a quiz of old": {keptOf(func(k *moderation.Kept) { k.Quiz = moderation.Quiz{Case: "7KQ2", Passed: noon.Add(-31 * day)} }), nil, nil, ""},
		"a dismissed case": {keptOf(func(k *moderation.Kept) {
			k.Cases = []moderation.Case{{ID: "7KQ2", Verdict: moderation.Dismissed, Decided: noon.Add(-time.Hour)}}
		}), []string{"7KQ2"}, nil, ""},
		"an open case": {keptOf(func(k *moderation.Kept) {
			k.Cases = []moderation.Case{{ID: "7KQ2", Verdict: moderation.Open, Deadline: noon.Add(time.Hour), CaseCard: moderation.CaseCard{CardWanted: true, Appeared: noon}}}
		}), nil, []moderation.Remainder{{moderation.RetainedCases, noon.Add(time.Hour + 7*day)}}, ""},
		// Else its author would learn that somebody reported them, and when.
		"a case that nobody sees": {keptOf(func(k *moderation.Kept) {
			k.Cases = []moderation.Case{{ID: "7KQ2", Verdict: moderation.Open, Deadline: noon.Add(time.Hour)}}
		}), nil, nil, ""},
		"standing that is not full": {keptOf(func(k *moderation.Kept) { k.Record.Conduct.Lost = 5 }), nil, []moderation.Remainder{{Why: moderation.RetainedStanding}}, "turns record"},
		"votes on record": {keptOf(func(k *moderation.Kept) {
			k.VoteRecord = weight.VoteRecord{Voted: 3, Right: 3, Day: moderation.DayOf(noon)}
		}), nil, nil, "votes"},
		"votes that faded": {keptOf(func(k *moderation.Kept) {
			k.VoteRecord = weight.VoteRecord{Voted: 3, Right: 3, Day: moderation.DayOf(noon) - 900}
		}), nil, nil, ""},
		"who joined lately":   {keptOf(func(k *moderation.Kept) { k.Record.Joined, k.Record.Messages = noon.Add(-2*day), 5 }), nil, []moderation.Remainder{{moderation.RetainedNew, noon.Add(88 * day)}}, "record"},
		"who joined long ago": {keptOf(func(k *moderation.Kept) { k.Record.Joined, k.Record.Messages = old, 5 }), nil, nil, ""},
		"a silence":           {keptOf(func(k *moderation.Kept) { k.Record.Silenced = noon.Add(time.Hour) }), nil, nil, "record"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := test.kept.Erasure(noon)
			none := ""
			for _, part := range []struct {
				name string
				goes bool
			}{{"steps", f.Steps}, {"turns", f.Turns}, {"votes", f.VoteRecord}, {"record", f.Record}, {"quiz", f.Quiz}} {
				if !part.goes {
					none += part.name + " "
				}
			}
			if len(none) > 0 {
				none = none[:len(none)-1]
			}
			if !slices.Equal(f.Cases, test.cases) || !slices.Equal(f.Remains, test.stays) || none != test.none {
				t.Errorf("forgotten are %v, all but %q; there stays %+v", f.Cases, none, f.Remains)
			}
		})
	}
}

// Of juries people are told what is their own, but not that new members reported them, nor, once they wiped, when they were asked.
func TestBareOfJuries(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		record      moderation.JuryRecord
		told, wiped bool // whether they are told of it, and still if they wiped
	}{
		"nothing":                 {moderation.JuryRecord{}, false, false},
		"reported by new members": {moderation.JuryRecord{Accused: noon}, false, false},
		"asked":                   {moderation.JuryRecord{Asked: []moderation.Summons{{At: noon, Reason: jury.Stalled}}}, true, false},
		"brought a jury":          {moderation.JuryRecord{Caused: []time.Time{noon}}, true, false},
		"does not want to":        {moderation.JuryRecord{Declines: true}, true, true},
		"wants to again":          {moderation.JuryRecord{Willing: noon}, true, true},
		"appealed":                {moderation.JuryRecord{Appealed: noon}, true, true},
	} {
		for _, wiped := range []bool{false, true} {
			want := test.told
			if wiped {
				want = test.wiped
			}
			if k := (moderation.Kept{Jury: test.record, Wiped: wiped}); k.Bare() == want {
				t.Errorf("%s, wiped %v: told is %v", name, wiped, !k.Bare())
			}
		}
	}
}
