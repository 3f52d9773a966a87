package storage

import (
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// complain counts a report against an admin, once for each reporter and message.
func (u memberTx) complain(chat, message, reporter int64) error {
	tag := u.s.key.Tag(tagAgainst, chat, message, reporter)
	res, err := u.ExecContext(u.ctx, `INSERT INTO complained (chat, tag, day) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, chat, tag, moderation.DayOf(u.now))
	if err != nil {
		return fmt.Errorf("note a complaint: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	err = u.Exec(`INSERT INTO complaint (chat, day, count) VALUES (?, ?, 1)
		ON CONFLICT (chat, day) DO UPDATE SET count = complaint.count + 1`, chat, moderation.DayOf(u.now))
	if err != nil {
		return fmt.Errorf("count a complaint: %w", err)
	}
	return nil
}

// complaints counts the reports against admins since then, by days.
func (u memberTx) complaints(chat int64, since time.Time) ([]moderation.Complaints, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT day, count FROM complaint WHERE chat = ? AND day >= ? ORDER BY day`, chat, moderation.DayOf(since))
	if err != nil {
		return nil, fmt.Errorf("count complaints: %w", err)
	}
	defer rows.Close()
	var days []moderation.Complaints
	for rows.Next() {
		var number int64
		var c moderation.Complaints
		if err := rows.Scan(&number, &c.Count); err != nil {
			return nil, fmt.Errorf("count complaints: %w", err)
		}
		c.Day = weight.Midnight(number)
		days = append(days, c)
	}
	return days, rows.Err()
}
