package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Somebody who reports in private sends a link or a forward, and the bot must find out which message that is, in which group.
// What they are told must not say, nor when it comes, whether there is such a message or group unless they are a member of that.
// So what they sent waits in the outbox, and so does the answer, which comes at a moment that does not depend on what was found.

// PrivateReport is a report in private, before the message is found.
type PrivateReport struct {
	Row      OutboxRef // it waits in
	To       Person    // who reports
	Began    time.Time // when the bot began to look for the message
	Due      time.Time // when they are answered
	Messages []int64   // what they sent, in the private chat
}

// practised is what the reporter is told of a report of a practice's message.
func (p PrivateReport) practised(d Docket, pr Practice, rule rulebook.RuleID, again bool, out *Outcome) {
	for i, e := range out.Effects {
		if o, ok := e.(SendPracticeOutcome); ok && o.To.ID == p.To.ID {
			o.Due = p.Due.Add(time.Second)
			out.Effects[i] = o
		}
	}
	out.Effects = append(out.Effects, p.answer(PrivateReceipt{
		Group: d.Chat.Ref, Practice: pr.Number(), Rule: rule, Open: !pr.Verdict.Final(), Again: again,
	}))
}

func (p PrivateReport) answer(r PrivateReceipt) Effect {
	return TellReporter{Waiting: Waiting{Due: p.Due}, To: p.To, Receipt: r, Messages: p.Messages, Asked: p.Began}
}

// receipt is what the reporter is told of what a report brought. The outcome, if there is one already, comes after that.
func (p PrivateReport) receipt(d Docket, rule rulebook.RuleID, again bool, out *Outcome) {
	r := PrivateReceipt{Group: d.Chat.Ref, Complaint: out.Case == nil}
	if out.Case != nil {
		r.Case, r.Rule, r.Open, r.Again = out.Case.ID, rule, !out.Case.Verdict.Final(), again
	}
	for i, e := range out.Effects {
		if o, ok := e.(SendOutcome); ok && o.To.ID == p.To.ID {
			o.Due = p.Due.Add(time.Second)
			out.Effects[i] = o
		}
	}
	out.Effects = append(out.Effects, p.answer(r))
}
