package wire

// AnswerCallback answers a button press with a toast, or with alert in a window that the
// user must close. An empty text only ends the waiting.
func AnswerCallback(id, text string, alert bool) Call {
	c := Call{Method: "answerCallbackQuery", Params: map[string]any{"callback_query_id": id}}
	if text != "" {
		c.Params["text"] = text
	}
	if alert {
		c.Params["show_alert"] = true
	}
	return c
}

// Toast reports whether the call answers a button press, and with which text.
func (c Call) Toast() (text string, is bool) {
	text, _ = c.Params["text"].(string)
	return text, c.Method == "answerCallbackQuery"
}

// AnswerCallbackURL answers a button press by opening a link to this bot.
func AnswerCallbackURL(id, url string) Call {
	return Call{Method: "answerCallbackQuery", Params: map[string]any{"callback_query_id": id, "url": url}}
}

// GetChatMember asks for one member's status; see [Result.Member].
func GetChatMember(chat, user int64) Call { return aimed("getChatMember", chat, user) }

// GetChatAdministrators asks for a group's admins, other bots included; see [Result.Members].
func GetChatAdministrators(chat int64) Call {
	return Call{Method: "getChatAdministrators", Chat: chat, Params: map[string]any{"chat_id": chat, "return_bots": true}}
}

// GetChat asks for a chat; see [Result.Chat].
func GetChat(chat int64) Call {
	return Call{Method: "getChat", Chat: chat, Params: map[string]any{"chat_id": chat}}
}

// GetFile asks where a file can be downloaded; see [Result.File].
func GetFile(id string) Call {
	return Call{Method: "getFile", Params: map[string]any{"file_id": id}}
}

// GetChatMemberCount asks for the number of members of a chat, bots included; see [Result.Number].
func GetChatMemberCount(chat int64) Call {
	return Call{Method: "getChatMemberCount", Chat: chat, Params: map[string]any{"chat_id": chat}}
}

// AllowedUpdates are the kinds of update the bot asks Telegram for.
var AllowedUpdates = []string{"message", "edited_message", "callback_query", "my_chat_member", "chat_member"}

// UpdatesQuery says which updates [GetUpdates] asks for.
type UpdatesQuery struct {
	Offset  int64 // the first; all earlier ones are confirmed
	Limit   int   // how many at most
	Seconds int   // how long the server waits for the first one
}

// GetUpdates asks for updates, which confirms all that are earlier.
func GetUpdates(q UpdatesQuery) Call {
	return Call{Method: "getUpdates", Params: map[string]any{
		"offset":          q.Offset,
		"limit":           q.Limit,
		"timeout":         q.Seconds,
		"allowed_updates": AllowedUpdates,
	}}
}

// SetWebhook makes Telegram send updates to url, each with the secret in a header.
func SetWebhook(url, secret string, connections int) Call {
	return Call{Method: "setWebhook", Params: map[string]any{
		"url":             url,
		"secret_token":    secret,
		"max_connections": connections,
		"allowed_updates": AllowedUpdates,
	}}
}

// GetWebhookInfo asks for the webhook and its last error; see [Result.Webhook].
func GetWebhookInfo() Call { return Call{Method: "getWebhookInfo"} }

// DeleteWebhook ends the webhook, so that long polling works. No waiting update is lost.
func DeleteWebhook() Call { return Call{Method: "deleteWebhook"} }
