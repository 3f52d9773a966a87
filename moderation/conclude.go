package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// endReopened ends a case that was opened again by what the jury, or an admin, says. If the message does break the rules, the
// first verdict was wrong, and teaches so.
func endReopened(out *Outcome, d Docket, r decision) {
	cs := out.Case
	if cs.Reopens == "" {
		return
	}
	if r.verdict == Upheld {
		out.Wrong = cs.Reopens
	}
	if cs.Appeal.Open() {
		cs.Appeal, cs.AppealDue = NoAppeal, time.Time{}
	}
}

// conclude ends a case: what happens to the message, to its author, to the card, and who is told.
// The order of the effects is the order in which they are delivered within their class.
func conclude(out *Outcome, d Docket, cs Case, ballots []Ballot, r decision, now time.Time) {
	tally := Count(ballots)
	cs.Terms = cs.terms(d.Chat)
	cs.Verdict, cs.Decided, cs.ByAdmin = r.verdict, now, r.by.Admin
	cs.Votes, cs.Breaks = tally.Votes(), tally.Breaks
	var severity int
	cs.Rule, severity = cs.Terms.Charge(ballots, d.Ties)
	if cs.CopyOf != "" && cs.Rule == rulebook.Other && d.Case.Rule != "" { // nobody named another than that of what it is a copy of
		cs.Rule = d.Case.Rule
	}
	if d.Chat.Book.Has(r.rule) {
		cs.Rule, severity = r.rule, d.Chat.Book.Rule(r.rule).Severity
	}
	if r.by.Admin {
		cs.Judges = append(cs.Judges[:len(cs.Judges):len(cs.Judges)], r.by.ID)
	}
	r.jury = r.jury || drawnTally(ballots).Decision() == jury.Uphold
	out.Case = &cs
	endReopened(out, d, r)
	dissolve(out, d, NoAppeal, r.verdict)
	if r.verdict == Upheld {
		removeMessage(out, d)
		sentence(out, d, charged{r.step, severity, r.jury}, now)
		if r.by.Admin || r.jury {
			unshield(out, d, now)
		}
	}
	closeCard(out, d.Chat.Policy.CardTTL)
	tellReporters(out, ballots, SendOutcome{Case: cs.ID, Verdict: r.verdict, Step: cs.Penalty, Rule: cs.Rule})
	if swept := r.verdict == Upheld && sweep(out, d, ballots, r, now); cs.Shown() && !swept { // else they are told afterwards
		out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: TopicDecided, Case: cs.ID, By: r.by.Named()}})
	}
}

// drawnTally is what those say who were drawn by lot, as far as they are voices.
func drawnTally(ballots []Ballot) jury.Tally {
	var t jury.Tally
	for _, b := range ballots {
		switch {
		case !b.Drawn, b.New:
		case b.Side == Breaks:
			t.Add(jury.Uphold, b.Weight)
		default:
			t.Add(jury.Overturn, b.Weight)
		}
	}
	return t
}
