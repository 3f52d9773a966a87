package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// storedEffect is how an effect of any kind is stored: as JSON, in the outbox. Which fields a kind has, its type says.
// Fields may be added, and not renamed while rows wait.
type storedEffect struct {
	Kind     EffectKind       `json:"kind"`
	Case     string           `json:"case,omitempty"`
	Messages []int64          `json:"messages,omitempty"`
	Author   Author           `json:"author,omitzero"`
	Step     ladder.Step      `json:"step,omitzero"`
	Until    time.Time        `json:"until,omitzero"`
	From     time.Time        `json:"from,omitzero"`
	To       Person           `json:"to,omitzero"`
	Rule     rulebook.RuleID  `json:"rule,omitempty"`
	Verdict  Verdict          `json:"verdict,omitempty"`
	Topic    Topic            `json:"topic,omitempty"`
	By       Admin            `json:"by,omitzero"`
	Name     string           `json:"name,omitempty"`
	Whoever  bool             `json:"whoever,omitempty"`
	Reversal Reversal         `json:"reverse,omitempty"`
	Harsher  bool             `json:"harsher,omitempty"`
	Waited   bool             `json:"waited,omitempty"`
	Count    int              `json:"count,omitempty"`
	Change   Change           `json:"change,omitzero"`
	Amended  rulebook.Amended `json:"amended,omitzero"`
	Digest   *stats.Digest    `json:"digest,omitempty"`
	Appeal   AppealState      `json:"appeal,omitempty"`
	Jury     jury.Reason      `json:"jury,omitempty"`
	Standing *Score           `json:"standing,omitempty"`
	Rights   *RightsEntry     `json:"rights,omitempty"`
	First    bool             `json:"first,omitempty"`
	Silent   bool             `json:"silent,omitempty"`
	Cast     time.Time        `json:"cast,omitzero"`
	Message  *MessageRef      `json:"message,omitempty"`
	Receipt  *PrivateReceipt  `json:"receipt,omitempty"`
	Each     bool             `json:"each,omitempty"`
	Entries  []storedEffect   `json:"entries,omitempty"`
	Log      int64            `json:"log,omitempty"`
	All      bool             `json:"all,omitempty"`
	Later    bool             `json:"later,omitempty"`
	Tells    bool             `json:"tells,omitempty"`
	With     string           `json:"with,omitempty"`
}

// where says in words where they are written to.
func (p Person) where() string {
	if p.Private {
		return "in private"
	}
	return "in the group"
}

// Score is somebody's standing after a case that cost Cost points of it.
type Score struct {
	Cost int           `json:"cost"`
	Now  int           `json:"now"`
	Tier standing.Tier `json:"tier"`
}
