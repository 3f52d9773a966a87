package simulate

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// membersOf are members of whom all were there before the bot.
func membersOf(n int) []Member {
	all := make([]Member, n+1)
	for i := range all {
		all[i] = Member{Accuracy: 1, Honest: true}
	}
	return all
}

// says are arrivals a minute apart, after so many days: member and side, and whether they would report again what was
// dismissed.
func says(days int, from int, sides string) []Arrival {
	var all []Arrival
	for i, s := range sides {
		a := Arrival{Member: from + i, Side: moderation.Fine, Rule: rulebook.Spam, Again: true}
		if s == 'b' {
			a.Side = moderation.Breaks
		}
		a.At = noon(days).Add(time.Duration(i+1) * time.Minute)
		all = append(all, a)
	}
	return all
}

// Whoever dismisses their own spam finds that others open it again, and that a jury judges it.
func TestReopened(t *testing.T) {
	t.Parallel()
	p := DefaultParams()
	p.Response = 1
	dismissed := append(says(10, 2, "bbfff"), says(10, 7, "bb")...)
	dismissed[1].At = dismissed[0].At // of five, two say that it breaks the rules, and three that it does not
	for i := range dismissed[5:] {
		dismissed[5+i].At = noon(10).Add(time.Hour + time.Duration(i)*time.Minute)
	}
	for i := 2; i < 5; i++ {
		dismissed[i].Member = 40 + i
	}
	s := Script{Seed: 1, Size: 60, Members: membersOf(60), Messages: []Message{
		{Author: 1, Breaks: true, SentAt: noon(10), Arrivals: dismissed},
	}}
	for i := 42; i < 45; i++ {
		s.Members[i] = Member{Right: 10}
	}
	if got := Play(&s, fullPolicy, p)[0]; got.Verdict != moderation.Upheld || !got.Reopened || got.ByAdmin {
		t.Errorf("with a jury that is right: %+v", got)
	}
	p.Response, p.AdminAnswers = 0, 0
	if got := Play(&s, fullPolicy, p)[0]; got.Verdict != moderation.Expired || !got.Reopened {
		t.Errorf("with no jury and no admin: %+v", got)
	}
	p.AdminAnswers = 1
	if got := Play(&s, fullPolicy, p)[0]; got.Verdict != moderation.Upheld || !got.ByAdmin {
		t.Errorf("with an admin in place of a jury: %+v", got)
	}
	if got := Play(&s, Policies()[0], p)[0]; got.Verdict != moderation.Upheld || got.Reopened {
		t.Errorf("a count of three knows nothing of it: %+v", got)
	}
}

// What votes alone may not do to an established member waits for an admin, who confirms only what is right.
func TestPending(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		breaks  bool
		answers float64
		young   bool
		want    string
	}{
		{true, 1, false, "mute 1d"},
		{true, 0, false, "mute 1h"},
		{false, 1, false, "mute 1h"},
		{false, 0, true, "mute 1d"},
	} {
		p := DefaultParams()
		p.AdminAnswers, p.Response = test.answers, 0
		arrivals := says(10, 2, "bbb")
		for i := range arrivals {
			arrivals[i].Rule = rulebook.Violence
		}
		s := Script{Size: 60, Members: membersOf(60), Messages: []Message{{Author: 1, Breaks: test.breaks, SentAt: noon(10), Arrivals: arrivals}}}
		if test.young {
			s.Members[1].Joined = noon(9)
		}
		if got := Play(&s, fullPolicy, p)[0]; got.Penalty.String() != test.want || got.Established == test.young {
			t.Errorf("%+v: got %+v", test, got)
		}
	}
}

// One account's category decides nothing, and that is what is measured; the same category by two does.
func TestNamed(t *testing.T) {
	t.Parallel()
	for honest, want := range map[rulebook.RuleID]Outcome{
		rulebook.OffTopic: {},
		rulebook.Violence: {Named: true},
	} {
		arrivals := says(10, 2, "bbb")
		arrivals[0].Rule, arrivals[1].Rule, arrivals[2].Rule = rulebook.Violence, honest, ""
		s := Script{Size: 60, Members: membersOf(60), Messages: []Message{{Author: 1, Breaks: true, SentAt: noon(10), Arrivals: arrivals}}}
		s.Members[2].Honest = false
		got := Play(&s, fullPolicy, DefaultParams())[0]
		if got.Verdict != moderation.Upheld || got.Named != want.Named || got.Alone || got.Cost || !got.Attacked {
			t.Errorf("beside %s: got %+v", honest, got)
		}
	}
}

// Verdicts do not depend on what was played before: a second time the same comes out.
func TestPlayTwice(t *testing.T) {
	t.Parallel()
	p := QuickParams()
	for _, s := range []Scenario{everyday(p), dismissal(p, 30), severity(p), harassment(p)} {
		script := s.script(p, chanceOf(3, s.Name, 1), s.plan)
		once, again := Play(&script, fullPolicy, p), Play(&script, fullPolicy, p)
		if !slices.Equal(once, again) {
			t.Errorf("%s: played twice, it ended differently", s.Name)
		}
	}
}

// The search finds what pays, and the same each time; and it never sees the groups of which the results are made.
func TestAdapt(t *testing.T) {
	t.Parallel()
	p := QuickParams()
	p.Restarts, p.Climbs, p.Train = 30, 30, 2
	seen := map[string]bool{}
	var mine string
	hill := func() Scenario {
		return Scenario{
			Name: "hill", Rows: []string{"all"},
			plan: plan{[]knob{{name: "height", least: time.Second, most: 100 * time.Second}, {name: "side", ways: []string{"left", "right"}}}, Strategy{0, 0}},
			groups: func(_ Params, c chance, pl plan) []Result {
				seen[fmt.Sprint(c.Uint64())] = true
				n := int(pl.time("height").Seconds())
				if pl.said("side") == "left" {
					n = 0
				}
				return []Result{{Cards: n}}
			},
			gain: func(all []Result) float64 { return float64(all[0].Cards) },
		}
	}
	for range 2 {
		s := hill()
		if err := s.adapt(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		if s.plan.time("height") < 90*time.Second || s.plan.way("side") != 1 {
			t.Errorf("found only %s", s.Strategy())
		}
		if mine != "" && mine != s.Strategy() {
			t.Errorf("found %s, and then %s", mine, s.Strategy())
		}
		mine = s.Strategy()
	}
	for k := range 100 {
		if seen[fmt.Sprint(chanceOf(p.Seed, "hill", k).Uint64())] {
			t.Fatalf("the search saw group %d, of which results are made", k)
		}
	}
}

// A small group decides at two, and gently; a large one asks for more.
func TestSizes(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{8: 2, 30: 3, 300: 4} {
		s := Script{Size: n, Members: membersOf(n), Messages: []Message{{Author: 1, Breaks: true, SentAt: noon(10), Arrivals: says(10, 2, "bbbbbb")}}}
		if got := Play(&s, fullPolicy, DefaultParams())[0]; got.Votes != want || got.Penalty.Kind != ladder.Warn {
			t.Errorf("%d members: got %+v, want %d votes", n, got, want)
		}
	}
}
