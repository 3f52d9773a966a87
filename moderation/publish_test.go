package moderation_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// attacker is somebody who reads a digest and knows how it is made. What might have happened is in
// worlds, by what would be published of it; each world is the numbers that are nobody's business.
type attacker struct {
	t      *testing.T
	worlds map[string][][]int
}

func newAttacker(t *testing.T) *attacker {
	return &attacker{t: t, worlds: map[string][][]int{}}
}

// imagines adds a world.
func (a *attacker) imagines(n, before moderation.Numbers, secrets ...int) {
	a.t.Helper()
	published, err := json.Marshal(moderation.Publish(n, before))
	if err != nil {
		a.t.Fatal(err)
	}
	a.worlds[string(published)] = append(a.worlds[string(published)], secrets)
}

// values are all that one of the secrets can be, to who reads this.
func values(worlds [][]int, secret int) map[int]bool {
	found := map[int]bool{}
	for _, w := range worlds {
		found[w[secret]] = true
	}
	return found
}

// staysInDoubt demands that of each secret that is small the reader can exclude none of 0, 1 and 2.
func (a *attacker) staysInDoubt(names ...string) {
	a.t.Helper()
	for published, worlds := range a.worlds {
		if strings.Contains(published, `"empty"`) {
			continue // it says of everything that it was none
		}
		for i, name := range names {
			could := values(worlds, i)
			small := could[0] || could[1] || could[2]
			if small && (!could[0] || !could[1] || !could[2]) {
				a.t.Errorf("%s could only be %v (as %v) in\n%s", name, could, worlds, published)
			}
		}
	}
}

// isNeverSure demands that of no secret it can be known that it is one, or two.
func (a *attacker) isNeverSure(names ...string) {
	a.t.Helper()
	for published, worlds := range a.worlds {
		for i, name := range names {
			if could := values(worlds, i); len(could) == 1 && (could[1] || could[2]) {
				a.t.Errorf("%s can only be %v (as %v) in\n%s", name, could, worlds, published)
			}
		}
	}
}

// happened are cases of that many outcomes, the last two by hand and overturned long after, each
// with one report and decided in the hour before noon.
func happened(upheld, dismissed, expired, byHand, overturned int, handRule moderation.RuleID) []moderation.Closed {
	warn := ladder.Step{Deed: ladder.Warn}
	var all []moderation.Closed
	add := func(n int, c moderation.Closed) {
		c.Opened, c.Decided, c.Shown = noon.Add(-2*time.Minute), noon.Add(-time.Minute), true
		if c.Reversed != "" {
			c.Decided, c.ReversedAt = noon.Add(-day), noon.Add(-time.Minute)
		}
		all = append(all, slices.Repeat([]moderation.Closed{c}, n)...)
	}
	add(upheld, moderation.Closed{Verdict: moderation.Upheld, Rule: moderation.Spam, Penalty: warn, Votes: 1, Breaks: 1})
	add(dismissed, moderation.Closed{Verdict: moderation.Dismissed, Rule: moderation.Other, Votes: 1, Breaks: 1})
	add(expired, moderation.Closed{Verdict: moderation.Expired, Rule: moderation.Other, Votes: 1, Breaks: 1})
	add(byHand, moderation.Closed{Verdict: moderation.Upheld, Hand: true, Rule: handRule, Penalty: warn})
	add(overturned, moderation.Closed{Verdict: moderation.Upheld, Rule: moderation.Spam, Penalty: warn, Reversed: moderation.Overturned})
	return all
}

func TestSmallOutcomesCannotBeWorkedOut(t *testing.T) {
	t.Parallel()
	a := newAttacker(t)
	for u := range 7 {
		for d := range 7 {
			for e := range 7 {
				n := moderation.Survey(happened(u, d, e, 0, 0, ""), noon.Add(-time.Hour), noon)
				n.Reports, n.Votes = 99, 99 // how far these tell anything is tried below
				a.imagines(n, moderation.Numbers{}, u, d, e)
			}
		}
	}
	a.staysInDoubt("upheld", "dismissed", "expired")
}

// The rules and penalties of what members decided do not give away what admins did, or the other way.
func TestOtherSmallNumbersCannotBeWorkedOut(t *testing.T) {
	t.Parallel()
	a := newAttacker(t)
	for u := range 7 {
		for hand := range 7 {
			for overturned := range 5 {
				for _, rule := range []moderation.RuleID{moderation.Spam, moderation.Scam} {
					n := moderation.Survey(happened(u, 4, 4, hand, overturned, rule), noon.Add(-time.Hour), noon)
					n.Reports, n.Votes = 99, 99
					a.imagines(n, moderation.Numbers{}, u, hand, overturned)
				}
			}
		}
	}
	a.staysInDoubt("upheld", "by hand", "overturned")
}

// Who passed a quiz had a mute, so that many of them mean many mutes: whoever reads how many they were must know
// no more of the mutes, nor of anything else, than who does not.
func TestHowManyLearnedGivesNoMutesAway(t *testing.T) {
	t.Parallel()
	told, untold := map[string]map[[2]int]bool{}, map[string]map[[2]int]bool{}
	without := map[string]string{}
	imagine := func(worlds map[string]map[[2]int]bool, d moderation.Digest, world [2]int) string {
		published, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if worlds[string(published)] == nil {
			worlds[string(published)] = map[[2]int]bool{}
		}
		worlds[string(published)][world] = true
		return string(published)
	}
	for mutes := range 8 {
		for warned := range 8 {
			for learned := range mutes + 1 {
				n := moderation.Numbers{Reports: 99, Votes: 99, Upheld: mutes + warned, Learned: learned}
				n.Penalties = map[ladder.Deed]int{ladder.Mute: mutes, ladder.Warn: warned}
				d := moderation.Publish(n, moderation.Numbers{})
				line := imagine(told, d, [2]int{mutes, warned})
				without[line] = imagine(untold, d.For(moderation.Policy{}), [2]int{mutes, warned})
			}
		}
	}
	for line, worlds := range told {
		if !maps.Equal(worlds, untold[without[line]]) {
			t.Errorf("mutes and warnings could be %v, or without the line %v, in\n%s", worlds, untold[without[line]], line)
		}
	}
}

func TestLearnedIsToldBesideTheMutes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mutes, learned int
		want           *moderation.Figure
	}{
		{0, 0, nil}, {2, 2, nil}, {2, 5, nil}, {3, 0, &moderation.Figure{Few: true}}, {3, 2, &moderation.Figure{Few: true}}, {3, 3, &moderation.Figure{N: 3}}, {9, 4, &moderation.Figure{N: 4}},
	} {
		n := moderation.Numbers{Upheld: c.mutes + 4, Learned: c.learned, Penalties: map[ladder.Deed]int{ladder.Mute: c.mutes, ladder.Warn: 4}}
		d := moderation.Publish(n, moderation.Numbers{Learned: 8})
		if !reflect.DeepEqual(d.Learned, c.want) {
			t.Errorf("%d of %d mutes: %+v; want %+v", c.learned, c.mutes, d.Learned, c.want)
		}
		if off := d.For(moderation.Policy{}); off.Learned != nil {
			t.Errorf("%+v is told though it is off", off.Learned)
		}
	}
}

// Every case has a report, so that few reports mean few cases; but never exactly one or two of a kind.
func TestReportsDoNotGiveAwayOutcomes(t *testing.T) {
	t.Parallel()
	a := newAttacker(t)
	for u := range 7 {
		for d := range 7 {
			for e := range 7 {
				n := moderation.Survey(happened(u, d, e, 0, 0, ""), noon.Add(-time.Hour), noon)
				for reports := u + d + e; reports < 20; reports++ {
					n.Reports, n.Votes = reports, reports
					a.imagines(n, moderation.Numbers{}, u, d, e, reports)
				}
			}
		}
	}
	a.isNeverSure("upheld", "dismissed", "expired", "reports")
}

func TestHowManyFoundItFineCannotBeWorkedOut(t *testing.T) {
	t.Parallel()
	a := newAttacker(t)
	for reports := range 9 {
		for fine := range 7 {
			a.imagines(moderation.Numbers{Reports: reports, Votes: reports + fine, Dismissed: 9}, moderation.Numbers{}, reports, fine)
		}
	}
	a.staysInDoubt("reports", "fine")
}

func TestChangesTellNothingOfWhatIsSmall(t *testing.T) {
	t.Parallel()
	a := newAttacker(t)
	for now := range 7 {
		for before := range 7 {
			a.imagines(moderation.Numbers{Reports: now, Upheld: 9}, moderation.Numbers{Reports: before}, now, before)
			n := moderation.Numbers{Reports: now, Upheld: now, Dismissed: now, Expired: now, ByHand: now, Overturned: now}
			b := moderation.Numbers{Reports: before, Upheld: before, Dismissed: before, Expired: before, ByHand: before, Overturned: before}
			d := moderation.Publish(n, b)
			for _, f := range []moderation.Figure{d.Reports, d.Upheld, d.Dismissed, d.Expired} {
				if shown := f.Before != nil; shown != (now >= 3 && before >= 3) || shown && *f.Before != before {
					t.Errorf("%d after %d: %+v", now, before, f)
				}
			}
		}
	}
	a.staysInDoubt("now", "before")
}

// counted are numbers by which the attacker knows how many were upheld in all.
func counted(counts ...int) moderation.Numbers {
	n := moderation.Numbers{Dismissed: 9, Expired: 9, Rules: map[moderation.RuleID]int{}, Penalties: map[ladder.Deed]int{}}
	for i, c := range counts {
		n.Rules[moderation.DefaultBook()[i].ID] = c
		n.Upheld += c
	}
	return n
}

// Of up to four rules, which the attacker knows to be the only ones that anybody breaks, no small
// number is told for certain, be it of one or of all that are small together.
func TestSmallPartsCannotBeWorkedOut(t *testing.T) {
	t.Parallel()
	names := []string{"the sum of the small ones", "the first", "the second", "the third", "the fourth"}
	for rules, most := range map[int]int{2: 20, 3: 20, 4: 9} { // that the attacker thinks possible; the truth is at most five of each
		a := newAttacker(t)
		for i := range int(math.Pow(float64(most), float64(rules))) {
			parts, small := make([]int, rules), 0
			for j := range parts {
				parts[j] = i % most
				i /= most
				if parts[j] < 3 {
					small += parts[j]
				}
			}
			n := counted(parts...)
			a.imagines(n, moderation.Numbers{}, append([]int{small}, parts...)...)
			checkParts(t, n)
		}
		maps.DeleteFunc(a.worlds, func(_ string, worlds [][]int) bool {
			return !slices.ContainsFunc(worlds, func(w []int) bool { return slices.Max(w[1:]) <= 5 })
		})
		a.isNeverSure(names[:rules+1]...)
	}
}

// checkParts looks whether what is told of the rules is none of it small, and adds up.
func checkParts(t *testing.T, n moderation.Numbers) {
	t.Helper()
	d := moderation.Publish(n, moderation.Numbers{})
	sum, last := d.OtherRules, n.Upheld
	for _, p := range d.Rules {
		if p.N < 3 || p.N > last || p.N != n.Rules[p.Of] || d.OtherRules > p.N {
			t.Errorf("of %v is told %+v and %d others", n.Rules, d.Rules, d.OtherRules)
		}
		sum, last = sum+p.N, p.N
	}
	if d.OtherRules != 0 && d.OtherRules < 3 || sum != 0 && sum != n.Upheld || len(d.Rules) == 0 && d.OtherRules != 0 {
		t.Errorf("of %v is told %+v and %d others", n.Rules, d.Rules, d.OtherRules)
	}
}

func TestPartsAreToldByTheirSize(t *testing.T) {
	type (
		rule = moderation.Part[moderation.RuleID]
		deed = moderation.Part[ladder.Deed]
	)
	for name, test := range map[string]struct {
		rules  map[moderation.RuleID]int
		want   []rule
		others int
	}{
		"nothing":                       {nil, nil, 0},
		"the larger first":              {map[moderation.RuleID]int{moderation.Spam: 3, moderation.Scam: 5}, []rule{{moderation.Scam, 5}, {moderation.Spam, 3}}, 0},
		"by their names if as large":    {map[moderation.RuleID]int{moderation.Spam: 4, moderation.Hate: 4}, []rule{{moderation.Hate, 4}, {moderation.Spam, 4}}, 0},
		"only small ones":               {map[moderation.RuleID]int{moderation.Spam: 2, moderation.Scam: 2, moderation.Hate: 2}, nil, 0},
		"small ones in sum":             {map[moderation.RuleID]int{moderation.Spam: 8, moderation.Scam: 2, moderation.Hate: 1}, []rule{{moderation.Spam, 8}}, 3},
		"a small sum hides another":     {map[moderation.RuleID]int{moderation.Spam: 8, moderation.Scam: 3, moderation.Hate: 1}, []rule{{moderation.Spam, 8}}, 4},
		"and one more if as large":      {map[moderation.RuleID]int{moderation.Spam: 9, moderation.Scam: 3, moderation.Hate: 3, moderation.Other: 2}, []rule{{moderation.Spam, 9}}, 8},
		"and all if there is no end":    {map[moderation.RuleID]int{moderation.Spam: 5, moderation.Scam: 4, moderation.Hate: 4, moderation.Other: 2}, nil, 0},
		"a single one beside what is 1": {map[moderation.RuleID]int{moderation.Spam: 8, moderation.Hate: 1}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := moderation.Publish(moderation.Numbers{Upheld: 9, Rules: test.rules}, moderation.Numbers{})
			if !slices.Equal(d.Rules, test.want) || d.OtherRules != test.others {
				t.Errorf("told %+v and %d others; want %+v and %d", d.Rules, d.OtherRules, test.want, test.others)
			}
		})
	}
	d := moderation.Publish(moderation.Numbers{Upheld: 9, Penalties: map[ladder.Deed]int{ladder.Warn: 6, ladder.Mute: 2, ladder.Ban: 1}}, moderation.Numbers{})
	if !slices.Equal(d.Penalties, []deed{{ladder.Warn, 6}}) || d.OtherDeeds != 3 {
		t.Errorf("penalties %+v and %d others", d.Penalties, d.OtherDeeds)
	}
}

func TestPublish(t *testing.T) {
	three := 3
	n := moderation.Numbers{
		From: noon, To: noon.Add(day), Reports: 20, Votes: 26, Upheld: 4, Dismissed: 3, Expired: 3, ByHand: 5, Appeals: 4, Overturned: 2, Median: time.Minute,
	}
	want := moderation.Digest{
		From: noon, To: noon.Add(day), Reports: moderation.Figure{N: 20}, Votes: &moderation.Figure{N: 26}, Cases: &moderation.Figure{N: 10},
		Upheld: moderation.Figure{N: 4, Before: &three}, Dismissed: moderation.Figure{N: 3}, Expired: moderation.Figure{N: 3},
		ByHand: moderation.Figure{N: 5}, Appeals: moderation.Figure{N: 4}, Overturned: moderation.Figure{Few: true}, Median: time.Minute,
	}
	if got := moderation.Publish(n, moderation.Numbers{Upheld: 3, Dismissed: 2, ByHand: 9}); !reflect.DeepEqual(got, want) {
		t.Errorf("published %+v\nwant %+v", got, want)
	}
	quiet := moderation.Publish(moderation.Numbers{From: noon, To: noon.Add(day)}, n)
	if want := (moderation.Digest{From: noon, To: noon.Add(day), Empty: true}); !reflect.DeepEqual(quiet, want) {
		t.Errorf("of nothing is published %+v", quiet)
	}
}

func TestWhatIsFewIsNotInTheBytes(t *testing.T) {
	for n := range 3 {
		for before := range 9 {
			d := moderation.Publish(moderation.Numbers{Reports: n, Upheld: 7}, moderation.Numbers{Reports: before})
			if got, err := json.Marshal(d.Reports); err != nil || string(got) != `{"few":true}` {
				t.Errorf("%d after %d is written as %s, %v", n, before, got, err)
			}
		}
	}
}

func TestRoundTellsNoNumber(t *testing.T) {
	could, last := map[int][]int{}, 0
	for votes := range 1003 {
		round := moderation.Round(votes)
		if round < last || round%5 != 0 || votes >= 3 && (round < votes-2 || round > votes+2) {
			t.Errorf("%d votes are about %d, one less about %d", votes, round, last)
		}
		could[round], last = append(could[round], votes), round
	}
	for round, votes := range could {
		if len(votes) < 3 {
			t.Errorf("about %d can only be %v", round, votes)
		}
	}
	if fmt.Sprint(could[0]) != "[0 1 2]" {
		t.Errorf("few are %v", could[0])
	}
}
