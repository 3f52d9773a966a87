package moderation

import (
	"slices"
	"time"
)

// How long it takes until somebody may take a quiz again in the same group.
const (
	PassedFor = 30 * 24 * time.Hour // after one that they passed
	FailedFor = 24 * time.Hour      // after one that they did not
)

// Quiz is what is kept of a member's quizzes in a group: the one that runs or was the last, and how they
// ended. The zero Quiz is that of a member who took none. It is kept as JSON.
type Quiz struct {
	Case   string     `json:"case,omitempty"`
	Sheet  int64      `json:"sheet,omitempty"` // tells it from earlier ones, so that their buttons answer nothing
	Asked  []Question `json:"asked,omitempty"`
	Passed time.Time  `json:"passed,omitzero"` // when they last passed one
	Failed time.Time  `json:"failed,omitzero"` // when they last did not
}

// next is which question is to be answered, [Questions] if all are.
func (q Quiz) next() int {
	i := slices.IndexFunc(q.Asked, func(asked Question) bool { return asked.Answer == "" })
	if i < 0 {
		return Questions
	}
	return i
}

// runs reports whether it is about this case, and asks what are still examples of its rule.
func (q Quiz) runs(id string, e Examples) bool {
	if q.Case != id || len(q.Asked) != Questions || q.next() == Questions {
		return false
	}
	for _, asked := range q.Asked {
		if !slices.Contains(e.of(asked.Breaks), asked.Example) {
			return false
		}
	}
	return true
}

// right reports whether all answers are.
func (q Quiz) right() bool {
	return !slices.ContainsFunc(q.Asked, func(asked Question) bool { return !asked.Right() })
}

// again is when they may take another; zero if they took none.
func (q Quiz) again() time.Time {
	var again time.Time
	if !q.Passed.IsZero() {
		again = q.Passed.Add(PassedFor)
	}
	if failed := q.Failed.Add(FailedFor); !q.Failed.IsZero() && failed.After(again) {
		again = failed
	}
	return again
}

func (q Quiz) bare() bool { return q.Case == "" && q.Passed.IsZero() && q.Failed.IsZero() }

// rest refuses another quiz as long as it is too early for one.
func (q Quiz) rest(id string, now time.Time) error {
	for _, r := range []struct {
		code  Code
		since time.Time
		wait  time.Duration
	}{{RefuseQuizPassed, q.Passed, PassedFor}, {RefuseQuizFailed, q.Failed, FailedFor}} {
		if until := r.since.Add(r.wait); !r.since.IsZero() && now.Before(until) {
			return &Refusal{Code: r.code, Case: id, Until: until}
		}
	}
	return nil
}
