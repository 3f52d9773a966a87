package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// sealedBallot is what a ballot's sealed bytes say. Fields may be added.
type sealedBallot struct {
	Voter    int64             `json:"v"`
	Language string            `json:"l,omitempty"`
	Side     moderation.Side   `json:"s"`
	Weight   float64           `json:"w"`
	Face     float64           `json:"f,omitempty"`
	Rule     moderation.RuleID `json:"r,omitempty"`
	At       int64             `json:"t"`
}

// caseKey opens a case's own key, or says [seal.ErrOpen] once it is destroyed.
func (u *unit) caseKey(c *caseRow) (*seal.Key, error) {
	key, err := u.s.key.Unwrap(sealCaseKey, c.key)
	if err != nil {
		return nil, fmt.Errorf("open the key of case %s: %w", c.ID, err)
	}
	return key, nil
}

// ballots opens the ballots of a case. Their order says nothing.
func (u *unit) ballots(c *caseRow) ([]moderation.Ballot, error) {
	if c == nil || c.key == nil {
		return nil, nil
	}
	key, err := u.caseKey(c)
	if err != nil {
		return nil, err
	}
	ballots, err := u.openBallots(c.id, key)
	if err != nil {
		return nil, fmt.Errorf("read the ballots of case %s: %w", c.ID, err)
	}
	for i := range ballots {
		if ballots[i].Private, err = u.private(ballots[i].Voter); err != nil {
			return nil, err
		}
	}
	return ballots, nil
}

func (u *unit) openBallots(caseID int64, key *seal.Key) ([]moderation.Ballot, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT sealed FROM ballot WHERE case_id = ?`, caseID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ballots []moderation.Ballot
	for rows.Next() {
		var sealed []byte
		if err := rows.Scan(&sealed); err != nil {
			return nil, err
		}
		plain, err := key.Open(sealBallot, sealed)
		if err != nil {
			return nil, err
		}
		var b sealedBallot
		if err := json.Unmarshal(plain, &b); err != nil {
			return nil, err
		}
		ballots = append(ballots, moderation.Ballot{
			Voter: b.Voter, Language: b.Language, Side: b.Side, Weight: b.Weight, Face: b.Face, Rule: b.Rule, At: fromUnix(b.At),
		})
	}
	return ballots, rows.Err()
}

func (u *unit) saveBallot(c *caseRow, b moderation.Ballot) error {
	key, err := u.caseKey(c)
	if err != nil {
		return err
	}
	plain, err := evenly(ballotSize, sealedBallot{b.Voter, b.Language, b.Side, b.Weight, b.Face, b.Rule, unix(b.At)})
	if err != nil {
		return fmt.Errorf("write a ballot: %w", err)
	}
	err = u.exec(`INSERT INTO ballot (case_id, tag, sealed) VALUES (?, ?, ?)
		ON CONFLICT (case_id, tag) DO UPDATE SET sealed = excluded.sealed`,
		c.id, key.Tag(tagVoter, b.Voter), key.Seal(sealBallot, plain))
	if err != nil {
		return fmt.Errorf("keep a ballot: %w", err)
	}
	return nil
}

func (u *unit) deleteBallot(c *caseRow, voter int64) error {
	key, err := u.caseKey(c)
	if err != nil {
		return err
	}
	if err := u.exec(`DELETE FROM ballot WHERE case_id = ? AND tag = ?`, c.id, key.Tag(tagVoter, voter)); err != nil {
		return fmt.Errorf("take a ballot back: %w", err)
	}
	return nil
}

// DestroyKeys implements [moderation.Store]. Afterwards the write-ahead log, which may still hold
// the deleted pages, is folded into the database and cut to nothing.
func (s *Store) DestroyKeys(ctx context.Context, before time.Time) (int, error) {
	var destroyed int64
	err := s.transact(ctx, func(u *unit) error {
		const final = `SELECT id FROM cases WHERE key IS NOT NULL AND verdict <> 'open' AND decided < ?`
		// What could not be told to somebody in all this time is not told any more, so that it does not
		// name them any longer either.
		if err := u.exec(`DELETE FROM outbox WHERE class = ? AND created < ?`, moderation.Personal, unix(before)); err != nil {
			return err
		}
		for _, table := range []string{"ballot", "case_message"} {
			if err := u.exec(`DELETE FROM `+table+` WHERE case_id IN (`+final+`)`, unix(before)); err != nil {
				return err
			}
		}
		res, err := u.ExecContext(u.ctx, `UPDATE cases SET key = NULL WHERE id IN (`+final+`)`, unix(before))
		if err != nil {
			return err
		}
		destroyed, err = res.RowsAffected()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("destroy the keys of final cases: %w", err)
	}
	return int(destroyed), s.truncateLog(ctx) // also of what an earlier call, interrupted, left there
}

func (s *Store) truncateLog(ctx context.Context) error {
	var busy, pages, moved int
	err := s.writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved)
	if err == nil && busy != 0 {
		err = errors.New("a reader is in the way; it will be done next time")
	}
	if err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", err)
	}
	return nil
}
