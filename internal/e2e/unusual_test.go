package e2e

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// unusualLines are actions and settings that are rare, and must do no harm anywhere.
var unusualLines = []verb{
	{form: `the name of {who} is {text}`, run: rename},
	{form: `telegram tells of {text} as edited`, run: toldAsEdited},
	{form: `{who} sends rich blocks {words}`, run: sendRich},
	{form: `{who} says {text} in topic {text} in reply to {text}`, run: acrossTopics},
	{form: `{who} says {text} in reply to {text} of {text}, quoting {text}`, run: replyElsewhere},
	{form: `{who} calls the bot {text} and it says {text}`, run: callGuest},
	{form: `{who} calls the bot {text} as {text} and it says {text}`, run: callGuestAs},
	{form: `the bot hears other bots`, run: func(w *world, _ []string) error { w.bot.SetHearsBots(true); return nil }},
	{form: `topic {text} is closed`, run: func(w *world, a []string) error { w.topics[a[0]].Close(); return nil }},
	{form: `topic {text} is open`, run: func(w *world, a []string) error { w.topics[a[0]].Reopen(); return nil }},
	{form: `General is closed`, run: func(w *world, _ []string) error { w.here.CloseGeneral(); return nil }},
	{form: `General is open`, run: func(w *world, _ []string) error { w.here.ReopenGeneral(); return nil }},
	{form: `{who} sees {text} in topic {text}`, run: seesInTopic, check: true},
}

// rename gives somebody another name; \u202e and the like are characters.
func rename(w *world, a []string) error {
	name, err := strconv.Unquote(`"` + a[1] + `"`)
	if err != nil {
		return fmt.Errorf("the name %q: %w", a[1], err)
	}
	w.who(a[0]).SetName(name, "")
	return nil
}

// toldAsEdited has Telegram tell once more of a message, gone or not, as one that was edited, as it does when it finds the
// preview of a link.
func toldAsEdited(w *world, a []string) error {
	m := w.find(a[0])
	author := w.said[w.saidAt(m)].by
	raw, err := json.Marshal(map[string]any{
		"message_id": m.ID(), "date": w.clock.Now().Unix(), "edit_date": w.clock.Now().Unix(), "text": m.Text(),
		"chat": map[string]any{"id": w.here.ID(), "type": "supergroup", "title": w.here.Title()},
		"from": map[string]any{"id": author.ID(), "is_bot": false, "first_name": author.Name()},
	})
	w.bot.Inject("edited_message", string(raw))
	return err
}

// saidAt is where in what was said a message is.
func (w *world) saidAt(m *tgsim.Message) int {
	for i, s := range w.said {
		if s.m == m {
			return i
		}
	}
	w.t.Fatal("nobody said that")
	return 0
}

func seesInTopic(w *world, a []string) error {
	var lines []string
	for _, i := range w.who(a[0]).Sees(w.here) {
		if strings.Contains(i.Text, w.fill(a[1])) && i.Topic == a[2] {
			return nil
		}
		lines = append(lines, fmt.Sprintf("%q %s", i.Topic, i))
	}
	return fmt.Errorf("what %s sees is:\n\t%s", a[0], strings.Join(lines, "\n\t"))
}

// callGuest has somebody call a bot that is no member; its answer is what they said.
func callGuest(w *world, a []string) error { return w.callGuest(a[0], a[1], a[2]) }

func callGuestAs(w *world, a []string) error {
	channel, err := w.chat(a[2])
	if err != nil {
		return err
	}
	return w.callGuest(a[0], a[1], a[3], tgsim.AsChannel(channel))
}

func (w *world) callGuest(name, bot, text string, opts ...tgsim.SendOption) error {
	b := w.guest(bot)
	calls := w.sim.CallCount()
	m, err := w.who(name).CallGuest(w.here, b, text, opts...)
	if err == nil {
		w.remember(w.who(name), text, m, calls)
	}
	return err
}

// guest is a bot by its name, which comes into being when first called.
func (w *world) guest(name string) *tgsim.Bot {
	for _, b := range w.sim.Bots() {
		if b.Name() == name {
			return b
		}
	}
	return w.sim.AddBot(name+"_bot", name, tgsim.Unattended())
}

// sendRich has somebody send a rich message, whose blocks are JSON.
func sendRich(w *world, a []string) error {
	return w.say(w.who(a[0]), a[1], tgsim.Rich(a[1]))
}

// acrossTopics has somebody reply in one topic to what stands in another, to all.
func acrossTopics(w *world, a []string) error {
	opts := []tgsim.SendOption{tgsim.OldApp(), tgsim.ReplyTo(w.find(a[3]))}
	if topic := w.topics[a[2]]; topic != nil {
		opts = append(opts, tgsim.InTopic(topic))
	} else if a[2] != "General" {
		return fmt.Errorf("there is no topic %q", a[2])
	}
	return w.say(w.who(a[0]), w.fill(a[1]), opts...)
}

// replyElsewhere has somebody reply, to all, to what stands in another chat.
func replyElsewhere(w *world, a []string) error {
	c, err := w.chat(a[3])
	if err != nil {
		return err
	}
	m := w.who(a[0]).Find(c, a[2])
	if m == nil {
		return fmt.Errorf("%s sees no %q there", a[0], a[2])
	}
	return w.say(w.who(a[0]), w.fill(a[1]), tgsim.OldApp(), tgsim.ReplyElsewhere(m), tgsim.Quoting(a[4]))
}
