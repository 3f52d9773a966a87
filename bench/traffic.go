package main

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// What people do, of a thousand things.
const (
	reportsOfThousand = 5
	pressesOfThousand = 20
)

// traffic is what many groups do: a few write most (Zipf), one thing in 200 is a report of the group's latest message,
// one in 50 a tap on a vote card. The same seed makes the same traffic.
type traffic struct {
	w      *world
	random *rand.Rand
	which  *rand.Zipf
	latest map[*tgsim.Chat]*tgsim.Message
}

func newTraffic(w *world, seed uint64) *traffic {
	r := rand.New(rand.NewPCG(seed, 1))
	w.cards = &cards{}
	return &traffic{w: w, random: r, which: rand.NewZipf(r, 1.1, 8, uint64(len(w.groups)-1)), latest: map[*tgsim.Chat]*tgsim.Message{}}
}

// round is one thing that somebody does. What Telegram would refuse is left out.
func (t *traffic) round(int) {
	g := t.w.groups[t.which.Uint64()]
	who := t.w.members[t.random.IntN(len(t.w.members))]
	last := t.latest[g]
	switch dice := t.random.IntN(1000); {
	case dice < reportsOfThousand && last != nil && !last.Deleted():
		_, _ = who.Command(g, "/report spam", tgsim.ReplyTo(last))
	case dice < reportsOfThousand+pressesOfThousand:
		if card := t.w.cards.any(t.w.sim, t.random); card != nil {
			_, _ = who.Press(card, [...]string{"🚩", "👌"}[t.random.IntN(2)])
		}
	default:
		if m, err := who.Send(g, ordinary); err == nil {
			t.latest[g] = m
		}
	}
}

// cards are the latest vote cards.
type cards struct {
	mu   sync.Mutex
	seen []card
}

type card struct {
	chat    int64
	message int
}

// recentCards is how many are pressed.
const recentCards = 200

func (c *cards) any(sim *tgsim.Sim, random *rand.Rand) *tgsim.Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.seen) == 0 {
		return nil
	}
	at := c.seen[random.IntN(len(c.seen))]
	if m := sim.Chat(at.chat).Message(at.message); m != nil && !m.Deleted() {
		return m
	}
	return nil
}

// cardSeen notes the vote cards among what Telegram answers.
type cardSeen struct {
	http.ResponseWriter

	cards *cards
}

func (s *cardSeen) Write(body []byte) (int, error) {
	if strings.Contains(string(body), "👌") {
		var a struct {
			Result struct {
				MessageID int `json:"message_id"`
				Chat      struct{ ID int64 }
			}
		}
		if err := json.Unmarshal(body, &a); err == nil && a.Result.Chat.ID < 0 && a.Result.MessageID != 0 {
			s.cards.mu.Lock()
			s.cards.seen = append(s.cards.seen, card{a.Result.Chat.ID, a.Result.MessageID})
			s.cards.seen = s.cards.seen[max(0, len(s.cards.seen)-recentCards):]
			s.cards.mu.Unlock()
		}
	}
	return s.ResponseWriter.Write(body)
}
