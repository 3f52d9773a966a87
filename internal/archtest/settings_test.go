package archtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// An entry in the table of settings makes the command, the button, its page and the key of the configuration. Words and
// documents are written by hand; these tests name the lines that an entry lacks.

// written is what is written by hand about settings.
type written struct {
	texts map[string]map[string]any // by language and key
	pages map[string]string         // by file
}

func readWritten(t *testing.T) written {
	t.Helper()
	w := written{map[string]map[string]any{}, map[string]string{}}
	read := func(file string) string {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, lang := range locale.Languages() {
		var texts map[string]any
		if err := json.Unmarshal([]byte(read("internal/locale/"+lang+".json")), &texts); err != nil {
			t.Fatal(err)
		}
		w.texts[lang+".json"] = texts
	}
	for _, file := range []string{"README.md", "config.example.yaml", "docs/admins.md"} {
		w.pages[file] = read(file)
	}
	return w
}

// lacks are the lines that are missing about a setting.
func (w written) lacks(s settings.Setting) (missing []string) {
	keys := []string{"help.words." + s.Name, "setting." + s.Name + ".name", "setting." + s.Name + ".about", "setting." + s.Name + ".allowed"}
	for _, value := range s.Words {
		keys = append(keys, "value."+s.Word(value))
	}
	for _, file := range slices.Sorted(maps.Keys(w.texts)) {
		for _, key := range keys {
			if w.texts[file][key] == nil {
				missing = append(missing, fmt.Sprintf("%s has no %q", file, key))
			}
		}
	}
	for _, line := range []struct{ file, what string }{
		{"README.md", "`/" + s.Name},
		{"README.md", "\n| `" + s.ConfigKey() + "` | `" + s.Default() + "` |"},
		{"config.example.yaml", "# /" + s.Name + ":"},
		{"config.example.yaml", "#" + s.Key + ": " + s.Default() + "\n"},
		{"docs/admins.md", "\n| `/" + s.Name + "` |"},
	} {
		if !strings.Contains(w.pages[line.file], line.what) {
			missing = append(missing, fmt.Sprintf("%s has no %q", line.file, strings.TrimSpace(line.what)))
		}
	}
	return missing
}

func TestSettingsAreWrittenAbout(t *testing.T) {
	t.Parallel()
	w := readWritten(t)
	for _, s := range settings.All {
		for _, line := range w.lacks(s) {
			t.Errorf("/%s: %s", s.Name, line)
		}
	}
}

// TestSettingsAreMissed tries made-up entries, to see that the test can fail.
func TestSettingsAreMissed(t *testing.T) {
	t.Parallel()
	w := written{
		map[string]map[string]any{
			"en.json": {"help.words.slowmode": "", "setting.slowmode.name": "", "setting.slowmode.about": "", "setting.slowmode.allowed": "", "value.0.slowmode": ""},
			"eo.json": {"help.words.slowmode": "", "setting.slowmode.name": ""},
		},
		map[string]string{
			"README.md":           "\n| `/slowmode <0-10>` | 3 |\n| `defaults.slow_mode` | `3` |",
			"config.example.yaml": "  # /slowmode: how slow\n  #slow_mode: 3\n",
			"docs/admins.md":      "\n| `/slowmode` | how slow |",
		},
	}
	slow, _ := settings.Find("quorum") // with a default, 2
	slow.Name, slow.Key, slow.Words = "slowmode", "slow_mode", []string{"0"}
	want := []string{
		`eo.json has no "setting.slowmode.about"`, `eo.json has no "setting.slowmode.allowed"`, `eo.json has no "value.0.slowmode"`,
		"README.md has no \"| `defaults.slow_mode` | `2` |\"", `config.example.yaml has no "#slow_mode: 2"`,
	}
	if got := w.lacks(slow); !slices.Equal(got, want) {
		t.Errorf("of the made-up setting is missing\n%q, want\n%q", got, want)
	}
	slow.Name, slow.Key = "fastmode", "fast_mode"
	if lacks := w.lacks(slow); len(lacks) != 15 {
		t.Errorf("of a setting without a line is missing\n%q", lacks)
	}
}
