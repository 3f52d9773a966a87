package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Due implements [moderation.Store].
func (s *Store) Due(ctx context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	return s.refs(ctx, `SELECT g.number, c.short FROM cases c JOIN chat g ON g.id = c.chat
		WHERE c.verdict = 'open' AND c.deadline <= ? ORDER BY c.deadline LIMIT ?`, now.Unix(), limit)
}

// ClocksDue implements [moderation.Store].
func (s *Store) ClocksDue(ctx context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	return s.refs(ctx, `SELECT g.number, c.short FROM cases c JOIN chat g ON g.id = c.chat
		WHERE c.verdict = 'open' AND c.clock > 0 AND c.clock <= ? ORDER BY c.clock LIMIT ?`, now.Unix(), limit)
}

// Open implements [moderation.Store].
func (s *Store) Open(ctx context.Context, chat int64) ([]moderation.CaseRef, error) {
	return s.refs(ctx, `SELECT g.number, c.short FROM cases c JOIN chat g ON g.id = c.chat
		WHERE g.number = ? AND c.verdict = 'open' ORDER BY c.opened, c.id`, chat)
}

// refs lists the cases that a query finds.
func (s *Store) refs(ctx context.Context, query string, args ...any) ([]moderation.CaseRef, error) {
	rows, err := s.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list cases: %w", available(err))
	}
	defer rows.Close()
	var refs []moderation.CaseRef
	for rows.Next() {
		var ref moderation.CaseRef
		if err := rows.Scan(&ref.Chat, &ref.ID); err != nil {
			return nil, fmt.Errorf("list cases: %w", err)
		}
		refs = append(refs, ref)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	return refs, nil
}
