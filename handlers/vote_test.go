package handlers_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Whoever knows the id of a case, from reporting the message themselves, must not learn by a forged vote that its card is on the
// way: that would tell the second of another's report.
func TestForgedVoteTellsOfNoCard(t *testing.T) {
	t.Parallel()
	for name, wanted := range map[string]bool{"its card is on the way": true, "it has none": false} {
		d, h := newGroup(t, grouptest.Case(moderation.Open, func(c *moderation.Case) {
			c.CardWanted, c.Appeared, c.Card = wanted, time.Time{}, 0
		}))
		press := pressed(member, "v:7KQ2:breaks")
		press.Callback.Message.ID, press.Callback.Message.ReplyTo = 77, &wire.Message{ID: d.Docket.Case.Message}
		press.Callback.Message.From = &wire.User{ID: grouptest.Telegram{}.Me().ID}
		_, calls := say(t, h, press)
		if len(calls) != 1 || calls[0].Params["text"] != "This button no longer works." {
			t.Errorf("%s: %+v", name, calls)
		}
	}
}
