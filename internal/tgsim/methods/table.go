// Package methods performs the methods of the Bot API.
//
// [Table] lists them; a method that is not there is not simulated. Parameters are
// checked before, by package schema. An error is the answer that Telegram gives.
// Callers hold the lock of the world.
package methods

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Table lists the methods that do something. getUpdates is apart, because
// it waits.
var Table = map[string]Func{
	"getMe":                 getMe,
	"setWebhook":            setWebhook,
	"deleteWebhook":         deleteWebhook,
	"getWebhookInfo":        getWebhookInfo,
	"setMyCommands":         setMyCommands,
	"getMyCommands":         getMyCommands,
	"deleteMyCommands":      deleteMyCommands,
	"setMyName":             setAbout("name"),
	"setMyDescription":      setAbout("description"),
	"setMyShortDescription": setAbout("short_description"),
	"getMyName":             getAbout("name"),
	"getMyDescription":      getAbout("description"),
	"getMyShortDescription": getAbout("short_description"),
	"setMySettings":         setMySettings,

	"setMyDefaultAdministratorRights": setMyDefaultAdministratorRights,
	"getMyDefaultAdministratorRights": getMyDefaultAdministratorRights,

	"sendMessage":            sendMessage,
	"sendPhoto":              sendMedia(world.PhotoKind),
	"sendDocument":           sendMedia(world.DocumentKind),
	"sendVideo":              sendMedia(world.VideoKind),
	"sendAnimation":          sendMedia(world.AnimationKind),
	"sendAudio":              sendMedia(world.AudioKind),
	"sendVoice":              sendMedia(world.VoiceKind),
	"sendVideoNote":          sendMedia(world.VideoNoteKind),
	"sendSticker":            sendMedia(world.StickerKind),
	"editMessageText":        editMessageText,
	"editMessageCaption":     editMessageCaption,
	"editMessageMedia":       editMessageMedia,
	"editMessageReplyMarkup": editMessageReplyMarkup,
	"deleteMessage":          deleteMessage,
	"deleteMessages":         deleteMessages,
	"sendChatAction":         sendChatAction,
	"answerCallbackQuery":    answerCallbackQuery,

	"editEphemeralMessageText":        editEphemeralText,
	"editEphemeralMessageCaption":     editEphemeralCaption,
	"editEphemeralMessageReplyMarkup": editEphemeralMarkup,
	"deleteEphemeralMessage":          deleteEphemeral,

	"getFile":               getFile,
	"getChat":               getChat,
	"getChatMember":         getChatMember,
	"getChatAdministrators": getChatAdministrators,
	"getChatMemberCount":    getChatMemberCount,
	"banChatMember":         banChatMember,
	"unbanChatMember":       unbanChatMember,
	"restrictChatMember":    restrictChatMember,
	"banChatSenderChat":     banChatSenderChat,
	"unbanChatSenderChat":   unbanChatSenderChat,
	"leaveChat":             leaveChat,
	"createChatInviteLink":  createChatInviteLink,
}
