package tgsim

import (
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Bot is an account that is driven through the Bot API.
type Bot struct {
	*account
	token     string
	readsAll  bool // privacy mode off
	hearsBots bool // bot-to-bot mode on
	deaf      bool // nobody runs it
	queue     queue
	commands  map[listKey][]wire.BotCommand
	about     map[string]string // setMyName and the like, by "name/en"
	privates  map[int64]*Chat   // private chats by user id
	met       map[int64]bool    // accounts that updates came from
	sent      rateWindow
	more      []string // active usernames besides the first
	settings  botSettings
	mode      string                            // callback_query_mode; "" until somebody sets it
	defaults  map[bool]wire.AdministratorRights // suggested to who promotes it; true: in channels
}

// BotOption sets a property of a new bot.
type BotOption func(*Bot)

// PrivacyOff lets the bot read every message in its groups, administrator or
// not; the default is Telegram's: privacy mode on.
func PrivacyOff() BotOption { return func(b *Bot) { b.readsAll = true } }

// Unattended marks a bot that nobody runs: its updates go nowhere and
// WaitConfirmed does not wait for it.
func Unattended() BotOption { return func(b *Bot) { b.deaf = true } }

// Token sets the bot's token; by default one is made up.
func Token(token string) BotOption { return func(b *Bot) { b.token = token } }

// AddBot registers a bot.
func (s *Sim) AddBot(username, firstName string, opts ...BotOption) *Bot {
	s.Lock()
	defer s.Unlock()
	s.lastBot++
	b := &Bot{
		account:  &account{sim: s, id: s.lastBot, isBot: true, first: firstName, username: username},
		commands: map[listKey][]wire.BotCommand{},
		about:    map[string]string{},
		privates: map[int64]*Chat{},
		met:      map[int64]bool{},
		defaults: map[bool]wire.AdministratorRights{},
	}
	b.account.bot = b
	b.token = fmt.Sprintf("%d:AAsim%030d", b.id, b.id)
	b.queue.nextID = 100_000*int64(len(s.bots)+1) + 1
	for _, o := range opts {
		o(b)
	}
	s.addAccount(b.account, b)
	s.bots = append(s.bots, b)
	s.byToken[b.token] = b
	return b
}

// Token is the bot's token.
func (b *Bot) Token() string { return b.token }

// SetPrivacy switches privacy mode; unlike in Telegram it takes effect
// without adding the bot again. SetSetting and setMySettings are as in Telegram.
func (b *Bot) SetPrivacy(on bool) {
	b.sim.Lock()
	defer b.sim.Unlock()
	b.readsAll = !on
	for _, c := range b.sim.chats {
		c.open[b] = !on
	}
}

// knows says whether the bot has ever met the account.
func (b *Bot) knows(a *account) bool {
	if b.met[a.id] || b.privates[a.id] != nil {
		return true
	}
	return slices.ContainsFunc(b.sim.chats, func(c *Chat) bool {
		return c.members[a.id] != nil && c.members[b.id] != nil
	})
}
