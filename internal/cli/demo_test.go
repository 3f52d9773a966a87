package cli

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/demo"
	"github.com/ostrakon-bot/ostrakon/internal/repo"
)

var update = flag.Bool("update", false, "write docs/demo.txt anew")

const demoFile = "docs/demo.txt"

// longestWait is how long, in real time, a test waits for something that should come at once. Nothing depends on it but that a
// test which would hang fails instead.
const longestWait = 5 * time.Minute

// show plays the scene to its end, and returns its frames and what is printed of them.
func show(t *testing.T) ([]demo.Frame, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), longestWait)
	defer cancel()
	var out, log bytes.Buffer
	var frames []demo.Frame
	printer := demo.NewPrinter(&out, 100, false)
	err := perform(ctx, &log, func(ctx context.Context, stage *demo.Stage, pass demo.Pass) error {
		err := stage.Play(ctx, demo.Scene(), pass, func(f demo.Frame) error {
			frames = append(frames, f)
			return printer.Frame(f)
		})
		for _, v := range stage.Telegram.Violations() {
			t.Errorf("not as the Bot API says: %s", v)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if log.Len() > 0 {
		t.Errorf("the bot had reason to warn:\n%s", log.String())
	}
	return frames, out.String() + demo.Farewell
}

// What the README shows is what the demo prints. If this fails because the words have changed:
// go test -run TestDemoText ./internal/cli -update
func TestDemoText(t *testing.T) {
	t.Parallel()
	frames, out := show(t)
	got := namedCases(frames, out)
	if *update {
		if err := os.WriteFile(repo.Path(demoFile), []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(repo.Path(demoFile))
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what the demo prints (see -update):\n%s", demoFile, got)
	}
}

var caseName = regexp.MustCompile(`(?:· |Your report )([0-9A-Z]{4})\b`)

// namedCases gives the cases, whose names are drawn by lot, names that are always the same.
func namedCases(frames []demo.Frame, out string) string {
	names := []string{"7KQ2", "M4XD"}
	for _, f := range frames {
		for _, l := range f.Screens[0].Lines {
			m := caseName.FindStringSubmatch(l.Text)
			if m == nil || l.Kind != demo.Said || !l.Private || len(names) == 0 || !strings.Contains(out, m[1]) {
				continue // not a receipt, or of a case that has its name
			}
			out, names = strings.ReplaceAll(out, m[1], names[0]), names[1:]
		}
	}
	return out
}

// The story is the one that the narration tells.
func TestDemoStory(t *testing.T) {
	t.Parallel()
	frames, _ := show(t)
	if len(frames) != len(demo.Scene()) {
		t.Fatalf("%d frames for %d steps", len(frames), len(demo.Scene()))
	}
	for _, c := range []struct {
		step int
		name string
		kind demo.Kind
		text string
	}{
		{0, "Bob", demo.Said, "Members vote."},
		{2, "Anna", demo.Said, "/report spam"},
		{2, "Anna", demo.Said, "Nobody here can see it was you."},
		{2, "Mallory", demo.Said, "Does this message break the rules?"},
		{3, "Olga", demo.Edited, "2 votes"},
		{4, "Carl", demo.Toast, "Counted"},
		{4, "Mallory", demo.Gone, "Cheap followers"},
		{4, "Mallory", demo.Said, "This is a warning."},
		{4, "Anna", demo.Said, "message removed"},
		{4, "Bob", demo.Said, "message removed"},
		{5, "Olga", demo.Gone, "Removed by 3 votes"},
		{6, "Olga", demo.Gone, "LAST CHANCE"},
		{6, "Mallory", demo.Said, "You can't write for 1 hour."},
		{6, "Mallory", demo.Status, "may not write until 19:18"},
		{7, "Mallory", demo.Refused, "Are you all asleep?"},
		{8, "Olga", demo.Logged, "deleted “LAST CHANCE"},
		{8, "Olga", demo.Logged, "restricted Mallory"},
	} {
		if !appears(frames[c.step], c.name, c.kind, c.text) {
			t.Errorf("step %d: %s has nothing %s with %q on the screen: %+v", c.step, c.name, c.kind, c.text, frames[c.step])
		}
	}
	if appears(frames[4], "Carl", demo.Said, "message removed") {
		t.Error("Carl, who only tapped the card, is written to")
	}
}

func appears(f demo.Frame, name string, kind demo.Kind, text string) bool {
	for _, s := range f.Screens {
		for _, l := range s.Lines {
			if s.Name == name && l.Kind == kind && strings.Contains(l.Text, text) {
				return true
			}
		}
	}
	return false
}

// Nobody but the reporters has on the screen that they reported.
func TestDemoTellsOnNobody(t *testing.T) {
	t.Parallel()
	frames, _ := show(t)
	for _, f := range frames[1:] {
		for _, s := range f.Screens {
			for _, l := range s.Lines {
				words := l.From + " " + l.Text + " " + l.Reply
				for _, reporter := range []string{"Anna", "Bob", "Carl", "/report", "/spam"} {
					own := s.Name == reporter || l.Private && l.From == s.Name
					if !own && strings.Contains(words, reporter) {
						t.Errorf("%s reads %q: %q", s.Name, reporter, words)
					}
				}
			}
		}
	}
}

// command runs "ostrakon demo" with a flag, and something typed as input.
func command(ctx context.Context, t *testing.T, out io.Writer, typed, flag string) {
	t.Helper()
	var stderr bytes.Buffer
	cmd := Root(newClock())
	cmd.SetArgs([]string{"demo", flag})
	cmd.SetIn(strings.NewReader(typed))
	cmd.SetOut(out)
	cmd.SetErr(&stderr)
	if err := cmd.ExecuteContext(ctx); err != nil || stderr.Len() > 0 {
		t.Errorf("demo %s: %v\n%s", flag, err, stderr.String())
	}
}

func TestDemoLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("COLUMNS", "72")
	var out strings.Builder
	command(t.Context(), t, &out, "\n\n", "--pause")
	if n := strings.Count(out.String(), "Enter: go on"); n != len(demo.Scene()) {
		t.Errorf("%d pauses in %d steps", n, len(demo.Scene()))
	}
	if !strings.HasSuffix(out.String(), demo.Farewell) {
		t.Errorf("the end is missing:\n%s", out.String())
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// watcher ends something when it has read what it waits for.
type watcher struct {
	want string
	end  context.CancelFunc

	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *watcher) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.buf.Write(p)
	if strings.Contains(w.buf.String(), w.want) {
		w.end()
	}
	return n, err
}

func TestDemoKeep(t *testing.T) {
	t.Setenv("COLUMNS", "200")
	ctx, cancel := context.WithTimeout(t.Context(), longestWait)
	defer cancel()
	typed := "Zoe: hello\nBob: Rooks for sale\nAnna: /report\nCarl: 🚩\nOlga: /uphold\n"
	out := &watcher{want: "edited: Removed by an", end: cancel}
	command(ctx, t, out, typed, "--keep")
	for _, want := range []string{"/getMe", `nobody here is called "Zoe"`, "Bob: Rooks for sale", "2 votes", out.want} {
		if !strings.Contains(out.buf.String(), want) {
			t.Errorf("%q does not appear in\n%s", want, out.buf.String())
		}
	}
}
