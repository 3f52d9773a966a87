package archtest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// The pages say what there is to type: a command that nobody documents is one that nobody finds.
func TestPagesNameEveryCommand(t *testing.T) {
	t.Parallel()
	for file, names := range map[string][]string{
		"docs/admins.md":  handlers.AdminCommands(),
		"docs/members.md": slices.DeleteFunc(handlers.MemberCommands(), func(name string) bool { return name == "start" }),
	} {
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if !strings.Contains(string(page), "`/"+name) {
				t.Errorf("%s does not name /%s", file, name)
			}
		}
	}
}

// The table of presets in docs/admins.md is that of the code.
func TestPageHasTheTableOfPresets(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("docs/admins.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings.All {
		row := fmt.Sprintf("\n| `/%s` |", s.Name)
		set := false
		for _, preset := range settings.Presets {
			value, ok := s.InPreset(preset)
			row += fmt.Sprintf(" `%s` |", value)
			set = set || ok
		}
		if set && !strings.Contains(string(page), row+"\n") {
			t.Errorf("docs/admins.md has no row %s", strings.TrimSpace(row))
		}
	}
}
