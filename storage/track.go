package storage

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// track is what is remembered of a member's ballots.
func (u *unit) track(chat, user int64) (moderation.Track, error) {
	var t moderation.Track
	c := &t.Caution
	err := u.row(`SELECT day, were_right, were_wrong, voted, cases_before, latest, missed, noted, pauses, pause_until FROM track
		WHERE chat = ? AND tag = ?`, chat, u.s.key.Tag(tagTrack, chat, user)).
		Scan(&t.Day, &t.Right, &t.Wrong, &t.Voted, &t.Before, &c.Cast, &c.Missed, &c.Noted, &c.Pauses, &c.Until)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return t, fmt.Errorf("read a member's record: %w", err)
	}
	return t, nil
}

func (u *unit) saveTrack(chat, user int64, t moderation.Track) error {
	c := t.Caution
	err := u.exec(`INSERT INTO track (chat, tag, day, were_right, were_wrong, voted, cases_before, latest, missed, noted, pauses, pause_until)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (chat, tag) DO UPDATE SET day = excluded.day, were_right = excluded.were_right, were_wrong = excluded.were_wrong,
		voted = excluded.voted, cases_before = excluded.cases_before, latest = excluded.latest, missed = excluded.missed,
		noted = excluded.noted, pauses = excluded.pauses, pause_until = excluded.pause_until`,
		chat, u.s.key.Tag(tagTrack, chat, user), t.Day, t.Right, t.Wrong, t.Voted, t.Before, c.Cast, c.Missed, c.Noted, c.Pauses, c.Until)
	if err != nil {
		return fmt.Errorf("keep a member's record: %w", err)
	}
	return nil
}

// alike is in how many cases two members voted alike.
func (u *unit) alike(chat int64, p moderation.Pair) (moderation.Trace, error) {
	var t moderation.Trace
	err := u.row(`SELECT sum, day FROM alike WHERE chat = ? AND tag = ?`, chat, u.s.key.Tag(tagAlike, chat, p.A, p.B)).Scan(&t.Sum, &t.Day)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return t, fmt.Errorf("read how often two voted alike: %w", err)
	}
	return t, nil
}

func (u *unit) saveAlike(chat int64, p moderation.Pair, t moderation.Trace) error {
	err := u.exec(`INSERT INTO alike (chat, tag, day, sum) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat, tag) DO UPDATE SET day = excluded.day, sum = excluded.sum`,
		chat, u.s.key.Tag(tagAlike, chat, p.A, p.B), t.Day, t.Sum)
	if err != nil {
		return fmt.Errorf("keep how often two voted alike: %w", err)
	}
	return nil
}

// ties are what is known of how those who voted, and the one who is about to, hang together. Tracks
// are those of all of them.
func (u *unit) ties(chat chatRow, ballots []moderation.Ballot, actor int64) (moderation.Ties, error) {
	t := moderation.Ties{
		Day: moderation.DayOf(u.now), Cases: chat.settled,
		Tracks: map[int64]moderation.Track{}, Alike: map[moderation.Pair]moderation.Trace{},
	}
	sides := map[moderation.Side][]int64{}
	for _, b := range ballots {
		if b.Voter != actor {
			sides[b.Side] = append(sides[b.Side], b.Voter)
		}
	}
	for _, of := range []moderation.Side{moderation.Breaks, moderation.Fine} {
		voters := sides[of]
		if actor != 0 { // who may take either side
			voters = append(voters, actor)
		}
		if err := u.compare(&t, chat.id, voters); err != nil {
			return t, err
		}
	}
	return t, nil
}

// compare reads what is known of voters of one side, and of each two of them if they are few enough.
func (u *unit) compare(t *moderation.Ties, chat int64, voters []int64) error {
	var known []int64
	for _, v := range voters {
		if _, here := t.Tracks[v]; !here {
			track, err := u.track(chat, v)
			if err != nil {
				return err
			}
			t.Tracks[v] = track
		}
		if t.Tracks[v].Voted > 0 {
			known = append(known, v) // of others there is nothing to find
		}
	}
	if len(voters) > moderation.MaxCompared {
		return nil
	}
	for i, a := range known {
		for _, b := range known[:i] {
			p := moderation.PairOf(a, b)
			if _, here := t.Alike[p]; here {
				continue
			}
			trace, err := u.alike(chat, p)
			if err != nil {
				return err
			}
			if trace.Sum > 0 {
				t.Alike[p] = trace
			}
		}
	}
	return nil
}
