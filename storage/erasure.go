package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
)

// personal are the tables in which a person is named by a tag within a group, and the purpose of that tag.
var personal = map[string]string{
	"member": tagMember, "active": tagActive, "track": tagTrack, "turn": tagTurn, "offence": tagOffence, "bucket": tagBucket, "quiz": tagQuiz,
	"restraint": tagPutOn, "juror": tagJuror,
}

// groupsOf lists the groups in which something is kept of a person, but for their ballots, by their numbers here.
func (s memberStore) groupsOf(ctx context.Context, person int64) ([]int64, error) {
	may, err := s.mayKnow(ctx, person)
	if err != nil {
		return nil, err
	}
	found, err := s.knownIn(ctx, person, may)
	if err != nil {
		return nil, err
	}
	about, err := s.numbers(ctx, `SELECT DISTINCT chat FROM cases WHERE subject = ?`, s.key.Tag(tagSubject, person))
	if err != nil {
		return nil, err
	}
	found = append(found, about...)
	slices.Sort(found)
	return slices.Compact(found), nil
}

// Kept returns what is kept of a person, a group each.
func (s memberStore) Kept(ctx context.Context, person int64) ([]moderation.Kept, error) {
	groups, err := s.groupsOf(ctx, person)
	if err != nil {
		return nil, err
	}
	wiped, err := s.Wiped(ctx, person)
	if err != nil {
		return nil, err
	}
	var all []moderation.Kept
	for _, chat := range groups {
		var k moderation.Kept
		err := s.withTx(ctx, func(u *Tx) (err error) {
			k, err = u.kept(chat, person)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read what is kept of somebody: %w", err)
		}
		k.Wiped = !wiped.IsZero()
		all = append(all, k)
	}
	return all, nil
}

func (u *Tx) kept(chat, person int64) (moderation.Kept, error) {
	var k moderation.Kept
	if err := u.log.FlushChat(chat); err != nil { // what came since the groups were listed
		return k, err
	}
	c, err := u.s.scanChat(u.Row(`SELECT `+chatColumns+` FROM chat WHERE id = ?`+u.Dialect().Lock, chat))
	if err != nil {
		return k, err
	}
	k.Chat = c.Chat
	if k.Record, err = u.record(chat, person); err != nil {
		return k, err
	}
	if k.VoteRecord, err = u.voteRecord(chat, person); err != nil {
		return k, err
	}
	if k.Quiz, err = u.quiz(chat, person); err != nil {
		return k, err
	}
	if k.Turns, err = u.turns(chat, person); err != nil {
		return k, err
	}
	if k.Put, err = u.restraint(chat, person); err != nil {
		return k, err
	}
	jurors, err := u.readJuryRecords(chat, []int64{person})
	if err != nil {
		return k, err
	}
	k.Jury = jurors[person]
	if k.History, err = u.history(chat, person); err != nil {
		return k, err
	}
	if k.Cases, err = u.casesOf(c, person); err != nil {
		return k, err
	}
	if err := u.Row(`SELECT EXISTS (SELECT 1 FROM admin WHERE tag = ? AND chat = ?)`, u.s.key.Tag(tagAdmin, person), chat).Scan(&k.Admin); err != nil {
		return k, err
	}
	if err := u.Row(`SELECT EXISTS (SELECT 1 FROM bucket WHERE chat = ? AND tag = ?)`, chat, u.s.key.Tag(tagBucket, chat, person)).Scan(&k.Reported); err != nil {
		return k, err
	}
	k.Presence, k.Active, err = u.lastWrote(chat, person)
	return k, err
}

// casesOf are the cases of a group about a person, in the order of their verdicts and not of the first reports, the latest first.
func (u *Tx) casesOf(chat chatRow, person int64) ([]moderation.Case, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT `+caseColumns+` FROM cases c WHERE c.subject = ? AND c.chat = ? ORDER BY c.decided DESC, c.sent DESC, c.short`,
		u.s.key.Tag(tagSubject, person), chat.id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []moderation.Case
	for rows.Next() {
		c, err := u.s.scanCase(rows, chat.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, c.Case)
	}
	return all, rows.Err()
}

// ForgetPerson implements [moderation.Persons].
func (s memberStore) ForgetPerson(ctx context.Context, person int64, handle string, decide func(moderation.Kept) moderation.Erasure) ([]moderation.Erasure, error) {
	groups, err := s.groupsOf(ctx, person)
	if err != nil {
		return nil, err
	}
	may, err := s.mayKnow(ctx, person)
	if err != nil {
		return nil, err
	}
	var said []moderation.Erasure
	for _, chat := range groups {
		var f moderation.Erasure
		err := s.withTx(ctx, func(u *Tx) error {
			k, err := u.kept(chat, person)
			if err != nil {
				return err
			}
			f = decide(k)
			if err := u.forgetPerson(chat, person, handle, f); err != nil {
				return err
			}
			return u.forgetWhere(chat, person)
		})
		if err != nil {
			return said, fmt.Errorf("forget somebody in a group: %w", err)
		}
		said = append(said, f)
	}
	for _, chat := range may {
		if slices.Contains(groups, chat) {
			continue
		}
		if err := s.withTx(ctx, func(u *Tx) error { return u.forgetWhere(chat, person) }); err != nil {
			return said, fmt.Errorf("forget somebody in a group: %w", err)
		}
	}
	err = s.withTx(ctx, func(u *Tx) error {
		u.forgetAsked(person)
		return u.Exec(`DELETE FROM admin WHERE tag = ?`, u.s.key.Tag(tagAdmin, person))
	})
	if err != nil {
		return said, fmt.Errorf("forget somebody: %w", err)
	}
	return said, s.db.TruncateLog(ctx) // so that it lies nowhere any more
}

// forgetPerson deletes in a group what a farewell says, and what nothing depends on.
func (u *Tx) forgetPerson(chat, person int64, handle string, f moderation.Erasure) error {
	gone := []string{"active"}
	for table, goes := range map[string]bool{"offence": f.Steps, "turn": f.Turns, "track": f.VoteRecord, "member": f.Record, "quiz": f.Quiz} {
		if goes {
			gone = append(gone, table)
		}
	}
	for _, id := range f.Cases {
		if err := u.forgetCase(chat, id); err != nil {
			return err
		}
	}
	for _, table := range gone {
		if err := u.Exec(`DELETE FROM `+table+` WHERE chat = ? AND tag = ?`, chat, u.s.key.Tag(personal[table], chat, person)); err != nil {
			return fmt.Errorf("delete from %s: %w", table, err)
		}
	}
	if err := u.saveJuryRecord(chat, person, f.Jury); err != nil {
		return err
	}
	if f.Steps && f.Record {
		u.forgetRestraint(chat, person)
	}
	if handle != "" {
		if err := u.Exec(`DELETE FROM handle WHERE chat = ? AND tag = ?`, chat, handleTag(u.s.key, chat, handle)); err != nil {
			return fmt.Errorf("forget a username: %w", err)
		}
	}
	u.judge(chat, person)
	u.authors.forget(chat, person, handle) // should they write again, they are new
	return u.log.Redact(chat, messagelog.ByAuthor(person))
}

// forgetWhere forgets that something is kept of a person in a group, if nothing is any more.
func (u *Tx) forgetWhere(chat, person int64) error {
	var locked int64
	err := u.Row(`SELECT id FROM chat WHERE id = ?`+u.Dialect().Lock, chat).Scan(&locked) // so that nothing is added meanwhile
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("find a group: %w", err)
	}
	for table, purpose := range personal {
		var kept bool
		err := u.Row(`SELECT EXISTS (SELECT 1 FROM `+table+` WHERE chat = ? AND tag = ?)`, chat, u.s.key.Tag(purpose, chat, person)).Scan(&kept)
		if err != nil || kept {
			return err
		}
	}
	voted, _, err := u.s.votedIn(u.ctx, u, person, []int64{chat})
	if err != nil || len(voted) > 0 {
		return err
	}
	slot, mark, _ := personGroup(u.s.key, chat, person)
	delete(u.noted, writer{chat, person})
	return u.Exec(`DELETE FROM person_group WHERE slot = ? AND mark = ?`, slot, mark)
}

// forgetCase makes a case nobody's: what was written, who wrote it, and what the ledger's entries say. The entries stay, and
// so do all proofs; the numbers of the digests stay too.
func (u *Tx) forgetCase(chat int64, id string) error {
	author, err := u.s.sealJSON(sealAuthor, moderation.Author{})
	if err != nil {
		return err
	}
	nobody := make([]byte, seal.TagSize)
	_, _ = rand.Read(nobody) // never fails
	const ofCase = `SELECT id FROM cases WHERE chat = ? AND short = ?`
	if _, err := u.deleteEvidence(ofCase, chat, id); err != nil {
		return fmt.Errorf("delete the evidence of case %s: %w", id, err)
	}
	for _, q := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM ledger_opening WHERE case_id IN (` + ofCase + `)`, nil},
		{`DELETE FROM offence WHERE case_id IN (` + ofCase + `)`, nil},
		{`UPDATE cases SET author = ?, author_tag = ?, subject = ? WHERE id IN (` + ofCase + `)`, []any{author, nobody, nobody}},
	} {
		if err := u.Exec(q.query, append(q.args, chat, id)...); err != nil {
			return fmt.Errorf("make case %s nobody's: %w", id, err)
		}
	}
	return nil
}
