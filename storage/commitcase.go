package storage

import (
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// commitCase keeps what was decided about a case: itself, its ballots, evidence, appeal, jury, and entries of the ledger.
func (u *Tx) commitCase(f file, out moderation.Outcome) error {
	cs, err := u.commitRow(f, out)
	if err != nil {
		return err
	}
	ballot, err := u.enter(f.chat.id, out.Events)
	if err != nil {
		return err
	}
	if out.Evidence != nil {
		e, err := u.asSeen(f.chat.id, f.docket.Messages, *out.Evidence)
		if err != nil {
			return err
		}
		if err := u.saveEvidence(cs.id, e); err != nil {
			return err
		}
	}
	if out.Case.Verdict == moderation.Withdrawn {
		if _, err := u.deleteEvidence(`SELECT id FROM cases WHERE id = ?`, cs.id); err != nil {
			return fmt.Errorf("delete the evidence of a withdrawn case: %w", err)
		}
	}
	if out.Cast != nil {
		if err := u.saveBallot(cs, *out.Cast, ballot, f.voted(cs, out.Cast.Voter), f.docket.Wiped); err != nil {
			return err
		}
		u.notePerson(f.chat.id, out.Cast.Voter, keptFor(u.today(), votedDays, quarter))
	}
	if out.Retract != 0 {
		if err := u.retract(cs, out.Retract); err != nil {
			return err
		}
	}
	var was moderation.CaseView
	if f.cs != nil && f.cs.id == cs.id { // else it is a new case, and the docket may be that of one before it
		was = f.docket.CaseView
	}
	if err := u.commitPleaded(cs, was, out.CaseChanges); err != nil {
		return err
	}
	if out.Offence != nil {
		u.saveOffence(f.chat.id, cs.id, out.Case.Author.ID, *out.Offence)
	}
	return nil
}

// commitRow keeps the case itself: a new one, one that was withdrawn, or what has changed about one.
func (u *Tx) commitRow(f file, out moderation.Outcome) (*caseRow, error) {
	if f.cs != nil && f.cs.ID == out.Case.ID {
		return f.cs, u.saveCase(f.cs.id, f.cs.Case, *out.Case)
	}
	var added caseRow
	var err error
	if f.before != nil && f.before.ID == out.Case.ID {
		added, err = u.reopenCase(f.chat.id, f.key, *f.before, *out.Case)
	} else {
		if f.key == nil { // whoever makes it asked for no id
			if f.key, err = u.s.freshKey(); err != nil {
				return nil, err
			}
		}
		added, err = u.insertCase(f.chat.id, f.key, *out.Case)
	}
	if err == nil && added.album {
		u.addMessages(added.id, f.docket.Messages...)
	}
	return &added, err
}

// commitReversal takes an offence back, marks cases as pardoned or wrong, ends penalties, and has deadlines and juries come later.
func (u *Tx) commitReversal(chat int64, out moderation.Outcome) {
	const ofCase = `chat = ? AND short = ?`
	if out.Taken != "" {
		u.Later("take an offence back", `DELETE FROM offence WHERE case_id IN (SELECT id FROM cases WHERE `+ofCase+`)`, chat, out.Taken)
	}
	if out.Pardoned != "" {
		u.Later("pardon", `UPDATE cases SET reversed = ?, reversed_at = ?, appeal_due = CASE appeal WHEN 'admins' THEN ? ELSE appeal_due END,
			jury_due = CASE jury WHEN '' THEN jury_due ELSE ? END WHERE `+ofCase,
			moderation.Pardoned, unix(u.now), unix(u.now), unix(u.now), chat, out.Pardoned)
	}
	if out.Wrong != "" {
		u.Later("note that a verdict was wrong", `UPDATE cases SET reversed = ?, reversed_at = ? WHERE `+ofCase, moderation.Overturned, unix(u.now), chat, out.Wrong)
	}
	if out.Righted != "" {
		u.Later("note that a verdict was right after all", `UPDATE cases SET reversed = '', reversed_at = 0 WHERE verdict = 'dismissed' AND `+ofCase, chat, out.Righted)
	}
	if out.Shift != 0 {
		u.Later("put deadlines off", `UPDATE cases SET deadline = deadline + ?, jury_due = CASE jury_due WHEN 0 THEN 0 ELSE jury_due + ? END
			WHERE chat = ? AND verdict = 'open'`, int64(out.Shift/time.Second), int64(out.Shift/time.Second), chat)
	}
	for _, id := range out.Ended {
		u.Later("end a penalty", `UPDATE cases SET until = ?, put = CASE put WHEN 'waits' THEN 'late' ELSE put END WHERE `+ofCase, unix(u.now), chat, id)
	}
}
