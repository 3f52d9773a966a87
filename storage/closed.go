package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Statistics tell times from the moment when others could see a case: its card, or the ten minutes in which it was opened. A
// report has a moment of its own, which a median would tell if the other cases are an admin's. For the same reason cases that ended
// in the same second are not in the order of their first reports, but by their ids, which are random. What went along with the
// message of another case was not judged by itself, and is not counted.
const closedCases = `SELECT short, CASE WHEN appeared > 0 THEN appeared ELSE opened - opened % 600 END, decided, verdict, rule, deed, deed_for, put, votes, breaks, by_admin, hand, appeared > 0, listed, reopens <> '', reversed, reversed_at, appealed, learned
	FROM cases WHERE chat = ?1 AND verdict NOT IN ('open', 'withdrawn') AND NOT (copy_of <> '' AND verdict = 'upheld' AND deed = '')
	AND (decided >= ?2 AND decided < ?3 OR reversed <> '' AND reversed_at >= ?2 AND reversed_at < ?3 
		OR appealed > 0 AND appealed >= ?2 AND appealed < ?3 OR learned > 0 AND learned >= ?2 AND learned < ?3) ORDER BY decided, short`

// Closed lists a group's cases that were decided, or reversed, from from on and before to.
func (s caseStore) Closed(ctx context.Context, chat int64, from, to time.Time) ([]moderation.Closed, error) {
	var id int64
	err := s.reader.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM chat WHERE number = ?`, chat).Scan(&id)
	if err != nil {
		return nil, fmt.Errorf("list closed cases: %w", available(err))
	}
	rows, err := s.reader.QueryContext(ctx, closedCases, id, from.Unix(), to.Unix())
	if err != nil {
		return nil, fmt.Errorf("list closed cases: %w", available(err))
	}
	return scanClosed(rows)
}

func scanClosed(rows *sql.Rows) ([]moderation.Closed, error) {
	defer rows.Close()
	var closed []moderation.Closed
	for rows.Next() {
		var c moderation.Closed
		var opened, decided, deedFor, reversedAt, appealed, learned int64
		var listed bool
		err := rows.Scan(&c.ID, &opened, &decided, &c.Verdict, &c.Rule, &c.Penalty.Kind, &deedFor, &c.Put, &c.Votes, &c.Breaks,
			&c.ByAdmin, &c.Manual, &c.Card, &listed, &c.Again, &c.Reversed, &reversedAt, &appealed, &learned)
		if err != nil {
			return nil, fmt.Errorf("read a closed case: %w", err)
		}
		c.Opened, c.Decided, c.ReversedAt, c.Appealed, c.Learned = fromUnix(opened), fromUnix(decided), fromUnix(reversedAt), fromUnix(appealed), fromUnix(learned)
		c.Penalty.For = time.Duration(deedFor) * time.Second
		c.Shown = moderation.Case{Listed: c.Card || listed, Manual: c.Manual, Verdict: c.Verdict}.Shown()
		closed = append(closed, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list closed cases: %w", err)
	}
	return closed, nil
}

// loadPeriod reads what the next digest tells: the time since the last one, and as much before it.
func (u caseTx) loadPeriod(d *moderation.Docket, chat chatRow) error {
	var period moderation.PeriodView
	d.Period = moderation.Loaded(period)
	if chat.DigestFrom.IsZero() {
		return nil
	}
	before := chat.DigestFrom.Add(-u.now.Sub(chat.DigestFrom))
	rows, err := u.QueryContext(u.ctx, closedCases, chat.id, before.Unix(), u.now.Unix()+1)
	if err != nil {
		return fmt.Errorf("list closed cases: %w", err)
	}
	if period.Closed, err = scanClosed(rows); err != nil {
		return err
	}
	period.Complaints, err = u.complaints(chat.id, chat.DigestFrom)
	d.Period = moderation.Loaded(period)
	return err
}
