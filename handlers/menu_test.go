package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// The menus list what people use daily: five for members, at most twelve for admins, in every language.
func TestMenusAreShort(t *testing.T) {
	t.Parallel()
	scopes := map[wire.Scope]int{wire.ScopeDefault: 5, wire.ScopeGroups: 5, wire.ScopePrivate: 5, wire.ScopeAdmins: 12}
	lists := handlers.Menus()
	if want := len(scopes) * (1 + len(locale.Languages())); len(lists) != want {
		t.Errorf("there are %d menus, want %d", len(lists), want)
	}
	for _, l := range lists {
		if len(l.Commands) != scopes[l.Scope] || l.Commands[0].Name != "report" {
			t.Errorf("the menu %v %q has %d commands, the first %s", l.Scope, l.Language, len(l.Commands), l.Commands[0].Name)
		}
		for _, c := range l.Commands {
			if c.Ephemeral != (l.Scope != wire.ScopePrivate) {
				t.Errorf("%v %q: /%s is declared for the bot alone: %v", l.Scope, l.Language, c.Name, c.Ephemeral)
			}
		}
	}
}

// A menu may list only what can be typed, and must list every way to report: what it does not list, everybody sees.
func TestMenusHaveWhatReports(t *testing.T) {
	t.Parallel()
	group, private := append(handlers.MemberCommands(), handlers.AdminCommands()...), handlers.PrivateCommands()
	for _, l := range handlers.Menus() {
		known := group
		if l.Scope == wire.ScopePrivate {
			known = private
		}
		var names []string
		for _, c := range l.Commands {
			if names = append(names, c.Name); !slices.Contains(known, c.Name) {
				t.Errorf("%v lists /%s, which nobody can type there", l.Scope, c.Name)
			}
		}
		for _, name := range []string{"report", "spam"} {
			if l.Scope != wire.ScopePrivate && !slices.Contains(names, name) {
				t.Errorf("%v %q does not list /%s, so everybody sees who sends it", l.Scope, l.Language, name)
			}
		}
	}
	for _, l := range handlers.VisibleMenus() {
		for _, c := range l.Commands {
			if l.Scope != wire.ScopePrivate && (c.Name == "report" || c.Name == "spam") {
				t.Errorf("%v offers /%s where everybody sees it", l.Scope, c.Name)
			}
		}
	}
}

// Every command is found by its name, by every word for it in every language, and with a slip of the pen.
func TestHelpFindsEveryCommand(t *testing.T) {
	t.Parallel()
	find := handlers.FindCommand()
	found := func(word, want string) {
		t.Helper()
		if got := find(word); got != want {
			t.Errorf("%q finds /%s, want /%s", word, got, want)
		}
	}
	for _, name := range slices.Concat(handlers.MemberCommands(), handlers.AdminCommands(), handlers.PrivateCommands()) {
		want := name
		if name == "spam" {
			want = "report"
		}
		found(name, want)
		found("/"+strings.ToUpper(name), want)
		found("/"+name+"@ostrakon_bot", want)
		if len(name) > 4 && want == name {
			found(name[:2]+name[3:], want)
			found(name[:len(name)-2]+name[len(name)-1:]+name[len(name)-2:len(name)-1], want)
		}
		for _, lang := range locale.Languages() {
			for word := range strings.SplitSeq(locale.In(lang).Text("help.words."+want, nil), ",") {
				found(word, want)
			}
		}
	}
	for _, s := range settings.All {
		found(s.Key, s.Name)
		for _, lang := range locale.Languages() {
			// In some languages the command of an appeal and the setting for appeals are called the same.
			name := locale.In(lang).Text("setting."+s.Name+".name", nil)
			if got := find(name); got != s.Name && !slices.Contains(strings.Split(locale.In(lang).Text("help.words."+got, nil), ", "), name) {
				t.Errorf("%s: %q finds /%s, want /%s", lang, name, got, s.Name)
			}
		}
	}
}

func TestHelpFindsWhatIsMeant(t *testing.T) {
	t.Parallel()
	find := handlers.FindCommand()
	for word, want := range map[string]string{
		"qurom": "quorum", "time zone": "timezone", "Time-Zone": "timezone", "card after": "cardafter", "how do I mute somebody?": "mute",
		"unmuet": "unmute", "please delete my data": "forgetme", "who can see that I reported": "privacy", "appea": "appeal",
		"мутт": "mute", "как забанить": "ban", "часовой": "timezone", "怎么禁言": "mute", "时区在哪里设置": "timezone", "zona": "timezone",
		"estadisticas": "stats", "silensiar": "mute",
		"": "", "xylophone": "", "???": "", "/": "", "我": "", strings.Repeat("x", 4000): "",
	} {
		if got := find(word); got != want {
			t.Errorf("%.40q finds %q, want %q", word, got, want)
		}
	}
}
