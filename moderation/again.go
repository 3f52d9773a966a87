package moderation

import (
	"slices"
	"time"
)

// What was decided once is not decided for ever: see PRODUCT section 3, "Again".

// Times of a case that is opened again. They are shorter than those of an appeal: the message stands there meanwhile, and
// Telegram lets nobody remove one that is older than two days.
const (
	AgainJuryTime   = 12 * time.Hour // which the jury has; then the admins decide
	AgainAdminsTime = 24 * time.Hour // which the admins have; then it expires
)

// earlier takes the case out of the docket that is in no report's way any more, and returns what the new one has to know
// of it: it expired, it was dismissed and may be opened again, or the message says something else by now. The docket is
// then that of a message without a case.
func earlier(d *Docket, r Report) *Case {
	was := d.Case
	if was == nil {
		return nil
	}
	if was.Verdict == Open {
		if was.Reopens != "" {
			return was
		}
		return nil
	}
	switch {
	case d.Captured != nil && d.Captured.knows(r.Target, *was, len(d.Messages)) && d.Captured.differs(r.Evidence):
		d.Earlier = nil
		was = &Case{} // content that nobody voted on is a new message
	case was.Verdict == Expired:
	case was.Verdict == Dismissed && !was.ByAdmin && was.Reopens == "":
		d.Earlier = d.Ballots
	default:
		return nil
	}
	d.Case, d.Ballots, d.Retracted = nil, nil, nil
	return was
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
	if cs.Appeal.Open() || VoicesOf(sideOf(ballots, Breaks), d.Ties).Count < FewestVoices {
		return
	}
	cs.Listed = true
	cs.Deadline = now.Add(AgainJuryTime + AgainAdminsTime)
	out.Appeal = &Appeal{Filed: now, Deadline: now.Add(AgainJuryTime)}
	// The jury is drawn by the clock, with what it takes to know who is eligible; see [draw].
	cs.Appeal, cs.AppealDue = BeforeJury, now
	if d.Chat.Policy.Appeals != AppealsJury || d.Chat.PausedAt(now) {
		toAdmins(out, now)
		cs.AppealDue = out.Appeal.due(cs.Appeal)
	}
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

// found ends a case that was opened again by what the jury, or an admin, says. If the message does break the rules, the
// first verdict was wrong, and teaches so.
func found(out *Outcome, d Docket, r ruling) {
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
				out.Appeal = d.Appeal.copied()
			}
			if r.verdict != Expired {
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
func (e Evidence) differs(now Evidence) bool {
	last := Edit{Text: e.Text, Entities: e.Entities, Media: e.Media}
	if n := len(e.Edits); n > 0 {
		last = e.Edits[n-1]
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
