package e2e

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// leak is a person whom a text should not name to those who read it, or nothing. Nobody is named to who is no
// admin. Admins are told, of their own group, who wrote what was judged, whom an admin asked about or punished,
// and which admin did what. Nobody else who had to do with a case is named, whether they reported or voted.
// Jurors read what was written, with the names that are in it, and no other; nobody reads who they are, not even
// admins.
func (w *world) leak(text string, to audience) string {
	text = checkpoint.ReplaceAllString(text, "") // a short name is in it by chance, now and then
	if to.one != nil && strings.Contains(text, `"private_chat"`) {
		text = strings.ReplaceAll(text, to.one.Name(), "") // what is kept of them is theirs to read
	}
	if to.admins {
		text = repliedTo.ReplaceAllString(text, "") // whom the judged message replied to is part of what was written
		text = logOf.ReplaceAllString(text, "")     // who has a say in their log channel
	}
	if to.juror {
		return w.named(w.withoutQuotes(text))
	}
	if !to.admins || w.named(text) == "" {
		return w.named(text)
	}
	if lines := strings.Split(text, "\n• "); len(lines) > 1 && strings.Contains(text, `:case"`) { // each is about something else
		for _, line := range lines {
			if name := w.leak(line, to); name != "" {
				return name
			}
		}
		return ""
	}
	text = w.withoutQuotes(text)
	var about []string
	for id, m := range w.observed.cases {
		if !wordIn(text, id) {
			continue
		}
		if to.one != nil && !w.observed.admins[rank{m.title, to.one}] {
			return w.named(text)
		}
		about = append(about, id)
	}
	for name, u := range w.people {
		if w.names(text, u) && !w.mayBeNamed(u, about) {
			return name
		}
	}
	return ""
}

// withoutQuotes leaves out what members wrote, for it may be shown with the names that they wrote.
func (w *world) withoutQuotes(text string) string {
	for _, s := range w.said {
		if strings.Contains(s.text, " ") && !hasPrefix(s.text, "/") {
			text = strings.ReplaceAll(text, s.text, "…")
		}
	}
	return text
}

// mayBeNamed reports whether admins may read somebody's name in a text about some cases, or about none.
func (w *world) mayBeNamed(u *tgsim.User, about []string) bool {
	for id, m := range w.observed.cases {
		if m.author == u && (len(about) == 0 || slices.Contains(about, id)) {
			return true
		}
	}
	for _, a := range w.observed.acts {
		did := a.by == u && a.deed
		if len(about) == 0 && (did || a.about == u) {
			return true
		}
		for _, id := range about {
			author := w.observed.cases[id].author
			concerned := wordIn(strings.ToUpper(a.words), id) || a.about == author
			if did && concerned || author == nil && (did || a.about == u) {
				return true
			}
		}
	}
	return false
}

// checkSecrecy: nobody was told of anybody what they should not know; see leak.
func (w *world) checkSecrecy() {
	w.t.Helper()
	w.notice()
	for _, leak := range w.observed.leaks {
		w.t.Error(leak)
	}
}

// names reports whether a text names somebody, by name, by @username or by number.
func (w *world) names(text string, u *tgsim.User) bool {
	return u.Name() != "" && wordIn(text, u.Name()) || u.Username() != "" && wordIn(text, u.Username()) ||
		wordIn(text, strconv.FormatInt(u.ID(), 10)) || wordIn(text, strconv.FormatInt(u.ID(), 36))
}

// wordIn reports whether word stands in text, and not as a part of a longer one.
func wordIn(text, word string) bool {
	for {
		before, after, found := strings.Cut(text, word)
		if !found {
			return false
		}
		left, _ := utf8.DecodeLastRuneInString(before)
		right, _ := utf8.DecodeRuneInString(after)
		if !unicode.IsLetter(left) && !unicode.IsLetter(right) {
			return true
		}
		text = after
	}
}

// TestLeaksAreNoticed tells made-up readers of a story what they should know and what not.
func TestLeaksAreNoticed(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Bob Carl Ada Mallory
Mallory is called mallory_m
Ada is made admin
the bot joins as admin
Olga: /threshold 3
Mallory: Buy pills from Dora
Anna: /report (reply to "Buy pills")
Ada presses "🚩" on the card
Carl presses "🚩" on the card
Anna: Chess is boring
Mallory: /report (reply to "boring")
Bob: /uphold (reply to "boring")
Olga: /uphold (reply to "boring")
group "Go club" supergroup, owner Dora
`)
	w.here = w.chats["Chess club"]
	pills, boring := w.fill("$case1"), w.fill("$case2")
	reader := func(name string, admin bool) audience { return audience{name: name, one: w.who(name), admins: admin} }
	admin, owner, log := reader("Ada", true), reader("Olga", true), audience{name: "the log", admins: true}
	member, elsewhere, juror := reader("Bob", false), reader("Dora", true), reader("Carl", false)
	juror.juror = true
	for _, c := range []struct {
		to         audience
		text, leak string
	}{
		{log, "Case " + pills + ". Mallory (@mallory_m): “Buy pills from Dora”", ""}, // the author, and a quotation
		{admin, "Case " + boring + ". Anna: “Chess is boring” Olga decided this.", ""},
		{owner, "Mallory is on step 1.", ""},
		{owner, "Olga changed “", ""},
		{owner, "🔍 e:1:" + pills + `:case"` + "\n• " + pills + ": Breaks the rules.\n• Olga changed: Quiz off", ""},
		{owner, "🔍 e:1:" + pills + `:case"` + "\n• " + pills + ": Olga decided it.\n• Ada changed: Quiz off", "Olga"},
		{owner, "🔍 e:1:" + pills + `:case"` + "\n• " + pills + ": Breaks the rules.\n• Ada changed: Quiz off", "Ada"},
		{member, "Case " + pills + ". Mallory", "Mallory"},
		{member, "by @mallory_m", "Mallory"},
		{elsewhere, "Case " + pills + ". Mallory", "Mallory"}, // an admin, but not there
		{log, "Case " + pills + ". Anna", "Anna"},             // who reported it, though author of another
		{log, "Case " + boring + ". Mallory", "Mallory"},      // likewise
		{log, "Case " + pills + ". Olga", "Olga"},             // who did something, but not in this case
		{owner, "Case " + pills + ". Ada", "Ada"},             // an admin, who voted like a member
		{log, "Ada", "Ada"},
		{log, "Voted: Carl", "Carl"},
		{log, "tg://user?id=" + w.fill("$who[Carl]"), "Carl"},
		{log, "Bob wanted it upheld", "Bob"}, // who may not do what admins do
		{juror, "Case " + pills + ". The message: “Buy pills from Dora”", ""},
		{member, "Case " + pills + ". The message: “Buy pills from Dora”", "Dora"}, // who has nothing to do with it
		{juror, "Case " + pills + ". Mallory wrote: “Buy pills from Dora”", "Mallory"},
		{juror, "Case " + pills + ", reported by Anna", "Anna"},
		{juror, "Judges: Carl", "Carl"}, // not even themselves
		{log, "Case " + pills + ", judged by Carl", "Carl"},
	} {
		if got := w.leak(c.text, c.to); got != c.leak {
			t.Errorf("%s is told %q: %q leaks, want %q", c.to.name, c.text, got, c.leak)
		}
	}
	w.checkInvariants()
}
