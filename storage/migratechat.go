package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
)

// Migrate implements [moderation.Store]. A group keeps its number in this database, so that only
// the number by which Telegram knows it changes.
func (s *Store) Migrate(ctx context.Context, update, from, to int64, reopen func(moderation.Case, *jury.Jury) (moderation.Case, []moderation.Effect)) error {
	return s.withTx(ctx, func(u *Tx) error {
		handled := u.markHandled(update)
		if err := u.Flush(); err != nil {
			return err
		}
		if handled.isDuplicate() {
			return moderation.ErrSeen
		}
		// It may be the log of other groups too.
		u.changesAll = true
		if err := u.Exec(`UPDATE chat SET log = ? WHERE log = ?`, to, from); err != nil {
			return fmt.Errorf("move a log group: %w", err)
		}
		var known int
		if err := u.Row(`SELECT count(*) FROM chat WHERE number = ?`, from).Scan(&known); err != nil {
			return fmt.Errorf("look for the group that moves: %w", err)
		}
		if known == 0 {
			return nil // moved before, or never seen
		}
		if err := u.move(from, to, reopen); err != nil {
			return fmt.Errorf("move a group: %w", err)
		}
		return nil
	})
}

// move renames a group. If updates of the new one came first, what they left is merged. If the group
// moved before, and an update of the old one came late, what that left is merged too.
func (u *Tx) move(from, to int64, reopen func(moderation.Case, *jury.Jury) (moderation.Case, []moderation.Effect)) error {
	old, err := u.chat(from, moderation.Basic)
	if err != nil {
		return err
	}
	moved := *old
	moved.ID, moved.Ref, moved.Kind, moved.Intro = to, old.id, moderation.Supergroup, 0
	moved.Former = from
	var early int
	if err := u.Row(`SELECT count(*) FROM chat WHERE number = ?`, to).Scan(&early); err != nil {
		return err
	}
	if err := u.leaveMessages(old.id); err != nil {
		return err
	}
	if err := u.reopen(moved, reopen); err != nil {
		return err
	}
	if early > 0 {
		fresh, err := u.chat(to, moderation.Supergroup)
		if err != nil {
			return err
		}
		if fresh.id < old.id { // known for longer
			kept := *fresh
			kept.Former, kept.Bots, kept.NewCaused = from, fresh.Bots.Merged(old.Bots), later(old.NewCaused, fresh.NewCaused)
			return errors.Join(u.saveChat(kept.id, kept.Chat), u.merge(*old, kept))
		}
		moved.Rights, moved.Since, moved.GapEnded = fresh.Rights, watchedSince(*old, *fresh), later(old.GapEnded, fresh.GapEnded)
		moved.Bots, moved.NewCaused = old.Bots.Merged(fresh.Bots), later(old.NewCaused, fresh.NewCaused)
		if err := u.merge(*fresh, *old); err != nil {
			return err
		}
	}
	u.changes(from)
	u.changes(to)
	if err := u.Exec(`UPDATE chat SET number = ? WHERE id = ?`, to, old.id); err != nil {
		return err
	}
	return u.saveChat(old.id, moved.Chat)
}

// leaveMessages forgets the messages of the old group: they cannot be reached any more, and the new
// group's begin with the same numbers. Deletions that wait would remove the wrong ones, and a
// complaint about one would be taken for a second one about another.
func (u *Tx) leaveMessages(chat int64) error {
	if err := u.log.Redact(chat, messagelog.Everything()); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM complained WHERE chat = ?`,
		`DELETE FROM practice WHERE chat = ?`,
		`DELETE FROM case_message WHERE case_id IN (SELECT id FROM cases WHERE chat = ?)`,
		`UPDATE cases SET message = 0, thread = 0, card = 0 WHERE chat = ?`,
		`UPDATE cases SET anchor = CAST('moved/' || id AS ` + u.Dialect().Blob + `) WHERE chat = ? AND is_album = 0 AND hand = 0`,
	} {
		if err := u.Exec(query, chat); err != nil {
			return err
		}
	}
	waiting, err := u.waitingDeletions(chat)
	if err != nil {
		return err
	}
	for _, id := range waiting {
		if err := u.Exec(`DELETE FROM outbox WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}

func (u *Tx) waitingDeletions(chat int64) ([]int64, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT id, sealed FROM outbox WHERE chat = ? AND class = ?`, chat, moderation.Urgent)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		var sealed []byte
		if err := rows.Scan(&id, &sealed); err != nil {
			return nil, err
		}
		kind, body, err := u.s.openRow(sealed)
		if err != nil {
			return nil, err
		}
		if kind == KindEffect {
			e, err := moderation.ReadEffect(body, moderation.Waiting{})
			if err == nil && e.Kind() != moderation.EffectDelete {
				continue
			}
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// merged are the tables whose rows a group takes along, and the column that identifies a row within its group. Of
// two that have the same value there, the one that comes along stays.
var merged = []struct{ table, key string }{
	{"member", "tag"}, {"bucket", "tag"}, {"cases", ""}, {"offence", ""}, {"outbox", "name"}, {"admin", "tag"},
	{"handle", "tag"}, {"complained", "tag"}, {"turn", ""}, {"track", "tag"}, {"alike", "tag"}, {"brought", "tag"}, {"quiz", "tag"},
	{"restraint", "tag"}, {"group_link", "what"}, {"practice", ""},
}

// merge gives the rows of one group to another and forgets the first. Tags are made with a
// group's number here, so those of the moments between are no longer found, which costs a
// newcomer's count at most.
func (u *Tx) merge(from, to chatRow) error {
	if err := errors.Join(u.log.FlushChat(from.id), u.log.FlushChat(to.id)); err != nil {
		return err
	}
	if err := errors.Join(u.takeAlong(from.id, to.id), u.mergeActive(from.id, to.id), u.mergeVoters(from.id, to.id), u.mergeJurors(from.id, to.id)); err != nil {
		return err
	}
	for _, do := range []struct {
		query string
		args  []any
	}{
		// Two cases that drew the same id, once in a million: the newer is called by a letter more.
		{`UPDATE cases SET short = short || '0' WHERE chat = ? AND short IN (SELECT short FROM cases WHERE chat = ?)`, []any{from.id, to.id}},
		{`UPDATE cases SET anchor = CAST('hand/' || short AS ` + u.Dialect().Blob + `) WHERE chat = ? AND hand = 1`, []any{from.id}},
		// Both may have counted complaints on the same day.
		{`INSERT INTO complaint (chat, day, count) SELECT CAST(? AS BIGINT), day, count FROM complaint WHERE chat = ?
			ON CONFLICT (chat, day) DO UPDATE SET count = complaint.count + excluded.count`, []any{to.id, from.id}},
		{`DELETE FROM complaint WHERE chat = ?`, []any{from.id}},
		// Both may have files.
		{`INSERT INTO space (chat, bytes) SELECT CAST(? AS BIGINT), bytes FROM space WHERE chat = ?
			ON CONFLICT (chat) DO UPDATE SET bytes = space.bytes + excluded.bytes`, []any{to.id, from.id}},
		{`DELETE FROM space WHERE chat = ?`, []any{from.id}},
		// Its tags are made with the number of the group that is no more.
		{`DELETE FROM copy_watch WHERE chat = ?`, []any{from.id}},
	} {
		if err := u.Exec(do.query, do.args...); err != nil {
			return fmt.Errorf("merge what both have: %w", err)
		}
	}
	if err := u.mergeGathered(from.id, to.id); err != nil {
		return err
	}
	for _, m := range merged {
		if m.key != "" {
			err := u.Exec(`DELETE FROM `+m.table+` WHERE chat = ? AND `+m.key+` IN (SELECT `+m.key+` FROM `+m.table+` WHERE chat = ?)`, to.id, from.id)
			if err != nil {
				return fmt.Errorf("make room in %s: %w", m.table, err)
			}
		}
		if err := u.Exec(`UPDATE `+m.table+` SET chat = ? WHERE chat = ?`, to.id, from.id); err != nil {
			return fmt.Errorf("merge %s: %w", m.table, err)
		}
	}
	u.changes(from.ID)
	return u.Exec(`DELETE FROM chat WHERE id = ?`, from.id)
}

// mergeGathered adds what one group is to be told to what waits for the other, since of two rows of a name one goes.
func (u outboxTx) mergeGathered(from, to int64) error {
	for _, key := range moderation.GatherKeys() {
		theirs, err := u.gathered(to, key)
		if err != nil {
			return err
		}
		ours, err := u.gathered(from, key)
		if err != nil {
			return err
		}
		if theirs == nil || ours == nil {
			continue
		}
		u.dropNamed(from, []string{key})
		if err := u.enqueue(from, []moderation.Effect{*theirs, *ours}); err != nil {
			return err
		}
	}
	return nil
}

// watchedSince is when the bot first could watch either of two groups that become one.
func watchedSince(a, b chatRow) time.Time {
	if a.Since.IsZero() || !b.Since.IsZero() && b.Since.Before(a.Since) {
		return b.Since
	}
	return a.Since
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// mergeActive gives what is known of who wrote in one group to another, where they are called otherwise. Who is not named
// any more cannot be found there.
func (u *Tx) mergeActive(from, to int64) error {
	rows, err := u.present(from)
	if err != nil {
		return fmt.Errorf("list who wrote in a group that moves: %w", err)
	}
	for _, r := range rows {
		var who sealedWriter
		if err := u.s.openJSON(sealActive, r.sealed, &who); err != nil {
			return fmt.Errorf("read who wrote in a group that moves: %w", err)
		}
		err := u.Exec(`INSERT INTO active (chat, tag, sealed, first, day, days) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (chat, tag) DO UPDATE SET sealed = excluded.sealed,
			first = CASE WHEN excluded.first < active.first THEN excluded.first ELSE active.first END,
			day = CASE WHEN excluded.day > active.day THEN excluded.day ELSE active.day END,
			days = CASE WHEN excluded.days > active.days THEN excluded.days ELSE active.days END`,
			to, u.s.key.Tag(tagActive, to, who.Person), r.sealed, r.first, r.day, r.days)
		if err != nil {
			return fmt.Errorf("merge who wrote: %w", err)
		}
		u.notePerson(to, who.Person, endsOfRecord(r.day))
	}
	return u.Exec(`DELETE FROM active WHERE chat = ?`, from)
}

// mergeVoters notes of those who voted in one group that something is kept of them in another.
func (u *Tx) mergeVoters(from, to int64) error {
	cases, err := u.s.keyedCases(u.ctx, u, 1, []any{from})
	if err != nil {
		return fmt.Errorf("list cases of a group that moves: %w", err)
	}
	for _, c := range cases {
		ballots, err := u.openBallots(c.id, c.key)
		if err != nil {
			return fmt.Errorf("read who voted in a group that moves: %w", err)
		}
		for _, b := range ballots {
			u.notePerson(to, b.Voter, keptFor(u.today(), votedDays, quarter))
		}
	}
	return nil
}

// presentRow is somebody who wrote in a group.
type presentRow struct {
	sealed           []byte
	first, day, days int64
}

func (u *Tx) present(chat int64) ([]presentRow, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT sealed, first, day, days FROM active WHERE chat = ? AND length(sealed) > 0`, chat)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []presentRow
	for rows.Next() {
		var r presentRow
		if err := rows.Scan(&r.sealed, &r.first, &r.day, &r.days); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// takeAlong gives the recent messages of one group to another, unless they are to be left.
func (u *Tx) takeAlong(from, to int64) error {
	recent, err := u.log.Latest(from, messagelog.All, messagelog.Kept)
	if err != nil {
		return err
	}
	for _, m := range slices.Backward(recent) {
		m.Chat, m.Note = to, messagelog.Note{}
		u.log.Append(m)
	}
	return u.log.Redact(from, messagelog.Everything())
}

// reopen brings the open cases of a group that moves up to date, and those on which a jury sits.
func (u *Tx) reopen(chat chatRow, each func(moderation.Case, *jury.Jury) (moderation.Case, []moderation.Effect)) error {
	open, err := u.openCases(chat)
	if err != nil {
		return fmt.Errorf("list open cases: %w", err)
	}
	for _, c := range open {
		p, err := u.pleaded(&c)
		if err != nil {
			return err
		}
		changed, effects := each(c.Case, p.jury)
		if err := u.saveCase(c.id, c.Case, changed); err != nil {
			return err
		}
		if err := u.enqueue(chat.id, effects); err != nil {
			return err
		}
	}
	return nil
}

func (u *Tx) openCases(chat chatRow) ([]caseRow, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT `+caseColumns+` FROM cases c
		WHERE c.chat = ? AND (c.verdict = 'open' OR c.jury <> '')`, chat.id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var open []caseRow
	for rows.Next() {
		c, err := u.s.scanCase(rows, chat.ID)
		if err != nil {
			return nil, err
		}
		open = append(open, c)
	}
	return open, rows.Err()
}
