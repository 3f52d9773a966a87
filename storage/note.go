package storage

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
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

// WriteNotes writes what messages told of their authors. Of each group, who wrote comes in the order of their rows, which is
// quicker if there are many; usernames come in the order of the messages, since the last to have a name has it.
func (u *unit) WriteNotes(all []messagelog.Note) error {
	active := newPile[writer](activeInsert, `(?, ?, ?, ?, ?)`, activeConflict)
	handles := newPile[username](handleInsert, `(?, ?, ?, ?)`, handleConflict)
	for len(all) > 0 {
		chat := all[0].Chat
		n := slices.IndexFunc(all, func(n messagelog.Note) bool { return n.Chat != chat })
		if n < 0 {
			n = len(all)
		}
		if err := u.addActive(&active, chat, all[:n]); err != nil {
			return err
		}
		if err := u.addHandles(&handles, chat, all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	if err := active.write(u); err != nil {
		return fmt.Errorf("note who is active: %w", err)
	}
	if err := handles.write(u); err != nil {
		return fmt.Errorf("note usernames: %w", err)
	}
	return nil
}

func (u *unit) addActive(rows *pile[writer], chat int64, notes []messagelog.Note) error {
	type tagged struct {
		tag []byte
		messagelog.Note
	}
	var wrote []tagged
	for _, n := range notes {
		if n.Wrote {
			wrote = append(wrote, tagged{u.s.key.Tag(tagActive, chat, n.Person), n})
		}
	}
	slices.SortStableFunc(wrote, func(a, b tagged) int { return bytes.Compare(a.tag, b.tag) })
	for _, t := range wrote {
		plain, err := evenly(writerSize, sealedWriter{t.Person, t.Language})
		if err != nil {
			return fmt.Errorf("write who is active: %w", err)
		}
		if err := rows.add(u, writer{chat, t.Person}, chat, t.tag, u.s.key.Seal(sealActive, plain), t.Day, t.Day); err != nil {
			return fmt.Errorf("note who is active: %w", err)
		}
	}
	return nil
}

func (u *unit) addHandles(rows *pile[username], chat int64, notes []messagelog.Note) error {
	for _, n := range notes {
		if n.Handle == "" {
			continue
		}
		id := binary.BigEndian.AppendUint64(nil, uint64(n.Person))
		err := rows.add(u, username{chat, n.Handle}, chat, u.s.handleTag(chat, n.Handle), u.s.key.Seal(sealHandle, id), n.Day)
		if err != nil {
			return fmt.Errorf("note a username: %w", err)
		}
	}
	return nil
}
