package world

import (
	"slices"
	"strings"
)

// SetPrivacy switches privacy mode; unlike in Telegram it takes effect
// without adding the bot again. SetSetting and setMySettings are as in Telegram.
func (b *Bot) SetPrivacy(on bool) {
	b.ReadsAll = !on
	for _, c := range b.World.Chats {
		c.Open[b] = !on
	}
}

// What Bot API 10.5 lets a bot set of itself, and its owner in BotFather.

// Setting says whether a setting of setMySettings is on.
func (b *Bot) Setting(name string) bool {
	switch on, said := b.settings[name]; {
	case name == "can_read_all_group_messages":
		return b.ReadsAll
	case said:
		return on
	}
	return name == "can_join_groups" // the only one that BotFather switches on by itself
}

// SetSetting switches a setting of setMySettings.
func (b *Bot) SetSetting(name string, on bool) {
	if name == "can_read_all_group_messages" {
		b.ReadsAll = on
		return
	}
	if b.settings == nil {
		b.settings = botSettings{}
	}
	b.settings[name] = on
}

// CallbackMode is how presses reach the bot.
func (b *Bot) CallbackMode() string {
	if b.Mode == "" {
		return "default"
	}
	return b.Mode
}

// SetUsernames gives the bot other usernames, all of them active. Updates and
// getMe carry the first from then on.
func (b *Bot) SetUsernames(names ...string) {
	s := b.World
	for _, name := range b.Active() {
		delete(s.Usernames, strings.ToLower(name))
	}
	b.Username, b.more = names[0], slices.Clone(names[1:])
	b.Wire.Username = b.Username
	for _, name := range names {
		s.claimUsername(name, b)
	}
	s.Show()
}

// Active are the bot's active usernames.
func (b *Bot) Active() []string { return append([]string{b.Username}, b.more...) }

// Called says whether it is one of the bot's active usernames.
func (b *Bot) Called(name string) bool {
	return slices.ContainsFunc(b.Active(), func(n string) bool { return strings.EqualFold(n, name) })
}
