package wire

import (
	"slices"
	"strings"
)

// The texts that Telegram shows about a bot, each in several languages.
const (
	AboutName        = "name"              // at most 64 characters
	AboutDescription = "description"       // at most 512, in an empty chat with the bot
	AboutShort       = "short_description" // at most 120, in its profile
)

// aboutMethods are the methods that set and get these texts.
var aboutMethods = map[string]string{AboutName: "MyName", AboutDescription: "MyDescription", AboutShort: "MyShortDescription"}

// GetAbout asks for a text in a language. Without a language it asks for the text for all other languages; see
// [Result.About].
func GetAbout(what, language string) Call { return about("get", what, language) }

// SetAbout sets a text.
func SetAbout(what, language, text string) Call {
	return about("set", what, language).with(what, text)
}

func about(verb, what, language string) Call {
	c := Call{Method: verb + aboutMethods[what], Params: map[string]any{}}
	if language != "" {
		c.Params["language_code"] = language
	}
	return c
}

// About reads the answer to [GetAbout].
func (r Result) About(what string) (string, error) {
	return answer(r, func(in *reader) (text string) {
		in.object(func(key []byte) {
			if string(key) == what {
				text = in.text()
			} else {
				in.skip()
			}
		})
		return text
	})
}

// PinCallbackMode makes each press come with its message, which is the default.
func PinCallbackMode() Call {
	return Call{Method: "setMySettings", Params: map[string]any{"callback_query_mode": "default"}}
}

// Settle changes the settings of the bot that differ from what it needs. Presses come with their message, it can be added
// to groups and read them, and no mode is on that it does not handle. Telegram does not tell how presses come, so that is
// always set. Whether the bot sees messages of other bots stays as it is, because some groups want those judged.
func Settle(me Self) Call {
	c := PinCallbackMode()
	if me.NoGroups {
		c = c.with("can_join_groups", true)
	}
	if !me.ReadsAll {
		c = c.with("can_read_all_group_messages", true)
	}
	for field, mode := range modeFields {
		if slices.Contains(me.Modes, mode) {
			c = c.with(field, false)
		}
	}
	return c
}

// rights are all that a suggestion must name.
var rights = []string{
	"is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
	"can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories", "can_send_welcome_messages",
}

// neededRights are the rights that the bot needs as an admin, and no others. In groups it deletes messages, restricts and bans, and
// invites back whoever was banned by mistake. In channels it only writes its log.
func neededRights(channels bool) []string {
	if channels {
		return []string{"can_manage_chat", "can_post_messages"}
	}
	return []string{"can_manage_chat", "can_delete_messages", "can_restrict_members", "can_invite_users"}
}

// LinkRights names the rights that the bot needs in groups, as links that add a bot name them. Apps do not know other names.
// That it is an admin at all follows from each of them.
func LinkRights() (names []string) {
	for _, right := range neededRights(false) {
		if right != "can_manage_chat" {
			names = append(names, strings.TrimPrefix(right, "can_"))
		}
	}
	return names
}

// SuggestRights makes apps suggest the rights that the bot needs when somebody makes it an admin.
func SuggestRights(channels bool) Call {
	suggested := map[string]bool{}
	for _, right := range rights {
		suggested[right] = false
	}
	for _, right := range neededRights(channels) {
		suggested[right] = true
	}
	return Call{Method: "setMyDefaultAdministratorRights", Params: map[string]any{"rights": suggested, "for_channels": channels}}
}

// GetSuggestedRights asks which rights are suggested; see [Result.SuggestsAll].
func GetSuggestedRights(channels bool) Call {
	return Call{Method: "getMyDefaultAdministratorRights", Params: map[string]any{"for_channels": channels}}
}

// SuggestsAll reads the answer to [GetSuggestedRights]: whether it contains all that the bot needs.
func (r Result) SuggestsAll(channels bool) (bool, error) {
	return answer(r, func(in *reader) bool {
		var found []string
		in.object(func(key []byte) {
			if name := string(key); in.flag() {
				found = append(found, name)
			}
		})
		return !slices.ContainsFunc(neededRights(channels), func(right string) bool { return !slices.Contains(found, right) })
	})
}
