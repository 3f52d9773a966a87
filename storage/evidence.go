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

func (u *unit) saveEvidence(caseID int64, e moderation.Evidence) error {
	plain, err := evenly(evidenceSize, e)
	if err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	err = u.exec(`INSERT OR IGNORE INTO evidence (case_id, sealed) VALUES (?, ?)`, caseID, u.s.key.Seal(sealEvidence, plain))
	if err != nil {
		return fmt.Errorf("keep evidence: %w", err)
	}
	return nil
}

// Evidence returns what a case is about. It says false once that is gone.
func (s *Store) Evidence(ctx context.Context, chat int64, id string) (moderation.Evidence, bool, error) {
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
	plain, err := s.key.Open(sealEvidence, sealed)
	if err == nil {
		err = json.Unmarshal(plain, &e)
	}
	if err != nil {
		return e, false, fmt.Errorf("open the evidence of case %s: %w", id, err)
	}
	return e, true, nil
}

// keepDismissed is how long the evidence of a case is kept that was not upheld.
const keepDismissed = 7 * 24 * time.Hour

// ForgetEvidence deletes the evidence of cases that ended longer ago than it is kept, and says of how
// many. That of a message that was found to be fine goes soon.
func (s *Store) ForgetEvidence(ctx context.Context, now time.Time, retention time.Duration) (int, error) {
	var gone int64
	err := s.transact(ctx, func(u *unit) error {
		res, err := u.ExecContext(u.ctx, `DELETE FROM evidence WHERE case_id IN (SELECT c.id FROM evidence e JOIN cases c ON c.id = e.case_id
			WHERE c.verdict <> 'open' AND c.decided < CASE c.verdict WHEN 'upheld' THEN ? ELSE ? END)`,
			now.Add(-retention).Unix(), now.Add(-min(retention, keepDismissed)).Unix())
		if err != nil {
			return err
		}
		gone, err = res.RowsAffected()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("delete old evidence: %w", err)
	}
	return int(gone), nil
}
