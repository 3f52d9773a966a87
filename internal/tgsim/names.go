package tgsim

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
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

// The statuses of members.
const (
	Creator       = wire.Creator
	Administrator = wire.Administrator
	Member        = wire.Member
	Restricted    = wire.Restricted
	Left          = wire.Left
	Kicked        = wire.Kicked
)

// AllPermissions is every permission.
func AllPermissions() Permissions { return wire.AllPermissions() }

// CheckUpdate reports how raw departs from the type Update of the Bot API:
// unknown or missing fields, wrong JSON types, wrong constants.
func CheckUpdate(raw []byte) error { return schema.CheckUpdate(raw) }

// CheckResult reports how raw departs from what the method returns.
func CheckResult(method string, raw []byte) error { return schema.CheckResult(method, raw) }
