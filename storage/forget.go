package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// askedDays is for how long a question can be answered: as long as there is something to contest.
const askedDays = int64(moderation.AppealWithin / (24 * time.Hour))

// restraintKept is for how long after its end it is known what was put on somebody: so long may the bot be away.
const restraintKept = 7 * 24 * time.Hour

// practiceKept is for how long a practice is kept if nothing ends it: it names who voted. So long may the bot be away, or its messages would
// stay in the group.
const practiceKept = 24 * time.Hour

// forgetAtOnce is how many rows are forgotten in one transaction, so that nobody waits for long.
const forgetAtOnce = 1000

// stale is a kind of rows that are needed for a while only: which table they are in, its key, which are
// too old, and what is done with them.
type stale struct {
	what, table string
	key         []string
	old         string
	set         string // empty: they are deleted
	before      int64
	first       bool // the oldest come first, so that no more has to be read than is old
}

// Forget removes what is no longer needed: messages older than [moderation.MaxAge], marks of updates and report buckets that
// nothing can depend on any more. What is old is looked for beside the writer, and removed a
// little at a time; if ctx ends it goes on the next time.
func (s *Store) Forget(ctx context.Context, now time.Time) error {
	if err := s.log.Forget(ctx, now.Add(-moderation.MaxAge)); err != nil {
		return fmt.Errorf("forget old messages: %w", available(err))
	}
	unnamed := "sealed = CAST('' AS " + s.writer.Dialect().Blob + "), day = day - day % 91"
	for _, old := range []stale{
		{"report buckets", "bucket", []string{"chat", "tag"}, "at < ?", "", now.Add(-moderation.BucketRefill).Unix(), false},
		// Telegram keeps an update for a day at most, so none older comes again. It numbers them upwards, but begins anew
		// somewhere after a week without any: then some are kept for a day longer.
		{"marks of updates", "handled", []string{"update_id"}, "hour < ?", "", hour(now) - 26, true},
		{"limits of groups", "pace", []string{"chat"}, "at < ?", "", now.Add(-time.Hour).Unix(), false},
		{"usernames", "handle", []string{"chat", "tag"}, "day < ?", "", moderation.DayOf(now) - handleDays, false},
		{"tags of complaints", "complained", []string{"chat", "tag"}, "day < ?", "", moderation.DayOf(now) - 7, false},
		{"allowances", "allowance", []string{"tag"}, "day < ?", "", moderation.DayOf(now), false},
		{"questions", "asked", []string{"tag"}, "day < ?", "", moderation.DayOf(now) - askedDays, false},
		{"practices", "practice", []string{"chat"}, "began < ?", "", now.Add(-practiceKept).Unix(), false},
		{"quizzes", "quiz", []string{"chat", "tag"}, "day < ?", "", moderation.DayOf(now) - quizDays, false},
		{"cards that were brought", "brought", []string{"chat", "tag"}, "day < ?", "", moderation.DayOf(now) - broughtDays, false},
		{"members", "active", []string{"day", "chat", "tag"}, "day < ? AND length(sealed) = 0", "", moderation.DayOf(now) - rememberDays, false},
		{"what is asked for once a day", "daily", []string{"tag"}, "day < ?", "", moderation.DayOf(now), false},
		{"what people were shown", "shown", []string{"ends", "id"}, "ends < ?", "", moderation.DayOf(now), true},
		{"when people wiped", "wiped", []string{"tag"}, "ends < ?", "", moderation.DayOf(now), false},
		{"what copies are looked for by", "copy_watch", []string{"chat", "tag", "case_id"}, "ends < ?", "", now.Unix(), false},
		{"groups of people", "person_group", []string{"slot", "mark"}, "ends < ?", "", moderation.DayOf(now), false},
		// Who they are is needed no more, nor the very day. The keys of both are those of their indexes.
		{"names of who wrote", "active", []string{"chat", "day", "tag"}, "day < ? AND length(sealed) > 0", unnamed, moderation.DayOf(now) - activeDays, false},
		// After two years a sixteenth is left of them.
		{"members' records", "track", []string{"chat", "tag"}, "day < ?", "", moderation.DayOf(now) - rememberDays, false},
		{"common votes", "alike", []string{"chat", "tag"}, "day < ?", "", moderation.DayOf(now) - rememberDays, false},
		{"restrictions", "restraint", []string{"chat", "tag"}, "ends > 0 AND ends < ?", "", now.Add(-restraintKept).Unix(), false},
		{"jury records", "juror", []string{"chat", "tag"}, "ends < ?", "", moderation.DayOf(now), false},
		{"shields", "member", []string{"chat", "tag"}, "shielded > 0 AND shielded < ?", "shielded = 0", now.Unix(), false},
		{"mutes until a jury speaks", "member", []string{"chat", "tag"}, "held > 0 AND held < ?", "held = 0", now.Add(-moderation.HeldEvery).Unix(), false},
		{"silences", "member", []string{"chat", "tag"}, "silenced > 0 AND silenced < ?", "silenced = 0", now.Unix(), false},
	} {
		if err := s.forget(ctx, old); err != nil {
			return fmt.Errorf("forget old %s: %w", old.what, err)
		}
	}
	return nil
}

// forget goes through a table once, in the order of its key, however much of it is old.
func (s *Store) forget(ctx context.Context, old stale) error {
	do := `DELETE FROM ` + old.table
	if old.set != "" {
		do = `UPDATE ` + old.table + ` SET ` + old.set
	}
	var after []any
	for ctx.Err() == nil {
		keys, err := s.findOld(ctx, old, after)
		if err != nil || len(keys) == 0 {
			return err
		}
		is := strings.Join(old.key, " = ? AND ") + " = ?"
		err = s.withTx(ctx, func(u *Tx) error {
			u.changesAll = old.table == "member" // whose is not known from their tags
			for _, key := range keys {
				if err := u.Exec(do+` WHERE `+is+` AND `+old.old, append(slices.Clone(key), old.before)...); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(keys) < forgetAtOnce {
			return err
		}
		if after = keys[len(keys)-1]; old.first {
			after = nil // what was first is gone
		}
	}
	return nil
}

// findOld finds the keys of the next rows that are too old.
func (s *Store) findOld(ctx context.Context, old stale, after []any) ([][]any, error) {
	columns := strings.Join(old.key, ", ")
	table := old.table
	if old.first {
		table = fmt.Sprintf(`(SELECT * FROM %s ORDER BY %s LIMIT %d) AS first`, table, columns, forgetAtOnce)
	}
	query, args := `SELECT `+columns+` FROM `+table+` WHERE `+old.old, []any{old.before}
	if after != nil {
		query += ` AND (` + columns + `) > (` + sqldb.Repeat("?", ", ", len(old.key)) + `)`
		args = append(args, after...)
	}
	rows, err := s.reader.QueryContext(ctx, query+` ORDER BY `+columns+` LIMIT ?`, append(args, forgetAtOnce)...)
	if err != nil {
		return nil, available(err)
	}
	defer rows.Close()
	var keys [][]any
	for rows.Next() {
		key := make([]any, len(old.key))
		into := make([]any, len(key))
		for i := range key {
			into[i] = &key[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, available(rows.Err())
}
