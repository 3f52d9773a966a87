package storage

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// The table shown says which messages told people of their own reports and votes, so that these can be wiped. Whoever has the
// database but no key file learns how many there are. The messages of a person are spread by chance over shownSlots tags, so that
// nearly always each of their rows has one of its own.
const (
	shownSlots   = 64
	shownPerSlot = 16 // rows with the same tag; the oldest go
)

// How long a message is remembered. Apps keep what one person is shown in a group for a week at most. For a message in private
// it is no longer than the operator could learn from ballots who reported.
const (
	shownDays        int64 = 7
	shownPrivateDays int64 = 23 // and up to a week more; see keptFor
)

// sealedShown is what a row's sealed bytes say. Fields may be added.
type sealedShown struct {
	Chat      int64 `json:"c"`
	Message   int64 `json:"m,omitempty"`
	Ephemeral int64 `json:"e,omitempty"`
	File      bool  `json:"f,omitempty"`
}

// NoteShown notes messages about a person's own reports and votes. Sending them began at a time. If the person wiped since then,
// they are wiped too.
func (s memberStore) NoteShown(ctx context.Context, person int64, began time.Time, all ...moderation.Shown) error {
	err := s.withTx(ctx, func(u *Tx) error {
		u.Lossy = u.againIfLost()
		for _, m := range all {
			if err := u.noteShown(person, m); err != nil {
				return err
			}
		}
		wiped, err := u.wiped(person)
		if err != nil || !moderation.IsWiped(began.Truncate(time.Second), wiped) {
			return err
		}
		u.Lossy = false
		return u.enqueue(0, []moderation.Effect{moderation.WipeShown{To: moderation.Person{ID: person}}})
	})
	if err != nil {
		return fmt.Errorf("note what somebody was shown: %w", err)
	}
	return nil
}

func (u memberTx) noteShown(person int64, m moderation.Shown) error {
	var slot [1]byte
	_, _ = rand.Read(slot[:]) // never fails
	tag := u.s.key.Tag(tagShown, person, int64(slot[0]%shownSlots))
	plain, err := marshalPadded(shownSize, sealedShown{Chat: m.Chat, Message: m.Message, Ephemeral: m.Ephemeral, File: m.File})
	if err != nil {
		return fmt.Errorf("write what somebody was shown: %w", err)
	}
	days := shownPrivateDays
	if m.Ephemeral != 0 {
		days = shownDays
	}
	u.Later("note what somebody was shown", `INSERT INTO shown (tag, sealed, ends) VALUES (?, ?, ?)`, tag, u.s.key.Seal(sealShown, plain), keptFor(u.today(), days, week))
	u.Later("forget what somebody was shown long ago", `DELETE FROM shown WHERE tag = ?1 AND id <= (SELECT id FROM shown WHERE tag = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)`,
		tag, int64(shownPerSlot))
	return nil
}

// Shown lists the messages that told a person of their own reports and votes, the newest first.
func (s memberStore) Shown(ctx context.Context, person int64) (found []moderation.Shown, err error) {
	tags := make([]any, shownSlots)
	for i := range tags {
		tags[i] = s.key.Tag(tagShown, person, int64(i))
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT id, sealed FROM shown WHERE tag IN (`+sqldb.Repeat("?", ", ", shownSlots)+`) ORDER BY id DESC`, tags...)
	if err != nil {
		return nil, fmt.Errorf("list what somebody was shown: %w", available(err))
	}
	defer rows.Close()
	for rows.Next() {
		m, err := s.scanShown(rows)
		if err != nil {
			return nil, fmt.Errorf("list what somebody was shown: %w", err)
		}
		found = append(found, m)
	}
	return found, available(rows.Err())
}

func (s memberStore) scanShown(row scanner) (m moderation.Shown, err error) {
	var sealed []byte
	if err := row.Scan(&m.Row, &sealed); err != nil {
		return m, err
	}
	plain, err := s.key.Open(sealShown, sealed)
	if err != nil {
		return m, err
	}
	var is sealedShown
	if err := json.Unmarshal(plain, &is); err != nil {
		return m, err
	}
	m.Chat, m.Message, m.Ephemeral, m.File = is.Chat, is.Message, is.Ephemeral, is.File
	return m, nil
}

// ForgetShown forgets messages that are wiped.
func (s memberStore) ForgetShown(ctx context.Context, gone []moderation.Shown) error {
	if len(gone) == 0 {
		return nil
	}
	err := s.withTx(ctx, func(u *Tx) error {
		u.Lossy = u.againIfLost()
		for _, m := range gone {
			u.Later("forget what somebody was shown", `DELETE FROM shown WHERE id = ?`, m.Row)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget what somebody was shown: %w", err)
	}
	return nil
}
