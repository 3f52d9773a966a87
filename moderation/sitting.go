package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Quizzes takes authors through a quiz.
type Quizzes struct{ *runner }

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
	Examples func(rulebook.Rule) Examples
}

// Page is what to show of a quiz: a question, or how it ended.
type Page struct {
	Case     string
	Rule     rulebook.Rule
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
	key := Key{Update: s.Update, Chat: s.Chat, Case: s.Case, Actor: s.By.ID, Want: Want{Quiz: true}}
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
	view, err := d.Quiz.Read()
	if err != nil {
		return Outcome{}, Page{}, err
	}
	cs, q := *d.Case, view.Quiz
	if ended := q.next() == Questions; ended && s.Sheet != 0 && s.Sheet == q.Sheet && q.Case == cs.ID {
		return Outcome{}, d.page(cs, q, now), nil // the last tap, made twice
	}
	if err := maySit(d, cs, q, s.By, now); err != nil {
		return Outcome{}, Page{}, err
	}
	examples := s.Examples(d.Chat.Book.Rule(cs.Rule))
	if !examples.Enough() {
		return Outcome{}, Page{}, refuse(RefuseQuizNone, cs.ID)
	}
	if !q.runs(cs.ID, examples) {
		q.Case = cs.ID
		q.Sheet, q.Asked = examples.draw(view.Dice)
		return Outcome{ActorChanges: ActorChanges{Quiz: &q}}, d.page(cs, q, now), nil
	}
	if s.Sheet != q.Sheet || s.Number != q.next() || s.Answer != Breaks && s.Answer != Fine {
		return Outcome{}, d.page(cs, q, now), nil
	}
	q.Asked = slices.Clone(q.Asked)
	q.Asked[s.Number].Answer = s.Answer
	out := Outcome{ActorChanges: ActorChanges{Quiz: &q}}
	if q.next() == Questions {
		cs = q.end(&out, d, cs, now)
	}
	return out, d.page(cs, q, now), nil
}

// maySit refuses who has no mute to shorten, or may not shorten it yet.
func maySit(d Docket, cs Case, q Quiz, by Member, now time.Time) error {
	switch {
	case !d.Chat.Policy.Quiz:
		return refuse(RefuseQuizOff, cs.ID)
	case !by.Present:
		return refuse(RefuseAway, cs.ID)
	case !d.muted(cs, by, now):
		return refuse(RefuseNoMute, cs.ID)
	}
	return q.rest(cs.ID, now)
}

// muted reports whether the mute that the case brought still holds its author. Telegram knows of one that an
// admin ended with Telegram's own tools; one that waits for a right holds as well.
func (d Docket) muted(cs Case, by Member, now time.Time) bool {
	waits := cs.Put == ProgressWaits || cs.Put == ProgressNone && d.waits()
	return cs.Learnable(now) && (by.Muted || d.Record.Silenced.After(now) || waits)
}

// end grades the quiz, and shortens the mute if it was passed. It returns the case as it is then.
func (q *Quiz) end(out *Outcome, d Docket, cs Case, now time.Time) Case {
	if !q.right() {
		q.Failed = now
		return cs
	}
	q.Passed, q.Failed = now, time.Time{}
	shortenMute(out, d, &cs, now)
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
		if o.Case != cs.ID && o.Penalty.Kind == ladder.Mute && o.runs(now) && o.Until.After(p.Until) {
			p.Until = o.Until // which holds them all the same
		}
	}
	return p
}
