package storage

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// note is what a message tells of its author besides itself: that they wrote on a day, and what their @username is, each at
// most once a day.
type note struct {
	person   int64
	language string
	day      int64
	wrote    bool
	handle   string
}

func (n note) empty() bool { return !n.wrote && n.handle == "" }

// noteOf is what is new about the author of a message; nothing about most.
func (o *observation) noteOf(chat int64, sight *moderation.Sighting) note {
	n := note{person: sight.Author.ID, language: sight.Author.Language, day: moderation.DayOf(o.now)}
	if sight.Counts && !sight.Author.Bot {
		who := writer{chat, n.person}
		last, here := o.wrote[who]
		if !here {
			last = o.s.active.of(who)
		}
		if n.wrote = last != n.day; n.wrote {
			o.wrote[who] = n.day
		}
	}
	if sight.Handle != "" {
		name, is := username{chat, strings.ToLower(sight.Handle)}, owner{n.person, n.day}
		last, here := o.seen[name] // a username that changes hands may do so within a transaction
		if !here {
			last = o.s.handles.of(name)
		}
		if last != is {
			o.seen[name] = is
			n.handle = name.name
		}
	}
	return n
}

// notes are rows about authors that wait to be written together.
type notes struct {
	active  pile[writer]
	handles pile[username]
}

func newNotes() notes {
	return notes{
		active:  newPile[writer](activeInsert, `(?, ?, ?, ?, ?)`, activeConflict),
		handles: newPile[username](handleInsert, `(?, ?, ?, ?)`, handleConflict),
	}
}

// add has written what notes of a group say: who wrote in the order of their rows, which is quicker if there are many, and
// usernames in that in which they came, since the last one to have a name has it.
func (r *notes) add(u *unit, chat int64, all ...note) error {
	type tagged struct {
		tag []byte
		note
	}
	var wrote []tagged
	for _, n := range all {
		if n.wrote {
			wrote = append(wrote, tagged{u.s.key.Tag(tagActive, chat, n.person), n})
		}
	}
	slices.SortStableFunc(wrote, func(a, b tagged) int { return bytes.Compare(a.tag, b.tag) })
	for _, t := range wrote {
		plain, err := evenly(writerSize, sealedWriter{t.person, t.language})
		if err != nil {
			return fmt.Errorf("write who is active: %w", err)
		}
		if err := r.active.add(u, writer{chat, t.person}, chat, t.tag, u.s.key.Seal(sealActive, plain), t.day, t.day); err != nil {
			return fmt.Errorf("note who is active: %w", err)
		}
	}
	for _, n := range all {
		if n.handle == "" {
			continue
		}
		id := binary.BigEndian.AppendUint64(nil, uint64(n.person))
		err := r.handles.add(u, username{chat, n.handle}, chat, u.s.handleTag(chat, n.handle), u.s.key.Seal(sealHandle, id), n.day)
		if err != nil {
			return fmt.Errorf("note a username: %w", err)
		}
	}
	return nil
}

func (r *notes) write(u *unit) error {
	if err := r.active.write(u); err != nil {
		return fmt.Errorf("note who is active: %w", err)
	}
	if err := r.handles.write(u); err != nil {
		return fmt.Errorf("note usernames: %w", err)
	}
	return nil
}
