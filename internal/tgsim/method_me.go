package tgsim

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

func (c *call) getMe() (any, *wire.Error) {
	b := c.bot
	me := wire.Me{
		User: b.wire, CanJoinGroups: b.setting("can_join_groups"), CanReadAllGroupMessages: b.readsAll,
		SupportsInlineQueries: b.setting("supports_inline_queries"), CanConnectToBusiness: b.setting("can_connect_to_business"),
	}
	if !c.opts.oldSettings() {
		me.ActiveUsernames = b.active()
		me.SupportsGuestQueries = b.setting("supports_guest_queries")
		me.SupportsJoinRequestQueries = b.setting("supports_join_request_queries")
		me.CanManageBots = b.setting("can_manage_bots")
		me.HasTopicsEnabled = b.setting("has_topics_enabled")
	}
	return me, nil
}

// about stores one of the bot's texts per language.
func about(param string) methodFunc {
	return func(c *call) (any, *wire.Error) {
		c.bot.about[param+"/"+c.p.Str("language_code")] = c.p.Str(param)
		return true, nil
	}
}

// aboutOf reads it, for the language or else for none.
func aboutOf(param string) methodFunc {
	return func(c *call) (any, *wire.Error) {
		text, ok := c.bot.about[param+"/"+c.p.Str("language_code")]
		if !ok {
			text, ok = c.bot.about[param+"/"]
		}
		if !ok && param == "name" {
			text = c.bot.first
		}
		return map[string]string{param: text}, nil
	}
}

// About is a text that the bot set about itself: "name", "description" or
// "short_description", for a language or "".
func (b *Bot) About(what, language string) string {
	b.sim.Lock()
	defer b.sim.Unlock()
	return b.about[what+"/"+language]
}
