package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// loadSweep reads what a decision about a sweep wants to know.
func (u sweepTx) loadSweep(d *moderation.Docket, chat int64, key moderation.Key) error {
	if key.Sweep == nil {
		return nil
	}
	view := moderation.SweepView{Authors: map[int64]moderation.SweptAuthor{}, Cases: map[moderation.SweptKey]moderation.SweptCase{}}
	for _, author := range key.Sweep.Authors {
		a, err := u.sweptAuthor(chat, author, key.Case)
		if err != nil {
			return err
		}
		view.Authors[author] = a
	}
	for _, m := range key.Sweep.Messages {
		c, found, err := u.sweptCase(chat, m)
		if err != nil {
			return err
		}
		if found {
			view.Cases[m] = c
		}
	}
	if err := u.Row(`SELECT count(*) FROM cases WHERE chat = ? AND verdict = 'open' AND copy_of <> ''`, chat).Scan(&view.Asked); err != nil {
		return fmt.Errorf("count the copies that a group is asked about: %w", err)
	}
	for len(view.IDs) < key.Sweep.Fresh {
		id, err := u.freshID(chat)
		if err != nil {
			return err
		}
		if !slices.Contains(view.IDs, id) {
			view.IDs = append(view.IDs, id)
		}
	}
	d.Sweep = moderation.Loaded(view)
	return nil
}

// sweptAuthor is what is known of somebody whose messages may go along with that of a case.
func (u sweepTx) sweptAuthor(chat, author int64, caseID string) (a moderation.SweptAuthor, err error) {
	if a.Record, err = u.record(chat, author); err != nil {
		return a, err
	}
	if a.Presence, err = u.presence(chat, author); err != nil {
		return a, err
	}
	if a.Private, err = u.private(author); err != nil {
		return a, err
	}
	err = u.Row(`SELECT EXISTS (SELECT 1 FROM cases WHERE chat = ? AND author_tag = ? AND copy_of = ? AND verdict = 'upheld')`,
		chat, u.s.key.Tag(tagOffence, chat, author), caseID).Scan(&a.Told)
	if err != nil {
		return a, fmt.Errorf("look whether somebody was told of a copy: %w", err)
	}
	return a, nil
}

// sweptCase is the latest case about a message that was not withdrawn.
func (u sweepTx) sweptCase(chat int64, m moderation.SweptKey) (c moderation.SweptCase, found bool, err error) {
	err = u.Row(`SELECT c.short, c.verdict, c.reversed, c.reopens <> '' FROM cases c WHERE c.chat = ? AND c.anchor = ? AND c.verdict <> 'withdrawn'`+latest,
		chat, u.anchor(chat, m.Message, m.Album)).Scan(&c.ID, &c.Verdict, &c.Reversed, &c.Again)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	if err != nil {
		return c, false, fmt.Errorf("look for a message's own case: %w", err)
	}
	return c, true, nil
}

// commitSweep keeps what a sweep changes: cases about copies, and whether more copies are looked for.
func (u sweepTx) commitSweep(f file, out moderation.Outcome) error {
	for _, c := range out.Copies {
		if err := u.addCopy(f.chat.id, c); err != nil {
			return fmt.Errorf("keep a case about a copy: %w", err)
		}
	}
	if out.Watch != nil {
		u.watch(f.chat, f.cs.id, *out.Watch)
	}
	if out.Unwatched != "" {
		u.Later("look for copies no longer", `DELETE FROM copy_watch WHERE case_id IN (SELECT id FROM cases WHERE chat = ? AND short = ?)`, f.chat.id, out.Unwatched)
	}
	if out.Restored != "" {
		u.Later("overturn what went along", `UPDATE cases SET reversed = ?, reversed_at = ?,
			appeal_due = CASE WHEN appeal IN ('jury', 'admins') THEN ? ELSE appeal_due END
			WHERE chat = ? AND copy_of = ? AND verdict = 'upheld' AND deed = '' AND reversed = ''`,
			moderation.Overturned, unix(u.now), unix(u.now), f.chat.id, out.Restored)
	}
	return nil
}

// addCopy keeps a case about a copy, with its evidence.
func (u sweepTx) addCopy(chat int64, c moderation.CopyCase) error {
	key, err := u.s.freshKey()
	if err != nil {
		return err
	}
	added, err := u.insertCase(chat, key, c.Case)
	if err != nil {
		return err
	}
	if added.album {
		u.addMessages(added.id, c.Messages...)
	}
	return u.saveEvidence(added.id, c.Evidence)
}

// watch has copies looked for among the messages that still come.
func (u sweepTx) watch(chat chatRow, caseID int64, w moderation.LaterCopies) {
	for _, mark := range w.Marks {
		u.Later("look for copies", `INSERT INTO copy_watch (chat, tag, case_id, ends) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			chat.id, u.copyTag(chat.id, mark), caseID, unix(w.Ends))
	}
	u.Later("note that copies are looked for", `UPDATE chat SET watched = ? WHERE id = ? AND watched < ?`, unix(w.Ends), chat.id, unix(w.Ends))
	u.changes(chat.ID)
}

func (h *handle) copyTag(chat int64, mark string) []byte { return h.s.key.TagText(tagCopy, chat, mark) }

// copyOf lists the cases of whose removed message another is a copy, as long as copies go. Most groups have none, and are not
// asked about.
func (o *observation) copyOf(chat *chatRow, m *moderation.SeenMessage) (cases []string, err error) {
	if chat.watched <= unix(o.now) || m.Role != moderation.RoleMember {
		return nil, nil
	}
	var tags []any
	for _, mark := range m.Said.Marks() {
		tags = append(tags, o.copyTag(chat.id, mark))
	}
	err = o.eachOf(`SELECT c.short FROM copy_watch w JOIN cases c ON c.id = w.case_id WHERE w.chat = ? AND w.ends > ? AND w.`, []any{chat.id, unix(o.now)}, tags, func(row scanner) error {
		var id string
		if err := row.Scan(&id); err != nil {
			return err
		}
		if !slices.Contains(cases, id) {
			cases = append(cases, id)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look whether a message is a copy: %w", err)
	}
	return cases, nil
}
