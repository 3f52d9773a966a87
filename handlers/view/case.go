package view

import (
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// CaseFile is a case and what is kept with it.
type CaseFile struct {
	Chat     moderation.Chat
	Case     moderation.Case
	Evidence *moderation.Evidence // nil if it is not kept
	Plea     string               // what the author says against it, of a case that the admins are to judge
}

// CaseText shows a case to admins. The number of votes is rounded, unless the admins asked and a card told the exact
// number. For an open case it is not told at all, so that the votes do not sway the admins.
func CaseText(p locale.Printer, f CaseFile, now time.Time, asked bool) string {
	return caseText(p, f, now, asked, toldNothing)
}

// told is what of a case a line above it says already.
type told int

const (
	toldNothing  told = iota
	toldReversal      // that its verdict was reversed
	toldAppeal        // how its appeal stands
)

// caseText does so, and leaves out what is told already.
func caseText(p locale.Printer, f CaseFile, now time.Time, asked bool, above told) string {
	cs := f.Case
	lines := []string{p.Text("case.title", locale.Args{"case": cs.ID, "verdict": caseVerdict(p, f, asked)})}
	if cs.Reversed != "" && above != toldReversal {
		lines = append(lines, p.Text("case."+string(cs.Reversed), locale.Args{"date": p.Stamp(cs.ReversedAt)}))
	}
	lines = append(lines, againLines(p, cs)...)
	lines = append(lines, penaltyLines(p, cs)...)
	lines = append(lines, ProgressLines(p, f.Chat.Kind, cs, now)...)
	lines = append(lines, pendingLines(p, cs, now)...)
	if f.Evidence != nil {
		lines = append(lines, evidenceText(p, *f.Evidence, EvidenceShort))
	}
	return strings.Join(append(lines, appealLines(p, f, above)...), "\n")
}

// AuthorName is what the author of a case is called.
func AuthorName(p locale.Printer, f CaseFile) string {
	if f.Evidence == nil {
		return p.Text("name.none", nil)
	}
	return BriefName(p, f.Evidence.Name)
}

// againLines say who judges a message that was found fine once and reported again.
func againLines(p locale.Printer, cs moderation.Case) []string {
	switch {
	case cs.Verdict != moderation.Open:
		return nil
	case cs.Appeal == moderation.BeforeJury:
		return []string{p.Text("case.again_jury", locale.Args{"case": cs.Reopens})}
	case cs.Appeal == moderation.BeforeAdmins:
		return []string{p.Text("case.again_admins", locale.Args{"case": cs.Reopens})}
	default:
		return nil
	}
}

// appealLines say how the appeal against a case stands, and, to those who are to judge it, what the author says.
func appealLines(p locale.Printer, f CaseFile, above told) (lines []string) {
	if f.Case.Appeal == moderation.NoAppeal || f.Case.Verdict == moderation.Open {
		return nil
	}
	if above != toldAppeal {
		lines = append(lines, p.Text("case.appeal_"+string(f.Case.Appeal), nil))
	}
	if f.Plea != "" {
		lines = append(lines, p.Text("jury.says", locale.Args{"text": quoted(p, unlinked(tidyLines(f.Plea)))}))
	}
	return lines
}

// caseVerdict says how a case ended, or until when it is open.
func caseVerdict(p locale.Printer, f CaseFile, asked bool) string {
	cs := f.Case
	args := locale.Args{"rule": RuleName(p, f.Chat.Book.Rule(cs.Rule)), "votes": decidedBy(p, cs, asked)}
	switch {
	case cs.Verdict == moderation.Open:
		return p.Text("case.open", locale.Args{"date": p.Stamp(cs.Deadline)})
	case cs.Manual:
		return p.Text("case.hand", args)
	case cs.Swept():
		args["other"] = cs.CopyOf
		return p.Text("case.swept", args)
	case cs.Verdict == moderation.Expired:
		return p.Text("case.expired", nil)
	default:
		return p.Text("case."+string(cs.Verdict), args)
	}
}

// decidedBy says who decided a case: an admin, a jury, or how many votes.
func decidedBy(p locale.Printer, cs moderation.Case, asked bool) string {
	switch {
	case cs.ByAdmin:
		return p.Text("case.by_admin", nil)
	case cs.ByJury():
		return p.Text("case.by_jury", nil)
	}
	votes := cs.Breaks
	if cs.Verdict == moderation.Dismissed {
		votes = cs.Votes - cs.Breaks
	}
	switch {
	case !cs.Carded(), isFew(votes): // nobody was told how many reported it, or so few that a number would point at somebody
		return p.Text("votes.members", nil)
	case asked: // everybody read how many on the card
		return p.Text("card.votes", locale.Args{"count": votes})
	default:
		return p.Text("votes.about", locale.Args{"count": stats.Round(votes)})
	}
}

// penaltyLines say what a case brings its author, and how many other messages went along with the message.
func penaltyLines(p locale.Printer, cs moderation.Case) (lines []string) {
	if cs.Verdict == moderation.Upheld && !cs.Swept() {
		lines = append(lines, casePenalty(p, cs))
	}
	return append(lines, sweepLines(p, cs)...)
}

// sweepLines say what a case has to do with the messages of others.
func sweepLines(p locale.Printer, cs moderation.Case) []string {
	switch {
	case cs.CopyOf != "" && cs.Verdict == moderation.Open:
		return []string{p.Text("case.copy", locale.Args{"case": cs.CopyOf})}
	case cs.Along > 0 && cs.Reversed == moderation.Overturned:
		return []string{p.Text("case.along_lost", locale.Args{"count": cs.Along})}
	case cs.Along > 0:
		return []string{p.Text("case.along", locale.Args{"count": cs.Along})}
	default:
		return nil
	}
}

// pendingLines say who decides about a harder penalty that waits, or about a second case in a day, until when, and what an admin can do.
func pendingLines(p locale.Printer, cs moderation.Case, now time.Time) []string {
	if !cs.Waits(now) {
		return nil
	}
	args := locale.Args{"step": StepName(p, cs.Pending), "until": p.Stamp(cs.PendingEnds)}
	switch {
	case cs.Jury != jury.Heavy:
		return []string{p.Text("case.pending", args)}
	case cs.Pending.HarderThan(cs.Penalty):
		return []string{p.Text("case.pending_jury", args)}
	default:
		return []string{p.Text("case.second", args)}
	}
}

// casePenalty says what a case brings its author, and until when.
func casePenalty(p locale.Printer, cs moderation.Case) string {
	if cs.Until.IsZero() {
		return p.Text("case.penalty", locale.Args{"step": StepName(p, cs.Penalty)})
	}
	return p.Text("case.penalty_until", locale.Args{"step": StepName(p, cs.Penalty), "until": p.Stamp(cs.Until)})
}
