package wire

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Button is one inline button: it either sends Data back or opens URL.
type Button struct {
	Text  string
	Data  string // at most 64 bytes
	URL   string
	Style Style
}

// Style is the colour of a button. Apps and servers that do not know it ignore it.
type Style string

// The styles of Telegram that the bot uses: red and blue. The zero Style leaves the colour to the app.
const (
	Danger  Style = "danger"
	Primary Style = "primary"
)

// SendMessage posts plain text to a chat.
func SendMessage(chat int64, text string) Call {
	return Call{Method: "sendMessage", Chat: chat, Params: map[string]any{
		"chat_id": chat,
		"text":    text,
	}}
}

// SendPhoto uploads a picture with a caption.
func SendPhoto(chat int64, name string, picture []byte, caption string) Call {
	return upload("sendPhoto", "photo", chat, name, picture, caption)
}

// SendDocument uploads a file with a caption.
func SendDocument(chat int64, name string, data []byte, caption string) Call {
	return upload("sendDocument", "document", chat, name, data, caption)
}

func upload(method, field string, chat int64, name string, data []byte, caption string) Call {
	c := Call{Method: method, Chat: chat, Params: map[string]any{"chat_id": chat}}
	c.Files = []File{{Field: field, Name: name, Data: data}}
	if caption != "" {
		c.Params["caption"] = caption
	}
	return c
}

// Upload sends a file as a medium of a kind that [Message.Media] names: "photo", "sticker" and so on.
func Upload(chat int64, media, name string, data []byte) Call {
	return upload(sender(media), media, chat, name, data, "")
}

// sender is the method that sends a medium of a kind.
func sender(media string) string {
	var method strings.Builder
	method.WriteString("send")
	for word := range strings.SplitSeq(media, "_") {
		if word != "" {
			method.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return method.String()
}

// SendMedia sends a file that Telegram already has: media is the [Message.Media]
// and fileID the id in its [Message.File]. Stickers and video notes
// have no caption, so it is left out for them.
func SendMedia(chat int64, media, fileID, caption string) Call {
	c := Call{Method: sender(media), Chat: chat, Params: map[string]any{"chat_id": chat, media: fileID}}
	if caption != "" && media != "sticker" && media != "video_note" {
		c.Params["caption"] = caption
	}
	return c
}

// Spoiler covers a photo, a video or an animation until it is tapped. Telegram covers nothing else.
func (c Call) Spoiler() Call {
	switch c.Method {
	case "sendPhoto", "sendLivePhoto", "sendVideo", "sendAnimation":
		return c.with("has_spoiler", true)
	}
	return c
}

// ReplyTo makes the message a reply. If the other message is gone, it is sent without.
func (c Call) ReplyTo(messageID int64) Call {
	if messageID == 0 {
		return c
	}
	return c.with("reply_parameters", map[string]any{
		"message_id":                  messageID,
		"allow_sending_without_reply": true,
	})
}

// Thread sends into a forum topic; 0 means none.
func (c Call) Thread(id int64) Call {
	if id == 0 {
		return c
	}
	return c.with("message_thread_id", id)
}

// Elsewhere sends into another topic; 0 is General.
func (c Call) Elsewhere(topic int64) Call {
	if topic == 0 {
		return c.without("message_thread_id")
	}
	return c.Thread(topic)
}

// Topic is the topic of the call; 0 = none.
func (c Call) Topic() int64 {
	id, _ := c.Params["message_thread_id"].(int64)
	return id
}

// Quiet sends without a notification.
func (c Call) Quiet() Call { return c.with("disable_notification", true) }

// NoPreview hides the previews of links.
func (c Call) NoPreview() Call {
	return c.with("link_preview_options", map[string]any{"is_disabled": true})
}

// Keyboard puts inline buttons under the message. In an edit, an empty keyboard removes
// the buttons.
func (c Call) Keyboard(rows [][]Button) Call {
	return c.with("reply_markup", map[string]any{"inline_keyboard": keyboard(rows)})
}

// Below puts one more button under the message: beside the last one if that is alone in its row and carries data that begins
// with one of these, else in a row of its own.
func (c Call) Below(b Button, beside ...string) Call {
	markup, _ := c.Params["reply_markup"].(map[string]any)
	was, _ := markup["inline_keyboard"].([][]map[string]any)
	rows := slices.Clone(was)
	button := keyboard([][]Button{{b}})[0]
	last := len(rows) - 1
	if last >= 0 && len(rows[last]) == 1 && beginsWith(rows[last][0]["callback_data"], beside) {
		rows[last] = append(slices.Clone(rows[last]), button...)
	} else {
		rows = append(rows, button)
	}
	more := maps.Clone(markup)
	if more == nil {
		more = map[string]any{}
	}
	more["inline_keyboard"] = rows
	return c.with("reply_markup", more)
}

func beginsWith(data any, beginnings []string) bool {
	text, _ := data.(string)
	return slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(text, b) })
}

// ForceReply puts inline buttons under the message, if any, and asks the
// member's app to open the input field as a reply to it.
func (c Call) ForceReply(rows [][]Button) Call {
	if len(rows) == 0 {
		return c.with("reply_markup", map[string]any{"force_reply": true, "selective": true})
	}
	return c.with("reply_markup", map[string]any{"inline_keyboard": keyboard(rows), "force_reply": true})
}

func keyboard(rows [][]Button) [][]map[string]any {
	out := make([][]map[string]any, 0, len(rows))
	for _, row := range rows {
		line := make([]map[string]any, 0, len(row))
		for _, b := range row {
			button := map[string]any{"text": b.Text}
			if b.URL != "" {
				button["url"] = b.URL
			} else {
				button["callback_data"] = b.Data
			}
			if b.Style != "" {
				button["style"] = string(b.Style)
			}
			line = append(line, button)
		}
		out = append(out, line)
	}
	return out
}

// Ephemeral shows the message to one member only. For 15 seconds after a member's action
// the message may be anchored to it: to a button press by callbackID, or to an ephemeral
// command by replyToEphemeralID. Without an anchor the bot must be an admin of the group.
func (c Call) Ephemeral(receiver int64, callbackID string, replyToEphemeralID int64) Call {
	params := map[string]any{"receiver_user_id": receiver}
	if callbackID != "" {
		params["callback_query_id"] = callbackID
	}
	c = c.with("ephemeral_message_parameters", params)
	if replyToEphemeralID == 0 {
		return c
	}
	return c.with("reply_parameters", map[string]any{"ephemeral_message_id": replyToEphemeralID})
}

// EphemeralAnchor is the ephemeral command that the message answers; 0 if it answers none.
func (c Call) EphemeralAnchor() int64 { return c.repliesTo("ephemeral_message_id") }

// Anchor is the message that the call replies to; 0 if it replies to none.
func (c Call) Anchor() int64 { return c.repliesTo("message_id") }

func (c Call) repliesTo(field string) int64 {
	reply, _ := c.Params["reply_parameters"].(map[string]any)
	switch id := reply[field].(type) {
	case int64:
		return id
	case json.Number: // of a call that was stored
		n, _ := id.Int64()
		return n
	}
	return 0
}

// ForCallback shows the message only to who pressed a button, in the same chat, within 15 seconds. The call names no
// chat. So a server that does not know such answers (they came with Bot API 10.4) refuses it, instead of showing the
// message to everybody.
func (c Call) ForCallback(callbackID string) Call {
	return c.without("chat_id").with("ephemeral_message_parameters", map[string]any{"callback_query_id": callbackID})
}

// Unanchored returns an ephemeral call without its anchor, and whether it had one. An answer to a press that names no
// receiver keeps its anchor.
func (c Call) Unanchored() (Call, bool) {
	found := false
	if params, ok := c.Params["ephemeral_message_parameters"].(map[string]any); ok && params["callback_query_id"] != nil && params["receiver_user_id"] != nil {
		c = c.with("ephemeral_message_parameters", map[string]any{"receiver_user_id": params["receiver_user_id"]})
		found = true
	}
	if reply, ok := c.Params["reply_parameters"].(map[string]any); ok && reply["ephemeral_message_id"] != nil {
		c = c.without("reply_parameters")
		found = true
	}
	return c, found
}

// EditMessageText replaces text and buttons of a message of ours.
func EditMessageText(chat, messageID int64, text string) Call {
	return Call{Method: "editMessageText", Chat: chat, Params: map[string]any{
		"chat_id":    chat,
		"message_id": messageID,
		"text":       text,
	}}
}

// ReplaceFile puts another file in the place of the one in a message of ours, and removes words and buttons.
func ReplaceFile(chat, messageID int64, name string, data []byte) Call {
	return Call{Method: "editMessageMedia", Chat: chat, Params: map[string]any{
		"chat_id":    chat,
		"message_id": messageID,
		"media":      map[string]any{"type": "document", "media": "attach://file"},
	}, Files: []File{{Field: "file", Name: name, Data: data}}}
}

// EphemeralRef names an ephemeral message of ours.
type EphemeralRef struct {
	Chat     int64
	Receiver int64 // who sees it
	ID       int64 // its number for the receiver
}

// call builds a call about the message.
func (e EphemeralRef) call(method string) Call {
	return Call{Method: method, Chat: e.Chat, Params: map[string]any{
		"chat_id":              e.Chat,
		"receiver_user_id":     e.Receiver,
		"ephemeral_message_id": e.ID,
	}}
}

// EditEphemeralText replaces text and buttons of an ephemeral message of ours.
func EditEphemeralText(message EphemeralRef, text string) Call {
	return message.call("editEphemeralMessageText").with("text", text)
}

// DeleteEphemeral deletes an ephemeral message of ours.
func DeleteEphemeral(message EphemeralRef) Call { return message.call("deleteEphemeralMessage") }
