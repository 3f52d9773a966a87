package world

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// An Account is what users and bots have in common.
type Account struct {
	World     *World
	ID        int64
	IsBot     bool
	First     string
	Last      string
	Username  string
	Lang      string
	User      *User // nil for bots and fake accounts
	Bot       *Bot  // nil for people
	Wire      *wire.User
	Handle    any  // what a user of the package keeps with it
	HideNames bool // forwards of their messages carry only a name
}

// Name is the display name: first and last name.
func (a *Account) Name() string {
	return strings.TrimSpace(a.First + " " + a.Last)
}

// User is a person with an app.
type User struct {
	*Account
	Offline bool
	Toasts  []Toast
	Blocked map[*Bot]bool
}

// Bot is an account that is driven through the Bot API.
type Bot struct {
	*Account
	Token     string
	ReadsAll  bool // privacy mode off
	HearsBots bool // bot-to-bot mode on
	Deaf      bool // nobody runs it
	Queue     Queue
	Commands  map[ListKey][]wire.BotCommand
	About     map[string]string // setMyName and the like, by "name/en"
	Privates  map[int64]*Chat   // private chats by user id
	Met       map[int64]bool    // accounts that updates came from
	Sent      RateWindow
	more      []string // active usernames besides the first
	settings  botSettings
	Mode      string                            // callback_query_mode; "" until somebody sets it
	Defaults  map[bool]wire.AdministratorRights // suggested to who promotes it; true: in channels
}

// A ListKey names a command list: scope and language.
type ListKey struct {
	Scope string
	Chat  int64
	User  int64
	Lang  string
}

// botSettings are those of a bot, by the names of setMySettings.
type botSettings map[string]bool
