package moderation_test

import (
	"encoding/json"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// queuedEffect is an effect that waits, with its fields as they are stored.
type queuedEffect struct {
	moderation.Effect `json:"-"`

	Kind     moderation.EffectKind   `json:"kind"`
	Case     string                  `json:"case"`
	Messages []int64                 `json:"messages"`
	Author   moderation.Author       `json:"author"`
	Step     ladder.Step             `json:"step"`
	Until    time.Time               `json:"until"`
	From     time.Time               `json:"from"`
	To       moderation.Person       `json:"to"`
	Rule     rulebook.RuleID         `json:"rule"`
	Verdict  moderation.Verdict      `json:"verdict"`
	Topic    moderation.Topic        `json:"topic"`
	By       moderation.Admin        `json:"by"`
	Name     string                  `json:"name"`
	Whoever  bool                    `json:"whoever"`
	Reversal moderation.Reversal     `json:"reverse"`
	Harsher  bool                    `json:"harsher"`
	Waited   bool                    `json:"waited"`
	Count    int                     `json:"count"`
	Change   moderation.Change       `json:"change"`
	Amended  rulebook.Amended        `json:"amended"`
	Digest   *stats.Digest           `json:"digest"`
	Appeal   moderation.AppealState  `json:"appeal"`
	Standing *moderation.Score       `json:"standing"`
	Rights   *moderation.RightsEntry `json:"rights"`
	First    bool                    `json:"first"`
	Tells    bool                    `json:"tells"`
	Entries  []queuedEffect          `json:"entries"`
	Chat     int64                   `json:"-"`
	Due      time.Time               `json:"-"`
}

// stored is an effect that waits, through the form in which a real store keeps it.
func (m *memoryStore) stored(chat int64, e moderation.Effect) queuedEffect {
	w := queuedEffect{Chat: chat, Due: e.Waits().Due}
	plain, err := moderation.WriteEffect(e)
	if err == nil {
		w.Effect, err = moderation.ReadEffect(plain, moderation.Waiting{Chat: chat, Due: w.Due})
	}
	if err == nil {
		err = json.Unmarshal(plain, &w)
	}
	if err != nil {
		m.t.Fatalf("keep an effect: %v", err)
	}
	return w
}

// inQueue are the effects that wait.
func (m *memoryStore) inQueue() (all []moderation.Effect) {
	for _, w := range m.effects {
		all = append(all, w.Effect)
	}
	return all
}
