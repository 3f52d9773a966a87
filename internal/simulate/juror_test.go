package simulate

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// threatened is a group of sixty in which one message is said to be a threat.
func threatened(breaks bool, sides string) Script {
	arrivals := says(10, 2, sides)
	for i := range arrivals {
		arrivals[i].Rule = rulebook.Violence
	}
	return Script{Size: 60, Members: membersOf(60), Messages: []Message{{Author: 1, Breaks: breaks, SentAt: noon(10), Arrivals: arrivals}}}
}

// certain are parameters with which all jurors answer, and no admin does.
func certain() Params {
	p := DefaultParams()
	p.Response, p.AdminAnswers = 1, 0
	return p
}

// A jury confirms what is right, and overturns what is not.
func TestHeavyJury(t *testing.T) {
	t.Parallel()
	for breaks, want := range map[bool]string{true: "mute 1d", false: "mute 1h"} {
		s := threatened(breaks, "bbb")
		got := Play(&s, fullPolicy, certain())[0]
		if got.Penalty.String() != want || got.Full.String() != "mute 1d" || got.Reversed == breaks {
			t.Errorf("breaks the rules: %t: got %+v", breaks, got)
		}
	}
}

// Jurors who attack say what is not true, at once, later or never.
func TestAttackingJurors(t *testing.T) {
	t.Parallel()
	for want, who := range map[string]juror{"mute 1d": {}, "mute 1h": {Silent: true}} {
		s := threatened(false, "bbb")
		for i := 2; i < len(s.Members); i++ {
			s.Members[i].Honest, s.Members[i].Juror = false, who
		}
		if got := Play(&s, fullPolicy, certain())[0]; got.Penalty.String() != want || got.Reversed {
			t.Errorf("%+v: got %+v", who, got)
		}
	}
}

// A stalled vote is brought to members, but not where too few want to be asked, or write often enough.
func TestStalledVote(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(s *Script)
		want   moderation.Verdict
	}{
		"asked":                 {func(*Script) {}, moderation.Upheld},
		"no summons":            {func(s *Script) { s.Unasked = true }, moderation.Expired},
		"most decline":          {func(s *Script) { all(s, func(m *Member) { m.Declines = true }) }, moderation.Expired},
		"most write too seldom": {func(s *Script) { all(s, func(m *Member) { m.Seldom = true }) }, moderation.Expired},
	} {
		s := threatened(true, "b")
		test.change(&s)
		if got := Play(&s, fullPolicy, certain())[0]; got.Verdict != test.want {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// all changes all but eighteen of the members.
func all(s *Script, change func(m *Member)) {
	for i := 20; i < len(s.Members); i++ {
		change(&s.Members[i])
	}
}

// An appeal is judged by a jury.
func TestAppeal(t *testing.T) {
	t.Parallel()
	for _, breaks := range []bool{true, false} {
		s := threatened(breaks, "bbb")
		s.Messages[0].Appealed = true
		for i := range s.Messages[0].Arrivals {
			s.Messages[0].Arrivals[i].Rule = rulebook.OffTopic
		}
		if got := Play(&s, fullPolicy, certain())[0]; !got.Ruled || got.Overruled == breaks || got.Reversed == breaks {
			t.Errorf("breaks the rules: %t: got %+v", breaks, got)
		}
	}
}

// Cases whose juries are due are listed in the order of time, and not before.
func TestJuriesDue(t *testing.T) {
	t.Parallel()
	script := Script{Members: membersOf(3)}
	s := newStore(newGroup(&script, DefaultParams()))
	for i, due := range []time.Duration{3, 1, 0, 2, 9} {
		e := &entry{}
		if e.ID = string(rune('a' + i)); due > 0 {
			e.JuryDue = noon(1).Add(due * time.Minute)
		}
		s.await(e)
	}
	due, err := s.JuriesDue(t.Context(), noon(1).Add(3*time.Minute), 100)
	want := []moderation.CaseRef{{Chat: 1, ID: "b"}, {Chat: 1, ID: "d"}, {Chat: 1, ID: "a"}}
	if err != nil || !slices.Equal(due, want) {
		t.Errorf("got %v, %v", due, err)
	}
}

// All groups in which few vote have the turnout that their row says.
func TestHamlets(t *testing.T) {
	t.Parallel()
	for _, h := range slices.Concat(hamlets, drainable) {
		p := DefaultParams()
		town := h.settle(p, chanceOf(1, "hamlet", 1))
		if got := town.p.turnout(); got < 0.999*h.turnout || got > 1.001*h.turnout {
			t.Errorf("%s: of the members %g vote", h, got)
		}
	}
}
