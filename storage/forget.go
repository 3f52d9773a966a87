package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// rememberDays is for how long it is known how often a member's ballots were right, if they vote no more.
const rememberDays = 4 * 180

// askedDays is for how long a question can be answered: as long as there is something to contest.
const askedDays = int64(moderation.AppealWithin / (24 * time.Hour))

// forgetAtOnce is how many rows are forgotten in one transaction, so that nobody waits for long.
const forgetAtOnce = 1000

// stale is a kind of rows that are needed for a while only: which table they are in, what names
// one, which are too old, and what is done with them.
type stale struct {
	what, table, name, old, do string
	before                     int64
}

// Forget implements [moderation.Store]. What is old is looked for beside the writer, and removed a
// little at a time; if ctx ends it goes on the next time.
func (s *Store) Forget(ctx context.Context, now time.Time) error {
	for _, old := range []stale{
		{"recent messages", "sighting", "(chat, slot)", "at < ?", "DELETE FROM", now.Add(-moderation.MaxAge).Unix()},
		{"report buckets", "bucket", "(chat, tag)", "at < ?", "DELETE FROM", now.Add(-moderation.BucketRefill).Unix()},
		// Telegram keeps an update for a day at most, so none older comes again.
		{"marks of updates", "handled", "(update_id)", "hour < ?", "DELETE FROM", hour(now) - 26},
		{"limits of groups", "pace", "(chat)", "at < ?", "DELETE FROM", now.Add(-time.Hour).Unix()},
		{"usernames", "handle", "(chat, tag)", "day < ?", "DELETE FROM", moderation.DayOf(now) - handleDays},
		{"tags of complaints", "complained", "(chat, tag)", "day < ?", "DELETE FROM", moderation.DayOf(now) - 7},
		{"questions", "asked", "(tag)", "day < ?", "DELETE FROM", moderation.DayOf(now) - askedDays},
		{"quizzes", "quiz", "(chat, tag)", "day < ?", "DELETE FROM", moderation.DayOf(now) - quizDays},
		{"who wrote", "active", "(chat, tag)", "day < ?", "DELETE FROM", moderation.DayOf(now) - activeDays},
		// After two years a sixteenth is left of them.
		{"members' records", "track", "(chat, tag)", "day < ?", "DELETE FROM", moderation.DayOf(now) - rememberDays},
		{"common votes", "alike", "(chat, tag)", "day < ?", "DELETE FROM", moderation.DayOf(now) - rememberDays},
		{"silences", "member", "(chat, tag)", "silenced > 0 AND silenced < ?", "UPDATE", now.Unix()},
	} {
		for more := true; more && ctx.Err() == nil; {
			var err error
			if more, err = s.forgetSome(ctx, old); err != nil {
				return fmt.Errorf("forget old %s: %w", old.what, err)
			}
		}
	}
	return nil
}

// forgetSome forgets one batch, and says whether there may be more.
func (s *Store) forgetSome(ctx context.Context, old stale) (more bool, err error) {
	var any bool
	err = s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+old.table+` WHERE `+old.old+`)`, old.before).Scan(&any)
	if err != nil || !any {
		return false, available(err)
	}
	set := ""
	if old.do == "UPDATE" {
		set = " SET silenced = 0"
	}
	columns := old.name[1 : len(old.name)-1]
	err = s.transact(ctx, func(u *unit) error {
		return u.exec(old.do+` `+old.table+set+` WHERE `+old.name+` IN
			(SELECT `+columns+` FROM `+old.table+` WHERE `+old.old+` LIMIT ?)`, old.before, forgetAtOnce)
	})
	return true, err
}
