package e2e

import (
	"context"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestSlowGroupHoldsUpNobody lets Telegram hang on all calls for one group. A report in another group is answered meanwhile.
func TestSlowGroupHoldsUpNobody(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Bob Mallory
the bot joins as admin
Mallory: Buy pills
group "Go club" supergroup, owner Olga
members Anna Bob Mallory
the bot joins as admin
Mallory: Buy powder
`)
	w.down()
	hang := w.arm(tgsim.Fault{Kind: tgsim.Hang, Chat: w.chats["Chess club"].ID(), Times: -1})
	w.here = w.chats["Chess club"]
	say := func(text, about string) {
		t.Helper()
		if err := w.say(w.who("Anna"), text, tgsim.ReplyTo(w.find(about))); err != nil {
			t.Fatal(err)
		}
	}
	say("/report", "Buy pills")
	w.here = w.chats["Go club"]
	say("/report", "Buy powder")
	w.start()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := hang.WaitHit(ctx, 1); err != nil {
		t.Fatal(err)
	}
	for _, seen := range []string{"Reported.", "A member reported this message."} {
		if _, err := w.who("Anna").WaitFind(ctx, w.here, seen); err != nil {
			t.Error(err)
		}
	}
	hang.Release()
	w.settle()
	w.here = w.chats["Chess club"]
	if w.who("Anna").Find(w.here, "Reported.") == nil {
		t.Error("the slow group was not served in the end")
	}
	w.checkInvariants()
}
