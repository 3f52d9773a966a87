package e2e

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// TestLogTellsTheOperator holds the lines by which an operator knows who runs and where it is: at the start, when a group comes or
// goes, and at the end. Nothing in them is secret or somebody's.
func TestLogTellsTheOperator(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	kind := "sqlite"
	if sqldb.IsPostgres(w.cfg.Storage.DSN) {
		kind = "postgres"
	}
	w.play("story", []string{
		`group "Chess club" supergroup, owner Olga`, `the bot joins as admin`, `group "Shogi club" supergroup, owner Rosa`, `the bot joins`,
		`Rosa removes the bot`, `in group "Chess club"`, `the bot is made admin without "ban users"`,
	})
	w.clock.Advance(90 * time.Second)
	w.settle()
	w.down()
	w.up()
	w.down()
	log := w.log.String()
	for _, want := range []string{
		`^time=\S+ level=INFO msg="ostrakon starts" bot=@OstrakonBot version=\S.* mode=polling database=` + kind + ` groups=0 ` +
			`add="https://t\.me/OstrakonBot\?startgroup&admin=delete_messages\+restrict_members\+invite_users"$`,
		`^time=\S+ level=INFO msg="the bot was added to a group" groups=1$`,
		`^time=\S+ level=INFO msg="the bot was added to a group" groups=2$`,
		`^time=\S+ level=INFO msg="the bot is gone from a group" groups=1$`,
		`^time=\S+ level=INFO msg="ostrakon stops" ran=1m[3-5]\ds$`,
		`^time=\S+ level=INFO msg="ostrakon starts" .* groups=1 add=`,
	} {
		if n := len(regexp.MustCompile("(?m)"+want).FindAllString(log, -1)); n != 1 {
			t.Errorf("the log has %q %d times:\n%s", want, n, log)
		}
	}
	for _, secret := range []string{w.bot.Token(), w.cfg.Storage.DSN, "Chess", "Shogi", "Olga", "Rosa"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log has %q:\n%s", secret, log)
		}
	}
}
