package methods

import (
	"encoding/json"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// setMySettings leaves what is not named as it is.
func setMySettings(c *Call) (any, *wire.Error) {
	switch mode := c.P.Str("callback_query_mode"); mode {
	case "":
	case "default", "auto", "inline":
		c.Bot.Mode = mode
	default:
		return nil, wire.BadRequest("invalid callback query mode specified")
	}
	for name, value := range c.P.Vals {
		if on, ok := value.(bool); ok {
			c.Bot.SetSetting(name, on)
		}
	}
	c.Touch()
	return true, nil
}

// setMyDefaultAdministratorRights stores what is suggested to whoever makes the bot
// an administrator; without rights it clears that.
func setMyDefaultAdministratorRights(c *Call) (any, *wire.Error) {
	var w wire.AdministratorRights
	c.P.Object("rights", &w)
	c.Bot.Defaults[c.P.Flag("for_channels")] = w
	c.Touch()
	return true, nil
}

func getMyDefaultAdministratorRights(c *Call) (any, *wire.Error) {
	rights := c.Bot.Defaults[c.P.Flag("for_channels")]
	if !c.Opts.Before103() {
		return rights, nil
	}
	var older map[string]bool
	if err := json.Unmarshal(wire.Encode(rights), &older); err != nil {
		panic(err)
	}
	delete(older, "can_send_welcome_messages")
	return older, nil
}

func getMe(c *Call) (any, *wire.Error) {
	b := c.Bot
	me := wire.Me{
		User: b.Wire, CanJoinGroups: b.Setting("can_join_groups"), CanReadAllGroupMessages: b.ReadsAll,
		SupportsInlineQueries: b.Setting("supports_inline_queries"), CanConnectToBusiness: b.Setting("can_connect_to_business"),
	}
	if !c.Opts.OldSettings() {
		me.ActiveUsernames = b.Active()
		me.SupportsGuestQueries = b.Setting("supports_guest_queries")
		me.SupportsJoinRequestQueries = b.Setting("supports_join_request_queries")
		me.CanManageBots = b.Setting("can_manage_bots")
		me.HasTopicsEnabled = b.Setting("has_topics_enabled")
	}
	return me, nil
}

// language reads the language of a call: none, or two letters, as TDLib has it. "pt-br" is none.
func language(c *Call) (string, *wire.Error) {
	lang := c.P.Str("language_code")
	if lang == "" || len(lang) == 2 && schema.InAlphabet(rune(lang[0]), "a-z") && schema.InAlphabet(rune(lang[1]), "a-z") {
		return lang, nil
	}
	return "", wire.BadRequest("Invalid language code specified")
}

// setAbout stores one of the bot's texts per language. An empty one is removed.
func setAbout(param string) Func {
	return func(c *Call) (any, *wire.Error) {
		lang, e := language(c)
		if e != nil {
			return nil, e
		}
		if text := c.P.Str(param); text != "" {
			c.Bot.About[param+"/"+lang] = text
		} else {
			delete(c.Bot.About, param+"/"+lang)
		}
		return true, nil
	}
}

// getAbout reads it, for the language or else for none.
func getAbout(param string) Func {
	return func(c *Call) (any, *wire.Error) {
		lang, e := language(c)
		if e != nil {
			return nil, e
		}
		text, ok := c.Bot.About[param+"/"+lang]
		if !ok {
			text, ok = c.Bot.About[param+"/"]
		}
		if !ok && param == "name" {
			text = c.Bot.First
		}
		return map[string]string{param: text}, nil
	}
}
