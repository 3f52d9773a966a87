package e2e

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestAdminsCannotTellTheReporter plays random small groups twice, with two members swapped. What Anna reports in one world,
// Bert reports in the other; all else they do alike. An admin uses every command and button, reads the log channel and gets the
// digests. All that the others are shown must be the same in both worlds, to the byte and the second.
func TestAdminsCannotTellTheReporter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		script := drawGroup(r)
		one, other := sameTwice(func(which int) string {
			w := newWorld(t, tgsim.Options{})
			w.singly = true
			impossible := w.try(strings.ReplaceAll(script, "REPORTER", []string{"Anna", "Bert"}[which]))
			w.checkInvariants()
			seen := w.everything("Anna", "Bert") + impossible
			w.down()
			return seen
		})
		if one != other {
			one, other = difference(one, other)
			r.Fatalf("others can tell the reporter.\nIf Anna reports:\n%s\nIf Bert does:\n%s\nThe story:\n%s", one, other, script)
		}
	})
}

// try plays the lines that can be played, and returns them. Members who are muted cannot write, and nobody can reply to a
// message that was removed.
func (w *world) try(script string) string {
	var impossible strings.Builder
	for i, line := range strings.Split(script, "\n") {
		if err := w.run(line); err != nil {
			fmt.Fprintf(&impossible, "line %d cannot be\n", i+1)
		}
	}
	return impossible.String()
}

// difference returns the first lines in which two texts differ.
func difference(a, b string) (one, other string) {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(left), len(right)) {
		if left[i] != right[i] {
			return left[i], right[i]
		}
	}
	return fmt.Sprint(len(left), " lines"), fmt.Sprint(len(right), " lines")
}

// drawGroup draws a group, its settings, and what happens in it.
func drawGroup(r *rapid.T) string {
	others := []string{"Carl", "Dora", "Emil", "Fritz"}[:rapid.IntRange(1, 4).Draw(r, "others")]
	lines := []string{
		`group "Chess club" supergroup, owner Olga`,
		"members Anna Bert Mallory Mona Moritz " + strings.Join(others, " "),
		`channel "Log", owner Olga`,
		"the bot joins as admin",
		`the bot is made admin of channel "Log"`,
		"Olga starts the bot",
		"Anna: Good evening",
		"Bert: Good evening",
	}
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	say("Olga: /threshold %d", rapid.IntRange(1, 3).Draw(r, "threshold"))
	say("Olga: /quorum %d", rapid.IntRange(1, 2).Draw(r, "quorum"))
	say("Olga: /cardafter %d", rapid.IntRange(0, 2).Draw(r, "card after"))
	say("Olga: /digest %s", rapid.SampledFrom([]string{"daily 09:00", "weekly mon 09:00", "off"}).Draw(r, "digest"))
	if rapid.Bool().Draw(r, "log") {
		say(`Olga posts "Hello" in channel "Log"`)
		say(`Olga forwards "Hello" from channel "Log"`)
		say(`Olga: /logchannel (reply to "Hello")`)
	}
	for n := range rapid.IntRange(1, 3).Draw(r, "messages") {
		drawCase(r, say, n, others)
	}
	for _, command := range []string{"/stats", "/stats month", "/export", "/health", "/digest now", "/settings"} {
		if rapid.Bool().Draw(r, command) {
			say("Olga: %s", command)
		}
	}
	say("Anna: Good night")
	say("Bert: Good night")
	say(`Olga: /standing (reply to "Good evening")`)
	say("wait until tue 10:00")
	say("Olga: /stats week")
	say("Olga: /export")
	// What the ballots taught is noted by now, and they are gone.
	say("wait 2d")
	say("Anna: Good day")
	say("Bert: Good day")
	say("Olga: /case $case")
	say(`Olga: /standing (reply to "Good day")`)
	say("Olga: /standing $who[Mallory]")
	return strings.Join(lines, "\n")
}

// drawCase draws a message, who reports it how, what the others say, and what an admin does.
func drawCase(r *rapid.T, say func(string, ...any), n int, others []string) {
	words := fmt.Sprintf("Offer %d", n)
	say("%s: %s", []string{"Mallory", "Mona", "Moritz"}[n], words)
	say(rapid.SampledFrom([]string{
		`REPORTER: /report (reply to "%s")`, `REPORTER: /report scam (reply to "%s")`, `REPORTER: /spam (reply to "%s")`,
	}).Draw(r, "way"), words)
	for _, o := range others {
		switch rapid.IntRange(0, 2).Draw(r, o) {
		case 0:
			say(`%s: /report (reply to "%s")`, o, words)
		case 1:
			say(`%s: I see nothing wrong`, o)
		}
	}
	switch rapid.IntRange(0, 4).Draw(r, "admin") {
	case 0:
		say(`Olga: /uphold (reply to "%s")`, words)
	case 1:
		say(`Olga: /dismiss (reply to "%s")`, words)
	case 2:
		say(`Olga: /warn (reply to "%s")`, words)
	case 3:
		say("wait 25h")
	}
	// At least the ten minutes in which cases end at the same moment. Whether admins are told of two such together is chance.
	say("wait %dm", rapid.IntRange(11, 90).Draw(r, "minutes"))
	if n == 0 {
		say("Olga: /case $case")
	}
}

// everything returns all that everybody except some can see, with the times and the contents of files. What comes in the same
// second is in no order, since it goes side by side. The ids of cases are left out, since they are random.
func (w *world) everything(except ...string) string {
	lines := strings.Split(w.visible(except...), "\n")
	for i, line := range lines {
		lines[i] = numbers.ReplaceAllString(line, "")
	}
	slices.Sort(lines)
	for _, u := range w.sim.Users() {
		if !slices.Contains(except, u.Name()) {
			lines = append(lines, u.Name()+"\n"+w.screens(u.Name()), w.places(u))
		}
	}
	return strings.Join(lines, "\n")
}

// places are the numbers of all messages that somebody sees: what goes missing among them was for somebody else.
func (w *world) places(u *tgsim.User) string {
	var b strings.Builder
	for _, c := range w.sim.Chats() {
		for _, i := range u.Sees(c) {
			if !i.Ephemeral {
				fmt.Fprintf(&b, "%s %d\n", c.Title(), i.ID)
			}
		}
	}
	return b.String()
}

// contents are a file's words, or, of a picture, what tells it from any other.
func contents(file []byte) string {
	if utf8.Valid(file) {
		return string(file)
	}
	return fmt.Sprintf("%x", sha256.Sum256(file))
}
