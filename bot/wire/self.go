package wire

import (
	"slices"
	"strings"
)

// Self is what Telegram says of the bot itself.
type Self struct {
	User
	Names    []string // all that it can be called by now, without the @; the first is Username
	NoGroups bool     // nobody can add it to a group
	Modes    []string // switched on, though the bot handles nothing that comes of them; see [Modes]
}

// modeFields are the fields of getMe that say that a mode is switched on, and what [Modes] calls it.
var modeFields = map[string]string{
	"supports_inline_queries":       "inline",
	"supports_guest_queries":        "guest",
	"supports_join_request_queries": "join_requests",
	"can_connect_to_business":       "business",
	"can_manage_bots":               "managed_bots",
	"has_topics_enabled":            "topics",
}

// Modes are all modes of bots that this one has no use for, and that Telegram shows.
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

// self reads the answer to getMe. What a server does not mention is as the bot needs it: it is an old one.
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

// namesOf puts the name that Telegram calls the bot by first, and names none twice.
func namesOf(username string, active []string) (names []string) {
	for _, name := range append([]string{username}, active...) {
		same := func(other string) bool { return strings.EqualFold(other, name) }
		if name != "" && !slices.ContainsFunc(names, same) {
			names = append(names, name)
		}
	}
	return names
}
