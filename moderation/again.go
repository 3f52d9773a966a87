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
	// Nobody sees when the second of them reported: whoever is asked then, jurors or admins, is asked at the next full ten
	// minutes. The jury is drawn by the clock, with what it takes to know who is eligible; see [beginAgain].
	asked := nextPeriod(now)
	from := d.clockFrom(asked)
	cs.Deadline = from.Add(jury.AgainTimes.Jury + jury.AgainTimes.Admins)
	out.Appeal = &Appeal{Filed: asked, Deadline: from.Add(jury.AgainTimes.Jury), Ends: cs.Deadline}
	cs.Appeal, cs.AppealDue = BeforeJury, asked
}

// nextPeriod is the next full ten minutes, when what has no card shows.
func nextPeriod(now time.Time) time.Time { return now.Truncate(ListedAfter).Add(ListedAfter) }

// beginAgain asks those who decide about a case that is opened again: jurors, or the admins where there are none, or in a pause.
func beginAgain(out *Outcome, d Docket, now time.Time) (err error) {
	out.Case.Listed = true
	if d.Chat.Policy.Appeals != AppealsJury || d.Chat.PausedAt(now) || !now.Before(out.Appeal.Deadline) {
		toAdmins(out, d.clockFrom(now))
	} else {
		err = draw(out, d, now)
	}
	out.Case.AppealDue = out.Appeal.due(*out.Case)
	return err
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
	if cs.Appeal == BeforeJury && len(out.Appeal.Seats) == 0 {
		return beginAgain(out, d, now)
	}
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
