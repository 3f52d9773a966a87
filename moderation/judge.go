package moderation

// Judgement is what the ballots of a case come to.
type Judgement struct {
	Verdict Verdict // [Upheld], [Dismissed], or [Open] if they are not enough
	Score   float64 // weight of Breaks less weight of Fine
	Breaks  Voices
	Fine    Voices
}

// Voices are the ballots that count among some: how many, and what they weigh.
type Voices struct {
	Count  int     // the largest number of ballots of which no two are tied
	Weight float64 // the greatest weight of such ballots
}

// FewestVoices is how many voices any verdict needs, whatever a group has set: nobody
// decides anything alone, with however many accounts.
const FewestVoices = 2

// Judge says what ballots decide: [Upheld] when the score reaches the threshold and the voices for it reach the quorum,
// [Dismissed] likewise the other way.
//
// This is Wald's sequential test (Wald & Wolfowitz, "Optimum Character of the Sequential Probability
// Ratio Test", 1948): it asks no more voters than it must. Weights are logarithms of odds, so that a
// score of s says that what the voters say is 3^s times as likely if the message breaks the rules as if
// it does not, provided that they are independent and right as often as their records say. A threshold of
// 3 stands for 27 to 1, and of verdicts reached by voters who are right three times in four 1 in 28 is
// wrong.
//
// That voters are independent is what an attacker makes untrue. So only voices count; see [VoicesOf]. The verdict is a
// function of them alone: a ballot that is none changes nothing, on either side, and so nobody can stop a verdict with
// accounts that could not reach one.
func Judge(ballots []Ballot, ties Ties, t Terms) Judgement {
	j := Judgement{Verdict: Open, Breaks: VoicesOf(sideOf(ballots, Breaks), ties), Fine: VoicesOf(sideOf(ballots, Fine), ties)}
	j.Score = j.Breaks.Weight - j.Fine.Weight
	threshold, quorum := float64(t.Threshold), max(t.Quorum, FewestVoices)
	switch {
	case j.Score >= threshold-scoreSlack && j.Breaks.Count >= quorum:
		j.Verdict = Upheld
	case j.Score <= -threshold+scoreSlack && j.Fine.Count >= quorum:
		j.Verdict = Dismissed
	}
	return j
}

// scoreSlack is how far sums of weights may be off, which are added in no order.
const scoreSlack = 1e-9

func sideOf(ballots []Ballot, side Side) []Ballot {
	var of []Ballot
	for _, b := range ballots {
		if b.Side == side {
			of = append(of, b)
		}
	}
	return of
}

// VoicesOf are the voices among ballots. A new member's ballot is none, nor is one that weighs nothing. Of others who
// are tied to each other only one counts, so that a crowd in which all are tied is one voice. Ballots added never lower
// the number or the weight, in the order in which they were cast; see [graph.untied].
func VoicesOf(ballots []Ballot, ties Ties) Voices {
	counting := inOrder(ballots)
	weights, ones := make([]float64, len(counting)), make([]float64, len(counting))
	for i, b := range counting {
		weights[i], ones[i] = b.Weight, 1
	}
	tied := func(i, j int) bool { return ties.Tied(counting[i], counting[j]) }
	g := newGraph(len(counting), tied)
	largest, _ := g.untied(ones, tied)
	_, weight := g.untied(weights, tied)
	return Voices{Count: len(largest), Weight: weight}
}
