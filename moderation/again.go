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
	few := VoicesOf(sideOf(ballots, Breaks), d.Ties).Count < weight.FewestVoices
	if few && cs.Appeal.Open() && !cs.judged() { // one of them took it back before anybody was asked
		cs.Appeal, cs.Jury, cs.JuryDue = NoAppeal, jury.NoJury, time.Time{}
	}
	if few || cs.Appeal.Open() {
		return
	}
	// Nobody sees when the second of them reported: whoever is asked then, jurors or admins, is asked at the next full ten
	// minutes. The jury is drawn by the clock, with what it takes to know who is eligible; see [askMore].
	asked := nextPeriod(now)
	out.Jury = jury.New(jury.Reopened, d.Jury, d.clockFrom(asked))
	cs.Deadline = out.Jury.Ends.Add(jury.AdminsReopened)
	out.Jury.Noted = cs.Deadline
	out.Appeal = &Appeal{Filed: asked, Deadline: cs.Deadline, Ends: cs.Deadline}
	cs.Appeal, cs.Jury, cs.JuryDue = BeforeJury, jury.Reopened, asked
}

// judged reports whether a jury or the admins have an open case. Before they are asked it is to its reporters as if they had not: who
// reported first, and tries again and again, would see when the second did.
func (c Case) judged() bool { return c.Appeal.Open() && (c.Jury != jury.Reopened || c.Listed) }

// pursueAgain ends a case that is opened again, if the admins did not decide it in time. Its clocks stand still in a pause.
func pursueAgain(out *Outcome, d Docket, now time.Time) {
	cs := out.Case
	if d.Appeal == nil {
		conclude(out, d, *cs, d.Ballots, decision{verdict: Expired}, now)
		return
	}
	out.Appeal = d.Appeal.copied(*cs)
	switch due := out.Appeal.Deadline; {
	case d.Chat.PausedAt(now):
		cs.AppealDue = d.Chat.Paused
	case due.After(now):
		cs.AppealDue = due
	default:
		conclude(out, d, *cs, d.Ballots, decision{verdict: Expired}, now)
	}
}
