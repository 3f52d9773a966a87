package moderation

import (
	"slices"
	"time"
)

// takeEarlier takes the case out of the docket that is in no report's way any more. That is one that expired, one that was
// dismissed and may be opened again, or one whose message says something else by now. It returns what the new case has to
// know of it. The docket is then that of a message without a case.
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
