package world

import (
	"net/url"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
)

// TMe is how links to Telegram begin.
const TMe = "https://t.me/"

// StartLink takes a link such as "https://t.me/OstrakonBot?start=7" apart.
func StartLink(link string) (bot, payload string, ok bool) {
	rest, ok := CutTMe(link)
	bot, query, _ := strings.Cut(rest, "?")
	payload, start := strings.CutPrefix(query, "start=")
	return bot, payload, ok && start && bot != "" && fitsStart(payload)
}

// AddLink is a link that adds a bot to a group, such as "https://t.me/OstrakonBot?startgroup&admin=delete_messages".
type AddLink struct {
	Bot     string
	Payload string // that the app sends with /start; empty if it sends nothing
	Admin   bool   // the bot is to be an administrator
	Rights  Rights // with these rights
}

// ParseAddLink takes such a link apart. Apps ignore rights that they do not know. Here such a link is none.
func ParseAddLink(link string) (l AddLink, ok bool) {
	rest, ok := CutTMe(link)
	bot, query, found := strings.Cut(rest, "?")
	args, err := url.ParseQuery(query)
	if !ok || !found || bot == "" || err != nil || !args.Has("startgroup") {
		return l, false
	}
	l = AddLink{Bot: bot, Payload: args.Get("startgroup"), Admin: args.Get("admin") != ""}
	for name := range strings.FieldsSeq(args.Get("admin")) { // a plus is a space
		set := linkRights[name]
		if set == nil {
			return l, false
		}
		set(&l.Rights)
	}
	return l, fitsStart(l.Payload)
}

// linkRights are all rights that apps know in such a link. Some of them bring nothing that is simulated.
var linkRights = map[string]func(*Rights){
	"change_info":            func(r *Rights) { r.ChangeInfo = true },
	"post_messages":          func(r *Rights) { r.PostMessages = true },
	"edit_messages":          func(r *Rights) { r.EditMessages = true },
	"delete_messages":        func(r *Rights) { r.DeleteMessages = true },
	"restrict_members":       func(r *Rights) { r.RestrictMembers = true },
	"invite_users":           func(r *Rights) { r.InviteUsers = true },
	"pin_messages":           func(r *Rights) { r.PinMessages = true },
	"manage_topics":          func(r *Rights) { r.ManageTopics = true },
	"promote_members":        func(r *Rights) { r.PromoteMembers = true },
	"anonymous":              func(r *Rights) { r.Anonymous = true },
	"manage_video_chats":     func(*Rights) {},
	"post_stories":           func(*Rights) {},
	"edit_stories":           func(*Rights) {},
	"delete_stories":         func(*Rights) {},
	"manage_direct_messages": func(*Rights) {},
	"manage_chat":            func(*Rights) {},
}

// fitsStart says whether a start parameter has only what may be in one.
func fitsStart(payload string) bool {
	return len(payload) <= 64 && !strings.ContainsFunc(payload, func(r rune) bool { return !schema.InAlphabet(r, "A-Z a-z 0-9 _ -") })
}

// CutTMe is what follows t.me/ in a link to Telegram.
func CutTMe(link string) (rest string, ok bool) {
	for _, prefix := range []string{TMe, "http://t.me/", "t.me/"} {
		if rest, ok := strings.CutPrefix(link, prefix); ok {
			return rest, true
		}
	}
	return "", false
}
