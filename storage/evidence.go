package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// evidenceSize is the step in which the length of sealed evidence grows.
const evidenceSize = 1000

func (u caseTx) saveEvidence(caseID int64, e moderation.Evidence) error {
	plain, err := marshalPadded(evidenceSize, e)
	if err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	u.Later("keep evidence", `INSERT INTO evidence (case_id, sealed) VALUES (?, ?) ON CONFLICT DO NOTHING`, caseID, u.s.key.Seal(sealEvidence, plain))
	return nil
}

// noteEdit adds the new form of a message to the evidence of its case, if one is open. What is written after a verdict
// is not what the case was about.
func (u caseTx) noteEdit(chat int64, sight *moderation.SeenMessage) error {
	var id int64
	var short string
	var sealed []byte
	err := u.Row(`SELECT c.id, c.short, e.sealed FROM cases c JOIN evidence e ON e.case_id = c.id WHERE c.chat = ? AND c.anchor = ? AND c.verdict = 'open'`,
		chat, u.anchor(chat, sight.Message, sight.Album)).Scan(&id, &short, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for the evidence of an edited message: %w", err)
	}
	e, err := u.s.openEvidence(short, sealed)
	if err != nil {
		return err
	}
	later, changed := e.Edited(sight.Message, sight.Said, u.now.Truncate(time.Second))
	if !changed {
		return nil
	}
	plain, err := marshalPadded(evidenceSize, later)
	if err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	u.Later("keep an edit as evidence", `UPDATE evidence SET sealed = ? WHERE case_id = ?`, u.s.key.Seal(sealEvidence, plain), id)
	if len(later.Files) == len(e.Files) {
		return nil
	}
	return u.enqueue(chat, []moderation.Effect{moderation.FetchFiles{Waiting: moderation.Waiting{Due: moderation.Unhurried(u.now)}, Case: short}})
}

// asSeen adds to evidence what only the message log tells. One is what the message replied to, which Telegram does not tell
// of a message that is itself replied to. The others are the captions and files of the rest of its album. The message comes
// first.
func (u caseTx) asSeen(chat int64, messages []int64, e moderation.Evidence) (moderation.Evidence, error) {
	for i, m := range messages {
		seen, found, err := u.log.Find(chat, m)
		if err != nil {
			return e, err
		}
		if !found {
			continue
		}
		hidden, err := openSeen(seen)
		if err != nil {
			return e, err
		}
		if hidden.Said == nil {
			continue
		}
		if i == 0 && e.Reply == nil {
			e.Reply = hidden.Said.Reply
		}
		e = e.With(*hidden.Said)
	}
	return e, nil
}

// captured is the evidence of a case; nil once that is gone.
func (u caseTx) captured(c *caseRow) (*moderation.Evidence, error) {
	var sealed []byte
	err := u.Row(`SELECT sealed FROM evidence WHERE case_id = ?`, c.id).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the evidence of case %s: %w", c.ID, err)
	}
	e, err := u.s.openEvidence(c.ID, sealed)
	return &e, err
}

func (s caseStore) openEvidence(id string, sealed []byte) (moderation.Evidence, error) {
	var e moderation.Evidence
	plain, err := s.key.Open(sealEvidence, sealed)
	if err == nil {
		err = json.Unmarshal(plain, &e)
	}
	if err != nil {
		return e, fmt.Errorf("open the evidence of case %s: %w", id, err)
	}
	return e, nil
}

// Evidence returns what a case is about. It says false once that is gone.
func (s caseStore) Evidence(ctx context.Context, chat int64, id string) (moderation.Evidence, bool, error) {
	var e moderation.Evidence
	var sealed []byte
	err := s.reader.QueryRowContext(ctx, `SELECT e.sealed FROM evidence e JOIN cases c ON c.id = e.case_id JOIN chat g ON g.id = c.chat
		WHERE g.number = ? AND c.short = ?`, chat, id).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return e, false, nil
	}
	if err != nil {
		return e, false, fmt.Errorf("read evidence: %w", available(err))
	}
	if e, err = s.openEvidence(id, sealed); err != nil {
		return e, false, err
	}
	return e, true, nil
}

// keepDismissed is how long the evidence of a case is kept that was not upheld.
const keepDismissed = 7 * 24 * time.Hour

// ForgetEvidence deletes the evidence of cases that ended longer ago than it is kept, and says of how
// many. That of a message that was found to be fine goes soon.
func (s caseStore) ForgetEvidence(ctx context.Context, now time.Time, retention time.Duration) (int, error) {
	var gone int64
	fine := now.Add(-min(retention, keepDismissed)).Unix()
	err := s.withTx(ctx, func(u *Tx) (err error) {
		gone, err = u.deleteEvidence(`SELECT c.id FROM evidence e JOIN cases c ON c.id = e.case_id
			WHERE c.verdict <> 'open' AND c.sent < ? AND (c.decided < ? OR c.verdict <> 'upheld' AND c.decided < ? OR c.reversed <> '' AND c.reversed_at < ?)`,
			now.Add(-moderation.MaxAge).Unix(), now.Add(-retention).Unix(), fine, fine)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("delete old evidence: %w", err)
	}
	return int(gone), nil
}
