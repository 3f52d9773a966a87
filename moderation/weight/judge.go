package weight

// Judgement is what the ballots of a case come to.
type Judgement struct {
	Won    Side    // the side that they decide for; empty if they are not enough
	Score  float64 // weight of Breaks less weight of Fine
	Breaks Voices
	Fine   Voices
}

// Voices are the ballots that count among some: how many, and what they weigh.
type Voices struct {
	Count  int     // the largest number of ballots of which no two are tied
	Weight float64 // the greatest weight of such ballots
}

// FewestVoices is how many voices any verdict needs, whatever a group has set: nobody
// decides anything alone, with however many accounts.
const FewestVoices = 2

// Terms say how many voices decide, and by how much.
type Terms struct {
	Threshold int // the score that decides
	Quorum    int // the voices that a side needs; at least [FewestVoices]
}

// Judge says what ballots decide: [Breaks] wins when the score reaches the threshold and the voices for it reach the quorum,
// [Fine] likewise the other way.
//
// This is Wald's sequential test (Wald & Wolfowitz, "Optimum Character of the Sequential Probability
// Ratio Test", 1948): it asks no more voters than it must. Weights are logarithms of odds. With a score
// of s, what the voters say is 3^s times as likely if the message breaks the rules as if it does not.
// That holds if they are independent, and right as often as their records say. A threshold of 3 stands
// for 27 to 1. If voters are right three times in four, 1 verdict in 28 is wrong.
//
// That voters are independent is what an attacker makes untrue. So only voices count; see [VoicesOf]. The verdict is a
// function of them alone: a ballot that is no voice changes nothing, on either side. So nobody can stop a verdict with
// accounts that could not reach one.
func Judge(ballots []Ballot, ties Ties, t Terms) Judgement {
	j := Judgement{Breaks: VoicesOf(Of(ballots, Breaks), ties), Fine: VoicesOf(Of(ballots, Fine), ties)}
	j.Score = j.Breaks.Weight - j.Fine.Weight
	threshold, quorum := float64(t.Threshold), max(t.Quorum, FewestVoices)
	switch {
	case j.Score >= threshold-Slack && j.Breaks.Count >= quorum:
		j.Won = Breaks
	case j.Score <= -threshold+Slack && j.Fine.Count >= quorum:
		j.Won = Fine
	}
	return j
}

// Slack is how far sums of weights may be off, which are added in no order.
const Slack = 1e-9

// VoicesOf are the voices among ballots. A new member's ballot is none, nor is one that weighs nothing. Of others who
// are tied to each other only one counts, so that a group in which all are tied is one voice. Ballots added never lower
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
