package e2e

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestCheckSaysWhatIsSetOtherwise looks at a bot as BotFather makes it, at one that ran, and at one that somebody changed.
func TestCheckSaysWhatIsSetOtherwise(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	w.down()
	said := ostrakon(t, w.cfg, clockwork.NewRealClock(), "check")
	if strings.Contains(said, "a start of") {
		t.Errorf("after a start there is nothing to say, but:\n%s", said)
	}
	for _, want := range []string{"joining groups: fine", "needs in groups: Delete messages, Ban users, Invite users\n", "texts: fine"} {
		if !strings.Contains(said, want) {
			t.Errorf("check does not say %q:\n%s", want, said)
		}
	}
	w.bot.SetUsernames("ShardBot", "OtherName")
	for _, s := range []string{"supports_inline_queries", "can_manage_bots"} {
		w.bot.SetSetting(s, true)
	}
	for _, s := range []string{"can_join_groups", "can_read_all_group_messages"} {
		w.bot.SetSetting(s, false)
	}
	for method, params := range map[string]map[string]any{
		"setMyDefaultAdministratorRights": nil, "setMyShortDescription": {"short_description": "Buy pills", "language_code": "ru"},
	} {
		if _, err := w.bot.Call(method, params); err != nil {
			t.Fatal(err)
		}
	}
	said = ostrakon(t, w.cfg, clockwork.NewRealClock(), "check")
	for _, want := range []string{
		"this is @ShardBot\n", "it is called @OtherName, too\n", "joining groups: switched off", "privacy mode: on; a start of the bot switches it off",
		"handles nothing of them: inline, managed_bots;", "all that the bot needs in groups;",
		"add it to a group: https://t.me/ShardBot?startgroup&admin=delete_messages+restrict_members+invite_users\n",
		"needs in channels: Post messages\n", "somebody else chose what Telegram shows (short description ru)", "/setjoingroups",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("check does not say %q:\n%s", want, said)
		}
	}
}

// A server that knows none of it is an old one, and no error; a bot on it starts, and its log has nothing to say of that.
func TestOldServerIsNoError(t *testing.T) {
	for name, server := range map[string]tgsim.Options{"before ephemeral messages": {NoEphemeralSupport: true}, "10.4": {NoSettings: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, server)
			if strings.Contains(w.log.String(), "what the bot says of itself") {
				t.Errorf("the log says:\n%s", w.log)
			}
			if !slices.ContainsFunc(w.sim.Calls(), func(c tgsim.Call) bool { return c.Method == "setMySettings" && !c.OK() }) {
				t.Error("the server knows setMySettings")
			}
			w.play("story", []string{`group "Chess club" supergroup, owner Olga`, `the bot joins as admin`, `Olga sees "Members vote."`})
			w.down()
			if said := ostrakon(t, w.cfg, clockwork.NewRealClock(), "check"); strings.Contains(said, "setMySettings") || strings.Contains(said, "joining groups: switched") {
				t.Errorf("check says:\n%s", said)
			}
		})
	}
}

// What Telegram does not take at once is told once, and done when it can be; what it refuses for good keeps nobody from
// starting.
func TestIntroductionIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	w.down()
	w.bot.SetSetting("can_join_groups", false)
	for _, lang := range append(locale.Languages(), "") {
		if _, err := w.bot.Call("setMyDescription", map[string]any{"description": "", "language_code": lang}); err != nil {
			t.Fatal(err)
		}
	}
	w.arm(tgsim.Fault{Kind: tgsim.TooManyRequests, Method: "setMyDescription", RetryAfter: 600})
	w.arm(tgsim.Fault{Kind: tgsim.ServerError, Method: "setMySettings", Times: 2})
	w.arm(tgsim.Fault{Kind: tgsim.Refuse, Method: "getMyName", Description: "Bad Request: no"})
	w.up()
	for range 20 {
		w.pass(10 * 60 * 1e9)
	}
	if about := w.bot.About("description", ""); about == "" || !w.bot.Setting("can_join_groups") {
		t.Errorf("not done later: %q, %t", about, w.bot.Setting("can_join_groups"))
	}
	for _, once := range []string{"that is tried again", "does not take what the bot says of itself"} {
		if n := strings.Count(w.log.String(), once); n != 1 {
			t.Errorf("the log says %q %d times:\n%s", once, n, w.log)
		}
	}
}

// The first start sets everything, in each language that differs from the one for everybody. The next one sets nothing, and asks only
// what it must.
func TestNextStartSetsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	languages := len(locale.Languages())
	compare := func(when string, calls []tgsim.Call, want map[string]int) {
		t.Helper()
		for method, n := range want {
			did := 0
			for _, c := range calls {
				if c.Method == method {
					did++
				}
			}
			if did != n {
				t.Errorf("%s: %s %d times, want %d", when, method, did, n)
			}
		}
	}
	compare("first start", w.sim.Calls(), map[string]int{
		"setMyDescription": languages, "setMyShortDescription": languages, "setMyDefaultAdministratorRights": 2, "setMyName": 0,
		"setMyCommands": menus(), "getMyCommands": 0,
	})
	w.knowsItsMenus(1)
	w.down()
	before := w.sim.CallCount()
	w.up()
	compare("second start", w.sim.CallsSince(before), map[string]int{
		"setMyDescription": 0, "setMyShortDescription": 0, "setMyDefaultAdministratorRights": 0, "setMyName": 0, "setMyCommands": 0,
		"getMyDescription": 1, "getMyShortDescription": 1, "getMyCommands": menus(),
	})
}

// knowsItsMenus waits until the bot has declared menus that many times, and noted that.
func (w *world) knowsItsMenus(times int) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := w.log.await(ctx, func(log string) bool { return strings.Count(log, "the commands are declared") == times }); err != nil {
		w.t.Fatalf("the commands are not declared: %v", err)
	}
}

// A menu that somebody changed may show a /report to everybody. The next start declares that one anew, and no other.
func TestChangedMenuIsDeclaredAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	w.knowsItsMenus(1)
	w.down()
	menu := []any{map[string]any{"command": "report", "description": "Report"}}
	scope := map[string]any{"type": "all_group_chats"}
	if _, err := w.bot.Call("setMyCommands", map[string]any{"commands": menu, "scope": scope, "language_code": "ru"}); err != nil {
		t.Fatal(err)
	}
	before := w.sim.CallCount()
	w.up()
	w.knowsItsMenus(2)
	var anew []string
	for _, c := range w.sim.CallsSince(before) {
		if c.Method == "setMyCommands" {
			anew = append(anew, c.Text("language_code"))
		}
	}
	if !slices.Equal(anew, []string{"ru"}) {
		t.Errorf("declared anew: %q", anew)
	}
}
