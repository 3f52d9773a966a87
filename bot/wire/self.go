package wire

import (
	"slices"
	"strings"
)

// Self is what Telegram says of the bot itself.
type Self struct {
	User
	Names    []string // all its usernames, without the @; the first is Username
	NoGroups bool     // nobody can add it to a group
	Modes    []string // switched on although the bot does not handle them; see [Modes]
}

// modeFields maps fields of getMe, which say that a mode is switched on, to the names in [Modes].
var modeFields = map[string]string{
	"supports_inline_queries":       "inline",
	"supports_guest_queries":        "guest",
	"supports_join_request_queries": "join_requests",
	"can_connect_to_business":       "business",
	"can_manage_bots":               "managed_bots",
	"has_topics_enabled":            "topics",
}

// Modes are all modes of bots that Telegram reports and that this bot does not handle.
func Modes() []string {
	var all []string
	for _, mode := range modeFields {
		all = append(all, mode)
	}
	slices.Sort(all)
	return all
}

// Self reads the answer to getMe.
func (r Result) Self() (Self, error) { return answer(r, (*reader).self) }

// self reads the answer to getMe. An old server does not mention a field; then it counts as the bot needs it.
func (r *reader) self() (me Self) {
	var active []string
	r.object(func(key []byte) {
		switch string(key) {
		case "active_usernames":
			active = list(r, (*reader).text)
		case "can_join_groups":
			me.NoGroups = !r.flag()
		default:
			if mode := modeFields[string(key)]; mode == "" {
				r.userField(&me.User, key)
			} else if r.flag() {
				me.Modes = append(me.Modes, mode)
			}
		}
	})
	slices.Sort(me.Modes)
	me.Names = namesOf(me.Username, active)
	if len(me.Names) > 0 {
		me.Username = me.Names[0]
	}
	return me
}

// namesOf lists the usernames without doubles, the main one first.
func namesOf(username string, active []string) (names []string) {
	for _, name := range append([]string{username}, active...) {
		same := func(other string) bool { return strings.EqualFold(other, name) }
		if name != "" && !slices.ContainsFunc(names, same) {
			names = append(names, name)
		}
	}
	return names
}
