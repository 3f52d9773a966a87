package storage

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/go-faster/jx"
)

// arrival is a recent message as it came, or came again in a later form. One that was forgotten since has no text. One
// without a number says that all earlier ones of its group are.
type arrival struct {
	chat, message, at int64
	edited            bool
	text              []byte // a [sealedSighting] in JSON
	note              note   // what is to be written about its author, with SQLite
}

// readNote completes a note, which names nobody, from the message; if that is forgotten, so is the note.
func (a *arrival) readNote() error {
	if a.note.empty() {
		return nil
	}
	if a.text == nil {
		a.note = note{}
		return nil
	}
	hidden, err := a.open()
	a.note.person, a.note.language = hidden.Author.ID, hidden.Author.Language
	return err
}

// receive writes what a transaction brought, at its end. In a bot of many groups each message would belong on another page of
// the database, were they kept group by group. So they are kept in the order in which they come, all of a commit in one row,
// and [spot] says where those of a group are.
func (u *unit) receive() (err error) {
	if len(u.arrived) == 0 {
		return nil
	}
	sealed := u.s.key.Seal(sealSighting, plainArrivals(u.arrived))
	if u.s.shared() {
		err = u.receiveShared(sealed)
	} else { // we count ourselves, so that the number of a row that is gone does not come again; and see [waiting.commit]
		err = u.exec(`INSERT INTO arrival (id, at, sealed) VALUES (?, ?, ?)`, u.s.waiting.next, unix(u.now), sealed)
	}
	if err != nil {
		return fmt.Errorf("keep recent messages: %w", err)
	}
	return nil
}

// receiveShared is that with PostgreSQL: one statement, for which nobody waits before the commit.
func (u *unit) receiveShared(sealed []byte) error {
	found, _ := spotsIn(0, u.arrived)
	chats := slices.Sorted(maps.Keys(found))
	var first, last []int64
	for _, chat := range chats {
		first, last = append(first, found[chat].first), append(last, found[chat].last)
	}
	return u.exec(`WITH row AS (INSERT INTO arrival (at, sealed) VALUES (?, ?) RETURNING id)
		INSERT INTO spot (chat, arrival, first, last) SELECT s.chat, row.id, s.first, s.last
		FROM row, unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS s (chat, first, last)`, unix(u.now), sealed, chats, first, last)
}

// plainArrivals is arrivals as JSON, of which the texts, which are JSON already, are not read again.
func plainArrivals(came []arrival) []byte {
	var e jx.Encoder
	e.ArrStart()
	for _, a := range came {
		e.ObjStart()
		e.FieldStart("c")
		e.Int64(a.chat)
		e.FieldStart("m")
		e.Int64(a.message)
		e.FieldStart("i")
		e.Int64(a.at)
		e.FieldStart("e")
		e.Bool(a.edited)
		if !a.note.empty() {
			e.FieldStart("d")
			e.Int64(a.note.day)
			e.FieldStart("w")
			e.Bool(a.note.wrote)
			writeText(&e, "h", a.note.handle)
		}
		if a.text != nil {
			e.FieldStart("t")
			e.Raw(a.text)
		}
		e.ObjEnd()
	}
	e.ArrEnd()
	return e.Bytes()
}

// openArrivals is the opposite: what is in a row.
func (s *Store) openArrivals(sealed []byte) ([]arrival, error) {
	plain, err := s.key.Open(sealSighting, sealed)
	if err != nil {
		return nil, fmt.Errorf("open recent messages: %w", err)
	}
	if group(plain) {
		return openGroup(plain)
	}
	var came []arrival
	err = jx.DecodeBytes(plain).Arr(func(d *jx.Decoder) error {
		var a arrival
		err := d.ObjBytes(func(d *jx.Decoder, key []byte) (err error) {
			switch string(key) {
			case "c":
				a.chat, err = d.Int64()
			case "m":
				a.message, err = d.Int64()
			case "i":
				a.at, err = d.Int64()
			case "e":
				a.edited, err = d.Bool()
			case "d":
				a.note.day, err = d.Int64()
			case "w":
				a.note.wrote, err = d.Bool()
			case "h":
				a.note.handle, err = d.Str()
			case "t":
				a.text, err = d.Raw()
			default:
				err = d.Skip()
			}
			return err
		})
		came = append(came, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read recent messages: %w", err)
	}
	return came, nil
}

// group says whether a row is one from before messages of all groups lay together: it does not say of which they are.
func group(plain []byte) bool { return !bytes.HasPrefix(plain, []byte(`[{"c"`)) }

// openGroup reads such a row. A message that is alone in it may not even say its number and time, which stand beside.
func openGroup(plain []byte) ([]arrival, error) {
	texts := []json.RawMessage{plain}
	if bytes.HasPrefix(plain, []byte{'['}) {
		if err := json.Unmarshal(plain, &texts); err != nil {
			return nil, fmt.Errorf("read recent messages: %w", err)
		}
	}
	came := make([]arrival, len(texts))
	for i, text := range texts {
		hidden, err := arrival{text: text}.open()
		if err != nil {
			return nil, err
		}
		came[i] = arrival{message: hidden.Message, at: hidden.At, text: text}
	}
	return came, nil
}

// arrivalsIn reads what a group wrote in a row; if that is gone there is nothing in it.
func (s *Store) arrivalsIn(ctx context.Context, q querier, chat int64, lies spot) ([]arrival, error) {
	came, err := s.allArrivalsIn(ctx, q, chat, lies)
	return slices.DeleteFunc(came, func(a arrival) bool { return a.chat != chat || a.text == nil }), err
}

func (s *Store) allArrivalsIn(ctx context.Context, q querier, chat int64, lies spot) ([]arrival, error) {
	var at int64
	var sealed []byte
	err := q.QueryRowContext(ctx, `SELECT at, sealed FROM arrival WHERE id = ?`, lies.arrival).Scan(&at, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find recent messages: %w", available(err))
	}
	came, err := s.openArrivals(sealed)
	for i := range came {
		if came[i].chat == 0 { // see [openGroup]
			came[i].chat, came[i].message, came[i].at = chat, cmp.Or(came[i].message, lies.last), cmp.Or(came[i].at, at)
		}
	}
	return came, err
}

// strike forgets messages of a group, in the rows where they may be.
func (u *unit) strike(chat int64, in []spot, gone func(arrival) (bool, error)) error {
	for _, lies := range in {
		came, err := u.s.allArrivalsIn(u.ctx, u, chat, lies)
		if err != nil {
			return err
		}
		struck := false
		for i, a := range came {
			if a.chat != chat || a.text == nil {
				continue
			}
			is, err := gone(a)
			if err != nil {
				return err
			}
			if is {
				came[i].text, came[i].note, struck = nil, note{}, true // the note is written below
			}
		}
		if !struck {
			continue
		}
		// A message may also tell what waits to be written, as who wrote: after a crash that would be found in it no more.
		if err := u.catchUp(chat); err != nil {
			return err
		}
		sealed := u.s.key.Seal(sealSighting, plainArrivals(came))
		if err := u.exec(`UPDATE arrival SET sealed = ? WHERE id = ?`, sealed, lies.arrival); err != nil {
			return fmt.Errorf("forget a message: %w", err)
		}
	}
	return nil
}

const (
	oldAtOnce       = 1024 // rows of arrival that are looked for together
	dropSpotsAtOnce = 256  // groups whose spots are deleted in one transaction
	dropAtOnce      = 4    // and are deleted in one transaction, of up to 500 messages each, so that nobody waits for long
)

// forgetArrivals deletes messages that came before some time, and that they were there.
func (s *Store) forgetArrivals(ctx context.Context, before time.Time) error {
	if err := s.putDown(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil {
		rows, chats, err := s.oldArrivals(ctx, before)
		if err != nil || len(rows) == 0 {
			return err
		}
		last := rows[len(rows)-1]
		for some := range slices.Chunk(chats, dropSpotsAtOnce) {
			err := s.transact(ctx, func(u *unit) error {
				u.frail = true // what is there again is found again
				return u.dropSpots(some, last)
			})
			if err != nil {
				return err
			}
		}
		for some := range slices.Chunk(rows, dropAtOnce) {
			err := s.transact(ctx, func(u *unit) error {
				u.frail = true
				return u.exec(`DELETE FROM arrival WHERE id <= ?`, some[len(some)-1])
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// oldArrivals finds the oldest rows, if they are older than that, and whose messages are in them.
func (s *Store) oldArrivals(ctx context.Context, before time.Time) (rows, chats []int64, err error) {
	found, err := s.reader.QueryContext(ctx, `SELECT id, sealed FROM (SELECT * FROM arrival ORDER BY id LIMIT ?) AS first WHERE at < ? ORDER BY id`,
		oldAtOnce, before.Unix())
	if err != nil {
		return nil, nil, available(err)
	}
	defer found.Close()
	for found.Next() {
		var row int64
		var sealed []byte
		if err := found.Scan(&row, &sealed); err != nil {
			return nil, nil, err
		}
		came, err := s.openArrivals(sealed)
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, row)
		for _, a := range came {
			chats = append(chats, a.chat)
		}
	}
	slices.Sort(chats)
	return rows, slices.Compact(chats), available(found.Err())
}
