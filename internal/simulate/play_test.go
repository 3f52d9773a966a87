package simulate

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

func engineOf(t testing.TB, name string) Policy {
	t.Helper()
	for _, p := range Policies() {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no policy %s", name)
	return Policy{}
}

// votes are ballots a minute apart: "bbf" is two for breaking, one against.
func votes(sides string) []Arrival {
	var all []Arrival
	for i, s := range sides {
		side := moderation.Fine
		if s == 'b' {
			side = moderation.Breaks
		}
		all = append(all, Arrival{Member: i + 2, Side: side, Rule: rulebook.Spam, At: epoch.Add(time.Duration(i+1) * time.Minute)})
	}
	return all
}

func TestPlay(t *testing.T) {
	t.Parallel()
	looks := epoch.Add(150 * time.Second)
	for name, test := range map[string]struct {
		policy  string
		message Message
		want    moderation.Verdict
		votes   int
		byAdmin bool
	}{
		"three reports are enough for a count of three": {"count of 3", Message{Arrivals: votes("bfbbb")}, moderation.Upheld, 4, false},
		"and for the engine":                            {fullName, Message{Arrivals: votes("bbbbb")}, moderation.Upheld, 3, false},
		"which hears the other side":                    {fullName, Message{Arrivals: votes("bffff")}, moderation.Dismissed, 5, false}, // from +1 to -3
		"who saw it before the first report":            {fullName, Message{Arrivals: votes("ffbbb")}, moderation.Upheld, 3, false},
		"too few":                                       {fullName, Message{Arrivals: votes("bb")}, moderation.Expired, 2, false},
		"an admin is right":                             {fullName, Message{Arrivals: votes("bbb"), Looks: looks}, moderation.Dismissed, 2, true},
		"nobody reports":                                {fullName, Message{Arrivals: votes("ff")}, "", 0, false},
		"taught":                                        {fullName, Message{Arrivals: votes("bbbb"), Taught: true, Breaks: true}, moderation.Upheld, 4, true},
	} {
		test.message.Author, test.message.SentAt = 1, epoch
		s := Script{Members: make([]Member, 10), Messages: []Message{test.message}}
		got := Play(&s, engineOf(t, test.policy), DefaultParams())[0]
		if got.Verdict != test.want || got.Votes != test.votes || got.ByAdmin != test.byAdmin {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// The ladder is climbed, and who is out writes nothing.
func TestPlayClimbs(t *testing.T) {
	t.Parallel()
	s := Script{Members: make([]Member, 10)}
	for k := range 6 {
		m := Message{Author: 1, Breaks: true, SentAt: epoch.Add(time.Duration(k) * day), Arrivals: votes("bbb")}
		for i := range m.Arrivals {
			m.Arrivals[i].At = m.Arrivals[i].At.Add(time.Duration(k) * day)
		}
		s.Messages = append(s.Messages, m)
	}
	for k, o := range Play(&s, engineOf(t, "count of 3"), DefaultParams()) {
		want := moderation.DefaultPolicy().Ladder.At(k + 1)
		switch {
		case k < 4 && o.Penalty != want:
			t.Errorf("offence %d brought %s, want %s", k+1, o.Penalty, want)
		case k >= 4 && o.Verdict != "":
			t.Errorf("message %d was written during a ban", k+1)
		}
	}
}

// BenchmarkGroup is ten thousand cases in a group of two hundred.
func BenchmarkGroup(b *testing.B) {
	p := DefaultParams()
	p.Cases = 10_000
	script := everyday(p).script(p, chanceOf(p.Seed, "benchmark", 0), plan{})
	engine := engineOf(b, fullName)
	b.ReportAllocs()
	for b.Loop() {
		Play(&script, engine, p)
	}
	b.ReportMetric(float64(len(script.Messages)), "cases/op")
}
