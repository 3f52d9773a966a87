package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// finalCase is a case whose ballots can still be opened and are not needed any more.
type finalCase struct {
	id   int64
	chat int64 // its number here
}

// Settle implements [moderation.Store]. Afterwards SQLite's write-ahead log, which may still hold the deleted
// pages, is emptied.
func (s *Store) Settle(ctx context.Context, before time.Time, learn func(moderation.Closing) moderation.Settlement) (int, error) {
	final, err := s.finalCases(ctx, before)
	if err != nil {
		return 0, err
	}
	var failed error
	settled := 0
	for _, f := range final {
		if ctx.Err() != nil {
			break
		}
		err := s.withTx(ctx, func(u *Tx) error { return u.settle(f, learn) })
		if errors.Is(err, moderation.ErrUnavailable) {
			return settled, err
		}
		if err != nil { // its ballots cannot be read; they go all the same
			failed = errors.Join(failed, fmt.Errorf("settle a final case, which teaches nothing: %w", err))
			err = s.withTx(ctx, func(u *Tx) error { return u.destroy(f.id) })
		}
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		settled++
	}
	// What could not be told to somebody in all this time is not told any more, so that it does not name
	// them any longer either.
	err = s.withTx(ctx, func(u *Tx) error {
		return u.Exec(`DELETE FROM outbox WHERE class = ? AND created < ?`, moderation.Personal, unix(before))
	})
	return settled, errors.Join(failed, err, s.db.TruncateLog(ctx)) // also of what an earlier call, interrupted, left there
}

func (s *Store) finalCases(ctx context.Context, before time.Time) ([]finalCase, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT id, chat FROM cases
		WHERE key IS NOT NULL AND verdict <> 'open' AND decided < ? AND appeal NOT IN ('jury', 'admins') AND jury = '' AND appeal_due < ?
		ORDER BY decided, id`, unix(before), unix(before.Add(moderation.FinalAfter)))
	if err != nil {
		return nil, fmt.Errorf("list final cases: %w", available(err))
	}
	defer rows.Close()
	var final []finalCase
	for rows.Next() {
		var f finalCase
		if err := rows.Scan(&f.id, &f.chat); err != nil {
			return nil, fmt.Errorf("list final cases: %w", err)
		}
		final = append(final, f)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list final cases: %w", err)
	}
	return final, nil
}

// settle keeps what a case teaches and destroys its ballots and their key.
func (u *Tx) settle(f finalCase, learn func(moderation.Closing) moderation.Settlement) error {
	chat, err := u.s.scanChat(u.Row(`SELECT `+chatColumns+` FROM chat WHERE id = ?`+u.Dialect().Lock, f.chat))
	if err != nil {
		return err
	}
	cs, err := u.s.scanCase(u.Row(`SELECT `+caseColumns+` FROM cases c WHERE c.id = ?`, f.id), chat.ID)
	if err != nil || cs.key == nil {
		return err // another replica was faster
	}
	cl := moderation.Closing{Chat: chat.Chat, Case: cs.Case}
	if cl.Ballots, _, err = u.ballots(&cs); err != nil {
		return err
	}
	if cl.Ties, err = u.ties(chat, cl.Ballots, 0); err != nil {
		return err
	}
	if err := u.keepSettlement(chat, learn(cl)); err != nil {
		return err
	}
	return u.destroy(cs.id)
}

// destroy destroys the ballots of a case, and their key.
func (u *Tx) destroy(caseID int64) error {
	for _, query := range []string{
		`DELETE FROM ballot WHERE case_id = ?`, `DELETE FROM appeal WHERE case_id = ?`, `DELETE FROM case_message WHERE case_id = ?`, `UPDATE cases SET key = NULL WHERE id = ?`,
	} {
		u.Later("destroy the ballots of a case", query, caseID)
	}
	return nil
}

func (u *Tx) keepSettlement(chat chatRow, s moderation.Settlement) error {
	for voter, t := range s.VoteRecords {
		u.saveVoteRecord(chat.id, voter, t)
	}
	for p, t := range s.Alike {
		u.saveAlike(chat.id, p, t)
	}
	u.Later("count a group's final cases", `UPDATE chat SET settled = ?, settled_day = ? WHERE id = ?`, s.Cases.Sum, s.Cases.Day, chat.id)
	u.changes(chat.ID)
	return u.enqueue(chat.id, s.Effects)
}
