package archtest

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// Nothing but the files in internal/locale says which languages there are, so that adding one is
// adding one file.
func TestNothingElseListsLanguages(t *testing.T) {
	t.Parallel()
	others := locale.Languages()[1:]
	// bot/wire interns what Telegram says often: the languages that people speak, not those of the bot. Elsewhere people are
	// made up, who have languages.
	const excused = "bot/wire internal/tgsim internal/demo bench"
	// Indonesian is called as the column of many a table is.
	const column = "id"
	for _, importPath := range imports(t).packages() {
		if below(excused, nickname(importPath)) {
			continue
		}
		fset, files := sources(t, path.Join(".", strings.TrimPrefix(importPath, ourModule)))
		for _, f := range files {
			for _, lit := range literals(f) {
				text, err := strconv.Unquote(lit.Value)
				if text == column && below("storage", nickname(importPath)) {
					continue
				}
				if err == nil && slices.Contains(others, text) {
					t.Errorf("%s names the language %q: only its file should", fset.Position(lit.Pos()), text)
				}
			}
		}
	}
}

func literals(n ast.Node) (all []*ast.BasicLit) {
	ast.Inspect(n, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			all = append(all, lit)
		}
		return true
	})
	return all
}

// Prose for people is nowhere but in the languages' files. Two words or more are prose: in what is
// given to Telegram anywhere, and in handlers everywhere but in errors and the log.
func TestNoProseInCode(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"handlers", "moderation", "bot", "storage"} {
		fset, files := tree(t, dir)
		for _, f := range files {
			for _, found := range prose(f, dir == "handlers") {
				t.Errorf("%s: %s is prose; give it a key in every language", fset.Position(found.Pos()), found.Value)
			}
		}
	}
}

// Made up, to see that prose is found.
func TestProseIsFound(t *testing.T) {
	t.Parallel()
	_, f := madeUp(t, "package handlers\n"+`
func a() { bot.SendMessage(chat, "Hello there") }
func b() { bot.AnswerCallback(id, fmt.Sprintf("Well %s, done", x), false) }
func c() { bot.EditMessageText(chat, id, text+" and more"); bot.SendMessage(chat, "v:7KQ2:breaks") }
func d() error { log.Info("not for people", "key", 1); return fmt.Errorf("nor this: %w", err) }
func (e *E) Error() string { return "nor that" }
func f() { text := "But this is"; h.failed("not this", err) }
`)
	for handlers, want := range map[bool][]string{
		true:  {`"Hello there"`, `"Well %s, done"`, `" and more"`, `"But this is"`},
		false: {`"Hello there"`, `"Well %s, done"`, `" and more"`},
	} {
		var got []string
		for _, lit := range prose(f, handlers) {
			got = append(got, lit.Value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("in handlers: %v: found %v, want %v", handlers, got, want)
		}
	}
}

var (
	twoWords = regexp.MustCompile(`\pL\S*\s+\S*\pL`)
	// sending are the calls whose texts people read; forUs those whose texts only we do.
	sending = []string{"SendMessage", "AnswerCallback", "EditMessageText", "EditEphemeralText", "SendPhoto", "SendDocument", "SendMedia"}
	forUs   = []string{"New", "Errorf", "Info", "Warn", "Error", "Debug", "failed"}
)

// prose finds literals of two words or more that people could read: those in calls that send, or,
// if everywhere, all but those in errors and log lines.
func prose(f *ast.File, everywhere bool) (found []*ast.BasicLit) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return n.Name.Name != "Error" // what an error says of itself
		case *ast.CallExpr:
			if slices.Contains(forUs, nameOf(n.Fun)) {
				return false
			}
			if slices.Contains(sending, nameOf(n.Fun)) && !everywhere {
				found = append(found, wordy(literals(n))...)
			}
		case *ast.BasicLit:
			if everywhere {
				found = append(found, wordy([]*ast.BasicLit{n})...)
			}
		}
		return true
	})
	return found
}

func wordy(lits []*ast.BasicLit) []*ast.BasicLit {
	return slices.DeleteFunc(lits, func(l *ast.BasicLit) bool { return l.Kind != token.STRING || !twoWords.MatchString(l.Value) })
}
