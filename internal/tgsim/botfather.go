package tgsim

import (
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// What Bot API 10.5 lets a bot set of itself, and its owner in BotFather.

// botSettings are those of a bot, by the names of setMySettings.
type botSettings map[string]bool

// Setting is one of the settings of setMySettings that are on or off.
func (b *Bot) Setting(name string) bool {
	b.sim.Lock()
	defer b.sim.Unlock()
	return b.setting(name)
}

func (b *Bot) setting(name string) bool {
	switch on, said := b.settings[name]; {
	case name == "can_read_all_group_messages":
		return b.readsAll
	case said:
		return on
	}
	return name == "can_join_groups" // the only one that BotFather switches on by itself
}

// SetSetting has the bot's owner, or whoever else has the token, switch a setting.
func (b *Bot) SetSetting(name string, on bool) {
	b.sim.Lock()
	defer b.sim.Unlock()
	b.setSetting(name, on)
}

func (b *Bot) setSetting(name string, on bool) {
	if name == "can_read_all_group_messages" {
		b.readsAll = on
		return
	}
	if b.settings == nil {
		b.settings = botSettings{}
	}
	b.settings[name] = on
}

// CallbackMode is how presses reach the bot: "default" until somebody sets it.
func (b *Bot) CallbackMode() string {
	b.sim.Lock()
	defer b.sim.Unlock()
	return b.callbackMode()
}

func (b *Bot) callbackMode() string {
	if b.mode == "" {
		return "default"
	}
	return b.mode
}

// SetCallbackMode has the bot's owner, or whoever else has the token, change how
// presses reach the bot: "default", "auto" or "inline".
func (b *Bot) SetCallbackMode(mode string) {
	b.sim.Lock()
	defer b.sim.Unlock()
	b.mode = mode
}

// SetUsernames gives the bot other usernames, all of them active. Updates and
// getMe carry the first from then on.
func (b *Bot) SetUsernames(names ...string) {
	s := b.sim
	s.Lock()
	defer s.Unlock()
	for _, name := range b.active() {
		delete(s.usernames, strings.ToLower(name))
	}
	b.username, b.more = names[0], slices.Clone(names[1:])
	b.wire.Username = b.username
	for _, name := range names {
		s.claimUsername(name, b)
	}
	s.Show()
}

// active are the bot's active usernames.
func (b *Bot) active() []string { return append([]string{b.username}, b.more...) }

// called says whether it is one of the bot's active usernames.
func (b *Bot) called(name string) bool {
	return slices.ContainsFunc(b.active(), func(n string) bool { return strings.EqualFold(n, name) })
}

// setMySettings leaves what is not named as it is.
func (c *call) setMySettings() (any, *wire.Error) {
	switch mode := c.p.Str("callback_query_mode"); mode {
	case "":
	case "default", "auto", "inline":
		c.bot.mode = mode
	default:
		return nil, wire.BadRequest("invalid callback query mode specified")
	}
	for name, value := range c.p.Vals {
		if on, ok := value.(bool); ok {
			c.bot.setSetting(name, on)
		}
	}
	c.Touch()
	return true, nil
}

// setMyDefaultAdministratorRights stores what is suggested to whoever makes the bot
// an administrator; without rights it clears that.
func (c *call) setMyDefaultAdministratorRights() (any, *wire.Error) {
	var w wire.AdministratorRights
	c.p.Object("rights", &w)
	c.bot.defaults[c.p.Flag("for_channels")] = w
	c.Touch()
	return true, nil
}

func (c *call) getMyDefaultAdministratorRights() (any, *wire.Error) {
	return c.bot.defaults[c.p.Flag("for_channels")], nil
}
