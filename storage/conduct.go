package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

func (u memberTx) saveConduct(chat, user int64, c standing.Conduct) error {
	r, err := u.record(chat, user)
	if err != nil {
		return err
	}
	if r.Conduct == c {
		return nil
	}
	r.Conduct = c
	u.saveRecord(chat, user, r)
	return nil
}

func (u memberTx) saveTurns(chat, user int64, turns []standing.Change) error {
	for _, t := range turns {
		if err := u.saveTurn(chat, user, t); err != nil {
			return err
		}
	}
	return nil
}

// saveTurn keeps a change of somebody's standing. Days in a row are one.
func (u memberTx) saveTurn(chat, user int64, t standing.Change) error {
	tag := u.s.key.Tag(tagTurn, chat, user)
	var last int64
	var cause standing.Cause
	err := u.Row(`SELECT id, cause FROM turn WHERE chat = ? AND tag = ? ORDER BY id DESC LIMIT 1`, chat, tag).Scan(&last, &cause)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read how a standing changed: %w", err)
	}
	const doing = "keep how a standing changed"
	if err == nil && t.Cause == standing.CauseDays && cause == standing.CauseDays {
		u.Later(doing, `UPDATE turn SET day = ?, points = points + ? WHERE id = ?`, t.Day, t.Points, last)
	} else {
		u.Later(doing, `INSERT INTO turn (chat, tag, day, points, cause, short) VALUES (?, ?, ?, ?, ?, ?)`, chat, tag, t.Day, t.Points, t.Cause, t.Case)
	}
	u.notePerson(chat, user, lasting)
	u.Later(doing, `DELETE FROM turn WHERE chat = ? AND tag = ? AND id NOT IN
		(SELECT id FROM turn WHERE chat = ? AND tag = ? ORDER BY id DESC LIMIT ?)`, chat, tag, chat, tag, standing.MaxChanges)
	return nil
}

// turns are the changes of somebody's standing, the newest first.
func (u memberTx) turns(chat, user int64) ([]standing.Change, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT day, points, cause, short FROM turn WHERE chat = ? AND tag = ? ORDER BY id DESC`,
		chat, u.s.key.Tag(tagTurn, chat, user))
	if err != nil {
		return nil, fmt.Errorf("read how a standing changed: %w", err)
	}
	defer rows.Close()
	var turns []standing.Change
	for rows.Next() {
		var t standing.Change
		if err := rows.Scan(&t.Day, &t.Points, &t.Cause, &t.Case); err != nil {
			return nil, fmt.Errorf("read how a standing changed: %w", err)
		}
		turns = append(turns, t)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read how a standing changed: %w", err)
	}
	return turns, nil
}

// Conduct returns the conduct of a member, which says what they may send. Whoever is unknown has the zero Conduct.
func (s memberStore) Conduct(ctx context.Context, chat, user int64) (standing.Conduct, error) {
	var ref int64
	var c standing.Conduct
	err := s.reader.QueryRowContext(ctx, `SELECT id FROM chat WHERE number = ?`, chat).Scan(&ref)
	if err == nil {
		err = s.reader.QueryRowContext(ctx, `SELECT lost, wrote, fell FROM member WHERE chat = ? AND tag = ?`,
			ref, s.key.Tag(tagMember, ref, user)).Scan(&c.Lost, &c.Wrote, &c.Fell)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("read a standing: %w", available(err))
	}
	return c, nil
}
