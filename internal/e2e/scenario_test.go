package e2e

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestScenarios plays every script in testdata/scenarios against the real bot. Their language is
// described in testdata/scenarios/README.md.
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/scenarios/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			playFile(t, file)
		})
	}
}

// The story of a scenario stands at its top, so that it can be read without the script.
func TestStoriesStandAtTheTop(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/scenarios/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, script, _ := strings.Cut("\n"+string(archive.Comment), "\n\n") // the story ends with an empty line
		if !strings.HasPrefix(string(archive.Comment), "# ") || strings.Contains("\n"+script, "\n#") {
			t.Errorf("%s: the story is not at the top, or not all of it", file)
		}
	}
}

func playFile(t *testing.T, file string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w := play(t, file, string(archive.Comment))
	for _, f := range archive.Files {
		w.compareView(f.Name, string(f.Data))
	}
	w.checkInvariants()
}

// play runs a script to its end.
func play(t *testing.T, file, script string) *world {
	t.Helper()
	lines := strings.Split(script, "\n")
	w := newWorld(t, options(lines), changes(t, lines)...)
	w.play(file, lines)
	return w
}

// play runs lines in a world that is there already.
func (w *world) play(file string, lines []string) {
	w.t.Helper()
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || hasPrefix(line, "#") || line == oldServer || line == server102 || line == webhook || operator.MatchString(line) {
			continue
		}
		if err := w.run(line); err != nil {
			w.t.Fatalf("%s:%d: %s\n%v\n\nwhat the bot logged:\n%s", file, i+1, line, err, w.log)
		}
	}
}

// The lines that are about the world before there is one.
const (
	oldServer = "telegram is an old server"
	server102 = "telegram is a server of Bot API 10.2"
	webhook   = "telegram calls the bot"
)

var operator = regexp.MustCompile(`^the operator sets (\w+) to "([^"]*)"$`)

// changes are what the first lines want of the bot's configuration.
func changes(t *testing.T, lines []string) (all []func(*config.Config)) {
	t.Helper()
	for _, line := range lines {
		if line == webhook {
			all = append(all, byWebhook(t))
		}
		if m := operator.FindStringSubmatch(line); m != nil {
			all = append(all, func(c *config.Config) { setDefault(t, c.Defaults, m[1], m[2]) })
		}
	}
	return all
}

func setDefault(t *testing.T, d config.Defaults, name, value string) {
	t.Helper()
	if _, ok := d[name]; !ok {
		t.Fatalf("the operator cannot set %s", name)
	}
	d[name] = value
}

func options(lines []string) tgsim.Options {
	return tgsim.Options{NoEphemeralSupport: slices.Contains(lines, oldServer), OldEphemeral: slices.Contains(lines, server102)}
}

// verb is one form that a line of a script can have.
type verb struct {
	form  string // {who}, {text} and so on stand for what varies; see blanks
	run   func(*world, []string) error
	check bool // it only looks, so no time passes
	shape *regexp.Regexp
}

// blanks are what can stand in a form, and how it is written.
var blanks = strings.NewReplacer(
	regexp.QuoteMeta("{who}"), `(\p{Lu}\p{L}*)`,
	regexp.QuoteMeta("{people}"), `(\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*)`,
	regexp.QuoteMeta("{text}"), `"([^"]*)"`,
	regexp.QuoteMeta("{time}"), `(\d+[smhdw])`,
	regexp.QuoteMeta("{time of day}"), `(\d\d:\d\d)`,
	regexp.QuoteMeta("{number}"), `(\d+)`,
	regexp.QuoteMeta("{word}"), `(\S+)`,
	regexp.QuoteMeta("{words}"), `(.+)`,
)

func compile(verbs []verb) []verb {
	for i := range verbs {
		verbs[i].shape = regexp.MustCompile(`^` + blanks.Replace(regexp.QuoteMeta(verbs[i].form)) + `$`)
	}
	return verbs
}

// verbs is the whole language.
var verbs = compile(concat(settingLines, actionLines, privateLines, unusualLines, quizLines, appealLines, faultLines, tokenLines, clockLines, viewLines, spaceLines, botLines))

func concat(lists ...[]verb) (all []verb) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// run carries out one line. Before each deed a second passes.
func (w *world) run(line string) error {
	n, deed := atOnce(line)
	do, check := w.meaning(deed)
	if do == nil {
		return fmt.Errorf("this line says nothing that is known; see testdata/scenarios/README.md")
	}
	if check {
		return do()
	}
	w.pass(time.Second)
	defer w.settle()
	for range n {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// meaning is what a line does, and whether it only looks; nil if that is not known.
func (w *world) meaning(line string) (do func() error, check bool) {
	if name, words, ok := spoken(line); ok {
		return func() error { return w.speak(name, words) }, false
	}
	for _, v := range verbs {
		if m := v.shape.FindStringSubmatch(line); m != nil {
			return func() error { return v.run(w, m[1:]) }, v.check
		}
	}
	return nil, false
}

var repeated = regexp.MustCompile(`^(\d+) times at once: (.*)$`)

// atOnce tells what is done how many times.
func atOnce(line string) (times int, deed string) {
	m := repeated.FindStringSubmatch(line)
	if m == nil {
		return 1, line
	}
	times, _ = strconv.Atoi(m[1])
	return times, m[2]
}

var speech = regexp.MustCompile(`^(\p{Lu}\p{L}*): (.*)$`)

// spoken tells "Anna: hello" from other lines.
func spoken(line string) (name, words string, ok bool) {
	m := speech.FindStringSubmatch(line)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// aside is what may stand in brackets after what somebody says.
var aside = regexp.MustCompile(`^(.*?)\s*\(((?:reply to|as|in topic|link to) "[^"]*"|naming \p{Lu}\p{L}*(?: as "[^"]*")?|old app|desktop|photo|sticker|poll|voice|contact|document|[23] MB document)\)$`)

// attached is what words may come with.
var attached = map[string]func() tgsim.SendOption{
	"old app": tgsim.OldApp, "desktop": tgsim.OnDesktop, "photo": tgsim.WithPhoto, "sticker": tgsim.WithSticker, "poll": tgsim.WithPoll,
	"voice": tgsim.WithVoice, "contact": tgsim.WithContact,
	"document":      func() tgsim.SendOption { return tgsim.WithDocument("list.pdf") },
	"2 MB document": func() tgsim.SendOption { return tgsim.With(tgsim.WithDocument("film.mp4"), tgsim.Large(2<<20)) }, // the most that is kept
	"3 MB document": func() tgsim.SendOption { return tgsim.With(tgsim.WithDocument("film.mp4"), tgsim.Large(3<<20)) }, // more than is kept as evidence
}

// speak has somebody say something.
func (w *world) speak(name, words string) error {
	u, said := w.who(name), words
	words, opts, err := w.understand(u, words)
	if err != nil {
		return err
	}
	w.act(u, said, words, w.writer(w.repliedTo(u, said)))
	return w.say(u, words, opts...)
}

// understand takes what somebody says apart: the words, and what stands in brackets behind them.
func (w *world) understand(u *tgsim.User, words string) (string, []tgsim.SendOption, error) {
	var opts []tgsim.SendOption
	for {
		m := aside.FindStringSubmatch(words)
		if m == nil {
			return w.fill(words), opts, nil
		}
		opt, err := w.aside(u, m[2])
		if err != nil {
			return "", nil, err
		}
		words, opts = m[1], append(opts, opt)
	}
}

var replied = regexp.MustCompile(`\(reply to "([^"]*)"\)`)

// repliedTo is the message that something said replies to, or nil.
func (w *world) repliedTo(u *tgsim.User, said string) *tgsim.Message {
	if m := replied.FindStringSubmatch(said); m != nil {
		return u.Find(w.here, m[1])
	}
	return nil
}

func (w *world) aside(u *tgsim.User, text string) (tgsim.SendOption, error) {
	quoted := strings.Trim(text[strings.Index(text+`"`, `"`):], `"`)
	switch {
	case attached[text] != nil:
		return attached[text](), nil
	case hasPrefix(text, "naming"):
		who := strings.Fields(text)[1]
		return tgsim.Naming(cmp.Or(quoted, who), w.who(who)), nil
	case hasPrefix(text, "link to"):
		return tgsim.WithLink("", quoted), nil
	case hasPrefix(text, "in topic"):
		if topic, ok := w.topics[quoted]; ok {
			return tgsim.InTopic(topic), nil
		}
		return nil, fmt.Errorf("there is no topic %q", quoted)
	case hasPrefix(text, "as"):
		if channel, ok := w.chats[quoted]; ok {
			return tgsim.AsChannel(channel), nil
		}
		return nil, fmt.Errorf("there is no channel %q", quoted)
	default:
		m := u.Find(w.here, quoted)
		if m == nil {
			return nil, fmt.Errorf("%s sees no message %q to reply to", u.Name(), quoted)
		}
		return tgsim.ReplyTo(m), nil
	}
}

// TestWordsAboutPermissions tries what a story can say of what somebody may send.
func TestWordsAboutPermissions(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Mallory
the bot joins as admin
Anna: Look at my board (photo)
Mallory may write everything
Mallory: Which pills do you take? (poll)
Mallory: Pills, a pharmacy (contact)
Mallory forwards "my board"
Olga sees "<poll> Which pills"
Olga sees "Mallory: <photo> (forwarded) Look at my board"
`)
	w.here.Restrict(w.who("Mallory"), plainText(), time.Time{})
	for _, line := range strings.Split(strings.TrimSpace(`
Mallory may write plain text only
Mallory is not muted
Mallory may not say: Pills in a picture (photo)
Mallory may not say: ♟ (sticker)
Mallory may not say: Which of these? (reply to "my board") (poll)
Mallory may not say: Listen (voice)
Mallory may not forward "my board"
Mallory: Pills are at example.com
Mallory: Pills are here (link to "https://example.com/pills")
Mallory forwards "at example.com"
Mallory: Pills are good for you
message "good for you" is there
`), "\n") {
		if err := w.run(line); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	for _, line := range []string{
		"Mallory may write everything", "Anna may write plain text only", "Mallory may not say: Pills",
		"Anna may not say: Pills (photo)", `Anna may not forward "my board"`, "Nina may write everything",
		"Nina may not say: Pills", // not for want of a permission: she is not there
	} {
		if w.run(line) == nil {
			t.Errorf("%s: it is not so, yet it passes", line)
		}
	}
}

func hasPrefix(s, prefix string) bool { return strings.HasPrefix(s, prefix) }

// TestLanguageIsDescribed holds the description of the language against the language.
func TestLanguageIsDescribed(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/scenarios/README.md")
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]bool{oldServer: true, server102: true, webhook: true, "the operator sets {word} to {text}": true}
	for _, v := range verbs {
		forms[v.form] = true
		if !strings.Contains(string(text), "`"+v.form+"`") {
			t.Errorf("testdata/scenarios/README.md does not have the line `%s`", v.form)
		}
	}
	_, lines, _ := strings.Cut(string(text), "### ")
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(lines, -1) {
		if !forms[m[1]] {
			t.Errorf("testdata/scenarios/README.md has the line `%s`, which is not in the language", m[1])
		}
	}
}
