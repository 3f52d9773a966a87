package main

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// recentCards is how many are pressed.
const recentCards = 200

// cards are the latest vote cards.
type cards struct {
	mu   sync.Mutex
	seen []card
}

type card struct {
	chat    int64
	message int
}

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

// Write implements [http.ResponseWriter].
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
