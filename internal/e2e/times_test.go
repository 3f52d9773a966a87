package e2e

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// readsTime looks for words that tell a time by themselves, and that an up-to-date app shows by its own clock.
func readsTime(w *world, a []string) error { return toldTime(w.both(w.who(a[0])), w.fill(a[1]), a[2]) }

func tellsTime(w *world, a []string) error {
	items, err := w.inChat(a[0])
	if err != nil {
		return err
	}
	return toldTime(items, w.fill(a[1]), a[2])
}

func toldTime(items []tgsim.Item, words, at string) error {
	var all []string
	for _, i := range items {
		for _, told := range i.Times() {
			all = append(all, told.Words+" = "+told.Time.Format("2006-01-02 15:04"))
		}
	}
	if !slices.Contains(all, words+" = "+at) {
		return fmt.Errorf("the times told are:\n\t%s", strings.Join(all, "\n\t"))
	}
	return nil
}

// checkMarks: what marks times in texts never leaves the bot, and no text tells a time by a clock that nobody has.
func (w *world) checkMarks() {
	w.t.Helper()
	for _, c := range w.sim.Calls() {
		for name, value := range c.Params {
			if marked(value) {
				w.t.Errorf("%s: a mark left the bot in %s", c.Method, name)
			}
		}
		for _, words := range []string{c.Text("text"), c.Text("caption")} {
			if found := bareTime.FindString(words); found != "" {
				w.t.Errorf("%s: %q is a time as machines write it: %q", c.Method, found, words)
			}
		}
		w.checkTold(c)
		w.checkColours(c)
	}
}

// marked reports whether a parameter holds a mark anywhere.
func marked(value any) bool {
	switch v := value.(type) {
	case string:
		return strings.Contains(v, "\uFDD0") || strings.Contains(v, "\uFDD1") || strings.Contains(v, "\uFDD2")
	case []any:
		return slices.ContainsFunc(v, marked)
	case map[string]any:
		for name, part := range v {
			if marked(name) || marked(part) {
				return true
			}
		}
		return false
	default: // a number, true, false or null
		return marked(fmt.Sprint(v))
	}
}

var bareTime = regexp.MustCompile(`\b20\d\d-\d\d-\d\d\b|\d UTC\b`)

// clockTime is a time of day as the texts of any language tell it, with the day or with a word for it.
var clockTime = regexp.MustCompile(`\d{1,2} \p{L}+\.?(?: \d{4})?, \d\d:\d\d|\d日 \d\d:\d\d|` +
	`(?:today|tomorrow|hoy,|mañana,|今天|明天) \d\d:\d\d|\d\d:\d\d (?:сегодня|завтра)`)

// checkTold: whatever time a message tells, an up-to-date app can tell it by the reader's own clock.
func (w *world) checkTold(c tgsim.Call) {
	w.t.Helper()
	if c.Method == "answerCallbackQuery" {
		return // toasts have no entities
	}
	for text, entities := range map[string]string{"text": "entities", "caption": "caption_entities"} {
		var told []struct {
			Type           string
			Offset, Length int
		}
		if raw := c.JSON(entities); raw != "" {
			if err := json.Unmarshal([]byte(raw), &told); err != nil {
				w.t.Fatal(err)
			}
		}
		words := c.Text(text)
		for _, at := range clockTime.FindAllStringIndex(words, -1) {
			from, to := len(utf16.Encode([]rune(words[:at[0]]))), len(utf16.Encode([]rune(words[:at[1]])))
			covered := false
			for _, e := range told {
				covered = covered || e.Type == "date_time" && e.Offset < to && e.Offset+e.Length >= to && e.Offset <= from+len("el ")
			}
			if !covered {
				w.t.Errorf("%s: %q tells %q by one clock for all", c.Method, words, words[at[0]:at[1]])
			}
		}
	}
}

// checkColours: buttons that begin with 🚩 are red and those with ⚖️ blue, and no others have a colour.
func (w *world) checkColours(c tgsim.Call) {
	w.t.Helper()
	var markup struct {
		Rows [][]tgsim.Button `json:"inline_keyboard"`
	}
	if raw := c.JSON("reply_markup"); raw == "" || json.Unmarshal([]byte(raw), &markup) != nil {
		return
	}
	for _, b := range slices.Concat(markup.Rows...) {
		want := ""
		switch {
		case strings.HasPrefix(b.Label, "🚩"):
			want = "danger"
		case strings.HasPrefix(b.Label, "⚖️"):
			want = "primary"
		}
		if b.Style != want {
			w.t.Errorf("%s: the button %q has the style %q, want %q", c.Method, b.Label, b.Style, want)
		}
	}
}
