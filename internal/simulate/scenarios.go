package simulate

// Scenarios are everyday life and all attacks.
func Scenarios(p Params) []Scenario {
	all := []Scenario{everyday(p), sizes(p), practised(p), fresh(p), together(p), company(p)}
	for _, share := range []float64{0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5} {
		all = append(all, flood(p, share))
	}
	all = append(all, sleepers(p, "together", 0, "all six in the same cases"))
	all = append(all, oneSleeper(p))
	all = append(all, sleepers(p, "mostly", 0.7, "each in any of those cases with probability 0.7"))
	all = append(all, sleepers(p, "apart", 1, "each in other cases"))
	all = append(all, patient(p), clique(p), campaign(p), shield(p), patientShield(p), tradeoff(p))
	for _, n := range groupSizes {
		all = append(all, dismissal(p, n))
	}
	all = append(all, waited(p), prepared(p), ring(p), friends(p))
	for _, share := range []float64{0.05, 0.1, 0.2, 0.3} {
		all = append(all, packed(p, share))
	}
	all = append(all, misjudged(p), guilty(p, "jury, guilty", 0), guilty(p, "jury, guilty with friends", 6))
	all = append(all, quiet(p), drain(p), contested(p), summoned(p))
	return append(all, shadow(p), severity(p), oracle(p, voting), oracle(p, setting), oracle(p, thawing), harassment(p))
}
