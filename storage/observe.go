package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// Observe implements [moderation.Store]. Most updates are ordinary messages, so the questions that they ask of the database are
// asked for many messages at once.
func (s *Store) Observe(ctx context.Context, seen []moderation.SeenMessage, note func(moderation.SeenMessage, moderation.Known) moderation.Noted) error {
	if s.shared() {
		// Replicas that note messages of the same groups go through these in the same order.
		seen = slices.SortedStableFunc(slices.Values(seen), func(a, b moderation.SeenMessage) int { return cmp.Compare(a.Chat, b.Chat) })
	}
	look := false // nearly always all are new, so at first nobody looks which were handled before
	return s.withTx(ctx, func(u *Tx) error {
		u.Lossy = true
		o := &observation{Tx: u, note: note, unknown: map[writer]bool{}}
		if err := o.run(seen, look); err != nil { // the transaction may be run again
			look = true
			return fmt.Errorf("note messages: %w", err)
		}
		return nil
	})
}

// observation is the noting of many messages in one transaction.
type observation struct {
	*Tx
	note func(moderation.SeenMessage, moderation.Known) moderation.Noted

	handled *handledUpdates
	unknown map[writer]bool // who is seen for the first time, see [moderation.Known]
}

// run notes messages. Unless look is set, all of them have to be new.
func (o *observation) run(seen []moderation.SeenMessage, look bool) error {
	seen, err := o.leaveNew(seen, look)
	if err != nil {
		return err
	}
	if err := o.readChats(seen); err != nil {
		return err
	}
	if err := o.Flush(); err != nil {
		return err
	}
	if o.handled.isDuplicate() {
		return errHandled
	}
	authors := make([]writer, 0, len(seen))
	blind := map[int64]bool{}
	for i := range seen {
		chat, err := o.chat(seen[i].Chat, seen[i].Kind)
		if err != nil {
			return err
		}
		authors = append(authors, writer{chat.id, seen[i].Author.ID})
		if chat.Blind(o.now) {
			blind[chat.id] = true
		}
	}
	if err := o.readRecords(authors); err != nil {
		return err
	}
	if len(blind) > 0 {
		if err := o.readUnknown(authors, blind); err != nil {
			return err
		}
	}
	for i := range seen {
		if err := o.observe(&seen[i]); err != nil {
			return err
		}
	}
	return nil
}

// errHandled says that one of the updates was handled before, or by another replica just now.
var errHandled = fmt.Errorf("an update was handled already: %w", sqldb.ErrAgain)

// leaveNew marks updates as handled. If look is set, it leaves out those that were handled before.
func (o *observation) leaveNew(seen []moderation.SeenMessage, look bool) (left []moderation.SeenMessage, err error) {
	here := make(map[int64]bool, len(seen)) // by update: whether it is still to be noted
	ids := make([]int64, 0, len(seen))
	for i := range seen {
		if id := seen[i].Update; id != 0 && !here[id] {
			here[id] = true
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	if look {
		if err := o.findHandled(ids, here); err != nil {
			return nil, fmt.Errorf("look which updates were handled: %w", err)
		}
		ids = slices.DeleteFunc(ids, func(id int64) bool { return !here[id] })
	}
	o.handled = o.markHandled(ids...)
	if len(ids) == len(seen) {
		return seen, nil
	}
	for _, s := range seen { // into another slice: seen is needed if the transaction is run again
		if s.Update == 0 || here[s.Update] {
			here[s.Update] = false // an update may come twice
			left = append(left, s)
		}
	}
	return left, nil
}

// findHandled sets here to false for the updates that were handled before.
func (o *observation) findHandled(ids []int64, here map[int64]bool) error {
	return sqldb.Padded(values(ids), 1, func(n int, args []any) error {
		rows, err := o.QueryContext(o.ctx, `SELECT update_id FROM handled WHERE update_id IN (`+sqldb.Repeat("?", ", ", n)+`)`, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return err
			}
			here[id] = false
		}
		return rows.Err()
	})
}

// readRecords reads the records of the authors.
func (o *observation) readRecords(authors []writer) error {
	var keys []any
	who := map[string]writer{}
	for _, a := range authors {
		if o.members[a] != nil {
			continue
		}
		if r, found := o.s.members.Get(a); found {
			o.members[a] = r
			continue
		}
		o.members[a] = &moderation.Record{}
		tag := o.s.key.Tag(tagMember, a.chat, a.person)
		who[string(tag)] = a
		keys = append(keys, a.chat, tag)
	}
	err := sqldb.Padded(keys, 2, func(n int, args []any) error {
		rows, err := o.QueryContext(o.ctx, `SELECT tag, `+recordColumns+` FROM member WHERE `+sqldb.Repeat("(chat = ? AND tag = ?)", " OR ", n), args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var tag []byte
			r, err := scanRecord(rows, &tag)
			if err != nil {
				return err
			}
			o.members[who[string(tag)]] = &r
		}
		return rows.Err()
	})
	if err != nil {
		return fmt.Errorf("read members: %w", err)
	}
	return nil
}

// readUnknown finds the authors who are seen for the first time in groups where the bot may have missed who joined. If
// somebody wrote lately, the database is not asked.
func (o *observation) readUnknown(authors []writer, blind map[int64]bool) error {
	var keys []any
	who := map[string]writer{}
	for _, a := range authors {
		if !blind[a.chat] || !o.members[a].Joined.IsZero() || o.authors.wroteLately(a) || o.s.log.Wrote(a.chat, a.person) {
			continue
		}
		tag := o.s.key.Tag(tagActive, a.chat, a.person)
		if _, asked := who[string(tag)]; !asked {
			who[string(tag)] = a
			keys = append(keys, a.chat, tag)
		}
	}
	for _, a := range who {
		o.unknown[a] = true
	}
	err := sqldb.Padded(keys, 2, func(n int, args []any) error {
		rows, err := o.QueryContext(o.ctx, `SELECT tag FROM active WHERE `+sqldb.Repeat("(chat = ? AND tag = ?)", " OR ", n), args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var tag []byte
			if err := rows.Scan(&tag); err != nil {
				return err
			}
			delete(o.unknown, who[string(tag)])
		}
		return rows.Err()
	})
	if err != nil {
		return fmt.Errorf("look who wrote before: %w", err)
	}
	return nil
}

// observe notes one message.
func (o *observation) observe(m *moderation.SeenMessage) error {
	chat, err := o.chat(m.Chat, m.Kind)
	if err != nil {
		return err
	}
	who := writer{chat.id, m.Author.ID}
	known := moderation.Known{Record: *o.members[who], Unknown: o.unknown[who], Linked: chat.Linked}
	if m.Album != "" {
		if known.Album, err = o.ofAlbum(chat.id, o.anchor(chat.id, m.Message, m.Album), m.Message); err != nil {
			return err
		}
	}
	if known.CopyOf, err = o.copyOf(chat, m); err != nil {
		return err
	}
	noted := o.note(*m, known)
	if m.Edited || !noted.Nothing() {
		o.Lossy = false
	}
	o.noteLinks(chat.id, m)
	if m.Edited {
		if err := o.noteEdit(chat.id, m); err != nil {
			return err
		}
	}
	if err := o.keep(chat.id, m, noted.Removed); err != nil {
		return err
	}
	if m.Counts {
		delete(o.unknown, who)
	}
	if noted.Record != nil {
		o.saveRecord(chat.id, m.Author.ID, *noted.Record)
		o.members[who] = noted.Record
	}
	if err := o.saveTurns(chat.id, m.Author.ID, noted.Turns); err != nil {
		return err
	}
	if noted.Linked != 0 {
		linked := chat.Chat
		linked.Linked = noted.Linked
		if err := o.saveChat(chat.id, linked); err != nil {
			return err
		}
	}
	return o.enqueue(chat.id, noted.Effects)
}

// keep puts a message into the log, unless it is being removed, and writes what it tells about its author.
func (o *observation) keep(chat int64, m *moderation.SeenMessage, removed bool) error {
	n := o.authors.noteOf(chat, moderation.DayOf(o.now), m)
	if !removed {
		return o.appendSeen(chat, m, n)
	}
	if err := o.log.AppendNote(n); err != nil {
		return err
	}
	return o.log.Redact(chat, messagelog.ByNumber(m.Message))
}

// ofAlbum adds a message to the latest case about its album, if there is one, and returns the verdict of that case.
func (u *Tx) ofAlbum(chat int64, album []byte, message int64) (v moderation.Verdict, err error) {
	var caseID int64
	err = u.Row(`SELECT c.id, c.verdict FROM cases c WHERE c.chat = ? AND c.anchor = ? AND c.verdict <> 'withdrawn'`+latest, chat, album).Scan(&caseID, &v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err == nil {
		u.addMessages(caseID, message)
	}
	return v, err
}
