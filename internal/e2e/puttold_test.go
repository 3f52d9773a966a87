package e2e

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// toldOfPenalty is what the author and the reporters of a case read of a penalty that is in force.
var toldOfPenalty = regexp.MustCompile(`You (can't write) for|You're (banned)|You're (removed) from the group|Your report [^\n]*removed\. Penalty: (a mute|a ban|removal)`)

// penalties are the calls that put what is told so.
var penalties = map[string][]string{
	"a mute": {"restrictChatMember"}, "can't write": {"restrictChatMember"},
	"a ban": {"banChatMember", "banChatSenderChat"}, "banned": {"banChatMember", "banChatSenderChat"},
	"removal": {"banChatMember"}, "removed": {"banChatMember"},
}

// checkPutAsTold: nobody is told of a penalty that Telegram never put. In basic groups the bot itself deletes what a muted member
// writes. A penalty that an admin has put already, the bot does not put again.
func (w *world) checkPutAsTold() {
	w.t.Helper()
	if w.faults {
		return // of an answer that was lost, only Telegram knows what was done
	}
	for _, lie := range w.lies() {
		w.t.Errorf("somebody is told of a penalty that Telegram never put: %s", lie)
	}
}

func (w *world) lies() (lies []string) {
	for _, c := range w.sim.Calls() {
		m := toldOfPenalty.FindStringSubmatch(c.Text("text"))
		if m == nil || c.Bot != w.bot || !c.OK() || c.Method != "sendMessage" || w.isPut(strings.Join(m[1:], ""), c.Text("text")) {
			continue // of the groups only one is not empty
		}
		lies = append(lies, c.Text("text"))
	}
	return lies
}

// isPut reports whether Telegram put a penalty on the author of the case that a text names, or somebody did by hand.
func (w *world) isPut(penalty, text string) bool {
	for id, about := range w.observed.cases {
		if !wordIn(text, id) {
			continue
		}
		if about.author == nil {
			return true // nobody knows whom it is about, such as after a penalty by number
		}
		for _, c := range w.sim.Calls() {
			asked := slices.Contains(penalties[penalty], c.Method) && !strings.Contains(c.JSON("permissions"), `"can_send_messages":true`)
			if asked && c.OK() && (c.Int("user_id") == about.author.ID() || c.Method == "banChatSenderChat") {
				return true
			}
		}
		for _, c := range w.sim.Chats() {
			if s := c.Status(about.author); c.Title() == about.title && (c.Kind() == tgsim.Group || s.Status == tgsim.Kicked || s.Status == tgsim.Restricted) {
				return true
			}
		}
		return false
	}
	return true
}

// TestLiesAreNoticed tells a member of a mute that was never put, to see that the check can fail.
func TestLiesAreNoticed(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Mallory
the bot joins as admin
wait 2d
Olga takes "ban users" from the bot
Mallory: Buy pills
Olga: /mute 2h (reply to "pills")
`)
	if lies := w.lies(); len(lies) > 0 {
		t.Errorf("told is %q", lies)
	}
	if w.isPut("can't write", "You can't write for 2 hours.\n"+w.fill("$case")) {
		t.Error("it is not noticed that there is no such mute")
	}
	if err := w.run(`Olga gives "ban users" to the bot`); err != nil {
		t.Fatal(err)
	}
	if !w.isPut("can't write", "You can't write for 2 hours.\n"+w.fill("$case")) {
		t.Error("it is not noticed that there is one")
	}
	w.checkInvariants()
}
