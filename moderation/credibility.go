package moderation

import "math"

// Track is what is remembered of a member's ballots: how often they agreed with how their cases ended,
// and not on what. The zero Track is that of somebody nobody knows.
//
// Right and Wrong are the evidence of a Beta-Bernoulli estimate (Jøsang & Ismail, "The Beta Reputation
// System", 2002), forgotten exponentially. The rest serves [Ties] and [Caution].
type Track struct {
	Right  float64 // evidence that their ballots are right, as much as is left of it on Day
	Wrong  float64 // and that they are wrong
	Voted  float64 // final cases they voted in
	Before float64 // final cases of the group before the first of them
	Day    int64   // see [DayOf]

	Caution Caution // what follows from being wrong often
}

// The prior is Beta(3, 1): whoever is new is taken to be right three times in four, which is what a
// weight of 1 stands for.
const (
	priorRight = 3.0
	priorWrong = 1.0
)

// On is the track as it is remembered on a later day.
func (t Track) On(day int64) Track {
	k := kept(t.Day, day)
	t.Right, t.Wrong, t.Voted, t.Before, t.Day = t.Right*k, t.Wrong*k, t.Voted*k, t.Before*k, max(t.Day, day)
	t.Caution = t.Caution.fade(k)
	return t
}

// Learn adds a lesson.
func (t Track) Learn(l Lesson, day int64) Track {
	t = t.On(day)
	if l.Right {
		t.Right += l.Evidence
	} else {
		t.Wrong += l.Evidence
	}
	t.Caution = t.Caution.count(l.Right)
	return t
}

// Accuracy is how likely the member's next ballot is right: the mean of the Beta distribution.
func (t Track) Accuracy() float64 {
	return (t.Right + priorRight) / (t.Right + t.Wrong + priorRight + priorWrong)
}

// MaxCredibility is the most that a ballot can weigh.
const MaxCredibility = 2.5

// Credibility is the weight of the member's ballots. The optimal weight of an independent voter is the
// logarithm of their odds of being right (Nitzan & Paroush, "Optimal Decision Rules in Uncertain
// Dichotomous Choice Situations", 1982; Dawid & Skene, "Maximum Likelihood Estimation of Observer
// Error-Rates", 1979, weigh judges of known error rates alike), here in units of somebody who is right
// three times in four. It is never negative: else somebody known to be wrong could acquit by reporting.
func (t Track) Credibility() float64 {
	return min(MaxCredibility, max(0, logit(t.Accuracy())/logit(0.75)))
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
