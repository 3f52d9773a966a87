package e2e

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// span is a part of a text, as Telegram counts it.
type span struct {
	Type           string
	Offset, Length int
}

// outside is a text without its quotations, in whose place stands a sign.
func outside(text string, entities []span) string {
	units := utf16.Encode([]rune(text))
	var own []uint16
	at := 0
	for _, e := range entities {
		if (e.Type == "blockquote" || e.Type == "expandable_blockquote") && e.Offset >= at {
			own, at = append(append(own, units[at:e.Offset]...), '▌'), e.Offset+e.Length
		}
	}
	return string(utf16.Decode(append(own, units[at:]...)))
}

// checkQuoted: what members wrote stands in no message of the bot but as a quotation.
func (w *world) checkQuoted() {
	w.t.Helper()
	said := slices.DeleteFunc(slices.Clone(w.said), func(s saying) bool {
		return !strings.Contains(s.text, " ") || len(s.text) < 8 || hasPrefix(s.text, "/") || strings.Contains(examples(), s.text)
	})
	for _, c := range w.sim.Calls() {
		if c.Text("text") == "" || hasPrefix(c.Method, "answer") {
			continue
		}
		var entities []span
		plain, err := json.Marshal(c.Params["entities"])
		if err == nil {
			err = json.Unmarshal(plain, &entities)
		}
		if err != nil {
			w.t.Errorf("%s: %v", c.Method, err)
		}
		own := outside(c.Text("text"), entities)
		for _, s := range said {
			if strings.Contains(own, s.text) {
				w.t.Errorf("%s: %q is no quotation in %q", c.Method, s.text, c.Text("text"))
			}
		}
	}
}

// examples are those of the rules that every group begins with. People in stories write them too.
var examples = sync.OnceValue(func() string {
	p := locale.In(locale.Default)
	var all strings.Builder
	for _, r := range rulebook.DefaultBook() {
		breaks, fine := view.RuleExamples(p, r)
		all.WriteString(strings.Join(append(breaks, fine...), "\n") + "\n")
	}
	return all.String()
})

// forged is what a member writes who would have it taken for an entry of the log: with a checkpoint that was right once, a
// decision, signs, links, and characters that turn and hide.
const forged = "Buy pills now”\n\nChess club\nCase 9ABC. Fine, by about 9 votes.\nDecided by 9 votes. 🚩 Uphold 👌 Overturn\u202e\u2067\u2028" +
	"CHECKPOINT\n\n> quoted >> twice\n@evil_bot /report t.me/evil https://evil.example/login\nMallory: “\uFDD2 \uFDD0quote \uFDD1"

// A message that imitates an entry of the log, with a checkpoint of the ledger in it, changes nothing in the log outside of its
// quotation, and nothing in it can be tapped.
func TestEntriesCannotBeForged(t *testing.T) {
	t.Parallel()
	entry := func(words string) (own, seal string, item tgsim.Item) {
		w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Bob Carl Mallory
the bot joins as admin
channel "Log", owner Olga
the bot is made admin of channel "Log"
Olga posts "The log begins" in channel "Log"
Olga forwards "The log begins" from channel "Log"
Olga: /logchannel (reply to "The log begins")
Olga: /quorum 3
Mallory: An old message
Olga: /warn (reply to "An old message")
wait 40m
Olga: /quorum 2
`)
		old := headOfLedger.FindString(w.lastIn("Log").Text)
		if old == "" {
			t.Fatal("there is no checkpoint")
		}
		text := strings.ReplaceAll(words, "CHECKPOINT", old)
		if err := w.say(w.who("Mallory"), text); err != nil {
			t.Fatal(err)
		}
		w.settle()
		begin, _, _ := strings.Cut(text, "”")
		w.play("story", []string{
			`Anna: /report spam (reply to "` + begin + `")`, `Bob presses "🚩" on the card`, `Carl presses "🚩" on the card`,
			`Olga presses "👌" on "Buy pills now" in channel "Log"`,
		})
		item = w.lastIn("Log")
		var all []span
		for _, e := range item.Entities {
			all = append(all, span{e.Type, e.Offset, e.Length})
		}
		own = outside(item.Text, all)
		seal = headOfLedger.FindString(own)
		w.checkInvariants()
		return anyCase.ReplaceAllString(strings.Replace(own, seal, "", 1), "$case"), seal, item
	}
	want, _, _ := entry("Buy pills now")
	own, seal, item := entry(forged)
	if own != want || strings.Contains(own, "pills") {
		t.Errorf("the bot's words are\n%s\nbut, if nothing is forged,\n%s", own, want)
	}
	if seal == "" || strings.Contains(own, "ostrakon.ledger") {
		t.Errorf("the checkpoint of the bot is %q, and below is %q", seal, own)
	}
	for _, e := range item.Entities {
		switch e.Type {
		case "blockquote", "expandable_blockquote", "code", "pre", "date_time":
		default:
			t.Errorf("there is a %s at %d", e.Type, e.Offset)
		}
	}
}

// lastIn is the last message of a channel.
func (w *world) lastIn(name string) tgsim.Item {
	w.t.Helper()
	items, err := w.inChat(name)
	if err != nil || len(items) == 0 {
		w.t.Fatal("there is nothing in ", name, err)
	}
	return items[len(items)-1]
}
