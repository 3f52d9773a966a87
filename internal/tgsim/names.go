package tgsim

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/faults"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/people"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/server"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// What the Bot API has names for.
type (
	// Status is a member's status, in Telegram's words.
	Status = wire.Status
	// Permissions are what ordinary members may do.
	Permissions = wire.Permissions
	// Entity is a special part of a text.
	Entity = wire.Entity
	// Button is an inline button as a person sees it.
	Button = wire.Button
	// BotCommand is an entry of a command list.
	BotCommand = wire.BotCommand
)

// What the world, its people and its faults are made of.
type (
	// Server is a running HTTP front of a Sim.
	Server = server.Server
	// Kind is the kind of a chat, in Telegram's words.
	Kind = world.Kind
	// Rights are what an administrator may do; can_manage_chat comes with any.
	Rights = world.Rights
	// Toast is a bot's answer to a pressed button.
	Toast = world.Toast
	// MemberInfo is what Telegram holds of a member.
	MemberInfo = people.MemberInfo
	// Timed are the words of a message that tell a time, which apps show by the reader's clock.
	Timed = people.Timed
	// FaultKind is a way for a call to go wrong.
	FaultKind = faults.Kind
	// Chaos makes calls fail at random, the same way for the same seed and the
	// same order of calls.
	Chaos = faults.Chaos
	// CallTime is how long calls take, at random between two limits.
	CallTime = faults.CallTime
)

// The ids that stand for somebody else: they are never people.
const (
	GroupAnonymousBotID = world.GroupAnonymousBotID
	ChannelBotID        = world.ChannelBotID
	TelegramID          = world.TelegramID
)

// The kinds of chats. A forum is a supergroup with topics.
const (
	Private    = world.Private
	Group      = world.Group
	Supergroup = world.Supergroup
	Channel    = world.Channel
)

// The kinds of faults.
const (
	TooManyRequests = faults.TooManyRequests
	ServerError     = faults.ServerError
	Reset           = faults.Reset
	LostAnswer      = faults.LostAnswer
	Hang            = faults.Hang
	Refuse          = faults.Refuse
	Pretend         = faults.Pretend
	Duplicate       = faults.Duplicate
)

// ErrPermission is in the error of what permissions do not let a member send.
var ErrPermission = people.ErrPermission

// The statuses of members.
const (
	Creator       = wire.Creator
	Administrator = wire.Administrator
	Member        = wire.Member
	Restricted    = wire.Restricted
	Left          = wire.Left
	Kicked        = wire.Kicked
)

// AllRights is every right, without anonymity.
func AllRights() Rights { return world.AllRights() }

// AllPermissions is every permission.
func AllPermissions() Permissions { return wire.AllPermissions() }
