package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// ShieldedFor is for how long votes alone only remove the messages of an author whose message a jury found fine, after votes had
// wanted a heavy penalty.
const ShieldedFor = 30 * 24 * time.Hour

// decideByJury carries out what the answers decide, if they are enough. It reports whether they were.
func decideByJury(out *Outcome, d Docket, now time.Time) (bool, error) {
	j := out.Jury
	answer := j.Seats.Tally().Decision()
	if answer == "" || !j.Reason.Alone() {
		return false, nil
	}
	d.Jury = j
	var err error
	switch uphold := answer == jury.Uphold; {
	case j.Reason == jury.Reopened:
		verdict := Dismissed
		if uphold {
			verdict = Upheld
		}
		conclude(out, d, *out.Case, d.Ballots, decision{verdict: verdict, jury: true}, now)
	case j.Reason == jury.Appeal && uphold:
		*out = stands(d, AppealStands, Member{})
	case j.Reason == jury.Heavy && uphold:
		*out = confirm(d, *d.Case, Member{}, now)
		dissolve(out, d, NoAppeal, Upheld)
	default:
		if !d.Case.Swept() && len(others(d, d.Case.ID)) == len(d.History) { // its author had what is kept of them deleted
			granted(out, d)
			dissolve(out, d, AppealGranted, "")
			break
		}
		*out, err = overrule(d, Member{}, now)
		if err == nil && j.Reason == jury.Heavy {
			out.Case.Unlearned = true
			out.Shielded = now.Add(ShieldedFor)
		}
	}
	out.Jury = j
	return true, err
}

// undecided ends a jury whose time is over, or that cannot be drawn.
func undecided(out *Outcome, d Docket, now time.Time) {
	switch out.Jury.Reason {
	case jury.Heavy:
		// What votes alone brought was all. Where nobody could be asked an admin may still confirm the rest.
		if out.Jury.Over(now) {
			out.Case.dropPending()
			tellAppeal(out, TopicDropped, Member{})
		} else if !out.Case.Pending.HarderThan(out.Case.Penalty) {
			out.Case.dropPending() // there is nothing to confirm
		}
		easeHeld(out, d, now)
		dissolve(out, d, NoAppeal, Expired)
	case jury.Stalled:
		out.Case.Jury, out.Case.JuryDue = jury.NoJury, time.Time{}
	default:
		toAdmins(out, d.clockFrom(now))
	}
}
