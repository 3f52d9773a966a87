package main

import (
	"math/rand/v2"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// mix is how many of a thousand things that people do are reports of their group's latest message, and taps on a vote card. The
// rest are ordinary messages.
type mix struct{ reports, presses int }

// realistic is one report in 200 and one tap in 50.
var realistic = mix{reports: 5, presses: 20}

// counts are things that were done.
type counts struct{ messages, reports, presses int }

func (c counts) all() int { return c.messages + c.reports + c.presses }

// traffic is what many groups do, of which a few write most (Zipf). The same seed makes the same traffic.
type traffic struct {
	w      *world
	mix    mix
	even   bool // no group writes more than others
	done   counts
	random *rand.Rand
	which  *rand.Zipf
	latest map[*tgsim.Chat]*tgsim.Message
}

func newTraffic(w *world, seed uint64) *traffic {
	r := rand.New(rand.NewPCG(seed, 1))
	w.cards = &cards{}
	return &traffic{w: w, mix: realistic, random: r, which: rand.NewZipf(r, 1.1, 8, uint64(len(w.groups)-1)), latest: map[*tgsim.Chat]*tgsim.Message{}}
}

// round is one thing that somebody does. What Telegram would refuse is left out.
func (t *traffic) round(int) {
	g := t.w.groups[t.which.Uint64()]
	if t.even {
		g = t.w.groups[t.random.IntN(len(t.w.groups))]
	}
	who := t.w.members[t.random.IntN(len(t.w.members))]
	last := t.latest[g]
	switch dice := t.random.IntN(1000); {
	case dice < t.mix.reports && last != nil && !last.Deleted():
		if _, err := who.Command(g, "/report spam", tgsim.ReplyTo(last)); err == nil {
			t.done.reports++
		}
	case dice < t.mix.reports+t.mix.presses:
		if card := t.w.cards.any(t.w.sim, t.random); card != nil {
			if _, err := who.Press(card, [...]string{"🚩", "👌"}[t.random.IntN(2)]); err == nil {
				t.done.presses++
			}
		}
	default:
		if m, err := who.Send(g, ordinary); err == nil {
			t.latest[g] = m
			t.done.messages++
		}
	}
}
