package lookup

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// PrivateNotice is the notice for the private chat, which names the group. Score is what the case cost the author, if it did.
func (l Lookup) PrivateNotice(ctx context.Context, p locale.Printer, chat moderation.Chat, cs moderation.Case, score *moderation.Score) (string, error) {
	found, err := l.Chat(ctx, cs.Chat)
	if kind := wire.KindOf(err); kind == wire.KindTemporary || kind == wire.KindTooMany {
		return "", err
	}
	return view.NoticeText(p, chat, cs, view.TitleText(found.Title), score), nil
}
