package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// WatchFor is for how long after a verdict copies of the removed message go that come later.
const WatchFor = 24 * time.Hour

// sweep has other messages removed along with that of a case, if its verdict is one that does so. It says false if not. Which
// messages those are is looked for when the effect is delivered, so that a verdict does not wait for that. The admins are told
// of the case afterwards, with how many messages went.
func sweep(out *Outcome, d Docket, ballots []Ballot, r decision, now time.Time) bool {
	cs := out.Case
	enough := r.by.Admin || d.Author.New(now) || cs.terms(d.Chat).namedByTwo(cs.Rule, ballots, d.Ties)
	if !enough || !cs.mayBeSwept(d.Chat) {
		return false
	}
	established := d.Chat.Established(cs.Author, d.Author, d.Presence, now)
	out.Effects = append(out.Effects, SweepMessages{
		Case: cs.ID, Author: cs.Author, All: !established || r.jury, Tells: true, By: r.by.Named(),
	})
	return true
}

// sweepRest has the other messages of an author removed once a jury or an admin has confirmed, or made harder, what votes alone
// brought.
func sweepRest(out *Outcome, d Docket) {
	if cs := out.Case; cs.mayBeSwept(d.Chat) {
		out.Effects = append(out.Effects, SweepMessages{Case: cs.ID, Author: cs.Author, All: true})
	}
}

// mayBeSwept reports whether more than the one message may go: by the rule, or by the penalty.
func (c Case) mayBeSwept(chat Chat) bool {
	return c.Message != 0 && c.Verdict == Upheld && c.Reversed == "" && (c.sweeps(chat) || c.Penalty.Kind == ladder.Ban)
}

// sweeps reports whether the rule of the case has more go, by the terms of the case.
func (c Case) sweeps(chat Chat) bool {
	for _, r := range c.terms(chat).Rules {
		if r.ID == c.Rule {
			return r.Sweeps()
		}
	}
	return chat.Book.Rule(c.Rule).Sweeps() // it is newer than the case, and an admin named it
}

// namedByTwo reports whether two voices who say that a message breaks the rules name that rule.
func (t Terms) namedByTwo(rule rulebook.RuleID, ballots []Ballot, ties weight.Ties) bool {
	named, _ := t.naming(sideOf(ballots, Breaks))
	return VoicesOf(named[rule], ties).Count >= weight.FewestVoices
}
