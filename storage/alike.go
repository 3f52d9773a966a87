package storage

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
)

// Alike finds the recent messages of a group that a sweep looks at: those of an author, and those that have or had one of the
// marks. It looks at all that is recent, beside the writer. They come in their order.
func (s caseStore) Alike(ctx context.Context, chat, author int64, marks []string) ([]moderation.Alike, error) {
	id, found, err := s.numberHere(ctx, chat)
	if err != nil || !found {
		return nil, err
	}
	forms := map[int64]*moderation.Alike{}
	edited := map[int64]bool{} // of which the latest form is known
	err = s.log.Each(ctx, id, func(m messagelog.Message) error {
		seen, err := seenMessage(chat, m)
		if err != nil {
			return err
		}
		shared := slices.DeleteFunc(seen.Said.Marks(), func(mark string) bool { return !slices.Contains(marks, mark) })
		one := forms[seen.Message]
		switch {
		case one == nil:
			one = &moderation.Alike{SeenMessage: seen, Marks: shared}
			forms[seen.Message] = one
		case m.Edited && !edited[seen.Message]:
			one.SeenMessage, one.Marks = seen, shared
		}
		edited[seen.Message] = edited[seen.Message] || m.Edited
		one.Ever = append(one.Ever, shared...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for copies: %w", available(err))
	}
	all := slices.SortedFunc(maps.Values(forms), func(a, b *moderation.Alike) int { return cmp.Compare(a.Message, b.Message) })
	return alikeIn(all, author), nil
}

// alikeIn are those that a sweep looks at: of an album all.
func alikeIn(all []*moderation.Alike, author int64) (found []moderation.Alike) {
	albums := map[string]bool{}
	for _, m := range all {
		if m.Album != "" && len(m.Ever) > 0 {
			albums[m.Album] = true
		}
	}
	for _, m := range all {
		if m.Author.ID == author || len(m.Ever) > 0 || m.Album != "" && albums[m.Album] {
			found = append(found, *m)
		}
	}
	return found
}
