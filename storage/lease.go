package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// lease takes a place for a process, or renews that, and reports whether it has it.
func (s chatStore) lease(ctx context.Context, name, word string, lasts time.Duration) (until time.Time, mine bool, err error) {
	err = s.withTx(ctx, func(u *Tx) error {
		var ms int64
		if ms, mine, err = u.leased(name, word); err != nil {
			return err
		}
		until = fromMillis(ms)
		if mine = mine || ms <= millis(u.now); !mine {
			return nil
		}
		until = u.now.Add(lasts)
		return u.Exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
			name, fmt.Appendf(nil, "%d %s", millis(until), word))
	})
	if err != nil {
		return until, false, fmt.Errorf("take the place of the %s: %w", name, err)
	}
	return until, mine, nil
}

// endLease ends a lease, unless it is another's already.
func (s chatStore) endLease(ctx context.Context, name, word string) error {
	err := s.withTx(ctx, func(u *Tx) error {
		_, mine, err := u.leased(name, word)
		if err != nil || !mine {
			return err
		}
		return u.Exec(`DELETE FROM meta WHERE name = ?`, name)
	})
	if err != nil {
		return fmt.Errorf("leave the place of the %s: %w", name, err)
	}
	return nil
}

// leased says until when, in ms, a place is taken, and whether by the process of that word.
func (u chatTx) leased(name, word string) (until int64, mine bool, err error) {
	var text []byte
	err = u.Row(`SELECT value FROM meta WHERE name = ?`+u.Dialect().Lock, name).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	ms, who, _ := strings.Cut(string(text), " ")
	if _, err := fmt.Sscan(ms, &until); err != nil {
		return 0, false, nil // nobody, yet
	}
	return until, who == word, nil
}
