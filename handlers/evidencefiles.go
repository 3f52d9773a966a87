package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// evidenceFiles sends the files of evidence again: those that are kept, or, if they are too large for that, those that
// Telegram still has. The second kind is returned too, so that they are named.
func evidenceFiles(ctx context.Context, kept filesKept, chat int64, id string, all []moderation.Medium, to int64) (calls []bot.Call, missing []moderation.Medium, err error) {
	for i, m := range all {
		data, found, err := kept.Medium(ctx, chat, id, i)
		switch {
		case err != nil:
			return nil, nil, err
		case found:
			calls = append(calls, bot.Upload(to, m.Kind, view.FileName(m), data))
		default:
			missing = append(missing, m)
			calls = append(calls, bot.SendMedia(to, m.Kind, m.ID, ""))
		}
	}
	return calls, missing, nil
}
