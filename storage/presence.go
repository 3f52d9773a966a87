package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// presence is what is known of when somebody wrote in a group. What waits to be written there is written first.
func (u activityTx) presence(chat, user int64) (moderation.Presence, error) {
	if err := u.log.FlushChat(chat); err != nil {
		return moderation.Presence{}, err
	}
	p, _, err := u.lastWrote(chat, user)
	return p, err
}

// lastWrote is that, and the day on which they wrote last if it was within the last week. An older one is not known to the day.
func (u activityTx) lastWrote(chat, user int64) (p moderation.Presence, last int64, err error) {
	err = u.Row(`SELECT first, days, day FROM active WHERE chat = ? AND tag = ?`, chat, u.s.key.Tag(tagActive, chat, user)).Scan(&p.First, &p.Days, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, 0, fmt.Errorf("read when somebody wrote: %w", err)
	}
	if last <= moderation.DayOf(u.now)-activeDays {
		last = 0
	}
	return p, last, nil
}

// unknown says whether somebody is seen for the first time while the bot may have missed who joined.
func (u activityTx) unknown(chat chatRow, user int64, r moderation.Record) (bool, error) {
	if !chat.Blind(u.now) || !r.Joined.IsZero() {
		return false, nil
	}
	p, err := u.presence(chat.id, user)
	if err != nil || p.Days > 0 {
		return false, err
	}
	voted, err := u.voteRecord(chat.id, user) // they have been seen to vote
	return voted.Voted == 0, err
}

// count counts those who write in a group, if a decision may depend on it and nobody did today. In the bot's first week, when many are
// first seen, it counts again until there are enough for a jury. It says whether it did.
func (u activityTx) count(chat *chatRow, key moderation.Key) (bool, error) {
	today := moderation.DayOf(u.now)
	decides := key.Actor != 0 && (key.Message != 0 || key.Case != "")
	young := u.now.Sub(chat.Since) < moderation.EstablishedAfter && !chat.Size.ForJury()
	if !decides && !key.Size || chat.counted == today && !young {
		return false, nil
	}
	if err := u.log.FlushChat(chat.id); err != nil {
		return false, err
	}
	week := today - int64(moderation.EstablishedAfter/(24*time.Hour))
	days, first := moderation.EstablishedDays, week
	if u.now.Sub(chat.Since) < moderation.EstablishedAfter {
		days, first = 1, today // nobody could write on so many days yet
	}
	err := u.Row(`SELECT count(*) FROM active WHERE chat = ? AND day > ? AND length(sealed) > 0 AND days >= ? AND first <= ?`,
		chat.id, today-activeDays, days, first).Scan(&chat.Size.Writers)
	if err != nil {
		return false, fmt.Errorf("count who writes: %w", err)
	}
	chat.counted = today
	return true, nil
}

// saveCount keeps how many write in a group.
func (u activityTx) saveCount(chat chatRow) {
	u.Later("note how many write", `UPDATE chat SET writers = ?, writers_day = ? WHERE id = ?`, chat.Size.Writers, chat.counted, chat.id)
	u.changes(chat.ID)
}
