package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// restraintJSON is a [moderation.Restraint] as it is kept. Fields may be added.
type restraintJSON struct {
	Put   restrictionJSON `json:"p"`
	Was   restrictionJSON `json:"w,omitzero"`
	Found restrictionJSON `json:"f,omitzero"`
	At    int64           `json:"t,omitempty"`
}

type restrictionJSON struct {
	Banned bool     `json:"b,omitempty"`
	Denied []string `json:"d,omitempty"`
	Until  int64    `json:"u,omitempty"`
}

// IsZero says that there is none.
func (r restrictionJSON) IsZero() bool { return !r.Banned && len(r.Denied) == 0 }

func (r restrictionJSON) value() moderation.Restriction {
	return moderation.Restriction{Banned: r.Banned, Denied: r.Denied, Until: fromUnix(r.Until)}
}

func restrictionOf(r moderation.Restriction) restrictionJSON {
	return restrictionJSON{r.Banned, r.Denied, unix(r.Until)}
}

// findRestraint looks under the tag of restraints, and then under those of offences and members: of the release before
// nothing else was known.
const findRestraint = `SELECT state FROM restraint WHERE chat = ? AND tag IN (?, ?, ?)
	ORDER BY CASE WHEN tag = ? THEN 0 WHEN tag = ? THEN 1 ELSE 2 END LIMIT 1`

// restraintTags are a group and those tags, in that order.
func (s memberStore) restraintTags(chat, person int64) []any {
	return []any{chat, s.key.Tag(tagPutOn, chat, person), s.key.Tag(tagOffence, chat, person), s.key.Tag(tagMember, chat, person)}
}

func (s memberStore) restraintArgs(chat, person int64) []any {
	tags := s.restraintTags(chat, person)
	return append(tags, tags[1], tags[2])
}

func scanRestraint(row scanner) (moderation.Restraint, error) {
	var text string
	err := row.Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return moderation.Restraint{}, nil
	}
	if err != nil {
		return moderation.Restraint{}, fmt.Errorf("read what was put on somebody: %w", err)
	}
	return readRestraint(text)
}

func readRestraint(text string) (moderation.Restraint, error) {
	var r restraintJSON
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return moderation.Restraint{}, fmt.Errorf("read what was put on somebody: %w", err)
	}
	return moderation.Restraint{Put: r.Put.value(), Was: r.Was.value(), Found: r.Found.value(), At: fromUnix(r.At)}, nil
}

// Restraint is what the bot put on a person in a group, and what it found there.
func (s memberStore) Restraint(ctx context.Context, chat, person int64) (moderation.Restraint, error) {
	var ref int64
	err := s.reader.QueryRowContext(ctx, `SELECT id FROM chat WHERE number = ?`, chat).Scan(&ref)
	if errors.Is(err, sql.ErrNoRows) {
		return moderation.Restraint{}, nil
	}
	if err != nil {
		return moderation.Restraint{}, fmt.Errorf("find a group: %w", available(err))
	}
	r, err := scanRestraint(s.reader.QueryRowContext(ctx, findRestraint, s.restraintArgs(ref, person)...))
	return r, available(err)
}

func (u memberTx) restraint(chat, person int64) (moderation.Restraint, error) {
	return scanRestraint(u.Row(findRestraint, u.s.restraintArgs(chat, person)...))
}

// saveRestraint keeps what was put on a person, or forgets it if that is nothing.
func (u memberTx) saveRestraint(chat, person int64, r moderation.Restraint) error {
	u.forgetRestraint(chat, person)
	if r.None() {
		return nil
	}
	text, err := json.Marshal(restraintJSON{restrictionOf(r.Put), restrictionOf(r.Was), restrictionOf(r.Found), unix(r.At)})
	if err != nil {
		return fmt.Errorf("keep what was put on somebody: %w", err)
	}
	u.Later("keep what was put on somebody", `INSERT INTO restraint (chat, tag, state, ends) VALUES (?, ?, ?, ?)`,
		chat, u.s.key.Tag(tagPutOn, chat, person), string(text), unix(r.Ends()))
	u.notePerson(chat, person, lasting)
	return nil
}

func (u memberTx) forgetRestraint(chat, person int64) {
	u.Later("forget what was put on somebody", `DELETE FROM restraint WHERE chat = ? AND tag IN (?, ?, ?)`, u.s.restraintTags(chat, person)...)
}
