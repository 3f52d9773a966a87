package demo

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// busy is a frame with everything in it that there can be.
func busy() Frame {
	card := [][]string{{"🚩 Breaks the rules", "👌 Is fine"}}
	return Frame{
		At: time.Date(2026, 9, 1, 18, 2, 0, 0, time.UTC), Tell: "Much happens at once, more than fits on one line of a small terminal.",
		Screens: []Screen{
			{"Anna", "reporter", []Line{
				{Kind: Said, From: "Anna", Text: "/report spam", Reply: "便宜的粉丝！ Cheap followers", Private: true},
				{Kind: Said, From: "Ostrakon", Text: "Reported.\n\nCase 7KQ2.", Buttons: [][]string{{"↩️ Undo"}}, Private: true},
				{Kind: Said, From: "Ostrakon", Text: "Does it break the rules?", Buttons: card},
			}},
			{"Mallory", "author", []Line{
				{Kind: Gone, Text: "便宜的粉丝！ Cheap followers"},
				{Kind: Edited, From: "Ostrakon", Before: "Break?\n\n1 vote", Text: "Break?\n\n2 votes"},
				{Kind: Status, Text: "may not write until 19:02"},
				{Kind: Refused, Text: "Are you all asleep?", Private: true},
			}},
			{"Olga", "owner", []Line{{Kind: Logged, From: "18:01 Ostrakon", Text: "deleted “便宜的粉丝！” by Mallory", Private: true}}},
			{"Bob", "reporter", nil},
			{"Carl", "voter", []Line{{Kind: Toast, Text: "Counted.", Private: true}, {Kind: Said, From: "Ostrakon", Text: "all see it"}}},
		},
	}
}

func printed(t *testing.T, width int, colour bool, f Frame) string {
	t.Helper()
	var b strings.Builder
	if err := NewPrinter(&b, width, colour).Frame(f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPlain(t *testing.T) {
	t.Parallel()
	const want = `18:02  Much happens at once, more than fits on one line of a small
       terminal.
─ Anna, reporter ──────┬─ Mallory, author ─────┬─ Olga, owner ─────────
 👁️ only you           │ ✗ gone: 便宜的粉丝！… │ 18:01 Ostrakon
 ↩ 便宜的粉丝！ Cheap… │ Ostrakon, edited: 2   │   deleted “便宜的粉
 Anna: /report spam    │   votes               │   丝！” by Mallory
 👁️ only you           │ ⛔ may not write      │
 Ostrakon: Reported.   │   until 19:02         │
   Case 7KQ2.          │ ✗ not sent: Are you   │
   [↩️ Undo]           │   all asleep?         │
 Ostrakon: Does it     │                       │
   break the rules?    │                       │
   [🚩 Breaks the r…]  │                       │
   [👌 Is fine]        │                       │
 👁️ only Carl: Counted.

`
	if got := printed(t, 72, false, busy()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

var escape = regexp.MustCompile("\x1b\\[[0-9;]*[a-zA-Z]")

// No line is wider than the terminal, and colours change nothing but colours.
func TestWidths(t *testing.T) {
	t.Parallel()
	for width := 1; width < 220; width++ {
		plain := printed(t, width, false, busy())
		for _, line := range strings.Split(plain, "\n") {
			if w := cells(line); w > max(width, narrowest) {
				t.Errorf("%d cells where %d fit: %q", w, width, line)
			}
		}
		if strings.Contains(plain, "\x1b") {
			t.Errorf("plain text for width %d has escape sequences", width)
		}
		if got := escape.ReplaceAllString(printed(t, width, true, busy()), ""); got != plain {
			t.Errorf("without its colours the text for width %d differs:\n%s\nwant\n%s", width, got, plain)
		}
	}
}

func cells(line string) int { return width(line) }

func TestNewPart(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"Break?\n\n1 vote", "Break?\n\n2 votes", "2 votes"},
		{"Break?\n\n1 vote", "Removed.", "Removed."},
		{"same", "same", "same"},
		{"", "new", "new"},
	} {
		if got := newPart(c[0], c[1]); got != c[2] {
			t.Errorf("newPart(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
