package storage

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// noteOf is what is new about the author of a message; nothing about most.
func (o *observation) noteOf(chat int64, sight *moderation.SeenMessage) messagelog.Note {
	n := messagelog.Note{Chat: chat, Person: sight.Author.ID, Language: sight.Author.Language, Day: moderation.DayOf(o.now)}
	if sight.Counts && !sight.Author.Bot {
		who := writer{chat, n.Person}
		last, here := o.wrote[who]
		if !here {
			last = o.s.active.of(who)
		}
		if n.Wrote = last != n.Day; n.Wrote {
			o.wrote[who] = n.Day
		}
	}
	if sight.Handle != "" {
		name, is := username{chat, strings.ToLower(sight.Handle)}, owner{n.Person, n.Day}
		last, here := o.seen[name] // a username that changes hands may do so within a transaction
		if !here {
			last = o.s.handles.of(name)
		}
		if last != is {
			o.seen[name] = is
			n.Handle = name.name
		}
	}
	return n
}

// writeNotes writes what messages told of their authors. Of each group, who wrote comes in the order of their rows, which is
// quicker if there are many; usernames come in the order of the messages, since the last to have a name has it.
func (s *Store) writeNotes(tx *sqldb.Tx, all []messagelog.Note) error {
	active := sqldb.NewBulk[writer](activeInsert, `(?, ?, ?, ?, ?)`, activeConflict)
	handles := sqldb.NewBulk[username](handleInsert, `(?, ?, ?, ?)`, handleConflict)
	for len(all) > 0 {
		chat := all[0].Chat
		n := slices.IndexFunc(all, func(n messagelog.Note) bool { return n.Chat != chat })
		if n < 0 {
			n = len(all)
		}
		if err := s.addActive(tx, &active, chat, all[:n]); err != nil {
			return err
		}
		if err := s.addHandles(tx, &handles, chat, all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	if err := active.Write(tx); err != nil {
		return fmt.Errorf("note who is active: %w", err)
	}
	if err := handles.Write(tx); err != nil {
		return fmt.Errorf("note usernames: %w", err)
	}
	return nil
}

func (s *Store) addActive(tx *sqldb.Tx, rows *sqldb.Bulk[writer], chat int64, notes []messagelog.Note) error {
	type tagged struct {
		tag []byte
		messagelog.Note
	}
	var wrote []tagged
	for _, n := range notes {
		if n.Wrote {
			wrote = append(wrote, tagged{s.key.Tag(tagActive, chat, n.Person), n})
		}
	}
	slices.SortStableFunc(wrote, func(a, b tagged) int { return bytes.Compare(a.tag, b.tag) })
	for _, t := range wrote {
		plain, err := evenly(writerSize, sealedWriter{t.Person, t.Language})
		if err != nil {
			return fmt.Errorf("write who is active: %w", err)
		}
		if err := rows.Add(tx, writer{chat, t.Person}, chat, t.tag, s.key.Seal(sealActive, plain), t.Day, t.Day); err != nil {
			return fmt.Errorf("note who is active: %w", err)
		}
	}
	return nil
}

func (s *Store) addHandles(tx *sqldb.Tx, rows *sqldb.Bulk[username], chat int64, notes []messagelog.Note) error {
	for _, n := range notes {
		if n.Handle == "" {
			continue
		}
		id := binary.BigEndian.AppendUint64(nil, uint64(n.Person))
		err := rows.Add(tx, username{chat, n.Handle}, chat, s.handleTag(chat, n.Handle), s.key.Seal(sealHandle, id), n.Day)
		if err != nil {
			return fmt.Errorf("note a username: %w", err)
		}
	}
	return nil
}
