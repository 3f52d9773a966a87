package methods

import (
	"encoding/json"

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

// setAbout stores one of the bot's texts per language.
func setAbout(param string) Func {
	return func(c *Call) (any, *wire.Error) {
		c.Bot.About[param+"/"+c.P.Str("language_code")] = c.P.Str(param)
		return true, nil
	}
}

// getAbout reads it, for the language or else for none.
func getAbout(param string) Func {
	return func(c *Call) (any, *wire.Error) {
		text, ok := c.Bot.About[param+"/"+c.P.Str("language_code")]
		if !ok {
			text, ok = c.Bot.About[param+"/"]
		}
		if !ok && param == "name" {
			text = c.Bot.First
		}
		return map[string]string{param: text}, nil
	}
}
