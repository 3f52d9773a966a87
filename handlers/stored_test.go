package handlers_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Messages with buttons stay in groups for weeks, so every button that a release showed must still do something. The file
// has a line for each: what it carries, and the parts of that. Lines are added, and never changed.
func TestButtonsOfEarlierReleases(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/buttons.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		data := fields[0]
		parts, known := handlers.Route(data)
		if !known || !slices.Equal(parts, fields[1:]) {
			t.Errorf("%q is read as %q, handler found: %v; want %q", data, parts, known, fields[1:])
		}
		if fields[1] == "s" && len(fields) == 5 {
			if _, ok := readSetting(fields[3], fields[4], moderation.DefaultPolicy()); !ok {
				t.Errorf("%q sets nothing", data)
			}
		}
	}
}

// Links to the private chat stand under messages, too.
func TestLinksOfEarlierReleases(t *testing.T) {
	t.Parallel()
	if ref, id, ok := view.ParseQuiz("quiz_1f_7KQ2"); !ok || ref != 51 || id != "7KQ2" {
		t.Errorf("a quiz: %d, %q, %v", ref, id, ok)
	}
	if ref, id, ok := view.ParseEvidence("evidence_1f_7KQ2"); !ok || ref != 51 || id != "7KQ2" {
		t.Errorf("evidence: %d, %q, %v", ref, id, ok)
	}
	if chat, id, ok := view.ParseAbout("about_-100123_7KQ2"); !ok || chat != -100123 || id != "7KQ2" {
		t.Errorf("a case: %d, %q, %v", chat, id, ok)
	}
}
