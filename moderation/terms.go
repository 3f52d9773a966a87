package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Terms are the settings by which a case is decided: those of the moment when its card appeared or, without one, when
// its clock started; before that, those of each moment. What an admin changes meanwhile bears on later cases only: else moving a setting and one's own
// vote would tell how others voted.
//
// They are kept as JSON: fields may be added, and not renamed while cases are open.
type Terms struct {
	Threshold int           `json:"t"`           // what auto came to
	Quorum    int           `json:"q"`           // voices
	CardAfter int           `json:"c,omitempty"` // reports of voices after which there is a card; 0 = never
	Ladder    ladder.Ladder `json:"l,omitempty"`
	Lapse     time.Duration `json:"e,omitempty"` // in nanoseconds
	Heavy     Heavy         `json:"h,omitempty"`
	Rules     []TermsRule   `json:"r,omitempty"` // that held, in the order of the book
}

// TermsRule is a rule as it held then.
type TermsRule struct {
	ID       rulebook.RuleID `json:"i"`
	Severity int             `json:"s"`
	Sweep    rulebook.Sweep  `json:"w,omitempty"` // empty also in terms of earlier versions
}

// Sweeps reports whether more goes than the one message if the case is upheld under the rule.
func (r TermsRule) Sweeps() bool { return r.Sweep.Of(r.ID) }

// Set reports whether there are any: cases whose clock has not started have none, nor have those of earlier versions and of
// manual penalties.
func (t Terms) Set() bool { return t.Threshold > 0 }

// Terms returns the terms of a case whose clock starts now.
func (c Chat) Terms() Terms {
	p := c.Policy
	t := Terms{
		Threshold: p.ThresholdFor(c.Size), Quorum: max(p.Quorum, weight.FewestVoices), CardAfter: p.CardAfter,
		Ladder: p.Ladder, Lapse: p.Lapse, Heavy: p.Heavy,
	}
	for _, r := range c.Book.Listed() {
		t.Rules = append(t.Rules, TermsRule{r.ID, r.Severity, r.Sweep})
	}
	return t
}
