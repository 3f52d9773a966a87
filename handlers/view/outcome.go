package view

import (
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// ThanksText tells a juror how the case ended.
func ThanksText(p locale.Printer, e moderation.SendThanks) string {
	key := "jury.stands"
	switch {
	case e.Verdict == moderation.Upheld && e.Jury == jury.Heavy:
		key = "jury.confirmed"
	case e.Verdict == moderation.Upheld:
		key = "jury.breaks"
	case e.Verdict == moderation.Dismissed:
		key = "jury.fine"
	case e.Verdict == moderation.Expired, e.Verdict == moderation.Withdrawn:
		key = "jury.unchanged"
	case e.Appeal == moderation.AppealGranted:
		key = "jury.granted"
	case e.Appeal == moderation.AppealLapsed:
		key = "jury.lapsed"
	}
	return p.Text(key, locale.Args{"case": e.Case})
}

// OutcomeText tells a reporter how their case ended, and what has been done so far.
func OutcomeText(p locale.Printer, e moderation.SendOutcome, cs moderation.Case) string {
	args := locale.Args{"case": e.Case, "step": StepName(p, e.Step)}
	switch {
	case e.Reversal != "":
		return p.Text("outcome.overturned", args)
	case cs.Swept():
		return p.Text("outcome.swept", args)
	case e.Verdict == moderation.Upheld && cs.Removal == moderation.ProgressWaits:
		return p.Text("outcome.waiting", args)
	case e.Verdict == moderation.Upheld && cs.Removal.Never():
		return p.Text("outcome.never", args)
	case e.Verdict == moderation.Upheld && e.Step.Kind == ladder.Remove:
		return p.Text("outcome.removed", args)
	case e.Verdict == moderation.Upheld && cs.Put == moderation.ProgressWaits:
		return p.Text("outcome.upheld_waits", args)
	case e.Verdict == moderation.Upheld && cs.Put == moderation.ProgressManual:
		return p.Text("outcome.upheld_by_hand", args)
	case e.Verdict == moderation.Upheld && cs.Put.Never():
		return p.Text("outcome.upheld_never", args)
	case e.Verdict == moderation.Upheld && cs.ByJury():
		return p.Text("outcome.upheld_jury", args)
	case e.Verdict == moderation.Dismissed && cs.ByJury():
		return p.Text("outcome.dismissed_jury", args)
	default:
		return p.Text("outcome."+string(e.Verdict), args)
	}
}
