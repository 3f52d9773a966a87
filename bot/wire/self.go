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
	Modes    []string // switched on although the bot does not handle them, as modeFields names them

	// NoEphemeral says that its server is not known to show a message in a group to one member alone. What is meant for one
	// member then goes to their private chat.
	NoEphemeral bool
}

// modeFields names the modes of bots that getMe reports and that this bot does not handle, by their fields.
var modeFields = map[string]string{
	"supports_inline_queries":       "inline",
	"supports_guest_queries":        "guest",
	"supports_join_request_queries": "join_requests",
	"can_connect_to_business":       "business",
	"can_manage_bots":               "managed_bots",
	"has_topics_enabled":            "topics",
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
