package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

var _ outbox.Queue = (*Store)(nil)

// The kinds of rows. An effect is worded when it is delivered; a call was worded when an answer
// that could not be sent at once was handed over.
const (
	KindEffect = "effect"
	KindCall   = "call"
)

// enqueue writes effects into the outbox, in their order. One whose key is taken by a row that
// waits takes its place.
func (u outboxTx) enqueue(chat int64, effects []moderation.Effect) error {
	for _, e := range effects {
		e, err := u.merged(chat, e)
		if err != nil {
			return err
		}
		body, err := moderation.WriteEffect(e)
		if err != nil {
			return err
		}
		body = append(body, padding(effectSize, len(body))...)
		var name any
		if e.Key() != "" {
			name = e.Key()
		}
		lane, err := u.laneFor(chat, e)
		if err != nil {
			return err
		}
		q := queued{
			chat: chat, class: e.Class(), lane: lane, name: name, due: unix(e.Waits().Due), kind: KindEffect, body: body,
		}
		q.patient = keepsItsTime(e)
		if q.class == moderation.Personal {
			q.person = e.Whom()
		}
		if err := u.put(q); err != nil {
			return fmt.Errorf("queue effect %s: %w", e.Kind(), err)
		}
	}
	return nil
}

// merged adds to an effect what it is to be told together with, if that waits.
func (u outboxTx) merged(chat int64, e moderation.Effect) (moderation.Effect, error) {
	gathers, ok := e.(moderation.GatherEntries)
	if !ok {
		return e, nil
	}
	earlier, err := u.gathered(chat, e.Key())
	if err != nil || earlier == nil {
		return e, err
	}
	return gathers.After(*earlier), nil
}

// gathered is what waits under the key of a [moderation.GatherEntries]; nil if nothing does.
func (u outboxTx) gathered(chat int64, key string) (*moderation.GatherEntries, error) {
	var waits moderation.Waiting
	var due int64
	var sealed []byte
	err := u.Row(`SELECT id, revision, due, sealed FROM outbox WHERE chat = ? AND name = ?`, chat, key).Scan(&waits.Ref.ID, &waits.Ref.Revision, &due, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for what is gathered: %w", err)
	}
	_, body, err := u.s.openRow(sealed)
	if err != nil {
		return nil, err
	}
	waits.Due = fromUnix(due)
	e, err := moderation.ReadEffect(body, waits)
	gathered, _ := e.(moderation.GatherEntries)
	return &gathered, err
}

// dropNamed forgets what waits under these keys.
func (u outboxTx) dropNamed(chat int64, keys []string) {
	for _, key := range keys {
		u.Later("forget what waits", `DELETE FROM outbox WHERE chat = ? AND name = ?`, chat, key)
	}
}

// keepsItsTime reports whether an effect is still due when it was, though it is wanted anew. The quiet entry about a case is: a
// report that put it off would be seen by that, and could keep it from the admins.
func keepsItsTime(e moderation.Effect) bool {
	switch e := e.(type) {
	case moderation.DrawCard:
		return e.Open
	case moderation.TellAdmins:
		return e.Entry.Topic() == moderation.TopicUndecided
	case moderation.GatherEntries:
		return true // else they might never be told, while things go on
	default:
		return false
	}
}

// queued is a row to be written.
type queued struct {
	chat    int64
	class   moderation.Class
	lane    int64
	name    any
	due     int64
	kind    string
	body    []byte
	person  int64 // for whom it is; if they are being answered, it waits for that
	patient bool  // it keeps the time at which an earlier one of its name is due
}

const insertRow = `INSERT INTO outbox (chat, class, lane, name, due, created, sealed, taken) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
	ON CONFLICT (chat, name) WHERE name IS NOT NULL
	DO UPDATE SET sealed = excluded.sealed, held = 0, waits_for = '', revision = outbox.revision + 1,
		due = CASE WHEN ?9 = 1 AND outbox.attempts = 0 AND outbox.held = 0 THEN outbox.due ELSE excluded.due END`

func (u outboxTx) put(q queued) error {
	sealed := u.s.key.Seal(sealOutbox, append([]byte(q.kind+"\x00"), q.body...))
	u.wakes = true
	patient, taken := int64(0), int64(0)
	if q.patient {
		patient = 1
	}
	kept := u.s.answering.now(q.person)
	if kept {
		taken = millis(u.now.Add(lease))
	}
	args := []any{q.chat, int64(q.class), q.lane, q.name, q.due, unix(u.now), sealed, taken, patient}
	if !kept {
		u.Later("queue a row", insertRow, args...)
		return nil
	}
	row := keptRow{person: q.person, chat: q.chat}
	if err := u.Row(insertRow+` RETURNING id`, args...).Scan(&row.id); err != nil {
		return err
	}
	u.stays = append(u.stays, row)
	return nil
}

// release lets a group's held rows go that wait for one of these rights, and those of which nobody noted what they wait for.
func (u outboxTx) release(chat int64, rights []moderation.Right) {
	if len(rights) == 0 {
		return
	}
	u.wakes = true
	names := sqldb.Repeat("?", ", ", len(rights))
	args := []any{chat}
	for _, r := range rights {
		args = append(args, string(r))
	}
	// The revision grows of what is refused at this moment, so that it is not held after all.
	for _, query := range []string{
		`UPDATE outbox SET held = 0, due = 0, waits_for = '' WHERE chat = ? AND held = 1 AND waits_for IN ('', ` + names + `)`,
		`UPDATE outbox SET revision = revision + 1, waits_for = '' WHERE chat = ? AND held = 0 AND waits_for IN (` + names + `)`,
	} {
		u.Later("release what waited for a right", query, args...)
	}
}

// waitFor notes the right that a row waits for, before whoever delivers it gives it back as held.
func (u outboxTx) waitFor(row moderation.OutboxRef, right moderation.Right) {
	u.Later("note what a row waits for", `UPDATE outbox SET waits_for = ? WHERE id = ? AND revision = ?`, string(right), row.ID, row.Revision)
}

// lookAgain is how often a replica looks for what others left.
const lookAgain = time.Second

// Ready implements [outbox.Queue].
func (s outboxStore) Ready(ctx context.Context, now time.Time, want outbox.Want) (found []outbox.Row, next time.Time, err error) {
	if next, err = s.comeDue(ctx, now); err != nil {
		return nil, time.Time{}, err
	}
	if s.shared() {
		found, err = s.take(ctx, now, want)
		if latest := now.Add(lookAgain); next.IsZero() || next.After(latest) {
			next = latest
		}
		return found, next, err
	}
	want.Limit, want.Rationed = want.Limit+want.Known, want.Rationed+want.Known
	if found, err = s.ready(ctx, now, want); err != nil {
		return nil, time.Time{}, fmt.Errorf("list what is ready: %w", available(err))
	}
	if left := s.answering.next(now); !left.IsZero() && (next.IsZero() || left.Before(next)) {
		next = left
	}
	return found, next, nil
}

// take takes what is ready for this replica alone.
func (s outboxStore) take(ctx context.Context, now time.Time, want outbox.Want) (found []outbox.Row, err error) {
	seen, err := s.ready(ctx, now, want)
	if err != nil || len(seen) == 0 {
		return nil, available(err)
	}
	ids := make([]int64, len(seen))
	for i, r := range seen {
		ids[i] = r.ID
	}
	err = s.withTx(ctx, func(u *Tx) error {
		// What another replica takes at this moment is its.
		rows, err := u.QueryContext(u.ctx, `UPDATE outbox SET taken = ? WHERE id IN (
			SELECT id FROM outbox WHERE id = ANY (?) AND held = 0 AND taken <= ? FOR UPDATE SKIP LOCKED)
			RETURNING `+rowColumns, millis(now.Add(lease)), ids, millis(now))
		if err != nil {
			return err
		}
		found, err = scanRows(rows)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("take what is ready: %w", err)
	}
	slices.SortFunc(found, func(a, b outbox.Row) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return found, nil
}

var (
	dueFirst = `SELECT coalesce(min(due), 0) FROM (` + ofClasses(func(class string) string { // not with min, for which PostgreSQL may read all of them
		return `SELECT * FROM (SELECT due FROM outbox WHERE held = 0 AND due > 0 AND class = ` + class + ` ORDER BY class, due LIMIT 1) AS due` + class
	}) + `) AS first`

	// One that was never tried waits to be delivered since it is due.
	makeReady = `UPDATE outbox SET due = 0, created = CASE WHEN attempts = 0 THEN due ELSE created END WHERE due > 0 AND due <= ?1 AND id IN (` + ofClasses(func(class string) string {
		return `SELECT id FROM (SELECT id FROM outbox WHERE held = 0 AND due > 0 AND class = ` + class + ` AND due <= ?1 ORDER BY class, due LIMIT ` + dueTogether + `) AS due` + class
	}) + `)`
)

// dueTogether is how many rows of a class are made ready in one transaction.
const dueTogether = "1000"

// comeDue makes those rows ready whose time has come, and says when the next time is.
func (s outboxStore) comeDue(ctx context.Context, now time.Time) (next time.Time, err error) {
	due := func() (found int64, err error) {
		err = s.reader.QueryRowContext(ctx, dueFirst).Scan(&found)
		return found, err
	}
	first, err := due()
	for err == nil && first != 0 && first <= now.Unix() {
		err = s.withTx(ctx, func(u *Tx) error {
			u.Lossy = true // it is found again
			return u.Exec(makeReady, now.Unix())
		})
		if err == nil {
			first, err = due()
		}
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("see what is due: %w", available(err))
	}
	return fromUnix(first), nil
}

// OpenRow says what a row is: its kind, and the effect or call itself. What [Store.Ready] returns
// is still sealed, since most of it is only looked at.
func (s outboxStore) OpenRow(r outbox.Row) (kind string, body []byte, err error) {
	return s.openRow(r.Body)
}

func (s outboxStore) openRow(sealed []byte) (kind string, body []byte, err error) {
	plain, err := s.key.Open(sealOutbox, sealed)
	if err != nil {
		return "", nil, fmt.Errorf("open a row of the outbox: %w", err)
	}
	head, body, _ := bytes.Cut(plain, []byte{0})
	return string(head), body, nil
}

// Drop implements [outbox.Queue].
func (s outboxStore) Drop(ctx context.Context, r outbox.Row) error {
	return s.settleRow(ctx, func(u *Tx) { u.settleLater(r.ID, r.Revision, dropRow, r.ID, r.Revision) })
}

const (
	dropRow     = `DELETE FROM outbox WHERE id = ? AND revision = ?`
	giveBackRow = `UPDATE outbox SET taken = 0 WHERE id = ? AND revision <> ?` // if another took its place
)

// drop forgets a row, unless another took its place.
func (u outboxTx) drop(id, revision int64) { u.settleLater(id, revision, dropRow, id, revision) }

// Wait implements [outbox.Queue].
func (s outboxStore) Wait(ctx context.Context, r outbox.Row, until time.Time) error {
	if !s.shared() {
		return nil // the one who knows remembers
	}
	return s.settleRow(ctx, func(u *Tx) {
		u.settleLater(r.ID, r.Revision, `UPDATE outbox SET taken = ? WHERE id = ? AND revision = ?`, millis(until), r.ID, r.Revision)
	})
}

// Retry implements [outbox.Queue].
func (s outboxStore) Retry(ctx context.Context, r outbox.Row, due time.Time) error {
	return s.settleRow(ctx, func(u *Tx) {
		u.settleLater(r.ID, r.Revision, `UPDATE outbox SET attempts = attempts + 1, taken = 0, due = ? WHERE id = ? AND revision = ?`, due.Unix(), r.ID, r.Revision)
	})
}

// Postpone implements [outbox.Queue]. Times are kept in whole seconds.
func (s outboxStore) Postpone(ctx context.Context, r outbox.Row, until time.Time) error {
	due := until.Add(time.Second - 1).Unix()
	return s.settleRow(ctx, func(u *Tx) {
		u.wakes = true
		u.settleLater(r.ID, r.Revision, `UPDATE outbox SET due = ?, taken = 0 WHERE id = ? AND revision = ?`, due, r.ID, r.Revision)
	})
}

// Hold implements [outbox.Queue].
func (s outboxStore) Hold(ctx context.Context, r outbox.Row) error {
	return s.settleRow(ctx, func(u *Tx) {
		u.settleLater(r.ID, r.Revision, `UPDATE outbox SET held = 1, taken = 0 WHERE id = ? AND revision = ?`, r.ID, r.Revision)
	})
}

func (s outboxStore) settleRow(ctx context.Context, settle func(*Tx)) error {
	err := s.withTx(ctx, func(u *Tx) error {
		u.Lossy = u.againIfLost()
		settle(u)
		return nil
	})
	if err != nil {
		return fmt.Errorf("note what became of a row: %w", err)
	}
	return nil
}

// settleLater has run what is to become of a row. If another took its place meanwhile, that may be
// delivered.
func (u outboxTx) settleLater(id, revision int64, query string, args ...any) {
	u.Later("settle a row of the outbox", query, args...)
	if u.s.shared() {
		u.Later("settle a row of the outbox", giveBackRow, id, revision)
	}
}

// Waiting says how many rows wait to be done now, and since when the oldest does. What is meant
// for later, or waits for a right, does not count.
func (s outboxStore) Waiting(ctx context.Context) (rows int, oldest time.Time, err error) {
	var since int64
	err = s.reader.QueryRowContext(ctx, `SELECT count(*), coalesce(min(CASE WHEN created > due THEN created ELSE due END), 0) FROM outbox WHERE held = 0 AND due <= ?`,
		s.now().Unix()).Scan(&rows, &since)
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("count what waits: %w", err)
	}
	return rows, fromUnix(since), nil
}

// Held lists the groups in which something waits for a right.
func (s outboxStore) Held(ctx context.Context) ([]int64, error) {
	return s.numbers(ctx, `SELECT number FROM chat WHERE is_member = 1 AND id IN (SELECT chat FROM outbox WHERE held = 1) ORDER BY id`)
}
