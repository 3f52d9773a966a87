package storage

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Forwards lists the recent messages whose forwards show a time, and that match in any form they had, each in its latest. They
// are of groups that the bot is in. It says whether these are all: there may be more where very much came in a second.
func (s *Store) Forwards(ctx context.Context, at int64, matches func(moderation.SeenMessage) bool) (found []moderation.SeenMessage, all bool, err error) {
	forms, all, err := s.log.Forwards(ctx, at)
	if err != nil {
		return nil, false, available(err)
	}
	type message struct{ chat, number int64 }
	seen := map[message]bool{}
	numbers := map[int64]int64{}
	for _, form := range forms {
		is := message{form.Chat, form.Number}
		m, err := seenMessage(0, form)
		if err != nil {
			return nil, false, err
		}
		if seen[is] || !matches(m) {
			continue
		}
		seen[is] = true
		if _, known := numbers[form.Chat]; !known {
			if numbers[form.Chat], err = s.numberThere(ctx, form.Chat); err != nil {
				return nil, false, err
			}
		}
		latest, kept, err := s.log.Find(ctx, form.Chat, form.Number)
		if err != nil {
			return nil, false, available(err)
		}
		if !kept || numbers[form.Chat] == 0 {
			continue
		}
		if m, err = seenMessage(numbers[form.Chat], latest); err != nil {
			return nil, false, err
		}
		found = append(found, m)
	}
	return found, all, nil
}

// numberThere is the number that Telegram gives a group; 0 if the bot is not in it.
func (s *Store) numberThere(ctx context.Context, chat int64) (int64, error) {
	numbers, err := s.numbers(ctx, `SELECT number FROM chat WHERE id = ? AND is_member = 1`, chat)
	if err != nil || len(numbers) == 0 {
		return 0, err
	}
	return numbers[0], nil
}
