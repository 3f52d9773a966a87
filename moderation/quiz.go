package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Questions is how many there are in a quiz.
const Questions = 3

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

// Question shows an example of the rule and asks whether it breaks the rule.
type Question struct {
	Example string `json:"example"`
	Breaks  bool   `json:"breaks,omitempty"`
	Answer  Side   `json:"answer,omitempty"` // empty until there is one
}

// Right reports whether the answer is.
func (q Question) Right() bool { return q.Answer == q.side() }

func (q Question) side() Side {
	if q.Breaks {
		return Breaks
	}
	return Fine
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

// Sitting is somebody at a quiz about the rule of their case: they open it, or answer a question.
type Sitting struct {
	Update int64
	Chat   int64
	Case   string
	By     Member

	Sheet  int64 // of the question they answer; 0 if they open the quiz
	Number int   // of that question, from 0
	Answer Side

	// Examples are those of a rule, in the language that they speak.
	Examples func(Rule) Examples
}

// Page is what to show of a quiz: a question, or how it ended.
type Page struct {
	Case     string
	Rule     Rule
	Sheet    int64
	Number   int // of the question, from 0; [Questions] if it ended
	Question Question
	Asked    []Question // with the answers, if it ended
	Passed   bool
	Waits    bool      // for a right: Telegram still keeps the mute as it was
	Until    time.Time // when the mute is over, zero if it is
	Again    time.Time // of one that was not passed: when there can be another
}

// Quiz takes a member through a quiz about the rule of a case for which they are muted. What is not the
// answer to the present question changes nothing and shows where they are. Passing halves what is left.
func (c *Quizzes) Quiz(ctx context.Context, s Sitting) (Page, error) {
	var page Page
	key := Key{Update: s.Update, Chat: s.Chat, Case: s.Case, Actor: s.By.ID, Quiz: true}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (out Outcome, err error) {
		out, page, err = sit(d, s, now)
		return out, err
	})
	return page, err
}

func sit(d Docket, s Sitting, now time.Time) (Outcome, Page, error) {
	if cs := d.Case; cs == nil || cs.Verdict != Upheld || !cs.Author.Reachable() || cs.Author.ID != s.By.ID {
		return Outcome{}, Page{}, refuse(RefuseNotYours, "")
	}
	cs, q := *d.Case, d.Quiz
	if ended := q.next() == Questions; ended && s.Sheet != 0 && s.Sheet == q.Sheet && q.Case == cs.ID {
		return Outcome{}, d.page(cs, q, now), nil // the last tap, made twice
	}
	if err := maySit(d, cs, s.By, now); err != nil {
		return Outcome{}, Page{}, err
	}
	examples := s.Examples(d.Chat.Book.Rule(cs.Rule))
	if !examples.Enough() {
		return Outcome{}, Page{}, refuse(RefuseQuizNone, cs.ID)
	}
	if !q.runs(cs.ID, examples) {
		q.Case = cs.ID
		q.Sheet, q.Asked = examples.draw(d.Dice)
		return Outcome{Quiz: &q}, d.page(cs, q, now), nil
	}
	if s.Sheet != q.Sheet || s.Number != q.next() || s.Answer != Breaks && s.Answer != Fine {
		return Outcome{}, d.page(cs, q, now), nil
	}
	q.Asked = slices.Clone(q.Asked)
	q.Asked[s.Number].Answer = s.Answer
	out := Outcome{Quiz: &q}
	if q.next() == Questions {
		cs = q.end(&out, d, cs, now)
	}
	return out, d.page(cs, q, now), nil
}

// maySit refuses who has no mute to shorten, or may not shorten it yet.
func maySit(d Docket, cs Case, by Member, now time.Time) error {
	switch {
	case !d.Chat.Policy.Quiz:
		return refuse(RefuseQuizOff, cs.ID)
	case !by.Present:
		return refuse(RefuseAway, cs.ID)
	case !d.muted(cs, by, now):
		return refuse(RefuseNoMute, cs.ID)
	}
	return d.Quiz.rest(cs.ID, now)
}

// muted reports whether the mute that the case brought still holds its author. Telegram knows of one that an
// admin ended with Telegram's own tools; one that waits for a right holds as well.
func (d Docket) muted(cs Case, by Member, now time.Time) bool {
	waits := cs.Put == ProgressWaits || cs.Put == ProgressNone && d.waits()
	return cs.Learnable(now) && (by.Muted || d.Record.Silenced.After(now) || waits)
}

// waits reports whether penalties wait for a right at this time.
func (d Docket) waits() bool {
	return d.Chat.Kind != Basic && slices.Contains(d.Chat.Missing(), RightRestrict)
}

// Learnable reports whether the case brought a mute that lasts, so that a quiz could shorten it.
func (c Case) Learnable(now time.Time) bool {
	return c.Verdict == Upheld && c.Reversed == "" && c.Author.Reachable() && c.Penalty.Deed == ladder.Mute && c.Until.After(now) && !c.Put.Never()
}

// end grades the quiz, and shortens the mute if it was passed. It returns the case as it is then.
func (q *Quiz) end(out *Outcome, d Docket, cs Case, now time.Time) Case {
	if !q.right() {
		q.Failed = now
		return cs
	}
	q.Passed, q.Failed = now, time.Time{}
	halve(out, d, &cs, now)
	return cs
}

// page is what to show of a quiz.
func (d Docket) page(cs Case, q Quiz, now time.Time) Page {
	p := Page{Case: cs.ID, Rule: d.Chat.Book.Rule(cs.Rule), Sheet: q.Sheet, Number: q.next()}
	if p.Number < Questions {
		p.Question = q.Asked[p.Number]
		return p
	}
	p.Asked, p.Passed = q.Asked, q.right()
	p.Waits = p.Passed && cs.Put == ProgressDone && d.waits()
	if !p.Passed {
		p.Again = q.Failed.Add(FailedFor)
	}
	if cs.Learnable(now) {
		p.Until = cs.Until
	}
	for _, o := range d.History {
		if o.Case != cs.ID && o.Penalty.Deed == ladder.Mute && o.runs(now) && o.Until.After(p.Until) {
			p.Until = o.Until // which holds them all the same
		}
	}
	return p
}
