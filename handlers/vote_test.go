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

// A card counts as soon as people see it, though its number has not reached the bot: Telegram's answer may be lost. It is known by
// its buttons, which nobody can forge.
func TestVoteOnACardWhoseNumberIsUnknown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		buttons []string
		counts  bool
	}{
		"its card":           {[]string{"v:7KQ2@1f:breaks", "v:7KQ2@1f:fine"}, true},
		"of an old release":  {[]string{"v:7KQ2:breaks", "v:7KQ2:fine"}, true},
		"another case's":     {[]string{"v:7KQ2X:breaks", "v:ZZZZ:fine"}, false},
		"some other buttons": {[]string{"a:7KQ2@1f"}, false},
		"no buttons":         {nil, false},
	} {
		d, h := newGroup(t, grouptest.Case(moderation.Open, func(c *moderation.Case) {
			c.CardWanted, c.Appeared, c.Card = true, time.Time{}, 0
		}))
		press := pressed(member, "v:7KQ2:breaks")
		press.Callback.Message.ID, press.Callback.Message.ReplyTo = 77, &wire.Message{ID: d.Docket.Case.Message}
		press.Callback.Message.From = &wire.User{ID: grouptest.Telegram{}.Me().ID}
		press.Callback.Message.Buttons = c.buttons
		_, calls := say(t, h, press)
		if refused := calls[0].Params["text"] == "This button no longer works."; refused == c.counts {
			t.Errorf("%s: %+v", name, calls)
		}
	}
}
