package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// What was decided once is not decided for ever; docs/adr/0022-again.md says why.

// gather counts those who want a dismissed case opened again. Once two voices do, who had no vote in it, a jury decides,
// or the admins: whoever dismissed it was enough for that, and would be again.
func gather(out *Outcome, d Docket, cs Case, ballots []Ballot, now time.Time) {
	tally := Count(ballots)
	cs.Votes, cs.Breaks = tally.Votes(), tally.Breaks
	out.Case = &cs
	if cs.Appeal.Open() || VoicesOf(sideOf(ballots, Breaks), d.Ties).Count < weight.FewestVoices {
		return
	}
	cs.Listed = true
	from := d.clockFrom(now)
	cs.Deadline = from.Add(jury.AgainTimes.Jury + jury.AgainTimes.Admins)
	out.Appeal = &Appeal{Filed: now, Deadline: from.Add(jury.AgainTimes.Jury), Ends: cs.Deadline}
	// The jury is drawn by the clock, with what it takes to know who is eligible; see [draw].
	cs.Appeal = BeforeJury
	if d.Chat.Policy.Appeals != AppealsJury || d.Chat.PausedAt(now) {
		toAdmins(out, from)
	}
	cs.AppealDue = out.Appeal.due(cs)
}

// judgeAgain ends a case that is opened again if its jury agrees, and it is no pause. It reports whether it did.
func judgeAgain(out *Outcome, d Docket, cs Case, now time.Time) bool {
	if cs.Verdict != Open || cs.Appeal != BeforeJury || d.Appeal == nil || d.Chat.PausedAt(now) {
		return false
	}
	verdict := Upheld
	switch d.Appeal.Seats.Decision() {
	case jury.Uphold:
	case jury.Overturn:
		verdict = Dismissed
	default:
		return false
	}
	conclude(out, d, cs, d.Ballots, decision{verdict: verdict}, now)
	return true
}

// pursueAgain does what is due about a case that is opened again, and sits before a jury or the admins. Its clocks stand
// still in a pause.
func pursueAgain(out *Outcome, d Docket, now time.Time) error {
	cs := out.Case
	out.Appeal = d.Appeal.copied(*cs)
	switch due := out.Appeal.due(*cs); {
	case d.Chat.PausedAt(now):
		cs.AppealDue = d.Chat.Paused
	case judgeAgain(out, d, *cs, now):
	case due.After(now):
		cs.AppealDue = due
	case cs.Appeal == BeforeAdmins:
		conclude(out, d, *cs, d.Ballots, decision{verdict: Expired}, now)
	default:
		return seekJury(out, d, now)
	}
	return nil
}
