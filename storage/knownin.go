package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// mayKnow lists the groups in which something may be kept of a person, their ballots included, by their numbers here.
func (s memberStore) mayKnow(ctx context.Context, person int64) ([]int64, error) {
	if err := s.log.Flush(ctx); err != nil {
		return nil, available(err)
	}
	found, err := s.notedGroups(ctx, person)
	if err != nil {
		return nil, err
	}
	before, err := s.groupsBefore(ctx)
	if err != nil || before == 0 {
		return found, err
	}
	if i := slices.Index(found, lookedThrough); i >= 0 {
		return slices.Delete(found, i, i+1), nil
	}
	old, err := s.lookThrough(ctx, person, before)
	if err != nil {
		return nil, err
	}
	err = s.withTx(ctx, func(u *Tx) error {
		for _, chat := range append(old, lookedThrough) {
			u.notePerson(chat, person, lasting)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("note where somebody is known: %w", err)
	}
	found = append(found, old...)
	slices.Sort(found)
	return slices.Compact(found), nil
}

// notedGroups reads the rows of a person, the groups in order.
func (s memberStore) notedGroups(ctx context.Context, person int64) (found []int64, err error) {
	slots := make([]any, personSlots)
	for i := range slots {
		slots[i] = s.key.Tag(tagSlot, person, int64(i))
	}
	err = sqldb.Padded(slots, 1, func(n int, args []any) error {
		rows, err := s.reader.QueryContext(ctx, `SELECT mark, ref FROM person_group WHERE slot IN (`+sqldb.Repeat("?", ", ", n)+`)`, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var mark, ref []byte
			if err := rows.Scan(&mark, &ref); err != nil {
				return err
			}
			chat, err := openRef(s.key, person, mark, ref)
			if err != nil {
				return err
			}
			found = append(found, chat)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("look in which groups somebody is known: %w", available(err))
	}
	slices.Sort(found)
	return found, nil
}

// Of what an earlier release kept of a person, person_group says nothing, and no migration could add it: only with the key and
// a person's number are their rows found. So when a person asks for the first time, all groups of that release are looked
// through, and a row for the group lookedThrough, of which there is none, notes that this was done.
const lookedThrough = 0

// metaBefore is under which name the table meta has the last group of that release.
const metaBefore = "groups before person_group"

// groupsBefore is the last group of which an earlier release may have kept something; 0 if there was none.
func (s memberStore) groupsBefore(ctx context.Context) (last int64, err error) {
	var text []byte
	err = s.reader.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = ?`, metaBefore).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err == nil {
		last, err = strconv.ParseInt(string(text), 10, 64)
	}
	if err != nil {
		return 0, fmt.Errorf("look how many groups an earlier release had: %w", available(err))
	}
	return last, nil
}

// lookThrough looks through all groups up to a number, and all ballots, for what is kept of a person.
func (s memberStore) lookThrough(ctx context.Context, person, last int64) ([]int64, error) {
	all, err := s.numbers(ctx, `SELECT id FROM chat WHERE id <= ? ORDER BY id`, last)
	if err != nil {
		return nil, err
	}
	found, err := s.knownIn(ctx, person, all)
	if err != nil {
		return nil, err
	}
	cases, _, err := s.votedIn(ctx, s.reader, person, all)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		found = append(found, c.chat)
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// knownIn finds those of these groups in which something is kept of a person, but for ballots and cases.
func (s memberStore) knownIn(ctx context.Context, person int64, groups []int64) (found []int64, err error) {
	for table, purpose := range personal {
		keys := make([]any, 0, 2*len(groups))
		for _, chat := range groups {
			keys = append(keys, chat, s.key.Tag(purpose, chat, person))
		}
		err := sqldb.Padded(keys, 2, func(n int, args []any) error {
			some, err := s.numbers(ctx, `SELECT DISTINCT chat FROM `+table+` WHERE `+sqldb.Repeat("(chat = ? AND tag = ?)", " OR ", n), args...)
			found = append(found, some...)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("look for somebody in %s: %w", table, err)
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}
