package storage

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// loadEarlier reads what was said in the dismissed case that a case opens again, and what a final one captured that a
// message may have, since another may follow it.
func (u caseTx) loadEarlier(d *moderation.Docket, f file, key moderation.Key) error {
	if f.cs == nil {
		return nil
	}
	var err error
	if f.followed(key) {
		if d.Captured, err = u.captured(f.cs); err != nil {
			return err
		}
	}
	if f.cs.Reopens == "" {
		return nil
	}
	earlier, _, err := u.findCase(f.chat, moderation.Key{Case: f.cs.Reopens})
	if err != nil {
		return err
	}
	if f.cs.Verdict == moderation.Open && key.Message != 0 {
		if d.Captured, err = u.captured(earlier); err != nil {
			return err
		}
	}
	d.Earlier, _, err = u.ballots(earlier)
	return err
}

// followed says whether the case is the last about a message, and over, so that another may follow it.
func (f file) followed(key moderation.Key) bool {
	return f.cs != nil && f.cs.Verdict.Final() && key.Case == "" && key.Message != 0
}

// reportedMessages are a message and the rest of its album, as far as the index or an earlier case has it.
func (u caseTx) reportedMessages(f file, key moderation.Key) ([]int64, error) {
	ids, err := u.seenMessages(f.chat.id, key.Message, key.Album)
	if err != nil || f.cs == nil {
		return ids, err
	}
	before, err := u.caseMessages(f.cs)
	for _, m := range before {
		if !slices.Contains(ids, m) {
			ids = append(ids, m)
		}
	}
	return ids, err
}
