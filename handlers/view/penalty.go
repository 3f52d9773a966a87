package view

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// manualText says that what others than the bot put on somebody stays.
func manualText(p locale.Printer, e moderation.ManualPenaltyKept) string {
	if e.Case == "" {
		return p.Text("admins.by_hand_named", locale.Args{"name": NameText(p, e.Name)})
	}
	return p.Text("admins.by_hand", locale.Args{"case": e.Case})
}

// PutStep names a penalty and says whether it waits or was never put.
func PutStep(p locale.Printer, s ladder.Step, put moderation.Progress) string {
	name := StepName(p, s)
	switch {
	case put == moderation.ProgressWaits:
		return p.Text("step.waits", locale.Args{"step": name})
	case put.Never():
		return p.Text("step.never", locale.Args{"step": name})
	default:
		return name
	}
}

// ProgressLines tells admins what of a case is not done yet, or never will be.
func ProgressLines(p locale.Printer, kind moderation.Kind, cs moderation.Case, now time.Time) (lines []string) {
	if cs.Verdict != moderation.Upheld {
		return nil
	}
	put := cs.PutAt(now)
	if put == moderation.ProgressWaits && cs.Removal == moderation.ProgressWaits && cs.Reversed == "" {
		needed := []moderation.Right{kind.Needs(moderation.RightDelete), kind.Needs(moderation.RightRestrict)}
		return []string{p.Text("case.all_waits", locale.Args{"right": RightNames(p, slices.Compact(needed))})}
	}
	switch {
	case put == moderation.ProgressWaits && cs.Reversed == "":
		lines = append(lines, p.Text("case.put_waits", locale.Args{"right": RightName(p, kind.Needs(moderation.RightRestrict))}))
	case put.Never():
		lines = append(lines, p.Text("case.put_"+string(put), nil))
	}
	switch {
	case cs.Reversed == moderation.Overturned:
	case cs.Removal == moderation.ProgressWaits:
		lines = append(lines, p.Text("case.removal_waits", locale.Args{"right": RightName(p, kind.Needs(moderation.RightDelete))}))
	case cs.Removal.Never():
		lines = append(lines, p.Text("case.removal_late", nil))
	}
	return lines
}

// StepName gives a step of the ladder in words.
func StepName(p locale.Printer, s ladder.Step) string {
	key := "step." + string(s.Kind)
	if s.Kind == ladder.Ban && s.For > 0 {
		key += "_for"
	}
	return p.Text(key, locale.Args{"for": p.Duration(s.For)})
}
