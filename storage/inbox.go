package storage

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// inboxLease is for how long a process is believed to handle what it keeps, after it last said so.
const inboxLease = PollerLease

// inboxSize is what the size of a kept update is rounded up to, so that it tells little.
const inboxSize = 1024

// inboxAtOnce is how many updates are claimed at once, where others can claim the rest.
const inboxAtOnce = 500

// KeptUpdate is an update that is confirmed to Telegram before it is handled.
type KeptUpdate struct {
	Update int64
	Chat   int64 // in whose order it is handled; a person's number in private
	Came   time.Time
	Raw    []byte // as Telegram sent it
}

// inbox is what this process knows of the table of that name.
type inbox struct {
	owner int64 // names this process

	keeping sync.Mutex // held by who keeps or claims

	mu     sync.Mutex // guards what follows
	mine   map[int64]bool
	over   map[int64]bool // not to be kept any more, but their rows may still be there
	unsure map[int64]bool // the database failed when they were to be kept, and may have kept them
	read   bool           // what the process before left was claimed; with SQLite nobody else adds to it
}

func newInbox() (*inbox, error) {
	var owner [8]byte
	if _, err := rand.Read(owner[1:]); err != nil {
		return nil, fmt.Errorf("name this process: %w", err)
	}
	return &inbox{owner: int64(binary.BigEndian.Uint64(owner[:])) + 1, mine: map[int64]bool{}, over: map[int64]bool{}, unsure: map[int64]bool{}}, nil
}

// add notes that updates are this process's, and returns those that were not.
func (b *inbox) add(updates ...int64) (added []int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range updates {
		if !b.mine[id] {
			b.mine[id] = true
			added = append(added, id)
		}
	}
	return added
}

func (b *inbox) remove(updates ...int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range updates {
		delete(b.mine, id)
	}
}

// end notes that updates are not to be kept any more.
func (b *inbox) end(updates ...int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range updates {
		delete(b.mine, id)
		b.over[id] = true
	}
}

// doubt notes that nobody knows whether updates are kept.
func (b *inbox) doubt(updates ...int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range updates {
		b.unsure[id] = true
	}
}

// of returns those of the updates that this process keeps.
func (b *inbox) of(updates []int64) (mine []int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range updates {
		if b.mine[id] {
			mine = append(mine, id)
		}
	}
	return mine
}

// takeFromInbox takes an update out of the inbox in the transaction that handles it.
func (u *Tx) takeFromInbox(updates ...int64) {
	mine := u.s.inbox.of(updates)
	if len(mine) == 0 {
		return
	}
	u.forgetKept(mine)
	u.OnCommit(func() { u.s.inbox.remove(mine...) })
}

func (u *Tx) forgetKept(updates []int64) {
	_ = sqldb.Padded(values(updates), 1, func(n int, args []any) error { // no error: nothing is run yet
		u.Later("take updates out of the inbox", `DELETE FROM inbox WHERE update_id IN (`+sqldb.Repeat("?", ", ", n)+`)`, args...)
		return nil
	})
}

// forgetOver takes out of the inbox what is over.
func (u *Tx) forgetOver() {
	b := u.s.inbox
	u.forgetAll(b.over, nil)
}

// forgetUnsure takes out of the inbox what may have been kept, but for what is kept now.
func (u *Tx) forgetUnsure(but ...int64) {
	b := u.s.inbox
	u.forgetAll(b.unsure, but)
}

// forgetAll takes the updates of a set out of the inbox, and out of the set.
func (u *Tx) forgetAll(set map[int64]bool, but []int64) {
	b := u.s.inbox
	b.mu.Lock()
	ids := slices.Collect(maps.Keys(set))
	b.mu.Unlock()
	if len(ids) == 0 {
		return
	}
	gone := slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return slices.Contains(but, id) })
	u.forgetKept(gone)
	u.OnCommit(func() {
		b.remove(gone...)
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, id := range ids {
			delete(set, id)
		}
	})
}

// laneOfChat is a chat's lane in the inbox. People have another one each hour, so that it does not tell what else the same
// person did: a ballot is written in the transaction that takes the press out of the inbox.
func (s inboxStore) laneOfChat(chat, hour int64) int64 {
	if chat < 0 {
		hour = 0
	}
	return int64(binary.BigEndian.Uint64(s.key.Tag(tagInbox, chat, hour)))
}

// Keep keeps updates for this process, but those that were handled meanwhile.
func (s inboxStore) Keep(ctx context.Context, updates []KeptUpdate) error {
	ids := make([]int64, len(updates))
	sealed := make([][]byte, len(updates))
	for i, k := range updates {
		ids[i], sealed[i] = k.Update, s.sealKept(k)
	}
	s.inbox.keeping.Lock()
	defer s.inbox.keeping.Unlock()
	added := s.inbox.add(ids...) // before they are there: who handles one meanwhile takes it out
	err := s.withTx(ctx, func(u *Tx) error {
		u.forgetOver()
		u.forgetUnsure(ids...)
		rows := sqldb.NewBulk[int64]("keep an update", `INSERT INTO inbox (update_id, lane, owner, taken, sealed) VALUES `,
			"(?, ?, ?, ?, ?)", ` ON CONFLICT DO NOTHING`)
		for i, k := range updates {
			rows.Add(u.Tx, k.Update, k.Update, s.laneOfChat(k.Chat, hour(u.now)), s.inbox.owner, millis(u.now.Add(inboxLease)), sealed[i])
		}
		rows.Write(u.Tx)
		return sqldb.Padded(values(ids), 1, func(n int, args []any) error {
			u.Later("leave out what is handled", `DELETE FROM inbox WHERE update_id IN
				(SELECT update_id FROM handled WHERE update_id IN (`+sqldb.Repeat("?", ", ", n)+`))`, args...)
			return nil
		})
	})
	if err != nil {
		s.inbox.doubt(added...)
		return fmt.Errorf("keep updates: %w", err)
	}
	s.inbox.add(ids...) // again, for one may have been handled before it was there
	return nil
}

// sealKept seals an update, together with its chat and when it came.
func (s inboxStore) sealKept(k KeptUpdate) []byte {
	plain := binary.BigEndian.AppendUint64(nil, uint64(k.Chat))
	plain = binary.BigEndian.AppendUint64(plain, uint64(k.Came.UnixMilli()))
	plain = append(plain, k.Raw...)
	return s.key.Seal(sealInbox, append(plain, padding(inboxSize, len(plain))...))
}

func (s inboxStore) openKept(update int64, sealed []byte) (KeptUpdate, error) {
	plain, err := s.key.Open(sealInbox, sealed)
	if err == nil && len(plain) < 16 {
		err = errors.New("it is too short")
	}
	if err != nil {
		return KeptUpdate{}, fmt.Errorf("open an update that is kept: %w", err)
	}
	return KeptUpdate{
		Update: update, Chat: int64(binary.BigEndian.Uint64(plain)),
		Came: fromMillis(int64(binary.BigEndian.Uint64(plain[8:]))), Raw: plain[16:],
	}, nil
}

// Claim returns updates that are kept and belong to no process, or to one that did not renew its claim in time, as they came.
// They belong to this process from now on. Claim renews what this process claimed before. A row that cannot be read is returned
// with its number alone. At most so many are returned, but with SQLite all.
func (s inboxStore) Claim(ctx context.Context, most int) ([]KeptUpdate, error) {
	s.inbox.mu.Lock()
	read, mine := s.inbox.read, len(s.inbox.mine) > 0
	s.inbox.mu.Unlock()
	if !s.shared() && read {
		return nil, nil
	}
	s.inbox.keeping.Lock()
	defer s.inbox.keeping.Unlock()
	var found []KeptUpdate
	err := s.withTx(ctx, func(u *Tx) (err error) {
		u.forgetOver()
		u.forgetUnsure()
		now, until := millis(u.now), millis(u.now.Add(inboxLease))
		if mine && s.shared() {
			u.Later("go on handling what is kept", `UPDATE inbox SET taken = ? WHERE owner = ? AND taken < ?`, until, s.inbox.owner, millis(u.now.Add(inboxLease/2)))
		}
		found, err = u.claim(now, until, min(most, inboxAtOnce))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim updates that are kept: %w", err)
	}
	for _, k := range found {
		s.inbox.add(k.Update)
	}
	s.inbox.mu.Lock()
	s.inbox.read = true
	s.inbox.mu.Unlock()
	return found, nil
}

// claim claims what is free. A row is not while an earlier one of its lane is another process's. What another process claims at
// this moment is its.
func (u *Tx) claim(now, until int64, most int) (found []KeptUpdate, err error) {
	free := `owner <> ?1`
	skip := ``
	if !u.s.shared() {
		most = -1 // all: new ones of their chats come behind them
	}
	if u.s.shared() {
		// Where other processes have something is counted once, not for each row: thousands may wait in one lane.
		// No claim is for longer than a lease, but that of a process whose clock was fast.
		free = `NOT (i.taken > ?2 AND i.taken <= ?5) AND i.owner <> ?1 AND NOT EXISTS (SELECT 1 FROM (
			SELECT lane, min(update_id) AS first FROM inbox WHERE owner <> ?1 AND taken > ?2 AND taken <= ?5 GROUP BY lane) e
			WHERE e.lane = i.lane AND e.first < i.update_id)`
		skip = ` FOR UPDATE SKIP LOCKED`
	}
	rows, err := u.QueryContext(u.ctx, `UPDATE inbox SET owner = ?1, taken = ?3 WHERE update_id IN (
		SELECT i.update_id FROM inbox i WHERE `+free+` ORDER BY i.update_id LIMIT ?4`+skip+`) RETURNING update_id, sealed`,
		u.s.inbox.owner, now, until, most, until+inboxLease.Milliseconds())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var sealed []byte
		if err := rows.Scan(&id, &sealed); err != nil {
			return nil, err
		}
		k, err := u.s.openKept(id, sealed)
		if err != nil {
			k = KeptUpdate{Update: id} // it is damaged, which is no reason to handle no other
		}
		found = append(found, k)
	}
	slices.SortFunc(found, func(a, b KeptUpdate) int { return cmp.Compare(a.Update, b.Update) })
	return found, rows.Err()
}

// Behind says whether an earlier update of the chat is kept that belongs to another process.
func (s inboxStore) Behind(ctx context.Context, chat, update int64) (bool, error) {
	if !s.shared() {
		return false, nil
	}
	var one int
	now := hour(s.now())
	err := s.reader.QueryRowContext(ctx, `SELECT 1 FROM inbox WHERE lane IN (?, ?) AND update_id < ? AND owner <> ? LIMIT 1`,
		s.laneOfChat(chat, now), s.laneOfChat(chat, now-1), update, s.inbox.owner).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look whether an earlier update waits: %w", available(err))
	}
	return true, nil
}

// Remove removes updates that are still kept. It may be lost that it did: then they are handled again, which changes nothing.
// What it cannot remove goes with what is kept next.
func (s inboxStore) Remove(ctx context.Context, updates ...int64) error {
	mine := s.inbox.of(updates)
	if len(mine) == 0 {
		return nil
	}
	s.inbox.end(mine...)
	err := s.withTx(ctx, func(u *Tx) error {
		u.Lossy = u.againIfLost()
		u.forgetOver()
		return nil
	})
	if err != nil {
		return fmt.Errorf("take updates out of the inbox: %w", err)
	}
	return nil
}

// Leave leaves updates to whoever claims them first, unless they are another's already.
func (s inboxStore) Leave(ctx context.Context, updates ...int64) error {
	if !s.shared() {
		s.inbox.remove(updates...)
		return nil // to whoever opens the file next
	}
	err := s.withTx(ctx, func(u *Tx) error {
		return sqldb.Padded(values(updates), 1, func(n int, args []any) error {
			u.Later("leave updates to others", `UPDATE inbox SET owner = 0, taken = 0 WHERE owner = `+strconv.FormatInt(s.inbox.owner, 10)+` AND update_id IN (`+sqldb.Repeat("?", ", ", n)+`)`, args...)
			return nil
		})
	})
	if err != nil {
		return fmt.Errorf("leave updates to others: %w", err)
	}
	s.inbox.remove(updates...)
	return nil
}
