package weight

import "math"

// VoteRecord is what is kept of a member's ballots: how often they agreed with how their cases ended,
// and not on what. The zero VoteRecord is that of a member who never voted.
//
// Right and Wrong are the evidence of a Beta-Bernoulli estimate (Jøsang & Ismail, "The Beta Reputation
// System", 2002), forgotten exponentially. The rest serves [Ties] and [ReportAbuse].
type VoteRecord struct {
	Right  float64 // evidence that their ballots are right, as much as is left of it on Day
	Wrong  float64 // and that they are wrong
	Voted  float64 // final cases they voted in
	Before float64 // final cases of the group before the first of them
	Day    int64   // see [DayOf]

	Abuse ReportAbuse // what follows from being wrong often
}

// The prior is Beta(3, 1): whoever is new is taken to be right three times in four, which is what a
// weight of 1 stands for.
const (
	priorRight = 3.0
	priorWrong = 1.0
)

// On is what is left of the record on a later day.
func (r VoteRecord) On(day int64) VoteRecord {
	k := kept(r.Day, day)
	r.Right, r.Wrong, r.Voted, r.Before, r.Day = r.Right*k, r.Wrong*k, r.Voted*k, r.Before*k, max(r.Day, day)
	r.Abuse = r.Abuse.fade(k)
	return r
}

// Learn adds what one ballot teaches.
func (r VoteRecord) Learn(f Feedback, day int64) VoteRecord {
	r = r.On(day)
	if f.Right {
		r.Right += f.Evidence
	} else {
		r.Wrong += f.Evidence
	}
	r.Abuse = r.Abuse.count(f.Right)
	return r
}

// Accuracy is how likely the member's next ballot is right: the mean of the Beta distribution.
func (r VoteRecord) Accuracy() float64 {
	return (r.Right + priorRight) / (r.Right + r.Wrong + priorRight + priorWrong)
}

// MaxCredibility is the most that a ballot can weigh.
const MaxCredibility = 2.5

// Credibility is the weight of the member's ballots. The optimal weight of an independent voter is the
// logarithm of their odds of being right (Nitzan & Paroush, "Optimal Decision Rules in Uncertain
// Dichotomous Choice Situations", 1982; Dawid & Skene, "Maximum Likelihood Estimation of Observer
// Error-Rates", 1979, weigh judges of known error rates alike), here in units of somebody who is right
// three times in four. It is never negative: else somebody known to be wrong could acquit by reporting.
func (r VoteRecord) Credibility() float64 {
	return min(MaxCredibility, max(0, logit(r.Accuracy())/logit(0.75)))
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
