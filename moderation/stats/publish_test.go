package stats_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/stats"
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
func (a *attacker) imagines(n, before stats.Numbers, secrets ...int) {
	a.t.Helper()
	published, err := json.Marshal(stats.Publish(n, before))
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
func happened(upheld, dismissed, expired, byHand, overturned int, handRule string) []stats.Case {
	const warn = "warn"
	var all []stats.Case
	add := func(n int, c stats.Case) {
		c.Opened, c.Decided, c.Shown = noon.Add(-2*time.Minute), noon.Add(-time.Minute), true
		if !c.Overturned.IsZero() {
			c.Decided = noon.Add(-day)
		}
		all = append(all, slices.Repeat([]stats.Case{c}, n)...)
	}
	add(upheld, stats.Case{Verdict: stats.Upheld, Rule: "spam", Penalty: warn, Votes: 1, Breaks: 1})
	add(dismissed, stats.Case{Verdict: stats.Dismissed, Rule: "other", Votes: 1, Breaks: 1})
	add(expired, stats.Case{Verdict: stats.Expired, Rule: "other", Votes: 1, Breaks: 1})
	add(byHand, stats.Case{Verdict: stats.Upheld, Manual: true, Rule: handRule, Penalty: warn})
	add(overturned, stats.Case{Verdict: stats.Upheld, Rule: "spam", Penalty: warn, Overturned: noon.Add(-time.Minute)})
	return all
}

func TestSmallOutcomesCannotBeWorkedOut(t *testing.T) {
	t.Parallel()
	a := newAttacker(t)
	for u := range 7 {
		for d := range 7 {
			for e := range 7 {
				n := stats.Count(happened(u, d, e, 0, 0, ""), noon.Add(-time.Hour), noon)
				n.Reports, n.Votes = 99, 99 // how far these tell anything is tried below
				a.imagines(n, stats.Numbers{}, u, d, e)
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
				for _, rule := range []string{"spam", "scam"} {
					n := stats.Count(happened(u, 4, 4, hand, overturned, rule), noon.Add(-time.Hour), noon)
					n.Reports, n.Votes = 99, 99
					a.imagines(n, stats.Numbers{}, u, hand, overturned)
				}
			}
		}
	}
	a.staysInDoubt("upheld", "by hand", "overturned")
}

// Who passed a quiz had a mute, so that many of them mean many mutes. Whoever reads how many they were must know
// no more of the mutes, nor of anything else, than who does not.
func TestHowManyLearnedGivesNoMutesAway(t *testing.T) {
	t.Parallel()
	told, untold := map[string]map[[2]int]bool{}, map[string]map[[2]int]bool{}
	without := map[string]string{}
	imagine := func(worlds map[string]map[[2]int]bool, d stats.Digest, world [2]int) string {
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
				n := stats.Numbers{Reports: 99, Votes: 99, Upheld: mutes + warned, Learned: learned}
				n.Penalties = map[string]int{"mute": mutes, "warn": warned}
				d := stats.Publish(n, stats.Numbers{})
				line := imagine(told, d, [2]int{mutes, warned})
				without[line] = imagine(untold, d.WithoutQuiz(), [2]int{mutes, warned})
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
		want           *stats.Figure
	}{
		{0, 0, nil}, {2, 2, nil}, {2, 5, nil}, {3, 0, &stats.Figure{Few: true}}, {3, 2, &stats.Figure{Few: true}}, {3, 3, &stats.Figure{N: 3}}, {9, 4, &stats.Figure{N: 4}},
	} {
		n := stats.Numbers{Upheld: c.mutes + 4, Learned: c.learned, Penalties: map[string]int{"mute": c.mutes, "warn": 4}}
		d := stats.Publish(n, stats.Numbers{Learned: 8})
		if !reflect.DeepEqual(d.Learned, c.want) {
			t.Errorf("%d of %d mutes: %+v; want %+v", c.learned, c.mutes, d.Learned, c.want)
		}
		if off := d.WithoutQuiz(); off.Learned != nil {
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
				n := stats.Count(happened(u, d, e, 0, 0, ""), noon.Add(-time.Hour), noon)
				for reports := u + d + e; reports < 20; reports++ {
					n.Reports, n.Votes = reports, reports
					a.imagines(n, stats.Numbers{}, u, d, e, reports)
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
			a.imagines(stats.Numbers{Reports: reports, Votes: reports + fine, Dismissed: 9}, stats.Numbers{}, reports, fine)
		}
	}
	a.staysInDoubt("reports", "fine")
}

func TestChangesTellNothingOfWhatIsSmall(t *testing.T) {
	t.Parallel()
	a := newAttacker(t)
	for now := range 7 {
		for before := range 7 {
			a.imagines(stats.Numbers{Reports: now, Upheld: 9}, stats.Numbers{Reports: before}, now, before)
			n := stats.Numbers{Reports: now, Upheld: now, Dismissed: now, Expired: now, Manual: now, Overturned: now}
			b := stats.Numbers{Reports: before, Upheld: before, Dismissed: before, Expired: before, Manual: before, Overturned: before}
			d := stats.Publish(n, b)
			for _, f := range []stats.Figure{d.Reports, d.Upheld, d.Dismissed, d.Expired} {
				if shown := f.Before != nil; shown != (now >= 3 && before >= 3) || shown && *f.Before != before {
					t.Errorf("%d after %d: %+v", now, before, f)
				}
			}
		}
	}
	a.staysInDoubt("now", "before")
}

// counted are numbers by which the attacker knows how many were upheld in all.
func counted(counts ...int) stats.Numbers {
	n := stats.Numbers{Dismissed: 9, Expired: 9, Rules: map[string]int{}, Penalties: map[string]int{}}
	for i, c := range counts {
		n.Rules[[]string{"spam", "scam", "insult", "hate"}[i]] = c
		n.Upheld += c
	}
	return n
}

// An attacker knows that of up to four rules alone anybody breaks any. Even so no small number is told for certain, be
// it of one rule or of all that are small together.
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
			a.imagines(n, stats.Numbers{}, append([]int{small}, parts...)...)
			checkParts(t, n)
		}
		maps.DeleteFunc(a.worlds, func(_ string, worlds [][]int) bool {
			return !slices.ContainsFunc(worlds, func(w []int) bool { return slices.Max(w[1:]) <= 5 })
		})
		a.isNeverSure(names[:rules+1]...)
	}
}

// checkParts looks whether what is told of the rules is none of it small, and adds up.
func checkParts(t *testing.T, n stats.Numbers) {
	t.Helper()
	d := stats.Publish(n, stats.Numbers{})
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
		rule = stats.Part
		part = stats.Part
	)
	for name, test := range map[string]struct {
		rules  map[string]int
		want   []rule
		others int
	}{
		"nothing":                       {nil, nil, 0},
		"the larger first":              {map[string]int{"spam": 3, "scam": 5}, []rule{{"scam", 5}, {"spam", 3}}, 0},
		"by their names if as large":    {map[string]int{"spam": 4, "hate": 4}, []rule{{"hate", 4}, {"spam", 4}}, 0},
		"only small ones":               {map[string]int{"spam": 2, "scam": 2, "hate": 2}, nil, 0},
		"small ones in sum":             {map[string]int{"spam": 8, "scam": 2, "hate": 1}, []rule{{"spam", 8}}, 3},
		"a small sum hides another":     {map[string]int{"spam": 8, "scam": 3, "hate": 1}, []rule{{"spam", 8}}, 4},
		"and one more if as large":      {map[string]int{"spam": 9, "scam": 3, "hate": 3, "other": 2}, []rule{{"spam", 9}}, 8},
		"and all if there is no end":    {map[string]int{"spam": 5, "scam": 4, "hate": 4, "other": 2}, nil, 0},
		"a single one beside what is 1": {map[string]int{"spam": 8, "hate": 1}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := stats.Publish(stats.Numbers{Upheld: 9, Rules: test.rules}, stats.Numbers{})
			if !slices.Equal(d.Rules, test.want) || d.OtherRules != test.others {
				t.Errorf("told %+v and %d others; want %+v and %d", d.Rules, d.OtherRules, test.want, test.others)
			}
		})
	}
	d := stats.Publish(stats.Numbers{Upheld: 9, Penalties: map[string]int{"warn": 6, "mute": 2, "ban": 1}}, stats.Numbers{})
	if !slices.Equal(d.Penalties, []part{{"warn", 6}}) || d.OtherPenalties != 3 {
		t.Errorf("penalties %+v and %d others", d.Penalties, d.OtherPenalties)
	}
}

func TestPublish(t *testing.T) {
	three := 3
	n := stats.Numbers{
		From: noon, To: noon.Add(day), Reports: 20, Votes: 26, Upheld: 4, Dismissed: 3, Expired: 3, Manual: 5, Appeals: 4, Overturned: 2, Median: time.Minute,
	}
	want := stats.Digest{
		From: noon, To: noon.Add(day), Reports: stats.Figure{N: 20}, Votes: &stats.Figure{N: 26}, Cases: &stats.Figure{N: 10},
		Upheld: stats.Figure{N: 4, Before: &three}, Dismissed: stats.Figure{N: 3}, Expired: stats.Figure{N: 3},
		Manual: stats.Figure{N: 5}, Appeals: stats.Figure{N: 4}, Overturned: stats.Figure{Few: true}, Median: time.Minute,
	}
	if got := stats.Publish(n, stats.Numbers{Upheld: 3, Dismissed: 2, Manual: 9}); !reflect.DeepEqual(got, want) {
		t.Errorf("published %+v\nwant %+v", got, want)
	}
}

// A period in which nothing reaches three is published like one in which nothing happened.
func TestNothingAndLittleLookTheSame(t *testing.T) {
	busy := stats.Numbers{Reports: 9, Votes: 9, Upheld: 9}
	want := stats.Digest{From: noon, To: noon.Add(day), Empty: true}
	for name, n := range map[string]stats.Numbers{
		"nothing":         {},
		"an appeal":       {Appeals: 1},
		"two of all":      {Reports: 2, Votes: 2, Upheld: 2, Manual: 2, Appeals: 2, Overturned: 2, Learned: 2},
		"two of a rule":   {Reports: 2, Votes: 2, Upheld: 2, Rules: map[string]int{"spam": 2}, Penalties: map[string]int{"mute": 2}},
		"many voted fine": {Reports: 2, Votes: 40, Dismissed: 2, Median: time.Hour},
	} {
		n.From, n.To = noon, noon.Add(day)
		if got := stats.Publish(n, busy); !reflect.DeepEqual(got, want) || !got.Quiet() {
			t.Errorf("of %s is published %+v", name, got)
		}
	}
	for name, n := range map[string]stats.Numbers{
		"reports": {Reports: 3}, "by hand": {Manual: 3}, "appeals": {Appeals: 3}, "overturned": {Overturned: 3},
		"the sum of outcomes": {Upheld: 2, Dismissed: 2}, "penalties": {Penalties: map[string]int{"warn": 3}}, "a rule": {Rules: map[string]int{"spam": 3}},
	} {
		if got := stats.Publish(n, busy); got.Empty || got.Quiet() {
			t.Errorf("three of %s are published as %+v", name, got)
		}
	}
}

func TestWhatIsFewIsNotInTheBytes(t *testing.T) {
	for n := range 3 {
		for before := range 9 {
			d := stats.Publish(stats.Numbers{Reports: n, Upheld: 7}, stats.Numbers{Reports: before})
			if got, err := json.Marshal(d.Reports); err != nil || string(got) != `{"few":true}` {
				t.Errorf("%d after %d is written as %s, %v", n, before, got, err)
			}
		}
	}
}

func TestRoundTellsNoNumber(t *testing.T) {
	could, last := map[int][]int{}, 0
	for votes := range 1003 {
		round := stats.Round(votes)
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
