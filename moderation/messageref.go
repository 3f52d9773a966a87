package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// MessageRef names a message by what somebody sent in private: a link to it, or a forward of it. It is kept as JSON.
type MessageRef struct {
	// A link names the group and the message.
	Chat    int64  `json:"chat,omitempty"`    // Telegram's number
	Name    string `json:"name,omitempty"`    // or the public name
	Channel bool   `json:"channel,omitempty"` // these are those of a channel, and the message is a comment on a post of it
	Message int64  `json:"message,omitempty"`

	// A forward tells when the original was sent, and what it says.
	At      int64  `json:"at,omitempty"`      // in seconds since 1970
	Author  int64  `json:"author,omitempty"`  // 0 if Telegram does not say
	Content string `json:"content,omitempty"` // a hash of what it says
}

// PrivateReceipt is what somebody is told who reported in private.
type PrivateReceipt struct {
	Group   int64           `json:"group,omitempty"` // its own number in the store; 0 if no message was found
	Case    string          `json:"case,omitempty"`
	Rule    rulebook.RuleID `json:"rule,omitempty"`
	Open    bool            `json:"open,omitempty"`
	Again   bool            `json:"again,omitempty"` // they reported it before
	Refused Code            `json:"refused,omitempty"`
	Until   time.Time       `json:"until,omitzero"` // of a refusal that ends

	Complaint bool           `json:"complaint,omitempty"`
	Practice  int64          `json:"practice,omitempty"` // the number of the practice whose message it is
	Which     []GroupMessage `json:"which,omitempty"`    // the message may be one of these, each of another group
}

// GroupMessage is a message of a group that may be the one that somebody reports.
type GroupMessage struct {
	Group   int64           `json:"group"` // its own number in the store
	Message int64           `json:"message"`
	Rule    rulebook.RuleID `json:"rule,omitempty"` // of that group, if they named one
}
