package archtest

import (
	"os"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
)

// The pages say what there is to type: a command that nobody documents is one that nobody finds.
func TestPagesNameEveryCommand(t *testing.T) {
	t.Parallel()
	pages := map[wire.Scope]string{wire.ScopeAdmins: "docs/admins.md", wire.ScopeGroups: "docs/members.md"}
	for _, menu := range handlers.Menus() {
		file := pages[menu.Scope]
		if file == "" || menu.Language != "" {
			continue
		}
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		members := map[string]bool{}
		for _, m := range handlers.Menus() {
			if m.Scope == wire.ScopeGroups {
				for _, c := range m.Commands {
					members[c.Name] = true
				}
			}
		}
		for _, c := range menu.Commands {
			if menu.Scope == wire.ScopeAdmins && members[c.Name] {
				continue // those of the members stand on their page
			}
			if !strings.Contains(string(page), "`/"+c.Name) {
				t.Errorf("%s does not name /%s", file, c.Name)
			}
		}
	}
}
