package moderation

import (
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Charge is the rule that the ballots against a message name, and how severe it counts. Two voices at least must name
// it, and it must hold half of the weight of the voices who named one. Of such rules it is the most severe. Failing
// that, it is the one that most voices name, and counts as [rulebook.MinSeverity]; if none does, it is
// [rulebook.Other].
//
// Two voices, because the rule decides how hard the penalty is: else one account could turn somebody's first off-topic
// message into a ban. A ballot that names a rule that did not hold names none.
func (t Terms) Charge(ballots []Ballot, ties weight.Ties) (rulebook.RuleID, int) {
	named := map[rulebook.RuleID][]Ballot{}
	var naming []Ballot
	for _, v := range ballots {
		if v.Side == Breaks && t.holds(v.Rule) {
			named[v.Rule], naming = append(named[v.Rule], v), append(naming, v)
		}
	}
	if len(naming) == 0 {
		return rulebook.Other, rulebook.MinSeverity
	}
	half := VoicesOf(naming, ties).Weight/2 - weight.Slack
	best, most, agreed := TermsRule{ID: rulebook.Other, Severity: rulebook.MinSeverity}, weight.Voices{}, false
	for _, r := range t.Rules {
		v := VoicesOf(named[r.ID], ties)
		enough := v.Count >= weight.FewestVoices && v.Weight >= half
		var better bool
		switch {
		case v.Count == 0:
		case enough && agreed:
			better = r.Severity > best.Severity || r.Severity == best.Severity && v.Weight > most.Weight
		case enough || agreed:
			better = enough
		case v.Count != most.Count:
			better = v.Count > most.Count
		case v.Weight != most.Weight:
			better = v.Weight > most.Weight
		default:
			better = r.Severity < best.Severity // on a tie the milder one, then the first of the book
		}
		if better {
			best, most, agreed = r, v, agreed || enough
		}
	}
	if !agreed {
		return best.ID, rulebook.MinSeverity
	}
	return best.ID, best.Severity
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
