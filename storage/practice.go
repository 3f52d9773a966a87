package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Practice is the practice of a group, by the group's number. It never began if there is none.
func (s chatStore) Practice(ctx context.Context, number int64) (moderation.Practice, error) {
	return s.openPractice(s.reader.QueryRowContext(ctx, `SELECT sealed FROM practice WHERE chat = `+ofNumber, number))
}

func (s chatStore) openPractice(row scanner) (p moderation.Practice, err error) {
	var sealed []byte
	switch err = row.Scan(&sealed); {
	case errors.Is(err, sql.ErrNoRows):
		return p, nil
	case err == nil:
		err = s.openJSON(sealPractice, sealed, &p)
	}
	if err != nil {
		return p, fmt.Errorf("read a practice: %w", available(err))
	}
	return p, nil
}

// loadPractice reads the practice of a group for a decision that wants it.
func (u chatTx) loadPractice(d *moderation.Docket, chat int64, key moderation.Key) error {
	if !key.Practice {
		return nil
	}
	p, err := u.s.openPractice(u.Row(`SELECT sealed FROM practice WHERE chat = ?`, chat))
	if err != nil {
		return err
	}
	draw := u.s.chance
	if draw == nil {
		draw = chance
	}
	d.Practice = moderation.Loaded(moderation.PracticeView{Practice: p, Seed: draw()})
	return nil
}

// savePractice keeps the practice of a group, or forgets it.
func (u chatTx) savePractice(chat int64, p moderation.Practice) error {
	if p.Number() == 0 {
		u.Later("forget a practice", `DELETE FROM practice WHERE chat = ?`, chat)
		return nil
	}
	plain, err := marshalPadded(practiceSize, p)
	if err != nil {
		return fmt.Errorf("write a practice: %w", err)
	}
	u.Later("keep a practice", `INSERT INTO practice (chat, began, posted, sealed) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat) DO UPDATE SET began = excluded.began, posted = excluded.posted, sealed = excluded.sealed`,
		chat, unix(p.Began), unix(p.Posted), u.s.key.Seal(sealPractice, plain))
	return nil
}

// PracticesPosted lists the practices whose message was posted between two moments, to the second, by the groups' numbers. Some that a
// release before kept are among them, since it did not note when they were posted.
func (s chatStore) PracticesPosted(ctx context.Context, from, to time.Time) (map[int64]moderation.Practice, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT c.number, p.sealed FROM practice p JOIN chat c ON c.id = p.chat
		WHERE p.posted BETWEEN ? AND ? OR p.posted IS NULL`, unix(from), unix(to))
	if err != nil {
		return nil, fmt.Errorf("list practices: %w", available(err))
	}
	defer rows.Close()
	all := map[int64]moderation.Practice{}
	for rows.Next() {
		var number int64
		var sealed []byte
		var p moderation.Practice
		if err := rows.Scan(&number, &sealed); err != nil {
			return nil, fmt.Errorf("list practices: %w", err)
		}
		if err := s.openJSON(sealPractice, sealed, &p); err != nil {
			return nil, fmt.Errorf("read a practice: %w", err)
		}
		all[number] = p
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list practices: %w", err)
	}
	return all, nil
}
