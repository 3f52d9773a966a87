package tgsim_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// A link that adds a bot brings it as an administrator with the rights that it names, at once. Without a parameter no app writes
// anything, but some did.
func TestAddByLink(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	const link = "https://t.me/OstrakonBot?startgroup&admin=delete_messages+invite_users"
	c := w.NewSupergroup("Shogi club", w.owner)
	if err := c.Join(w.anna); err != nil {
		t.Fatal(err)
	}
	w.updates()
	for what, err := range map[string]error{
		"an unknown right":    w.owner.AddByLink(c, link+"+ban_users", false),
		"no administrator":    w.anna.AddByLink(c, link, false),
		"another group's bot": w.owner.AddByLink(c, "https://t.me/NobodyBot?startgroup", false),
		"a start link":        w.owner.AddByLink(c, "https://t.me/OstrakonBot?start=x", false),
	} {
		if err == nil {
			t.Errorf("%s: the bot was added", what)
		}
	}
	if err := w.owner.AddByLink(c, link, false); err != nil {
		t.Fatal(err)
	}
	if r := c.Status(w.bot).Rights; !r.DeleteMessages || !r.InviteUsers || r.RestrictMembers {
		t.Errorf("it has the rights %+v", r)
	}
	if w.anna.Find(c, "/start") != nil {
		t.Error("the app wrote /start")
	}
	if err := w.owner.AddByLink(c, "https://t.me/OstrakonBot?startgroup=x7&admin=restrict_members", false); err != nil {
		t.Fatal(err)
	}
	if r := c.Status(w.bot).Rights; !r.DeleteMessages || !r.RestrictMembers {
		t.Errorf("rights are added to those that it has: %+v", r)
	}
	if w.anna.Find(c, "/start@OstrakonBot x7") == nil {
		t.Error("the app did not write /start")
	}
	if err := w.owner.AddByLink(c, link, true); err != nil || w.anna.Find(c, "/start@OstrakonBot") == nil {
		t.Errorf("some apps write /start without a parameter too: %v", err)
	}
	w.do("setMySettings", object{"can_join_groups": false})
	if w.owner.AddByLink(c, link, false) == nil {
		t.Error("a bot that joins no groups was added")
	}
}

// Texts and menus are set for a language of two letters, or for none. An empty text is removed.
func TestLanguagesOfABot(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	for _, lang := range []string{"pt-br", "pt-BR", "ENG", "e"} {
		for method, args := range map[string]object{
			"setMyDescription": {"description": "x"}, "getMyShortDescription": {}, "setMyName": {"name": "x"}, "setMyCommands": {"commands": []any{}}, "getMyCommands": {},
		} {
			args["language_code"] = lang
			w.refused(method, args, "Bad Request: Invalid language code specified")
		}
	}
	w.do("setMyDescription", object{"description": "all"})
	w.do("setMyDescription", object{"description": "pt", "language_code": "pt"})
	w.do("setMyDescription", object{"description": "", "language_code": "pt"})
	if is := dig(w.ask("getMyDescription", object{"language_code": "pt"}), "description"); is != "all" {
		t.Errorf("got %v", is)
	}
}
