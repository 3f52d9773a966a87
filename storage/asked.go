package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// asked is about which case somebody was asked.
type asked struct {
	Chat int64  `json:"c"` // its number here
	Case string `json:"s"`
}

const askedSize = 60

// saveAsked keeps about which case somebody was asked for their sentence; only the last counts.
func (u caseTx) saveAsked(person, chat int64, id string) error {
	plain, err := marshalPadded(askedSize, asked{chat, id})
	if err != nil {
		return fmt.Errorf("write what somebody was asked: %w", err)
	}
	u.Later("note what somebody was asked", `INSERT INTO asked (tag, sealed, day) VALUES (?, ?, ?)
		ON CONFLICT (tag) DO UPDATE SET sealed = excluded.sealed, day = excluded.day`,
		u.s.key.Tag(tagAsked, person), u.s.key.Seal(sealAsked, plain), moderation.DayOf(u.now))
	return nil
}

// forgetAsked notes that somebody answered.
func (u caseTx) forgetAsked(person int64) {
	u.Later("forget what somebody was asked", `DELETE FROM asked WHERE tag = ?`, u.s.key.Tag(tagAsked, person))
}

// Asked returns about which case somebody was asked for their sentence and has not answered yet. It says false if
// there is none.
func (s caseStore) Asked(ctx context.Context, person int64) (moderation.CaseRef, bool, error) {
	var sealed []byte
	var ref moderation.CaseRef
	err := s.reader.QueryRowContext(ctx, `SELECT sealed FROM asked WHERE tag = ?`, s.key.Tag(tagAsked, person)).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return ref, false, nil
	}
	var about asked
	if err == nil {
		err = s.openJSON(sealAsked, sealed, &about)
	}
	if err != nil {
		return ref, false, fmt.Errorf("read what somebody was asked: %w", available(err))
	}
	chat, err := s.ChatByRef(ctx, about.Chat)
	if errors.Is(err, moderation.ErrNoChat) {
		return ref, false, nil
	}
	return moderation.CaseRef{Chat: chat.ID, ID: about.Case}, err == nil, err
}

// About lists the latest upheld cases about a person, of all groups, the newest first.
func (s caseStore) About(ctx context.Context, person int64, limit int) ([]moderation.CaseRef, error) {
	return s.refs(ctx, `SELECT g.number, c.short FROM cases c JOIN chat g ON g.id = c.chat
		WHERE c.subject = ? AND c.verdict = 'upheld' ORDER BY c.decided DESC, c.sent DESC, c.short LIMIT ?`, s.key.Tag(tagSubject, person), limit)
}
