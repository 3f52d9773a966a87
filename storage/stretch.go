package storage

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// stretch is a row of recent messages of one group, which lie together because they were put down together: written often
// and read seldom, they take far fewer pages of the database so than one by one. Those of a group have no numbers in common.
type stretch struct{ first, last int64 }

// How many messages make a new stretch at most, since to read one of them all are opened; and from how many seconds, since they
// are forgotten together.
const (
	stretchMost = 32
	stretchSpan = 60 * 60
)

// putDown puts messages of groups, sorted by number, into the index. One that is there already is only replaced by a later
// form of it; one that is too old for the index is left out. Nobody else may do so for the same groups.
func (u *unit) putDown(groups map[int64][]sighted) error {
	chats := slices.Sorted(maps.Keys(groups))
	var from []any
	for _, chat := range chats {
		from = append(from, chat, groups[chat][0].message)
	}
	later, err := u.stretchesFrom(from)
	if err != nil {
		return fmt.Errorf("look where recent messages belong: %w", err)
	}
	rows := newPile[writer](`INSERT INTO stretch (chat, last, first, at, sealed) VALUES `, `(?, ?, ?, ?, ?)`, ``)
	var old []any
	for _, chat := range chats {
		fresh, there := groups[chat], later[chat]
		newest := fresh[len(fresh)-1].message
		if n := len(there); n > 0 {
			newest = max(newest, there[n-1].last)
		}
		oldest := newest - keptMessages
		if begin := fresh[0].message; (begin-1)/stretchMost != newest/stretchMost { // now and then is enough
			old = append(old, chat, oldest)
		}
		i, found := slices.BinarySearchFunc(fresh, oldest, byMessage)
		if found {
			i++
		}
		into, anew := divide(fresh[i:], there)
		for n, more := range into {
			if err := u.join(chat, there[n], more); err != nil {
				return err
			}
		}
		for _, messages := range anew {
			last := messages[len(messages)-1].message
			err := rows.add(u, writer{chat, last}, chat, last, messages[0].message, latestOf(messages), u.s.sealStretch(messages))
			if err != nil {
				return fmt.Errorf("put down recent messages: %w", err)
			}
		}
	}
	if err := rows.write(u); err != nil {
		return fmt.Errorf("put down recent messages: %w", err)
	}
	err = u.padded(old, 2, func(n int, args []any) error {
		return u.exec(`DELETE FROM stretch WHERE `+repeated("chat = ? AND last <= ?", " OR ", n), args...)
	})
	if err != nil {
		return fmt.Errorf("forget messages that are recent no more: %w", err)
	}
	return nil
}

// divide says which messages belong into which of the stretches that are there, by its index, and which make new ones. Both
// are sorted.
func divide(fresh []sighted, there []stretch) (into map[int][]sighted, anew [][]sighted) {
	into = map[int][]sighted{}
	at, gap := 0, -1 // the stretch that is not before the message, and the one behind the newest of anew
	for _, seen := range fresh {
		for at < len(there) && there[at].last < seen.message {
			at++
		}
		n := len(anew)
		switch {
		case at < len(there) && there[at].first <= seen.message:
			into[at] = append(into[at], seen)
		case gap == at && len(anew[n-1]) < stretchMost && seen.at-anew[n-1][0].at < stretchSpan:
			anew[n-1] = append(anew[n-1], seen)
		default:
			anew, gap = append(anew, []sighted{seen}), at
		}
	}
	return into, anew
}

// stretchesFrom are the stretches of groups that end at a message or behind it, in their order; given are group and message.
func (u *unit) stretchesFrom(from []any) (map[int64][]stretch, error) {
	found := map[int64][]stretch{}
	err := u.padded(from, 2, func(n int, args []any) error {
		rows, err := u.QueryContext(u.ctx, `SELECT chat, first, last FROM stretch WHERE `+repeated("chat = ? AND last >= ?", " OR ", n), args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var chat int64
			var lies stretch
			if err := rows.Scan(&chat, &lies.first, &lies.last); err != nil {
				return err
			}
			found[chat] = append(found[chat], lies)
		}
		return rows.Err()
	})
	for _, lie := range found {
		slices.SortFunc(lie, func(a, b stretch) int { return int(a.last - b.last) })
	}
	return found, err
}

// join puts messages into a stretch that reaches around them.
func (u *unit) join(chat int64, lies stretch, more []sighted) error {
	_, messages, err := u.s.stretchOf(u.ctx, u, chat, lies.last)
	if err != nil {
		return err
	}
	for _, seen := range more {
		i, found := slices.BinarySearchFunc(messages, seen.message, byMessage)
		switch {
		case !found:
			messages = slices.Insert(messages, i, seen)
		case seen.edited:
			messages[i] = seen
		}
	}
	return u.saveStretch(chat, lies, messages)
}

// saveStretch writes what is in a stretch now, perhaps nothing.
func (u *unit) saveStretch(chat int64, lies stretch, messages []sighted) error {
	var err error
	if len(messages) == 0 {
		err = u.exec(`DELETE FROM stretch WHERE chat = ? AND last = ?`, chat, lies.last)
	} else {
		err = u.exec(`UPDATE stretch SET at = ?, sealed = ? WHERE chat = ? AND last = ?`, latestOf(messages), u.s.sealStretch(messages), chat, lies.last)
	}
	if err != nil {
		return fmt.Errorf("keep recent messages: %w", err)
	}
	return nil
}

// latestOf is when the latest of some messages was written.
func latestOf(messages []sighted) int64 {
	at := messages[0].at
	for _, seen := range messages {
		at = max(at, seen.at)
	}
	return at
}

// sealStretch is what a stretch says: a list in JSON, sealed.
func (s *Store) sealStretch(messages []sighted) []byte {
	plain := []byte{'['}
	for i, seen := range messages {
		if i > 0 {
			plain = append(plain, ',')
		}
		plain = append(plain, seen.text...)
	}
	return s.key.Seal(sealSighting, append(plain, ']'))
}

// openStretch is the opposite of [Store.sealStretch]. A message that was kept before there were stretches is a list of one,
// and its number and time stand beside it.
func (s *Store) openStretch(sealed []byte, last, at int64) ([]sighted, error) {
	plain, err := s.key.Open(sealSighting, sealed)
	if err != nil {
		return nil, fmt.Errorf("open recent messages: %w", err)
	}
	if bytes.HasPrefix(plain, []byte{'{'}) {
		return []sighted{{message: last, at: at, text: plain}}, nil
	}
	var texts []json.RawMessage
	if err := json.Unmarshal(plain, &texts); err != nil {
		return nil, fmt.Errorf("read recent messages: %w", err)
	}
	messages := make([]sighted, len(texts))
	for i, text := range texts {
		hidden, err := sighted{text: text}.open()
		if err != nil {
			return nil, err
		}
		messages[i] = sighted{message: hidden.Message, at: hidden.At, text: text}
	}
	return messages, nil
}

// stretchOf finds the stretch around a message, which need not be in it.
func (s *Store) stretchOf(ctx context.Context, q querier, chat, message int64) (stretch, []sighted, error) {
	var lies stretch
	var at int64
	var sealed []byte
	err := q.QueryRowContext(ctx, `SELECT first, last, at, sealed FROM stretch WHERE chat = ? AND last >= ? ORDER BY last LIMIT 1`, chat, message).
		Scan(&lies.first, &lies.last, &at, &sealed)
	if errors.Is(err, sql.ErrNoRows) || err == nil && lies.first > message {
		return stretch{}, nil, nil
	}
	if err != nil {
		return stretch{}, nil, fmt.Errorf("find a recent message: %w", available(err))
	}
	messages, err := s.openStretch(sealed, lies.last, at)
	return lies, messages, err
}

// opened is a stretch and what is in it.
type opened struct {
	stretch
	messages []sighted
}

// stretches are those of a group.
func (u *unit) stretches(chat int64) ([]opened, error) {
	return u.s.readStretches(u.ctx, u, chat, keptMessages)
}

// latest are the latest messages in the stretches of a group, in their order: at least as many as asked for, if there are.
func (s *Store) latest(ctx context.Context, q querier, chat int64, atLeast int) ([]sighted, error) {
	lie, err := s.readStretches(ctx, q, chat, atLeast)
	if err != nil {
		return nil, err
	}
	var all []sighted
	for _, l := range slices.Backward(lie) {
		all = append(all, l.messages...)
	}
	return all, nil
}

// readStretches reads the latest stretches of a group, the newest first, until there are enough messages.
func (s *Store) readStretches(ctx context.Context, q querier, chat int64, enough int) ([]opened, error) {
	rows, err := q.QueryContext(ctx, `SELECT first, last, at, sealed FROM stretch WHERE chat = ? ORDER BY last DESC`, chat)
	if err != nil {
		return nil, fmt.Errorf("read recent messages: %w", available(err))
	}
	defer rows.Close()
	var all []opened
	for n := 0; n < enough && rows.Next(); {
		var l opened
		var at int64
		var sealed []byte
		if err := rows.Scan(&l.first, &l.last, &at, &sealed); err != nil {
			return nil, fmt.Errorf("read recent messages: %w", err)
		}
		if l.messages, err = s.openStretch(sealed, l.last, at); err != nil {
			return nil, err
		}
		all = append(all, l)
		n += len(l.messages)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read recent messages: %w", available(err))
	}
	return all, nil
}
