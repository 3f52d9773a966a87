package tgsim

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// A methodFunc performs a method under the lock.
type methodFunc func(*call) (any, *wire.Error)

// simulated are the methods that do something. getUpdates is apart, because
// it waits.
func simulated() map[string]methodFunc {
	return map[string]methodFunc{
		"getMe":                 (*call).getMe,
		"setWebhook":            (*call).setWebhook,
		"deleteWebhook":         (*call).deleteWebhook,
		"getWebhookInfo":        (*call).getWebhookInfo,
		"setMyCommands":         (*call).setMyCommands,
		"getMyCommands":         (*call).getMyCommands,
		"deleteMyCommands":      (*call).deleteMyCommands,
		"setMyName":             about("name"),
		"setMyDescription":      about("description"),
		"setMyShortDescription": about("short_description"),
		"getMyName":             aboutOf("name"),
		"getMyDescription":      aboutOf("description"),
		"getMyShortDescription": aboutOf("short_description"),
		"setMySettings":         (*call).setMySettings,

		"setMyDefaultAdministratorRights": (*call).setMyDefaultAdministratorRights,
		"getMyDefaultAdministratorRights": (*call).getMyDefaultAdministratorRights,

		"sendMessage":            (*call).sendMessage,
		"sendPhoto":              sendMedia(photoKind),
		"sendDocument":           sendMedia(documentKind),
		"sendVideo":              sendMedia(videoKind),
		"sendAnimation":          sendMedia(animationKind),
		"sendAudio":              sendMedia(audioKind),
		"sendVoice":              sendMedia(voiceKind),
		"sendVideoNote":          sendMedia(videoNoteKind),
		"sendSticker":            sendMedia(stickerKind),
		"editMessageText":        (*call).editMessageText,
		"editMessageCaption":     (*call).editMessageCaption,
		"editMessageReplyMarkup": (*call).editMessageReplyMarkup,
		"deleteMessage":          (*call).deleteMessage,
		"deleteMessages":         (*call).deleteMessages,
		"sendChatAction":         (*call).sendChatAction,
		"answerCallbackQuery":    (*call).answerCallbackQuery,

		"editEphemeralMessageText":        (*call).editEphemeralText,
		"editEphemeralMessageCaption":     (*call).editEphemeralCaption,
		"editEphemeralMessageReplyMarkup": (*call).editEphemeralMarkup,
		"deleteEphemeralMessage":          (*call).deleteEphemeral,

		"getFile":               (*call).getFile,
		"getChat":               (*call).getChat,
		"getChatMember":         (*call).getChatMember,
		"getChatAdministrators": (*call).getChatAdministrators,
		"getChatMemberCount":    (*call).getChatMemberCount,
		"banChatMember":         (*call).banChatMember,
		"unbanChatMember":       (*call).unbanChatMember,
		"restrictChatMember":    (*call).restrictChatMember,
		"banChatSenderChat":     (*call).banChatSenderChat,
		"unbanChatSenderChat":   (*call).unbanChatSenderChat,
		"leaveChat":             (*call).leaveChat,
		"createChatInviteLink":  (*call).createChatInviteLink,
	}
}
