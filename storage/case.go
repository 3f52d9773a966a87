package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// caseRow is a case, its number in this database and its sealed key.
type caseRow struct {
	id     int64
	anchor []byte
	album  bool
	key    []byte // NULL once the ballots are destroyed

	pleaded bool // an appeal against it is kept, or its jury
	moderation.Case
}

const caseColumns = `c.id, c.short, c.anchor, c.is_album, c.message, c.thread, c.sent, c.author, c.key, c.verdict, c.rule,
	c.deed, c.deed_for, c.votes, c.breaks, c.by_admin, c.opened, c.deadline, c.decided,
	c.card_wanted, c.card, c.card_edited, c.unheard, c.hand, c.listed, c.until, c.reversed, c.reversed_at, c.reasons,
	c.judges, c.appeal, c.appealed, c.appeal_due, c.learned, c.reopens, c.terms, c.pending_deed, c.pending_for, c.pending_ends,
	c.removal, c.put, c.log_entry, c.unkept, c.clock, c.appeared, c.card_votes, c.card_delay, c.card_after,
	c.jury, c.jury_due, c.unlearned, c.copy_of, c.along, EXISTS (SELECT 1 FROM appeal WHERE appeal.case_id = c.id)`

func (s caseStore) scanCase(row scanner, chat int64) (caseRow, error) {
	c := caseRow{Case: moderation.Case{Chat: chat}}
	var author, reasons, judges, terms, entry []byte
	var pendingFor, pendingEnds, juryDue int64
	var sent, deedFor, opened, deadline, decided, edited, until, reversedAt, appealed, appealDue, learned, clock, appeared, delay int64
	err := row.Scan(&c.id, &c.ID, &c.anchor, &c.album, &c.Message, &c.Thread, &sent, &author, &c.key, &c.Verdict, &c.Rule,
		&c.Penalty.Kind, &deedFor, &c.Votes, &c.Breaks, &c.ByAdmin, &opened, &deadline, &decided,
		&c.CardWanted, &c.Card, &edited, &c.Unheard, &c.Manual, &c.Listed, &until, &c.Reversed, &reversedAt, &reasons,
		&judges, &c.Appeal, &appealed, &appealDue, &learned, &c.Reopens, &terms, &c.Pending.Kind, &pendingFor, &pendingEnds,
		&c.Removal, &c.Put, &entry, &c.Unkept, &clock, &appeared, &c.CardVotes, &delay, &c.CardAfter,
		&c.Jury, &juryDue, &c.Unlearned, &c.CopyOf, &c.Along, &c.pleaded)
	if err != nil {
		return caseRow{}, err
	}
	c.SentAt, c.Opened, c.Deadline = fromUnix(sent), fromUnix(opened), fromUnix(deadline)
	c.Decided, c.CardEdited = fromUnix(decided), fromMillis(edited)
	c.ClockDue, c.Appeared, c.CardDelay = fromUnix(clock), fromUnix(appeared), time.Duration(delay)*time.Second
	c.Until, c.ReversedAt = fromUnix(until), fromUnix(reversedAt)
	c.Appealed, c.AppealDue, c.Learned = fromUnix(appealed), fromUnix(appealDue), fromUnix(learned)
	c.JuryDue = fromUnix(juryDue)
	c.Penalty.For = time.Duration(deedFor) * time.Second
	c.Pending.For, c.PendingEnds = time.Duration(pendingFor)*time.Second, fromUnix(pendingEnds)
	if err := s.openJSON(sealAuthor, author, &c.Author); err != nil {
		return caseRow{}, fmt.Errorf("open the author of case %s: %w", c.ID, err)
	}
	if c.Terms, err = s.openTerms(terms, reasons); err != nil {
		return caseRow{}, fmt.Errorf("read the terms of case %s: %w", c.ID, err)
	}
	if entry != nil {
		if err := s.openJSON(sealEntry, entry, &c.Entry); err != nil {
			return caseRow{}, fmt.Errorf("open where case %s stands in the log channel: %w", c.ID, err)
		}
	}
	if err := s.findSeed(&c); err != nil {
		return caseRow{}, err
	}
	if judges != nil {
		if err := s.openJSON(sealJudges, judges, &c.Judges); err != nil {
			return caseRow{}, fmt.Errorf("open who judged case %s: %w", c.ID, err)
		}
	}
	return c, nil
}

// Case returns a case of a group by its id, or [moderation.ErrNoCase].
func (s caseStore) Case(ctx context.Context, chat int64, id string) (moderation.Case, error) {
	c, err := s.caseRow(ctx, chat, id)
	return c.Case, err
}

func (s caseStore) caseRow(ctx context.Context, chat int64, id string) (caseRow, error) {
	c, err := s.scanCase(s.reader.QueryRowContext(ctx, `SELECT `+caseColumns+`
		FROM cases c WHERE c.chat = `+ofNumber+` AND c.short = ?`, chat, id), chat)
	if errors.Is(err, sql.ErrNoRows) {
		return caseRow{}, moderation.ErrNoCase
	}
	if err != nil {
		return caseRow{}, fmt.Errorf("read a case: %w", available(err))
	}
	return c, nil
}

// latest is the end of a query for the case about a message or an album: there may have been several.
const latest = ` ORDER BY c.id DESC LIMIT 1`

// findCase finds the case that key is about, by a message the latest that was not withdrawn; nil if there is none.
// Withdrawn is the one after it, if there is one.
func (u caseTx) findCase(chat chatRow, key moderation.Key) (found, withdrawn *caseRow, err error) {
	switch {
	case key.Case != "":
		found, err = u.scannedCase(chat, `c.short = ?`, key.Case)
		return found, nil, err
	case key.Message == 0:
		return nil, nil, nil
	}
	anchor := u.anchor(chat.id, key.Message, key.Album)
	found, err = u.scannedCase(chat, `c.anchor = ?`+latest, anchor)
	if err != nil || found == nil || found.Verdict != moderation.Withdrawn {
		return found, nil, err
	}
	withdrawn = found
	found, err = u.scannedCase(chat, `c.anchor = ? AND c.verdict <> 'withdrawn'`+latest, anchor)
	return found, withdrawn, err
}

// scannedCase is the case of a group for which a condition holds; nil if there is none.
func (u caseTx) scannedCase(chat chatRow, condition string, arg any) (*caseRow, error) {
	c, err := u.s.scanCase(u.Row(`SELECT `+caseColumns+` FROM cases c WHERE c.chat = ? AND `+condition, chat.id, arg), chat.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a case: %w", err)
	}
	return &c, nil
}

// anchor is what makes two reports be about the same thing.
func (u caseTx) anchor(chat, message int64, album string) []byte {
	if album != "" {
		return u.s.key.TagText(tagAlbum, chat, album)
	}
	return []byte(strconv.FormatInt(message, 10))
}

// insertCase keeps a new case with a new key of its own.
func (u caseTx) insertCase(chat int64, key *seal.Key, c moderation.Case) (caseRow, error) {
	subject, err := aboutSubject(u, chat, c)
	if err != nil {
		return caseRow{}, err
	}
	row := caseRow{
		Case: c, key: u.s.key.Wrap(sealCaseKey, key),
		anchor: u.anchor(chat, c.Message, c.Album), album: c.Album != "",
	}
	if c.Manual {
		row.anchor = []byte("hand/" + c.ID) // a penalty by hand is in the way of no report
	}
	changes, err := changing(c)
	if err != nil {
		return caseRow{}, err
	}
	names, values := u.columns(slices.Concat(changes, subject, []field{
		{"chat", chat}, {"short", c.ID}, {"anchor", row.anchor}, {"is_album", row.album}, {"key", row.key},
	}))
	u.Later("insert it", `INSERT INTO cases (`+strings.Join(names, ", ")+`) VALUES (`+sqldb.Repeat("?", ", ", len(names))+`)`, values...)
	// Not RETURNING: SQLite makes a table for what is returned, which takes longer.
	if err := u.Row(`SELECT id FROM cases WHERE chat = ? AND short = ?`, chat, c.ID).Scan(&row.id); err != nil {
		return caseRow{}, fmt.Errorf("open case %s: %w", c.ID, err)
	}
	return row, nil
}

// aboutSubject is what a case that begins says of the message and its author.
func aboutSubject(u caseTx, chat int64, c moderation.Case) ([]field, error) {
	author, err := u.s.sealJSON(sealAuthor, c.Author)
	return []field{
		{"sent", unix(c.SentAt)}, {"author_tag", u.s.key.Tag(tagOffence, chat, c.Author.ID)}, {"author", author},
		{"subject", u.s.key.Tag(tagSubject, c.Author.ID)},
	}, err
}

// reopenCase keeps a case that was withdrawn and is reported again. What was said in it then counts no more, and its author may
// have been made nobody's meanwhile.
func (u caseTx) reopenCase(chat int64, key *seal.Key, was caseRow, c moderation.Case) (caseRow, error) {
	changes, err := changing(c)
	if err != nil {
		return caseRow{}, err
	}
	subject, err := aboutSubject(u, chat, c)
	if err != nil {
		return caseRow{}, err
	}
	was.Case = c
	if was.key == nil {
		was.key = u.s.key.Wrap(sealCaseKey, key)
	}
	names, values := u.columns(slices.Concat(changes, subject, []field{{"key", was.key}}))
	if err := retractAll(u, &was); err != nil {
		return caseRow{}, err
	}
	u.Later("open case "+c.ID+" again", `UPDATE cases SET `+strings.Join(names, " = ?, ")+` = ? WHERE id = ?`, append(values, was.id)...)
	return was, nil
}

// saveCase keeps what has changed about a case. What has not is not written again: that would cost the indexes over it.
func (u caseTx) saveCase(id int64, was, c moderation.Case) error {
	before, err := changing(was)
	if err != nil {
		return err
	}
	fields, err := changing(c)
	if err != nil {
		return err
	}
	for i := len(fields) - 1; i >= 0; i-- {
		if reflect.DeepEqual(before[i], fields[i]) {
			fields = slices.Delete(fields, i, i+1)
		}
	}
	if len(fields) == 0 {
		return nil
	}
	names, values := u.columns(fields)
	u.Later("keep case "+c.ID, `UPDATE cases SET `+strings.Join(names, " = ?, ")+` = ? WHERE id = ?`, append(values, id)...)
	return nil
}

// field is a column and what is to stand in it.
type field struct {
	name  string
	value any
}

// hidden is JSON that is sealed before it is kept.
type hidden struct{ purpose, plain string }

// columns names the columns of fields, and says what is to stand in them.
func (u caseTx) columns(fields []field) (names []string, values []any) {
	for _, f := range fields {
		if h, ok := f.value.(hidden); ok {
			f.value = u.s.key.Seal(h.purpose, []byte(h.plain))
		}
		names, values = append(names, f.name), append(values, f.value)
	}
	return names, values
}

// changing is what can change about a case.
func changing(c moderation.Case) ([]field, error) {
	var judges, entry any
	terms, err := writtenTerms(c)
	if err != nil {
		return nil, fmt.Errorf("write the terms of case %s: %w", c.ID, err)
	}
	if len(c.Judges) > 0 {
		plain, err := marshalPadded(judgesSize, c.Judges)
		if err != nil {
			return nil, fmt.Errorf("write who judged case %s: %w", c.ID, err)
		}
		judges = hidden{sealJudges, string(plain)}
	}
	if c.Entry.Message != 0 {
		plain, err := marshalPadded(effectSize, c.Entry)
		if err != nil {
			return nil, fmt.Errorf("write where case %s stands in the log channel: %w", c.ID, err)
		}
		entry = hidden{sealEntry, string(plain)}
	}
	return []field{
		{"opened", unix(c.Opened)}, {"message", c.Message}, {"thread", c.Thread}, {"verdict", c.Verdict}, {"rule", c.Rule},
		{"deed", c.Penalty.Kind}, {"deed_for", int64(c.Penalty.For / time.Second)}, {"votes", c.Votes}, {"breaks", c.Breaks},
		{"by_admin", c.ByAdmin}, {"deadline", unix(c.Deadline)}, {"decided", unix(c.Decided)},
		{"card_wanted", c.CardWanted}, {"card", c.Card}, {"card_edited", millis(c.CardEdited)}, {"unheard", c.Unheard},
		{"hand", c.Manual}, {"listed", c.Listed}, {"until", unix(c.Until)}, {"reversed", c.Reversed}, {"reversed_at", unix(c.ReversedAt)},
		{"judges", judges}, {"reopens", c.Reopens}, {"terms", terms},
		{"pending_deed", c.Pending.Kind}, {"pending_for", int64(c.Pending.For / time.Second)}, {"pending_ends", unix(c.PendingEnds)},
		{"appeal", c.Appeal}, {"appealed", unix(c.Appealed)}, {"appeal_due", unix(c.AppealDue)}, {"learned", unix(c.Learned)},
		{"removal", c.Removal}, {"put", c.Put}, {"log_entry", entry}, {"unkept", c.Unkept},
		{"clock", unix(c.ClockDue)}, {"appeared", unix(c.Appeared)}, {"card_votes", c.CardVotes},
		{"card_delay", int64(c.CardDelay / time.Second)}, {"card_after", c.CardAfter},
		{"jury", c.Jury}, {"jury_due", unix(c.JuryDue)}, {"unlearned", c.Unlearned},
		{"copy_of", c.CopyOf}, {"along", c.Along},
	}, nil
}

// caseMessages are the ids of what a case is about: the one message, or the album as far as it has
// arrived.
func (u caseTx) caseMessages(c *caseRow) ([]int64, error) {
	if c.Message == 0 || !c.album {
		return u.messages(c.Message, "")
	}
	return u.messages(c.Message, `SELECT message FROM case_message WHERE case_id = ? AND message <> ? ORDER BY message`, c.id)
}

// albumReach is how far from each other the numbers of an album's messages are at most. It has ten, sent at once, perhaps with
// others' messages between them.
const albumReach = 50

// seenMessages are the ids of a message and of the album that it is part of, as far as the index
// has it.
func (u caseTx) seenMessages(chat, message int64, album string) ([]int64, error) {
	ids, err := u.messages(message, "")
	if err != nil || album == "" {
		return ids, err
	}
	around, err := u.log.Latest(chat, messagelog.Range{First: message - albumReach, Last: message + albumReach}, messagelog.Kept)
	if err != nil {
		return nil, err
	}
	for _, seen := range slices.Backward(around) {
		hidden, err := openSeen(seen)
		if err != nil {
			return nil, err
		}
		if hidden.Album == album && seen.Number != message {
			ids = append(ids, seen.Number)
		}
	}
	return ids, nil
}

// messages are a message, none if it is 0, and those that others finds beside it.
func (u caseTx) messages(message int64, others string, args ...any) ([]int64, error) {
	if message == 0 {
		return nil, nil
	}
	ids := []int64{message}
	if others == "" {
		return ids, nil
	}
	rows, err := u.QueryContext(u.ctx, others, append(args, message)...)
	if err != nil {
		return nil, fmt.Errorf("read an album: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read an album: %w", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read an album: %w", err)
	}
	return ids, nil
}

// addMessages notes messages of an album that a case is about.
func (u caseTx) addMessages(caseID int64, messages ...int64) {
	for _, m := range messages {
		u.Later("note the messages of an album", `INSERT INTO case_message (case_id, message) VALUES (?, ?) ON CONFLICT DO NOTHING`, caseID, m)
	}
}

// crockford is an alphabet whose letters are not mistaken for one another when read aloud.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// freshID draws an id that no case of the group has: four characters, more once they grow scarce.
func (u caseTx) freshID(chat int64) (string, error) {
	for try := range 64 {
		id := make([]byte, 4+try/8)
		_, _ = rand.Read(id) // never fails
		for i := range id {
			id[i] = crockford[id[i]%32]
		}
		var taken int
		err := u.Row(`SELECT count(*) FROM cases WHERE chat = ? AND short = ?`, chat, string(id)).Scan(&taken)
		if err != nil {
			return "", fmt.Errorf("look for a free case id: %w", err)
		}
		if taken == 0 {
			return string(id), nil
		}
	}
	return "", errors.New("no free case id was found")
}
