package storage

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

const voteRecordColumns = `day, were_right, were_wrong, voted, cases_before, latest, missed, noted, pauses, pause_until`

// voteRecordInto is where voteRecordColumns go.
func voteRecordInto(t *weight.VoteRecord) []any {
	c := &t.Abuse
	return []any{&t.Day, &t.Right, &t.Wrong, &t.Voted, &t.Before, &c.Cast, &c.Missed, &c.Noted, &c.Pauses, &c.Until}
}

// voteRecord is what is remembered of a member's ballots.
func (u activityTx) voteRecord(chat, user int64) (weight.VoteRecord, error) {
	var t weight.VoteRecord
	err := u.Row(`SELECT `+voteRecordColumns+` FROM track WHERE chat = ? AND tag = ?`, chat, u.s.key.Tag(tagTrack, chat, user)).Scan(voteRecordInto(&t)...)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return t, fmt.Errorf("read a member's record: %w", err)
	}
	return t, nil
}

func (u activityTx) saveVoteRecord(chat, user int64, t weight.VoteRecord) {
	c := t.Abuse
	u.Later("keep a member's record", `INSERT INTO track (chat, tag, day, were_right, were_wrong, voted, cases_before, latest, missed, noted, pauses, pause_until)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (chat, tag) DO UPDATE SET day = excluded.day, were_right = excluded.were_right, were_wrong = excluded.were_wrong,
		voted = excluded.voted, cases_before = excluded.cases_before, latest = excluded.latest, missed = excluded.missed,
		noted = excluded.noted, pauses = excluded.pauses, pause_until = excluded.pause_until`,
		chat, u.s.key.Tag(tagTrack, chat, user), t.Day, t.Right, t.Wrong, t.Voted, t.Before, c.Cast, c.Missed, c.Noted, c.Pauses, c.Until)
	u.notePerson(chat, user, endsOfRecord(u.today()))
}

func (u activityTx) saveAlike(chat int64, p weight.Pair, t weight.Trace) {
	u.Later("keep how often two voted alike", `INSERT INTO alike (chat, tag, day, sum) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat, tag) DO UPDATE SET day = excluded.day, sum = excluded.sum`,
		chat, u.s.key.Tag(tagAlike, chat, p.A, p.B), t.Day, t.Sum)
}
