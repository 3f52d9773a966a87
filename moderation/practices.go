package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Practices shows members how reports and votes go. Nothing here touches a case, a ballot, a record or the ledger.
type Practices struct{ *runner }

// PracticeRefusal says why a practice does not begin.
type PracticeRefusal int

// Why it may not begin.
const (
	PracticeBegins PracticeRefusal = iota // it does
	PracticeAdmins                        // it is more than a day since the greeting, and they are no admin
	PracticeSoon                          // there was one within [PracticeEvery]
	PracticeRights                        // the bot could not show what it does: it is no admin, or may not delete messages
)

// StartPractice begins a practice in a topic of a group, 0 for none. If that may not be, it says why, and until when.
func (c *Practices) StartPractice(ctx context.Context, update, chat int64, by Member, thread int64) (why PracticeRefusal, until time.Time, err error) {
	_, err = c.update(ctx, practiceKey(update, chat), func(d Docket, now time.Time) (Outcome, error) {
		view, err := d.Practice.Read()
		if err != nil {
			return Outcome{}, err
		}
		if why, until, err = mayPractise(d.Chat, view.Practice, by, now); err != nil || why != PracticeBegins {
			return Outcome{}, err
		}
		p := newPractice(thread, view.Seed, now)
		return Outcome{Practice: &p, Effects: []Effect{DrawPractice{}}}, nil
	})
	return why, until, err
}

func practiceKey(update, chat int64) Key {
	return Key{Update: update, Chat: chat, Want: Want{Bare: true, Practice: true}}
}

func mayPractise(chat Chat, last Practice, by Member, now time.Time) (PracticeRefusal, time.Time, error) {
	next := last.Began.Add(PracticeEvery)
	switch {
	case !by.Present:
		return 0, next, refuse(RefuseOutsider, "")
	case !by.Admin && (chat.Greeted.IsZero() || now.Sub(chat.Greeted) >= Greeting):
		return PracticeAdmins, next, nil
	case last.Number() != 0 && next.After(now):
		return PracticeSoon, next, nil
	case !chat.CanPractise():
		return PracticeRights, next, nil
	}
	return PracticeBegins, next, nil
}

// CanPractise reports whether the bot could show what it does: nobody is to practise with a command that stays for all to see.
func (c Chat) CanPractise() bool {
	missing := c.Missing()
	return c.Rights.Member && c.Rights.Admin && !slices.Contains(missing, c.Kind.Needs(RightAdmin)) && !slices.Contains(missing, c.Kind.Needs(RightDelete))
}

// PracticeReport is a member's word that the message of a practice breaks the rules.
type PracticeReport struct {
	Update   int64
	Chat     int64
	Number   int64 // of the practice, or 0 and
	Message  int64 // the message that is reported
	Reporter Member
	Rule     rulebook.RuleID // empty if they named none
	Seen     bool            // everybody saw the command
	Private  *PrivateReport  // of a report in private, which is answered with the same commit
}

// ReportPractice takes a report of a practice's message. Again says that they had reported it before. Any other message is
// refused as one of the bot's.
func (c *Practices) ReportPractice(ctx context.Context, r PracticeReport) (p Practice, again bool, err error) {
	key := practiceKey(r.Update, r.Chat)
	if r.Private != nil {
		key.Done = r.Private.Row
	}
	tell := func(d Docket, p Practice, out *Outcome) {
		if r.Private != nil {
			r.Private.practised(d, p, r.Rule, again, out)
		}
	}
	p, err = c.practise(ctx, key, tell, func(d Docket, p *Practice, now time.Time) error {
		switch {
		case !r.Reporter.Present:
			return refuse(RefuseOutsider, "")
		case r.Number == 0 && (p.Number() == 0 || p.Gone || p.Message != r.Message || p.Message == 0):
			return refuse(RefuseBot, "")
		case r.Number != 0 && (p.Number() != r.Number || p.Gone):
			return refuse(RefuseUnknown, "")
		case p.Verdict.Final():
			return refuse(RefuseDecided, "")
		}
		b := PracticeBallot{Voter: r.Reporter.ID, Language: r.Reporter.Language, Side: Breaks, Reported: true}
		if d.Chat.Book.Has(r.Rule) {
			b.Rule = r.Rule
		}
		p.Seen = p.Seen || r.Seen
		again, err = p.take(b, now)
		return err
	})
	return p, again, err
}

// VotePractice takes a tap on the card of a practice.
func (c *Practices) VotePractice(ctx context.Context, update, chat, number int64, voter Member, side Side) error {
	return c.inPractice(ctx, update, chat, number, voter, func(p *Practice, now time.Time) error {
		if p.Card == 0 {
			return refuse(RefuseUnknown, "")
		}
		_, err := p.take(PracticeBallot{Voter: voter.ID, Language: voter.Language, Side: side}, now)
		return err
	})
}

// CategorizePractice names the rule that the message of a practice breaks.
func (c *Practices) CategorizePractice(ctx context.Context, update, chat, number int64, by Member, rule rulebook.RuleID) error {
	return c.inPractice(ctx, update, chat, number, by, func(p *Practice, _ time.Time) error {
		i := p.find(by.ID)
		if i < 0 || !p.Ballots[i].Reported {
			return refuse(RefuseNoBallot, "")
		}
		p.Ballots = slices.Clone(p.Ballots)
		p.Ballots[i].Rule = rule
		return nil
	})
}

// UndoPractice takes a report of a practice's message back.
func (c *Practices) UndoPractice(ctx context.Context, update, chat, number int64, by Member) error {
	return c.inPractice(ctx, update, chat, number, by, func(p *Practice, now time.Time) error { return p.takeBack(by.ID, now) })
}

// inPractice changes an open practice that a button names.
func (c *Practices) inPractice(ctx context.Context, update, chat, number int64, by Member, change func(*Practice, time.Time) error) error {
	_, err := c.practise(ctx, practiceKey(update, chat), nil, func(_ Docket, p *Practice, now time.Time) error {
		switch {
		case !by.Present:
			return refuse(RefuseOutsider, "")
		case number == 0 || p.Number() != number || p.Gone:
			return refuse(RefuseUnknown, "")
		case p.Verdict.Final():
			return refuse(RefuseDecided, "")
		}
		return change(p, now)
	})
	return err
}

// practise changes the practice of a group, and has done what follows from that. Tell, if any, adds to what follows.
func (c *Practices) practise(ctx context.Context, key Key, tell func(Docket, Practice, *Outcome), change func(Docket, *Practice, time.Time) error) (after Practice, err error) {
	_, err = c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		view, err := d.Practice.Read()
		if err != nil {
			return Outcome{}, err
		}
		p := view.Practice
		if err := change(d, &p, now); err != nil {
			return Outcome{}, err
		}
		after = p
		out := practised(d.Chat, view.Practice, p, now)
		if tell != nil {
			tell(d, p, &out)
		}
		return out, nil
	})
	return after, err
}

// practised is what follows from a change of a practice.
func practised(chat Chat, was, p Practice, now time.Time) Outcome {
	out := Outcome{Practice: &p}
	if p.Number() != 0 && p.Verdict.Final() && !was.Verdict.Final() && !p.Gone {
		out.Effects = decidedPractice(chat, p, now)
	}
	if what, at := p.Due(now); what != PracticeNothing {
		next := DrawPractice{}
		if at.After(now) {
			next.Due = at
		}
		out.Effects = append(out.Effects, next)
	}
	return out
}

// decidedPractice is what follows from the end of a vote: what would follow from that of a case, but for the penalty. The owner is
// shown what admins can see of reporters. They are not if everybody saw a command, for then they could see it.
func decidedPractice(chat Chat, p Practice, now time.Time) []Effect {
	var effects []Effect
	vanishes := p.Decided.Add(practiceTold)
	if p.Verdict == Upheld {
		effects = append(effects, DeleteMessages{Messages: []int64{p.Message}})
		vanishes = now
	}
	reported := false
	for _, b := range p.Ballots {
		if b.Reported {
			reported = true
			effects = append(effects, SendPracticeOutcome{To: Person{ID: b.Voter, Language: b.Language}, Verdict: p.Verdict, Rule: p.Rule})
		}
	}
	if reported && !p.Seen && chat.Kind == Supergroup {
		effects = append(effects, SendPracticeAudit{Waiting: Waiting{Due: vanishes.Add(practiceSettles)}})
	}
	return effects
}

// practiceSettles is how long Telegram's apps have to show a deletion before the owner is asked to look for it.
const practiceSettles = 5 * time.Second

// PracticeDrawn notes that a step of a practice was taken, which e is done with, and has the next one taken in time. Message is
// what was posted, 0 if Telegram refused that, and votes how many its card shows. Whatever is seen too late is taken away.
func (c *Practices) PracticeDrawn(ctx context.Context, e DrawPractice, number int64, what PracticeDue, message int64, votes int) error {
	key := practiceKey(0, e.Chat)
	key.Done = e.Ref
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		view, err := d.Practice.Read()
		if err != nil {
			return Outcome{}, err
		}
		was, p := view.Practice, view.Practice
		if p.Number() != number {
			return Outcome{Effects: removal(some(message))}, nil
		}
		gone := drawn(&p, what, message, votes, now)
		out := practised(d.Chat, was, p, now)
		out.Effects = append(removal(gone), out.Effects...)
		return out, nil
	})
	return err
}

// removal deletes messages, if there are any.
func removal(messages []int64) []Effect {
	if len(messages) == 0 {
		return nil
	}
	return []Effect{DeleteMessages{Messages: messages}}
}

// drawn notes in a practice what was done, and returns the messages that are to go.
func drawn(p *Practice, what PracticeDue, message int64, votes int, now time.Time) (gone []int64) {
	switch what {
	case PracticePost:
		switch {
		case p.Message != 0 || p.Gone:
			return some(message)
		case message == 0:
			*p = Practice{} // nobody saw anything of it, so nobody waits for the next
		default:
			p.Message, p.Posted = message, now
		}
	case PracticeAsk:
		switch {
		case p.Card != 0 || p.Gone || p.Verdict.Final() || len(p.Ballots) == 0:
			return some(message)
		case message == 0: // the message of the practice is gone, or nobody may write any more
			*p, gone = p.end()
		default:
			p.appear(message, votes, now)
		}
	case PracticeEdit:
		p.CardVotes, p.EditDue = votes, time.Time{}
		p.recount(now)
	case PracticeTell:
		p.Told = true
	default:
		return passed(p, now)
	}
	return gone
}

// some is a message in a list, or none.
func some(message int64) []int64 {
	if message == 0 {
		return nil
	}
	return []int64{message}
}

// passed does what is due by the clock alone.
func passed(p *Practice, now time.Time) (gone []int64) {
	what, at := p.Due(now)
	if at.After(now) {
		return nil
	}
	switch what {
	case PracticeWithdraw:
		return some(p.withdraw())
	case PracticeDecide:
		p.expire(now)
	case PracticeEnd:
		*p, gone = p.end()
	case PracticeForget:
		*p = Practice{}
	}
	return gone
}
