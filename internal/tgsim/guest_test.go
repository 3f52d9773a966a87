package tgsim_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestGuestBots: the answer of a bot that is no member names who called it; it
// comes to other bots in bot-to-bot mode, or as what somebody replies to.
func TestGuestBots(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	helper := w.AddBot("HelperBot", "Helper", tgsim.Unattended())
	news := w.NewChannel("News", w.anna)
	said := must(w.anna.CallGuest(w.group, helper, "Buy pills"))
	if got := w.updates(); len(got) != 0 {
		t.Errorf("a bot hears another bot: %v", got)
	}
	w.send(w.ben, "What is that?", tgsim.ReplyTo(said))
	got := w.update("message")["reply_to_message"].(object)
	if id(got["from"].(object)["id"]) != helper.ID() || id(got["guest_bot_caller_user"].(object)["id"]) != w.anna.ID() {
		t.Errorf("the answer is %v", got)
	}
	w.bot.SetHearsBots(true)
	must(w.anna.CallGuest(w.group, helper, "Buy powder", tgsim.AsChannel(news)))
	got = w.update("message")
	if id(got["guest_bot_caller_chat"].(object)["id"]) != news.ID() || got["sender_chat"] != nil {
		t.Errorf("the answer to a channel is %v", got)
	}
	w.group.Restrict(w.anna, tgsim.Permissions{}, w.clock.Now().AddDate(0, 0, 7))
	if _, err := w.anna.CallGuest(w.group, helper, "Buy potions"); err == nil {
		t.Error("who is muted calls a bot")
	}
}
