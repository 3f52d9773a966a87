package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// What was decided once is not decided for ever; docs/adr/0022-again.md says why.

// Times of a case that is opened again. They are shorter than those of an appeal: the message stands there meanwhile, and
// Telegram lets nobody remove one that is older than two days.
const (
	AgainJuryTime   = 12 * time.Hour // which the jury has; then the admins decide
	AgainSeatTime   = 2 * time.Hour  // which a juror has; then the seat goes to another
	AgainAdminsTime = 24 * time.Hour // which the admins have; then it expires
)

// takeEarlier takes the case out of the docket that is in no report's way any more, and returns what the new one has to know
// of it: it expired, it was dismissed and may be opened again, or the message says something else by now. The docket is
// then that of a message without a case.
func takeEarlier(d *Docket, r Report) *Case {
	was := d.Case
	switch {
	case was == nil:
		return nil
	case was.Verdict == Open:
		return stillGathering(d, r)
	case d.changed(r):
		d.Earlier = nil
		was = &Case{} // content that nobody voted on is a new message
	case was.Verdict == Expired && was.Reopens != "" && was.Listed:
		return nil // it was opened again once, and nobody found otherwise
	case was.Verdict == Expired:
	case was.Verdict == Dismissed && !was.ByAdmin && was.Reopens == "":
		d.Earlier = d.Ballots
	default:
		return nil
	}
	d.Case, d.Ballots, d.Retracted = nil, nil, nil
	return was
}

// stillGathering is an open case that opens another again; nil if it is one like any other. So it is from now on if the
// message was edited since: a report of its old form must not keep the group from voting on the new one. Once a jury or
// the admins have it they are shown the new form, and it stays with them.
func stillGathering(d *Docket, r Report) *Case {
	switch was := d.Case; {
	case was.Reopens == "":
		return nil
	case was.Appeal.Open() || !d.changed(r):
		return was
	default:
		ordinary := *was
		ordinary.Reopens = ""
		d.Case, d.Earlier = &ordinary, nil
		return nil
	}
}

// changed reports whether the message says something else than what was captured when volunteers or admins decided about
// it. What they found fine they may have found fine in an earlier form: then any later form is another.
func (d Docket) changed(r Report) bool {
	e, was := d.Captured, d.Case
	if e == nil || !e.knows(r.Target, *was, len(d.Messages)) {
		return false
	}
	if was.Verdict == Dismissed && !was.ByAdmin {
		for _, b := range sideOf(d.Ballots, Fine) {
			if e.editedAfter(b.At) {
				return true
			}
		}
	}
	return e.differs(r.Target.Message, r.Evidence)
}

// editedAfter reports whether there is a form that was written later.
func (e Evidence) editedAfter(at time.Time) bool {
	return slices.ContainsFunc(e.Edits, func(d Edit) bool { return d.At.After(at) })
}

// reopens is the dismissed case that a case is about which follows c: c itself, or the one that c opened again.
func (c Case) reopens() string {
	if c.Verdict == Dismissed {
		return c.ID
	}
	return c.Reopens
}

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
	cs.Deadline = from.Add(AgainJuryTime + AgainAdminsTime)
	out.Appeal = &Appeal{Filed: now, Deadline: from.Add(AgainJuryTime), Ends: cs.Deadline}
	// The jury is drawn by the clock, with what it takes to know who is eligible; see [draw].
	cs.Appeal = BeforeJury
	if d.Chat.Policy.Appeals != AppealsJury || d.Chat.PausedAt(now) {
		toAdmins(out, from)
	}
	cs.AppealDue = out.Appeal.due(cs)
}

// draw seats the first jurors of a case that is opened again.
func draw(out *Outcome, d Docket, now time.Time) {
	pool := eligible(d)
	if len(pool) < FewestEligible {
		toAdmins(out, now)
		return
	}
	for _, m := range pool[:JurySize] {
		seat(out, m, now)
	}
	tellAppeal(out, TopicAgain, Member{})
}

// judgeAgain ends a case that is opened again if its jury agrees, and it is no pause. It reports whether it did.
func judgeAgain(out *Outcome, d Docket, cs Case, now time.Time) bool {
	if cs.Verdict != Open || cs.Appeal != BeforeJury || d.Appeal == nil || d.Chat.PausedAt(now) {
		return false
	}
	uphold, overturn, _ := d.Appeal.count()
	verdict := Upheld
	switch {
	case uphold >= JuryMajority:
	case overturn >= JuryMajority:
		verdict = Dismissed
	default:
		return false
	}
	conclude(out, d, cs, d.Ballots, ruling{verdict: verdict}, now)
	return true
}

// follow moves the times of a case that is opened again by as much as a pause has moved the deadline of the case.
func (a *Appeal) follow(c Case) {
	if c.Verdict != Open || a.Ends.IsZero() {
		return
	}
	by := c.Deadline.Sub(a.Ends)
	a.Deadline, a.Ends = a.Deadline.Add(by), c.Deadline
	for i := range a.Seats {
		a.Seats[i].Drawn = a.Seats[i].Drawn.Add(by)
	}
}

// pursueAgain does what is due about a case that is opened again, and sits before a jury or the admins. Its clocks stand
// still in a pause.
func pursueAgain(out *Outcome, d Docket, now time.Time) {
	cs := out.Case
	out.Appeal = d.Appeal.copied(*cs)
	switch due := out.Appeal.due(*cs); {
	case d.Chat.PausedAt(now):
		cs.AppealDue = d.Chat.Paused
	case judgeAgain(out, d, *cs, now):
	case due.After(now):
		cs.AppealDue = due
	case cs.Appeal == BeforeAdmins:
		conclude(out, d, *cs, d.Ballots, ruling{verdict: Expired}, now)
	default:
		seekJury(out, d, now)
	}
}

// endReopened ends a case that was opened again by what the jury, or an admin, says. If the message does break the rules, the
// first verdict was wrong, and teaches so.
func endReopened(out *Outcome, d Docket, r ruling) {
	cs := out.Case
	if cs.Reopens == "" {
		return
	}
	if r.verdict == Upheld {
		out.Wrong = cs.Reopens
	}
	if cs.Appeal.Open() {
		how := AppealStands
		if r.verdict != Upheld {
			how = AppealGranted
		}
		cs.Appeal, cs.AppealDue = NoAppeal, time.Time{}
		if d.Appeal != nil {
			if out.Appeal == nil {
				out.Appeal = d.Appeal.copied(*d.Case)
			}
			if r.verdict == Expired {
				out.Appeal.clear()
			} else {
				thank(out, how)
			}
		}
	}
}

// knows reports whether the whole of what is reported was captured: a part of an album that came late may not have been.
func (e Evidence) knows(t Target, was Case, parts int) bool {
	return t.Message == was.Message || len(e.Files) >= parts
}

// differs reports whether a message says something else than what was captured of it, in its last form.
func (e Evidence) differs(message int64, now Evidence) bool {
	last := Edit{Text: e.Text, Entities: e.Entities, Media: e.Media}
	for _, d := range e.Edits {
		if d.Message == message || d.Message == 0 {
			last = d
		}
	}
	for _, f := range now.Files {
		if !slices.ContainsFunc(e.Files, f.is) {
			return true
		}
	}
	if len(e.Files) > 1 && (now.Text == "" || slices.Contains(e.Rest, now.Text)) {
		return false // another part of the same album
	}
	return now.Text != last.Text || now.Media != last.Media || !slices.Equal(now.Entities, last.Entities)
}
