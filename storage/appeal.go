package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// sealedAppeal is what an appeal's sealed bytes say. Fields may be added.
type sealedAppeal struct {
	Words    string       `json:"w,omitempty"`
	Filed    int64        `json:"f"`
	Deadline int64        `json:"d"`
	Ends     int64        `json:"e,omitempty"`
	Seats    []sealedSeat `json:"s,omitempty"`
}

type sealedSeat struct {
	Juror    int64       `json:"j"`
	Language string      `json:"l,omitempty"`
	Private  bool        `json:"p,omitempty"`
	Drawn    int64       `json:"d"`
	Ballot   jury.Ballot `json:"r,omitempty"`
	Gone     bool        `json:"g,omitempty"`
}

// appealSize is the step in which the length of a sealed appeal grows.
const appealSize = 2000

// appeal opens the appeal against a case, or what a jury was asked that judged it before there was one; nil if there is
// none, or its key is destroyed.
func (u caseTx) appeal(c *caseRow) (*moderation.Appeal, error) {
	if c == nil || c.Appeal == moderation.NoAppeal && c.Reopens == "" || c.key == nil {
		return nil, nil
	}
	var sealed []byte
	err := u.Row(`SELECT sealed FROM appeal WHERE case_id = ?`, c.id).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the appeal against case %s: %w", c.ID, err)
	}
	return u.s.openAppeal(c, sealed)
}

func (s caseStore) openAppeal(c *caseRow, sealed []byte) (*moderation.Appeal, error) {
	key, err := s.key.Unwrap(sealCaseKey, c.key)
	if err != nil {
		return nil, fmt.Errorf("open the key of case %s: %w", c.ID, err)
	}
	plain, err := key.Open(sealAppeal, sealed)
	if err != nil {
		return nil, fmt.Errorf("open the appeal against case %s: %w", c.ID, err)
	}
	var hidden sealedAppeal
	if err := json.Unmarshal(plain, &hidden); err != nil {
		return nil, fmt.Errorf("read the appeal against case %s: %w", c.ID, err)
	}
	a := &moderation.Appeal{Words: hidden.Words, Filed: fromUnix(hidden.Filed), Deadline: fromUnix(hidden.Deadline), Ends: fromUnix(hidden.Ends)}
	for _, h := range hidden.Seats {
		juror := jury.Juror{ID: h.Juror, Language: h.Language, Private: h.Private}
		a.Seats = append(a.Seats, jury.Seat{Juror: juror, Drawn: fromUnix(h.Drawn), Ballot: h.Ballot, Gone: h.Gone})
	}
	return a, nil
}

func (u caseTx) saveAppeal(c *caseRow, a moderation.Appeal) error {
	hidden := sealedAppeal{Words: a.Words, Filed: unix(a.Filed), Deadline: unix(a.Deadline), Ends: unix(a.Ends)}
	for _, s := range a.Seats {
		hidden.Seats = append(hidden.Seats, sealedSeat{s.Juror.ID, s.Juror.Language, s.Juror.Private, unix(s.Drawn), s.Ballot, s.Gone})
	}
	plain, err := marshalPadded(appealSize, hidden)
	if err != nil {
		return fmt.Errorf("write an appeal: %w", err)
	}
	key, err := u.caseKey(c)
	if err != nil {
		return err
	}
	u.Later("keep an appeal", `INSERT INTO appeal (case_id, sealed) VALUES (?, ?) ON CONFLICT (case_id) DO UPDATE SET sealed = excluded.sealed`,
		c.id, key.Seal(sealAppeal, plain))
	return nil
}

// Appeal returns the appeal against a case. It says false if there is none, or not any more.
func (s caseStore) Appeal(ctx context.Context, chat int64, id string) (moderation.Appeal, bool, error) {
	var sealed []byte
	c, err := s.caseRow(ctx, chat, id)
	if err == nil && c.key != nil {
		err = s.reader.QueryRowContext(ctx, `SELECT sealed FROM appeal WHERE case_id = ?`, c.id).Scan(&sealed)
	}
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, moderation.ErrNoCase) || err == nil && c.key == nil {
		return moderation.Appeal{}, false, nil
	}
	if err != nil {
		return moderation.Appeal{}, false, fmt.Errorf("read an appeal: %w", available(err))
	}
	a, err := s.openAppeal(&c, sealed)
	if err != nil {
		return moderation.Appeal{}, false, err
	}
	return *a, true, nil
}

// AppealsDue implements [moderation.Store].
func (s caseStore) AppealsDue(ctx context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	return s.refs(ctx, `SELECT g.number, c.short FROM cases c JOIN chat g ON g.id = c.chat
		WHERE c.appeal IN ('jury', 'admins') AND c.appeal_due <= ? ORDER BY c.appeal_due LIMIT ?`, now.Unix(), limit)
}

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
