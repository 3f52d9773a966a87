package e2e

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// privateLines are about what people send to the bot in private to report it.
var privateLines = []verb{
	{form: `{who} forwards {text} to the bot`, run: func(w *world, a []string) error { return forwardToBot(w.who(a[0]), w.find(a[1]), w) }},
	{form: `{who} forwards {text} of {text} to the bot`, run: forwardFromTo},
	{form: `{who} forwards the album {text} to the bot`, run: forwardAlbum},
	{form: `{who} keeps {text}`, run: keepForward},
	{form: `{who} forwards what they kept to the bot`, run: func(w *world, a []string) error { return forwardToBot(w.who(a[0]), w.kept[a[0]], w) }},
	{form: `{who} is not named in forwards`, run: func(w *world, a []string) error { w.who(a[0]).HideNames(true); return nil }},
	{form: `{who} writes {text} to the bot, linked to {text}`, run: func(w *world, a []string) error {
		_, err := w.who(a[0]).SendPrivate(w.bot, a[1], tgsim.WithLink("", w.fill(a[2])))
		return err
	}},
	{form: `{who} writes {text} to the bot in reply to {text}`, run: replyPrivately},
}

func forwardToBot(u *tgsim.User, m *tgsim.Message, w *world) error {
	_, err := u.Forward(m, u.Dialog(w.bot))
	return err
}

// keepForward forwards a message to where somebody keeps what they like, and nobody else is.
func keepForward(w *world, a []string) error {
	u := w.who(a[0])
	m, err := u.Forward(w.find(a[1]), w.sim.NewSupergroup("Saved by "+a[0], u))
	w.kept[a[0]] = m
	return err
}

// forwardFromTo forwards what somebody sees in a chat.
func forwardFromTo(w *world, a []string) error {
	c, err := w.chat(a[2])
	if err != nil {
		return err
	}
	m := w.who(a[0]).Find(c, a[1])
	if m == nil {
		return fmt.Errorf("%s sees no %q there", a[0], a[1])
	}
	return forwardToBot(w.who(a[0]), m, w)
}

// forwardAlbum forwards messages together; their captions are parted by "|".
func forwardAlbum(w *world, a []string) error {
	var items []*tgsim.Message
	for caption := range strings.SplitSeq(a[1], "|") {
		items = append(items, w.find(caption))
	}
	u := w.who(a[0])
	_, err := u.ForwardAlbum(items, u.Dialog(w.bot))
	return err
}

func replyPrivately(w *world, a []string) error {
	u := w.who(a[0])
	m := u.FindPrivate(w.bot, a[2])
	if m == nil {
		return fmt.Errorf("%s sees no %q in private", a[0], a[2])
	}
	_, err := u.SendPrivate(w.bot, w.fill(a[1]), tgsim.ReplyTo(m))
	return err
}

// link is what an app copies as the link to a message.
func link(m *tgsim.Message) string {
	c := m.Chat()
	name := c.Username()
	if name == "" {
		name = "c/" + strings.TrimPrefix(strconv.FormatInt(c.ID(), 10), "-100")
	}
	return fmt.Sprintf("https://t.me/%s/%d", name, m.ID())
}

// TestOutsidersSeeOneAnswer sends the bot in private what names a message, a message that never was, one of a group that it does not
// know, one that is too old, and one of a group that it left. Eve, who is in none of these, and Anna, who is in one, must be shown
// the same to the byte, at the same moment. Nor does a forged button tell them anything.
func TestOutsidersSeeOneAnswer(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Go club" supergroup, owner Olga
members Mallory
the bot joins as admin
Mallory: Buy plants
Olga removes the bot
group "Chess club" supergroup, owner Olga
members Anna Mallory
the bot joins as admin
Mallory: Buy pills
wait 3d
Mallory is not named in forwards
Mallory: Buy powder
2 times at once: Mallory: Buy potions
Anna starts the bot
Eve starts the bot
`)
	var first string
	for _, line := range []string{
		`Eve forwards "Buy powder" to the bot`, `Eve writes "$link[Buy powder]" to the bot`, `Eve forwards "Buy potions" to the bot`,
		`Eve writes "https://t.me/c/1987654321/17" to the bot`, `Eve writes "https://t.me/nobody_here/17" to the bot`,
		`Eve writes "https://t.me/nobody_here/17?comment=5" to the bot`, `Eve writes "/report scam $link[Buy powder]" to the bot`,
		`Eve forwards "Buy pills" to the bot`, `Anna forwards "Buy pills" to the bot`, `Anna writes "$link[Buy pills]" to the bot`,
		`Anna forwards "Buy potions" to the bot`, `Anna writes "https://t.me/nobody_here/17" to the bot`,
		`Eve writes "$link[Buy plants]" to the bot`, `Anna forwards "Buy plants" to the bot`,
	} {
		calls, began := w.sim.CallCount(), w.clock.Now()
		for _, step := range append([]string{line}, slices.Repeat([]string{"wait 1s"}, 20)...) {
			if err := w.run(step); err != nil {
				t.Fatalf("%s: %v", step, err)
			}
		}
		var seen strings.Builder
		for _, c := range w.sim.CallsSince(calls) {
			if to := c.Int("chat_id"); to <= 0 { // a question, of which nobody but the bot knows
				continue
			}
			delete(c.Params, "chat_id")
			delete(c.Params, "reply_parameters") // what they sent, which has another number each time
			fmt.Fprintf(&seen, "%v after: %s %v\n", c.Time.Sub(began), c.Method, c.Params)
		}
		if first == "" {
			first = seen.String()
		}
		if seen.String() != first || first == "" {
			t.Errorf("%s\nis answered by\n%s\nwant\n%s", line, seen.String(), first)
		}
	}
	if n := len(w.cases()); n > 0 {
		t.Errorf("there are %d cases", n)
	}
	w.checkInvariants()
}
