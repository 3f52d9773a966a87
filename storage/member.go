package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

const recordColumns = `joined, presumed, messages, silenced, lost, wrote, fell, welcomed, shielded, held`

func (u memberTx) record(chat, user int64) (moderation.Record, error) {
	r, err := scanRecord(u.Row(`SELECT `+recordColumns+` FROM member WHERE chat = ? AND tag = ?`, chat, u.s.key.Tag(tagMember, chat, user)))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return r, fmt.Errorf("read a member: %w", err)
	}
	return r, nil
}

// scanRecord reads recordColumns, and what stands before them.
func scanRecord(row scanner, before ...any) (moderation.Record, error) {
	var joined, silenced, shielded, held int64
	var r moderation.Record
	c := &r.Conduct
	err := row.Scan(append(before, &joined, &r.Presumed, &r.Messages, &silenced, &c.Lost, &c.Wrote, &c.Fell, &r.Welcomed, &shielded, &held)...)
	r.Joined, r.Silenced, r.Shielded, r.Held = fromUnix(joined), fromUnix(silenced), fromUnix(shielded), fromUnix(held)
	return r, err
}

func (u memberTx) saveRecord(chat, user int64, r moderation.Record) {
	c := r.Conduct
	u.Later("keep a member", `INSERT INTO member (chat, tag, joined, presumed, messages, silenced, lost, wrote, fell, welcomed, shielded, held)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (chat, tag) DO UPDATE SET joined = excluded.joined, presumed = excluded.presumed, messages = excluded.messages, silenced = excluded.silenced,
		lost = excluded.lost, wrote = excluded.wrote, fell = excluded.fell, welcomed = excluded.welcomed,
		shielded = excluded.shielded, held = excluded.held`,
		chat, u.s.key.Tag(tagMember, chat, user), unix(r.Joined), r.Presumed, r.Messages, unix(r.Silenced), c.Lost, c.Wrote, c.Fell, r.Welcomed, unix(r.Shielded), unix(r.Held))
	u.notePerson(chat, user, lasting)
	u.judge(chat, user)
}

// judge has a member's record read anew, by this transaction and by those after it, since it is written now.
func (u memberTx) judge(chat, user int64) {
	who := writer{chat, user}
	delete(u.members, who)
	u.judged = append(u.judged, who)
}

// bucket is how many reports somebody may still make. Beside it, it says when they wiped last, in the same round trip.
func (u memberTx) bucket(chat, user int64) (b moderation.Bucket, wiped time.Time, err error) {
	var at int64
	var sealed []byte
	err = u.Row(`SELECT coalesce((SELECT spent FROM bucket WHERE chat = ?1 AND tag = ?2), 0), coalesce((SELECT at FROM bucket WHERE chat = ?1 AND tag = ?2), 0),
		(SELECT sealed FROM wiped WHERE tag = ?3)`,
		chat, u.s.key.Tag(tagBucket, chat, user), u.s.key.Tag(tagWiped, user)).Scan(&b.Spent, &at, &sealed)
	if err != nil {
		return b, wiped, fmt.Errorf("read a report bucket: %w", err)
	}
	b.At = fromUnix(at)
	wiped, err = u.s.openWiped(sealed)
	return b, wiped, err
}

func (u memberTx) saveBucket(chat, user int64, b moderation.Bucket) {
	u.Later("keep a report bucket", `INSERT INTO bucket (chat, tag, spent, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat, tag) DO UPDATE SET spent = excluded.spent, at = excluded.at`,
		chat, u.s.key.Tag(tagBucket, chat, user), b.Spent, unix(b.At))
	u.notePerson(chat, user, keptFor(u.today(), bucketDays, week))
}

const findPrivate = `SELECT count(*) FROM private WHERE tag = ?`

// private reports whether a person can be written to in private.
func (u memberTx) private(user int64) (bool, error) {
	var n int
	if err := u.Row(findPrivate, u.s.key.Tag(tagPrivate, user)).Scan(&n); err != nil {
		return false, fmt.Errorf("look whether somebody can be written to: %w", err)
	}
	return n > 0, nil
}

// Private reports whether a person can be written to in private.
func (s memberStore) Private(ctx context.Context, person int64) (bool, error) {
	var n int
	if err := s.reader.QueryRowContext(ctx, findPrivate, s.key.Tag(tagPrivate, person)).Scan(&n); err != nil {
		return false, fmt.Errorf("look whether somebody can be written to: %w", available(err))
	}
	return n > 0, nil
}

func (u memberTx) savePrivate(user int64, opened bool) {
	query := `DELETE FROM private WHERE tag = ?`
	if opened {
		query = `INSERT INTO private (tag) VALUES (?) ON CONFLICT DO NOTHING`
	}
	u.Later("note whether somebody can be written to", query, u.s.key.Tag(tagPrivate, user))
}

// history is an author's offences in the order of time.
func (u memberTx) history(chat, author int64) ([]moderation.Offence, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT case_id, steps, severity, cost, limited, at FROM offence WHERE chat = ? AND tag = ? ORDER BY at, case_id`,
		chat, u.s.key.Tag(tagOffence, chat, author))
	if err != nil {
		return nil, fmt.Errorf("read offences: %w", err)
	}
	defer rows.Close()
	var history []moderation.Offence
	var cases []int64
	for rows.Next() {
		var o moderation.Offence
		var id, at int64
		if err := rows.Scan(&id, &o.Steps, &o.Severity, &o.Cost, &o.Limited, &at); err != nil {
			return nil, fmt.Errorf("read an offence: %w", err)
		}
		o.At = fromUnix(at)
		history, cases = append(history, o), append(cases, id)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("read offences: %w", err)
	}
	for i := range history {
		if err := u.penaltyOf(cases[i], &history[i]); err != nil {
			return nil, err
		}
	}
	return history, nil
}

// penaltyOf adds what the case of an offence brought. It is asked on its own, since most people have no offence.
func (u memberTx) penaltyOf(caseID int64, o *moderation.Offence) error {
	var deedFor, until int64
	err := u.Row(`SELECT short, deed, deed_for, until, put FROM cases WHERE id = ?`, caseID).Scan(&o.Case, &o.Penalty.Kind, &deedFor, &until, &o.Put)
	if err != nil {
		return fmt.Errorf("read the case of an offence: %w", err)
	}
	o.Until, o.Penalty.For = fromUnix(until), time.Duration(deedFor)*time.Second
	return nil
}

func (u memberTx) saveOffence(chat, caseID, author int64, o moderation.Offence) {
	u.Later("keep an offence", `INSERT INTO offence (case_id, chat, tag, steps, severity, cost, limited, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (case_id) DO UPDATE SET steps = excluded.steps, severity = excluded.severity, cost = excluded.cost,
		limited = excluded.limited`,
		caseID, chat, u.s.key.Tag(tagOffence, chat, author), o.Steps, o.Severity, o.Cost, o.Limited, unix(o.At))
	u.notePerson(chat, author, lasting)
}

// silence mutes an author where the group itself cannot; a longer silence is cut short only if that
// is meant.
func (u memberTx) silence(chat int64, s moderation.Silence) error {
	r, err := u.record(chat, s.Author)
	if err != nil {
		return err
	}
	if s.Until.Before(r.Silenced) && !s.Shorten || s.Until.IsZero() && r.Silenced.IsZero() {
		return nil
	}
	r.Silenced = s.Until
	u.saveRecord(chat, s.Author, r)
	return nil
}

// saveLimits keeps until when votes alone only remove an author's messages, and when a mute of theirs last began that lasts until a
// jury speaks. The rest of their record may have been written just now.
func (u memberTx) saveLimits(chat, author int64, out moderation.AuthorChanges) {
	for _, limit := range []struct {
		column string
		at     time.Time
	}{{"shielded", out.Shielded}, {"held", out.Held}} {
		if limit.at.IsZero() {
			continue
		}
		u.Later("keep what juries mean for a member", `INSERT INTO member (chat, tag, `+limit.column+`) VALUES (?, ?, ?)
			ON CONFLICT (chat, tag) DO UPDATE SET `+limit.column+` = excluded.`+limit.column,
			chat, u.s.key.Tag(tagMember, chat, author), unix(limit.at))
		u.notePerson(chat, author, lasting)
		u.judge(chat, author)
	}
}
