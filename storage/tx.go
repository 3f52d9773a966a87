package storage

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// line is where lanes are: those of a group and class.
type line struct {
	chat  int64
	class moderation.Class
}

// handle is what all steps of a transaction need.
type handle struct {
	*sqldb.Tx
	s       *Store
	ctx     context.Context
	now     time.Time
	chats   map[int64]*chatRow // looked up so far, by number; never changed
	wakes   bool               // something was put into the outbox
	lanes   map[line][]int64   // of the outbox, as far as they were looked up, and what it made
	stays   []keptRow          // rows of the outbox that wait for somebody to be answered
	log     *messagelog.Tx
	authors *authorChanges // that it learned from messages

	changed    []int64                       // groups whose rows it wrote, by number
	changesAll bool                          // it may have written any
	members    map[writer]*moderation.Record // read or written, by [Store.Observe]
	judged     []writer                      // members whose records it wrote
	noted      map[writer]int64              // of whom it noted that something is kept, until which day
}

// A transaction has a part for each noun, and each part those on which it rests.
type (
	ledgerTx   struct{ *handle }
	chatTx     struct{ ledgerTx }
	memberTx   struct{ chatTx }
	activityTx struct{ memberTx } // who writes and votes when, and with whom
	outboxTx   struct{ activityTx }
	caseTx     struct{ outboxTx }
	sweepTx    struct{ caseTx }
)

// Tx is one transaction, with all that is done in it.
type Tx struct{ sweepTx }

// withTx runs do in one transaction and commits if it returns nil. If others were in its way it is run again, so that
// do must not rely on what it did the last time. It does not stop half way when ctx ends.
func (s *Store) withTx(ctx context.Context, do func(*Tx) error) error {
	var u *Tx
	err := s.db.WithTx(ctx, func(tx *sqldb.Tx) error {
		u = s.newTx(tx)
		if err := do(u); err != nil {
			return err
		}
		if err := u.log.Write(); err != nil {
			return err
		}
		if !s.shared() {
			tx.OnCommit(func() { s.remember(u) })
		}
		return nil
	})
	if err != nil {
		return available(err)
	}
	u.authors.commit()
	if u.wakes && s.Wake != nil {
		s.Wake()
	}
	return s.letLateGo(context.WithoutCancel(ctx), u.stays)
}

func (s *Store) newTx(tx *sqldb.Tx) *Tx {
	h := &handle{
		Tx: tx, s: s, ctx: tx.Ctx, now: tx.Now, chats: map[int64]*chatRow{}, authors: s.authors.begin(),
		members: map[writer]*moderation.Record{},
	}
	h.log = s.log.Begin(tx)
	return &Tx{sweepTx{caseTx{outboxTx{activityTx{memberTx{chatTx{ledgerTx{h}}}}}}}}
}

// remember remembers the groups and members of a transaction that was committed. Only with SQLite, where nobody else writes.
func (s *Store) remember(u *Tx) {
	removeAll(s.chats, u.changed)
	removeAll(s.members, u.judged)
	if u.changesAll {
		s.chats.Purge()
		s.members.Purge()
	}
	addAll(s.chats, u.chats)
	addAll(s.members, u.members)
}

// letGo has kept rows delivered; behind what was queued after them, if they are to.
func (u outboxTx) letGo(kept []keptRow, behind bool) error {
	for _, r := range kept {
		u.wakes = true
		if !behind {
			if err := u.Exec(`UPDATE outbox SET taken = 0 WHERE id = ?`, r.id); err != nil {
				return err
			}
			continue
		}
		if err := u.Exec(`INSERT INTO outbox (revision, chat, class, lane, due, created, attempts, held, waits_for, sealed)
			SELECT revision, chat, class, lane, due, created, attempts, held, waits_for, sealed FROM outbox WHERE id = ?`, r.id); err != nil {
			return err
		}
		if err := u.Exec(`DELETE FROM outbox WHERE id = ?`, r.id); err != nil {
			return err
		}
	}
	return nil
}

// letLateGo has rows delivered that were kept for somebody who is answered already. If that fails they are, after [lease].
func (s *Store) letLateGo(ctx context.Context, rows []keptRow) error {
	late := s.answering.keep(rows)
	if len(late) == 0 {
		return nil
	}
	err := s.withTx(ctx, func(u *Tx) error { return u.letGo(late, false) })
	if err != nil {
		s.leave()
	}
	return err
}

// leave has what could not be let go looked at again when it is nobody's any more.
func (s *Store) leave() {
	s.answering.mu.Lock()
	s.answering.left = s.now().Add(lease)
	s.answering.mu.Unlock()
	if s.Wake != nil {
		s.Wake()
	}
}

// againIfLost says whether it may be lost that a row is done, which is then done again: where that takes a power cut.
func (h *handle) againIfLost() bool { return !h.s.shared() }

// values are numbers as arguments of a statement.
func values(ids []int64) []any {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return args
}

// eachOf reads the rows that have one of the tags, some at a time. The query ends where the tags are asked for.
func (h *handle) eachOf(query string, values, tags []any, each func(scanner) error) error {
	return sqldb.Padded(tags, 1, func(n int, tags []any) error {
		rows, err := h.QueryContext(h.ctx, query+`tag IN (`+sqldb.Repeat("?", ", ", n)+`)`, slices.Concat(values, tags)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := each(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}
