package storage

import (
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// sealedJuror is what is remembered of a member and juries. Fields may be added. Whose it is is said because a group that moves calls
// people otherwise.
type sealedJuror struct {
	Person   int64         `json:"p"`
	Asked    []sealedAsked `json:"a,omitempty"`
	Declines bool          `json:"d,omitempty"`
	Willing  int64         `json:"w,omitempty"`
	Caused   []int64       `json:"c,omitempty"`
	Accused  int64         `json:"n,omitempty"`
	Appealed int64         `json:"l,omitempty"`
	Rests    int64         `json:"r,omitempty"`
}

type sealedAsked struct {
	At     int64       `json:"t"`
	Reason jury.Reason `json:"y"`
}

func (h sealedJuror) record() moderation.JuryRecord {
	r := moderation.JuryRecord{
		Declines: h.Declines, Willing: fromUnix(h.Willing), Accused: fromUnix(h.Accused), Appealed: fromUnix(h.Appealed), Rests: fromUnix(h.Rests),
	}
	for _, a := range h.Asked {
		r.Asked = append(r.Asked, moderation.Summons{At: fromUnix(a.At), Reason: a.Reason})
	}
	for _, at := range h.Caused {
		r.Caused = append(r.Caused, fromUnix(at))
	}
	return r
}

func hideJuror(person int64, r moderation.JuryRecord) sealedJuror {
	h := sealedJuror{Person: person, Declines: r.Declines, Willing: unix(r.Willing), Accused: unix(r.Accused), Appealed: unix(r.Appealed), Rests: unix(r.Rests)}
	for _, a := range r.Asked {
		h.Asked = append(h.Asked, sealedAsked{unix(a.At), a.Reason})
	}
	for _, at := range r.Caused {
		h.Caused = append(h.Caused, unix(at))
	}
	return h
}

// readJuryRecords reads what is remembered of members and juries. Of whom nothing is, there is none.
func (u activityTx) readJuryRecords(chat int64, people []int64) (map[int64]moderation.JuryRecord, error) {
	found := map[int64]moderation.JuryRecord{}
	err := u.among(`SELECT sealed FROM juror`, chat, u.tagsOf(tagJuror, chat, people), func(row scanner) error {
		var sealed []byte
		var h sealedJuror
		err := row.Scan(&sealed)
		if err == nil {
			err = u.s.openJSON(sealJuror, sealed, &h)
		}
		found[h.Person] = h.record()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what is remembered of members and juries: %w", err)
	}
	return found, nil
}

// tagsOf are the tags of people in a group.
func (u activityTx) tagsOf(purpose string, chat int64, people []int64) []any {
	tags := make([]any, len(people))
	for i, person := range people {
		tags[i] = u.s.key.Tag(purpose, chat, person)
	}
	return tags
}

// saveJuryRecords keeps what is remembered of members and juries, in an order in which replicas are in no other's way.
func (u activityTx) saveJuryRecords(chat int64, records map[int64]moderation.JuryRecord) error {
	people := make([]int64, 0, len(records))
	for person := range records {
		people = append(people, person)
	}
	slices.Sort(people)
	for _, person := range people {
		if err := u.saveJuryRecord(chat, person, records[person]); err != nil {
			return err
		}
	}
	return nil
}

func (u activityTx) saveJuryRecord(chat, person int64, r moderation.JuryRecord) error {
	tag := u.s.key.Tag(tagJuror, chat, person)
	if r.None(u.now) {
		u.Later("forget a juror", `DELETE FROM juror WHERE chat = ? AND tag = ?`, chat, tag)
		return nil
	}
	plain, err := marshalPadded(jurorSize, hideJuror(person, r))
	if err != nil {
		return fmt.Errorf("write what is remembered of a juror: %w", err)
	}
	ends := endsOfJuror(r)
	u.Later("keep what is remembered of a juror", `INSERT INTO juror (chat, tag, sealed, ends) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat, tag) DO UPDATE SET sealed = excluded.sealed, ends = excluded.ends`,
		chat, tag, u.s.key.Seal(sealJuror, plain), ends)
	u.notePerson(chat, person, ends)
	return nil
}

// endsOfJuror is the last day for which a record is kept: as long as somebody does not want to be asked, that is.
func endsOfJuror(r moderation.JuryRecord) int64 {
	if r.Declines {
		return lasting
	}
	return keptFor(moderation.DayOf(r.Until()), 0, week)
}

// mergeJurors gives what is remembered of jurors in one group to another, where they are called otherwise.
func (u activityTx) mergeJurors(from, to int64) error {
	theirs, err := u.jurorsOf(from)
	if err != nil {
		return fmt.Errorf("read who was asked in a group that moves: %w", err)
	}
	var people []int64
	for person := range theirs {
		people = append(people, person)
	}
	ours, err := u.readJuryRecords(to, people)
	if err != nil {
		return err
	}
	for person, r := range ours {
		theirs[person] = mergedJuror(theirs[person], r)
	}
	if err := u.saveJuryRecords(to, theirs); err != nil {
		return err
	}
	return u.Exec(`DELETE FROM juror WHERE chat = ?`, from)
}

func (u activityTx) jurorsOf(chat int64) (map[int64]moderation.JuryRecord, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT sealed FROM juror WHERE chat = ?`, chat)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[int64]moderation.JuryRecord{}
	for rows.Next() {
		var sealed []byte
		var h sealedJuror
		err := rows.Scan(&sealed)
		if err == nil {
			err = u.s.openJSON(sealJuror, sealed, &h)
		}
		if err != nil {
			return nil, err
		}
		all[h.Person] = h.record()
	}
	return all, rows.Err()
}

// mergedJuror is what two groups that become one remember of somebody.
func mergedJuror(a, b moderation.JuryRecord) moderation.JuryRecord {
	a.Asked = slices.SortedStableFunc(slices.Values(slices.Concat(a.Asked, b.Asked)), func(x, y moderation.Summons) int { return x.At.Compare(y.At) })
	a.Caused = slices.SortedFunc(slices.Values(slices.Concat(a.Caused, b.Caused)), time.Time.Compare)
	a.Declines = a.Declines || b.Declines
	a.Willing, a.Accused, a.Appealed = later(a.Willing, b.Willing), later(a.Accused, b.Accused), later(a.Appealed, b.Appealed)
	return a
}
