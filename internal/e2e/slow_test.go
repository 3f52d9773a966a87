package e2e

import (
	"context"
	"testing"
	"time"

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
	for _, seen := range []string{"Reported.", "Does this message break the rules?"} {
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

// TestManyPressesHoldUpNobody has a hundred members press a card for which Telegram does not say who they are. There are more presses
// than Telegram hands out at once, and a report in another group is answered meanwhile. In the end each vote counts.
func TestManyPressesHoldUpNobody(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Mallory
150 regulars
the bot joins as admin
Olga: /threshold 50
Mallory: Buy pills
wait 2m
Anna: /report (reply to "Buy pills")
`)
	chess, card := w.here, w.cards[w.here]
	w.play("story", []string{`group "Go club" supergroup, owner Olga`, `members Anna Mallory`, `the bot joins as admin`, `Mallory: Buy powder`})
	w.down()
	hang := w.arm(tgsim.Fault{Kind: tgsim.Hang, Method: "getChatMember", Chat: chess.ID(), Times: -1})
	var presses []*tgsim.Press
	for _, u := range w.regulars[:140] {
		p, err := u.Press(card, "👌")
		if err != nil {
			t.Fatal(err)
		}
		presses = append(presses, p)
	}
	if err := w.say(w.who("Anna"), "/report", tgsim.ReplyTo(w.find("Buy powder"))); err != nil {
		t.Fatal(err)
	}
	w.start()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := hang.WaitHit(ctx, 1); err != nil {
		t.Fatal(err)
	}
	answered := func() bool { return w.who("Anna").Find(w.here, "Reported.") != nil }
	for pace := 25 * time.Millisecond; !answered(); { // after so long the bot polls past what is not handled
		w.clock.Advance(pace)
		step, over := context.WithTimeout(ctx, pace)
		_ = w.sim.Wait(step, answered)
		over()
		if ctx.Err() != nil {
			t.Fatal("the report waits for the other group")
		}
	}
	hang.Release()
	w.settle()
	for i, p := range presses {
		if _, err := p.Toast(ctx); err != nil {
			t.Errorf("press %d: %v", i, err)
		}
	}
	w.checkInvariants()
}
