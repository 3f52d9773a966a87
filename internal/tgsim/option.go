package tgsim

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/people"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// UserOption sets a property of a new user.
type UserOption = func(*world.User)

// Lang sets the app's language, which updates carry as language_code. The
// default is "en"; "" leaves the code out.
func Lang(code string) UserOption { return func(u *world.User) { u.Lang = code } }

// Username gives the user a public @name.
func Username(name string) UserOption { return func(u *world.User) { u.Username = name } }

// HideForwards makes forwards of the user's messages carry a name only.
func HideForwards() UserOption { return func(u *world.User) { u.HideNames = true } }

// UserID sets the id; by default ids are given in order.
func UserID(id int64) UserOption { return func(u *world.User) { u.ID = id } }

// BotOption sets a property of a new bot.
type BotOption = func(*world.Bot)

// PrivacyOff lets the bot read every message in its groups, administrator or
// not; the default is Telegram's: privacy mode on.
func PrivacyOff() BotOption { return func(b *world.Bot) { b.ReadsAll = true } }

// Unattended marks a bot that nobody runs: its updates go nowhere and
// WaitConfirmed does not wait for it.
func Unattended() BotOption { return func(b *world.Bot) { b.Deaf = true } }

// Token sets the bot's token; by default one is made up.
func Token(token string) BotOption { return func(b *world.Bot) { b.Token = token } }

// ChatOption sets a property of a new chat.
type ChatOption = func(*world.Chat)

// Public gives the chat a public @name: anyone can look in and press buttons.
func Public(username string) ChatOption { return func(c *world.Chat) { c.Username = username } }

// PressOption changes how a press reaches the bot.
type PressOption = people.PressOption

// Inaccessible has the callback query carry an InaccessibleMessage, as it
// does when the message is old or deleted.
func Inaccessible() PressOption { return func(o *people.PressOptions) { o.Inaccessible = true } }
