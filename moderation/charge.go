package moderation

// Charge is the rule that the ballots against a message name, by their weight; on a tie the milder one,
// then the one that stands first in the book. If no ballot that weighs anything names one that holds, it
// is [Other].
//
// Weight and not heads, because the rule decides how hard the penalty is: a crowd of newcomers, whose
// ballots count for little towards the verdict, would else turn somebody's first off-topic message into a
// ban. A ballot that names a rule removed since names none.
func (b Book) Charge(ballots []Ballot) RuleID {
	named := map[RuleID]float64{}
	for _, v := range ballots {
		if v.Side == Breaks && v.Weight > 0 {
			named[v.Rule] += v.Weight
		}
	}
	best, most := b.Rule(Other), 0.0
	for _, r := range b.Listed() {
		w := named[r.ID]
		if w > most || w > 0 && w == most && r.Severity < best.Severity {
			best, most = r, w
		}
	}
	return best.ID
}
