package lookup

import (
	"context"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// Chat asks Telegram about a chat: what it is called, who can find it, what it is linked to.
func (l Lookup) Chat(ctx context.Context, id int64) (wire.Chat, error) {
	res, err := l.tg.Do(ctx, wire.GetChat(id))
	if err != nil {
		return wire.Chat{}, err
	}
	return res.Chat()
}

// Title is what a chat is called, for an answer that waits no longer.
func (l Lookup) Title(ctx context.Context, id int64) string {
	found, err := l.Chat(ctx, id)
	if err != nil {
		return view.Untitled
	}
	return view.TitleText(found.Title)
}

// Titles does so for several chats side by side, each once.
func (l Lookup) Titles(ctx context.Context, chats ...int64) map[int64]string {
	chats = slices.Compact(slices.Sorted(slices.Values(chats)))
	titles := make([]string, len(chats))
	asks := make([]func() error, len(chats))
	for i, id := range chats {
		asks[i] = func() error {
			titles[i] = l.Title(ctx, id)
			return nil
		}
	}
	_ = All(asks...) // none fails
	found := make(map[int64]string, len(chats))
	for i, id := range chats {
		found[id] = titles[i]
	}
	return found
}

// Name is what a chat is called, for a delivery: that can wait until Telegram says so.
func (l Lookup) Name(ctx context.Context, id int64) (string, error) {
	found, err := l.Chat(ctx, id)
	switch wire.KindOf(err) {
	case wire.KindOK:
		return view.TitleText(found.Title), nil
	case wire.KindTemporary, wire.KindTooMany:
		return "", err
	default:
		return view.Untitled, nil
	}
}

// InGroup is what is told in private about a group, below the name of that.
func (l Lookup) InGroup(ctx context.Context, p locale.Printer, chat int64, text string) (string, error) {
	name, err := l.Name(ctx, chat)
	return view.InGroupText(p, name, text), err
}

// Readable asks Telegram about a chat, and whether people can read it who were not let in. They can
// if it has a public name, or belongs to a channel or group that has.
func (l Lookup) Readable(ctx context.Context, chat int64) (found wire.Chat, open bool, err error) {
	if found, err = l.Chat(ctx, chat); err != nil || found.Username != "" || found.Linked == 0 {
		return found, found.Username != "", err
	}
	linked, err := l.Chat(ctx, found.Linked)
	switch wire.KindOf(err) {
	case wire.KindOK:
		return found, linked.Username != "", nil
	case wire.KindTemporary, wire.KindTooMany:
		return found, false, err
	default:
		return found, true, nil // the bot is not there, so nobody says who can read it
	}
}
