package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What the table meta says of how the bot watches.
const (
	metaWatched = "watched" // when it last noted that it does, in unix seconds
	MetaMade    = "made"    // what tells these tables from the same restored; see [dialect]
)

// keptByTelegram is for how long Telegram keeps updates for a bot that does not fetch them.
const keptByTelegram = 24 * time.Hour

// Watch notes that the bot watches its groups. If it did not for longer than Telegram keeps updates, or the database is a
// restored backup, it may have missed who joined. Then all groups that it watched before note a gap, which ends now.
func (s chatStore) Watch(ctx context.Context, now time.Time) error {
	err := s.withTx(ctx, func(u *Tx) error {
		last, err := u.watched(now)
		if err != nil {
			return err
		}
		res, err := u.ExecContext(u.ctx, `DELETE FROM meta WHERE name = ?`, metaBackup)
		if err != nil {
			return err
		}
		restored, err := res.RowsAffected()
		if err != nil {
			return err
		}
		anew, err := u.madeAnew()
		if err != nil {
			return err
		}
		if restored > 0 || anew || now.Sub(last) > keptByTelegram {
			u.changesAll = true
			if err := u.Exec(`UPDATE chat SET gap_ended = ? WHERE since > 0`, unix(now)); err != nil {
				return err
			}
		}
		u.setMeta(metaWatched, unix(now))
		return nil
	})
	if err != nil {
		return fmt.Errorf("note that the bot watches: %w", err)
	}
	return nil
}

// madeAnew reports whether the tables are others than when it was last looked: a dump was restored. It notes what they are now.
func (u chatTx) madeAnew() (bool, error) {
	if u.Dialect().Made == "" {
		return false, nil
	}
	var made int64
	if err := u.Row(u.Dialect().Made).Scan(&made); err != nil {
		return false, fmt.Errorf("look whether the tables were made anew: %w", err)
	}
	var noted []byte
	err := u.Row(`SELECT value FROM meta WHERE name = ?`, MetaMade).Scan(&noted)
	if errors.Is(err, sql.ErrNoRows) {
		return false, u.Exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`, MetaMade, []byte(strconv.FormatInt(made, 10)))
	}
	if err != nil || string(noted) == strconv.FormatInt(made, 10) {
		return false, err
	}
	u.setMeta(MetaMade, made)
	return true, nil
}

// watched is when it was last noted that the bot watches: now, if it never was.
func (u chatTx) watched(now time.Time) (time.Time, error) {
	var text []byte
	err := u.Row(`SELECT value FROM meta WHERE name = ?`+u.Dialect().Lock, metaWatched).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return now, u.Exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`, metaWatched, []byte(strconv.FormatInt(unix(now), 10)))
	}
	if err != nil {
		return time.Time{}, err
	}
	sec, err := strconv.ParseInt(string(text), 10, 64)
	return fromUnix(sec), err
}

// metaRedraw, in the table meta, says that some cards of open cases are to be drawn anew. An earlier version left those
// cases to the admins and took the buttons off their cards. Votes decide them again.
const metaRedraw = "redraw"

// redraw has those cards drawn, once.
func (s chatStore) redraw(ctx context.Context) error {
	err := s.withTx(ctx, func(u *Tx) error {
		res, err := u.ExecContext(u.ctx, `DELETE FROM meta WHERE name = ?`, metaRedraw)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		open, err := u.listedCases()
		if err != nil {
			return err
		}
		for chat, ids := range open {
			var cards []moderation.Effect
			for _, id := range ids {
				cards = append(cards, moderation.DrawCard{Case: id, Open: true})
			}
			if err := u.enqueue(chat, cards); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("draw cards anew: %w", err)
	}
	return nil
}

// listedCases are the open cases that have a card and that the admins were shown, by group.
func (u chatTx) listedCases() (map[int64][]string, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT chat, short FROM cases WHERE verdict = 'open' AND listed = 1 AND card_wanted = 1 ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	open := map[int64][]string{}
	for rows.Next() {
		var chat int64
		var id string
		if err := rows.Scan(&chat, &id); err != nil {
			return nil, err
		}
		open[chat] = append(open[chat], id)
	}
	return open, rows.Err()
}
