package bot

import (
	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Moved: goes when its users follow.
type (
	Booking      = ratelimit.Booking
	Shared       = ratelimit.Shared
	EphemeralRef = wire.EphemeralRef
	Call         = wire.Call
	Chat         = wire.Chat
	User         = wire.User
	Entity       = wire.Entity
	Error        = wire.Error
	Kind         = wire.Kind
	Member       = wire.Member
	Scope        = wire.Scope
	BotCommand   = wire.BotCommand
	CommandList  = wire.CommandList
	Message      = wire.Message
	Origin       = wire.Origin
	Result       = wire.Result
	WebhookInfo  = wire.WebhookInfo
	Self         = wire.Self
	Button       = wire.Button
	Style        = wire.Style
	Update       = wire.Update
	Press        = wire.Press
	Membership   = wire.Membership
)

// Moved: goes when its users follow.
const (
	KindOK              = wire.KindOK
	KindTemporary       = wire.KindTemporary
	KindTooMany         = wire.KindTooMany
	KindNoRights        = wire.KindNoRights
	KindTargetIsAdmin   = wire.KindTargetIsAdmin
	KindGone            = wire.KindGone
	KindUnsupported     = wire.KindUnsupported
	KindNotModified     = wire.KindNotModified
	KindBlocked         = wire.KindBlocked
	KindRemoved         = wire.KindRemoved
	KindMigrated        = wire.KindMigrated
	KindUnauthorized    = wire.KindUnauthorized
	KindConflict        = wire.KindConflict
	KindNoTopic         = wire.KindNoTopic
	KindInvalid         = wire.KindInvalid
	ServiceNone         = wire.ServiceNone
	ServiceJoined       = wire.ServiceJoined
	ServiceTopicCreated = wire.ServiceTopicCreated
	ServiceMigratedTo   = wire.ServiceMigratedTo
	ServiceMigratedFrom = wire.ServiceMigratedFrom
	Danger              = wire.Danger
	Primary             = wire.Primary
	AboutName           = wire.AboutName
	AboutDescription    = wire.AboutDescription
	AboutShort          = wire.AboutShort
)

// Moved: goes when its users follow.
var (
	ErrUnauthorized       = wire.ErrUnauthorized
	ScopeDefault          = wire.ScopeDefault
	ScopePrivate          = wire.ScopePrivate
	ScopeGroups           = wire.ScopeGroups
	ScopeAdmins           = wire.ScopeAdmins
	AllowedUpdates        = wire.AllowedUpdates
	TimeEntity            = wire.TimeEntity
	KindOf                = wire.KindOf
	RetryAfter            = wire.RetryAfter
	DeleteMessages        = wire.DeleteMessages
	Ban                   = wire.Ban
	Unban                 = wire.Unban
	RestrictTo            = wire.RestrictTo
	BanSenderChat         = wire.BanSenderChat
	UnbanSenderChat       = wire.UnbanSenderChat
	InviteLink            = wire.InviteLink
	PermissionsBut        = wire.PermissionsBut
	PermissionNames       = wire.PermissionNames
	BeyondWords           = wire.BeyondWords
	AnswerCallback        = wire.AnswerCallback
	AnswerCallbackURL     = wire.AnswerCallbackURL
	GetChatMember         = wire.GetChatMember
	GetChatAdministrators = wire.GetChatAdministrators
	GetChat               = wire.GetChat
	GetFile               = wire.GetFile
	GetChatMemberCount    = wire.GetChatMemberCount
	GetUpdates            = wire.GetUpdates
	SetWebhook            = wire.SetWebhook
	GetWebhookInfo        = wire.GetWebhookInfo
	DeleteWebhook         = wire.DeleteWebhook
	Modes                 = wire.Modes
	SendMessage           = wire.SendMessage
	SendPhoto             = wire.SendPhoto
	SendDocument          = wire.SendDocument
	Upload                = wire.Upload
	SendMedia             = wire.SendMedia
	EditMessageText       = wire.EditMessageText
	EditEphemeralText     = wire.EditEphemeralText
	GetAbout              = wire.GetAbout
	SetAbout              = wire.SetAbout
	PinPresses            = wire.PinPresses
	Settle                = wire.Settle
	SuggestRights         = wire.SuggestRights
	GetSuggestedRights    = wire.GetSuggestedRights
)
