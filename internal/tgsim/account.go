package tgsim

import (
	"encoding/json"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Account is a *User or a *Bot.
type Account interface {
	ID() int64
	Name() string
	acc() *world.Account
}

// An account is what users and bots have in common.
type account struct {
	sim *Sim
	of  *world.Account
}

func (a *account) acc() *world.Account { return a.of }

// ID is the account's Telegram id.
func (a *account) ID() int64 { return a.of.ID }

// Name is the display name: first and last name.
func (a *account) Name() string { return a.of.Name() }

// Username is the name after the @, or "".
func (a *account) Username() string {
	a.sim.lock()
	defer a.sim.unlock()
	return a.of.Username
}

// User is a person with an app.
type User struct {
	*account
	user *world.User
}

// user is the handle of a user, or nil.
func (s *Sim) user(u *world.User) *User {
	if u == nil {
		return nil
	}
	if h, ok := u.Handle.(*User); ok {
		return h
	}
	h := &User{account: &account{sim: s, of: u.Account}, user: u}
	u.Handle = h
	return h
}

// Bot is an account that is driven through the Bot API.
type Bot struct {
	*account
	bot *world.Bot
}

// bot is the handle of a bot, or nil.
func (s *Sim) bot(b *world.Bot) *Bot {
	if b == nil {
		return nil
	}
	if h, ok := b.Handle.(*Bot); ok {
		return h
	}
	h := &Bot{account: &account{sim: s, of: b.Account}, bot: b}
	b.Handle = h
	return h
}

// account is the handle of a user or a bot.
func (s *Sim) account(a *world.Account) Account {
	if a.Bot != nil {
		return s.bot(a.Bot)
	}
	return s.user(a.User)
}

// Token is the bot's token.
func (b *Bot) Token() string { return b.bot.Token }

// Call performs a method as if it had come over HTTP with a JSON body, but
// without faults. A map is the usual form of params; nil means none. Use it
// for other bots in the same world.
func (b *Bot) Call(method string, arguments any) (json.RawMessage, error) {
	return b.sim.api.Call(b.bot, method, arguments)
}

// SetPrivacy switches privacy mode; unlike in Telegram it takes effect
// without adding the bot again. SetSetting and setMySettings are as in Telegram.
func (b *Bot) SetPrivacy(on bool) {
	b.sim.lock()
	defer b.sim.unlock()
	b.bot.SetPrivacy(on)
}

// SetHearsBots switches bot-to-bot mode: the bot gets what other bots write
// where it gets all that people write.
func (b *Bot) SetHearsBots(on bool) {
	b.sim.lock()
	defer b.sim.unlock()
	b.bot.HearsBots = on
}

// Setting is one of the settings of setMySettings that are on or off.
func (b *Bot) Setting(name string) bool {
	b.sim.lock()
	defer b.sim.unlock()
	return b.bot.Setting(name)
}

// SetSetting has the bot's owner, or whoever else has the token, switch a setting.
func (b *Bot) SetSetting(name string, on bool) {
	b.sim.lock()
	defer b.sim.unlock()
	b.bot.SetSetting(name, on)
}

// CallbackMode is how presses reach the bot: "default" until somebody sets it.
func (b *Bot) CallbackMode() string {
	b.sim.lock()
	defer b.sim.unlock()
	return b.bot.CallbackMode()
}

// SetCallbackMode has the bot's owner, or whoever else has the token, change how
// presses reach the bot: "default", "auto" or "inline".
func (b *Bot) SetCallbackMode(mode string) {
	b.sim.lock()
	defer b.sim.unlock()
	b.bot.Mode = mode
}

// SetUsernames gives the bot other usernames, all of them active. Updates and
// getMe carry the first from then on.
func (b *Bot) SetUsernames(names ...string) {
	b.sim.lock()
	defer b.sim.unlock()
	b.bot.SetUsernames(names...)
}

// About is a text that the bot set about itself: "name", "description" or
// "short_description", for a language or "".
func (b *Bot) About(what, language string) string {
	b.sim.lock()
	defer b.sim.unlock()
	return b.bot.About[what+"/"+language]
}

// Inject puts an update of any shape into the bot's queue, unchecked: field
// is a key of Update, value its JSON. It returns the update_id. See the
// constants OddMessage and the like for shapes that broke bots before.
func (b *Bot) Inject(field, value string) int64 {
	b.sim.lock()
	defer b.sim.unlock()
	return b.bot.Inject(field, []byte(value))
}

// Pending is the number of updates that the bot has not confirmed yet.
func (b *Bot) Pending() int {
	b.sim.lock()
	defer b.sim.unlock()
	return b.bot.Queue.Len()
}
