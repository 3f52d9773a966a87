package moderation

import (
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Charge is the rule that ballots name, and how severe it counts. Two voices at least who say that the message breaks the rules
// must name it, and it must hold half of the weight of those who named one. Of such rules it is the most severe. Failing that, it
// is the one that most voices named, and counts as [rulebook.MinSeverity]; if none did, it is [rulebook.Other].
//
// Two voices, because the rule decides how hard the penalty is: else one account could turn somebody's first off-topic
// message into a ban. A ballot that names a rule that did not hold names none.
//
// The rule that most named does not depend on what they say now. Else a member who was alone in naming it could show by the
// outcome whether they changed their vote.
func (t Terms) Charge(ballots []Ballot, ties weight.Ties) (rulebook.RuleID, int) {
	if r, ok := t.agreed(sideOf(ballots, Breaks), ties); ok {
		return r.ID, r.Severity
	}
	return t.mostNamed(ballots, ties), rulebook.MinSeverity
}

// agreed is the most severe rule that two voices name and that holds half of their weight.
func (t Terms) agreed(ballots []Ballot, ties weight.Ties) (best TermsRule, found bool) {
	named, naming := t.naming(ballots)
	half, most := VoicesOf(naming, ties).Weight/2-weight.Slack, 0.0
	for _, r := range t.Rules {
		v := VoicesOf(named[r.ID], ties)
		if v.Count < weight.FewestVoices || v.Weight < half {
			continue
		}
		if !found || r.Severity > best.Severity || r.Severity == best.Severity && v.Weight > most {
			best, most, found = r, v.Weight, true
		}
	}
	return best, found
}

// mostNamed is the rule that most voices name. On a tie it is the milder one, then the first of the book.
func (t Terms) mostNamed(ballots []Ballot, ties weight.Ties) rulebook.RuleID {
	named, _ := t.naming(ballots)
	best, most := TermsRule{ID: rulebook.Other, Severity: rulebook.MinSeverity}, weight.Voices{}
	for _, r := range t.Rules {
		v := VoicesOf(named[r.ID], ties)
		better := v.Weight > most.Weight
		switch {
		case v.Count == 0:
			continue
		case v.Count != most.Count:
			better = v.Count > most.Count
		case v.Weight == most.Weight:
			better = r.Severity < best.Severity
		}
		if better {
			best, most = r, v
		}
	}
	return best.ID
}

// naming are the ballots that name a rule that holds, by rule and all of them.
func (t Terms) naming(ballots []Ballot) (named map[rulebook.RuleID][]Ballot, all []Ballot) {
	named = map[rulebook.RuleID][]Ballot{}
	for _, b := range ballots {
		if t.holds(b.Rule) {
			named[b.Rule], all = append(named[b.Rule], b), append(all, b)
		}
	}
	return named, all
}

// holds reports whether a rule held by these terms.
func (t Terms) holds(id rulebook.RuleID) bool {
	for _, r := range t.Rules {
		if r.ID == id {
			return true
		}
	}
	return false
}
