package methods

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

func answerCallbackQuery(c *Call) (any, *wire.Error) {
	q := c.Queries[c.P.Str("callback_query_id")]
	if q == nil || q.Bot != c.Bot || c.Unix()-q.At > world.CallbackTTL {
		return nil, errOldQuery
	}
	if link := c.P.Str("url"); link != "" {
		if name, _, ok := world.StartLink(link); !ok || !c.Bot.Called(name) {
			return nil, wire.BadRequest("URL_INVALID") // others are for games
		}
	}
	if q.Answered {
		return true, nil
	}
	q.Answered = true
	q.Toast = world.Toast{Text: c.P.Str("text"), Alert: c.P.Flag("show_alert"), URL: c.P.Str("url")}
	if q.Toast.Text != "" {
		q.User.Toasts = append(q.User.Toasts, q.Toast)
		if keep := c.Opts.KeepMessages; keep > 0 && len(q.User.Toasts) >= 2*keep {
			q.User.Toasts = append([]world.Toast(nil), q.User.Toasts[keep:]...)
		}
	}
	c.Show()
	return true, nil
}
