package moderation

// Judgement is what the ballots of a case come to.
type Judgement struct {
	Verdict Verdict // [Upheld], [Dismissed], or [Open] if they are not enough
	Crowd   bool    // one side looks like one crowd's, so that the admins must decide; Verdict is Open
	Score   float64 // weight of Breaks less weight of Fine, crowds discounted
	Reasons Reasons
}

// FewestVoices is how many independent voices any verdict needs, whatever a group has set: nobody
// decides anything alone, with however many accounts.
const FewestVoices = 2

// smallestCrowd is how many discounted ballots it takes to hand a case over. Of fewer it would tell the
// admins who they are: the only newcomer there is.
const smallestCrowd = 3

// Judge says what ballots decide under a policy: [Upheld] when the score reaches the threshold and the
// voices for it reach the quorum, [Dismissed] when the score reaches the threshold the other way. A tie
// convicts nobody, since a threshold is at least 1.
//
// This is Wald's sequential test (Wald & Wolfowitz, "Optimum Character of the Sequential Probability
// Ratio Test", 1948): it asks no more voters than it must. Weights are logarithms of odds, so that a
// score of s says that what the voters say is 3^s times as likely if the message breaks the rules as if
// it does not, provided that they are independent and right as often as their records say. A threshold of
// 3 stands for 27 to 1, and of verdicts reached by voters who are right three times in four 1 in 28 is
// wrong.
//
// That voters are independent is what an attacker makes untrue. Ballots that hang together count as
// [Crowd.weigh] says, and nothing towards the quorum, so that two of a crowd and somebody's honest mistake
// decide nothing; nor do newcomers', so that nobody makes up for others with accounts of their own. If one side would have its verdict at face value, or has it, but less
// than half of that weight is left after the discounts on newcomers and crowds, then the case is not decided
// by votes one way or the other.
func Judge(ballots []Ballot, ties Ties, p Policy) Judgement {
	breaks, fine := sum(ballots, Breaks, ties), sum(ballots, Fine, ties)
	j := Judgement{
		Verdict: Open, Score: breaks.weight - fine.weight,
		Reasons: Reasons{Threshold: p.Threshold, Quorum: p.Quorum, Groups: append(breaks.groups(Breaks), fine.groups(Fine)...)},
	}
	lead := breaks.face - fine.face
	switch {
	case max(lead, j.Score) >= p.Threshold && breaks.voters >= p.Quorum && breaks.crowded(),
		min(lead, j.Score) <= -p.Threshold && fine.crowded():
		j.Crowd = true
	case j.Score >= p.Threshold && breaks.voices >= max(p.Quorum, FewestVoices):
		j.Verdict = Upheld
	case j.Score <= -p.Threshold && fine.voices >= FewestVoices:
		j.Verdict = Dismissed
	}
	return j
}

// side is what the ballots of one side come to.
type side struct {
	weight     float64 // after all discounts
	face       float64 // before those on newcomers and crowds
	voters     int     // with any weight
	voices     int     // of those, who hang together with nobody and are no newcomers
	discounted int     // ballots that count less than at face value

	kinds map[GroupKind]int
}

// crowded reports whether less than half of the weight is left, and enough ballots are to blame.
func (s side) crowded() bool { return s.discounted >= smallestCrowd && s.weight < s.face/2 }

func sum(ballots []Ballot, of Side, ties Ties) side {
	s := side{kinds: map[GroupKind]int{}}
	crowd := make([]*Crowd, len(ballots))
	crowds := Crowds(ballots, of, ties)
	weight := func(i int) float64 { return max(0, ballots[i].Weight) }
	for k := range crowds {
		c := &crowds[k]
		for _, i := range c.Ballots {
			crowd[i] = c
		}
		s.weight += c.weigh(weight)
	}
	for i, b := range ballots {
		if b.Side != of {
			continue
		}
		s.face += max(b.Face, b.Weight)
		kind := b.kind(crowd[i])
		if kind.Discounted() {
			s.discounted++
		}
		s.kinds[kind]++ // weightless ones too, or the sum would tell that there are some
		if b.Weight <= 0 {
			continue
		}
		s.voters++
		if crowd[i] == nil {
			s.weight += b.Weight
		}
		if !kind.Discounted() {
			s.voices++
		}
	}
	return s
}
