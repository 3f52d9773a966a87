// Package wire holds the JSON that bots receive.
//
// The types have only what the simulator fills in; its tests hold what it emits
// against the schema. The package has no rules.
package wire

import (
	"encoding/json"
)

// Message is a message as bots see it.
type Message struct {
	MessageID          int            `json:"message_id"`
	MessageThreadID    int            `json:"message_thread_id,omitempty"`
	DirectTopic        *DirectTopic   `json:"direct_messages_topic,omitempty"`
	From               *User          `json:"from,omitempty"`
	SenderChat         *Chat          `json:"sender_chat,omitempty"`
	ReceiverUser       *User          `json:"receiver_user,omitempty"`
	EphemeralMessageID int            `json:"ephemeral_message_id,omitempty"`
	GuestBotCallerUser *User          `json:"guest_bot_caller_user,omitempty"`
	GuestBotCallerChat *Chat          `json:"guest_bot_caller_chat,omitempty"`
	Date               int64          `json:"date"`
	Chat               *Chat          `json:"chat"`
	ForwardOrigin      *Origin        `json:"forward_origin,omitempty"`
	IsTopicMessage     bool           `json:"is_topic_message,omitempty"`
	IsAutomaticForward bool           `json:"is_automatic_forward,omitempty"`
	ReplyToMessage     *Message       `json:"reply_to_message,omitempty"`
	ExternalReply      *ExternalReply `json:"external_reply,omitempty"`
	Quote              *Quote         `json:"quote,omitempty"`
	RichMessage        *RichMessage   `json:"rich_message,omitempty"`
	EditDate           int64          `json:"edit_date,omitempty"`
	MediaGroupID       string         `json:"media_group_id,omitempty"`
	Text               string         `json:"text,omitempty"`
	Entities           []Entity       `json:"entities,omitempty"`
	Media
	Caption         string   `json:"caption,omitempty"`
	CaptionEntities []Entity `json:"caption_entities,omitempty"`
	*Service
	ReplyMarkup json.RawMessage `json:"reply_markup,omitempty"`
}

// DirectTopic is whose topic of a channel's direct messages it is.
type DirectTopic struct {
	TopicID int64 `json:"topic_id"`
	User    *User `json:"user,omitempty"`
}

// ExternalReply is what a message of another chat or topic is shown as that is
// replied to. Its text is not given: only what was quoted is.
type ExternalReply struct {
	Origin    *Origin `json:"origin"`
	Chat      *Chat   `json:"chat,omitempty"`
	MessageID int     `json:"message_id,omitempty"`
	*Media
}

// Quote is what a reply quotes.
type Quote struct {
	Text     string `json:"text"`
	Position int    `json:"position"`
	IsManual bool   `json:"is_manual"`
}

// Button is an inline button as a person sees it.
type Button struct {
	Label string    `json:"text"`
	Data  string    `json:"callback_data"`
	URL   string    `json:"url"`
	Login *struct{} `json:"login_url"`
	Style string    `json:"style"` // its colour: danger, success, primary; empty = that of the app
}

// BotCommand is an entry of a command list.
type BotCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
	IsEphemeral bool   `json:"is_ephemeral,omitempty"`
}

// RichMessage is a text of blocks.
type RichMessage struct {
	Blocks json.RawMessage `json:"blocks"`
}

// A Service message says that something happened in the chat.
type Service struct {
	NewChatMembers        []*User   `json:"new_chat_members,omitempty"`
	LeftChatMember        *User     `json:"left_chat_member,omitempty"`
	GroupChatCreated      bool      `json:"group_chat_created,omitempty"`
	SupergroupChatCreated bool      `json:"supergroup_chat_created,omitempty"`
	ChannelChatCreated    bool      `json:"channel_chat_created,omitempty"`
	MigrateToChatID       int64     `json:"migrate_to_chat_id,omitempty"`
	MigrateFromChatID     int64     `json:"migrate_from_chat_id,omitempty"`
	ForumTopicCreated     *Topic    `json:"forum_topic_created,omitempty"`
	ForumTopicClosed      *struct{} `json:"forum_topic_closed,omitempty"`
	ForumTopicReopened    *struct{} `json:"forum_topic_reopened,omitempty"`
}

// String is what the service message says.
func (s *Service) String() string {
	switch {
	case s.NewChatMembers != nil:
		return "added " + s.NewChatMembers[0].FirstName
	case s.LeftChatMember != nil:
		return "removed " + s.LeftChatMember.FirstName
	case s.ForumTopicCreated != nil:
		return "created the topic " + s.ForumTopicCreated.Name
	case s.ForumTopicClosed != nil:
		return "closed the topic"
	case s.ForumTopicReopened != nil:
		return "reopened the topic"
	case s.MigrateToChatID != 0:
		return "upgraded the group to a supergroup"
	case s.MigrateFromChatID != 0:
		return "upgraded this supergroup from a group"
	}
	return "created the chat"
}

// Topic is a topic of a forum.
type Topic struct {
	Name      string `json:"name"`
	IconColor int    `json:"icon_color"`
}

// Entity is a special part of a text; offset and length count UTF-16 units.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	User          *User  `json:"user,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
	UnixTime      int64  `json:"unix_time,omitempty"`
	DateFormat    string `json:"date_time_format,omitempty"`
}

// Origin says where a forwarded message comes from.
type Origin struct {
	Type           string `json:"type"`
	Date           int64  `json:"date"`
	SenderUser     *User  `json:"sender_user,omitempty"`
	SenderUserName string `json:"sender_user_name,omitempty"`
	SenderChat     *Chat  `json:"sender_chat,omitempty"`
	Chat           *Chat  `json:"chat,omitempty"`
	MessageID      int    `json:"message_id,omitempty"`
}

// InaccessibleMessage stands for a message that is old or deleted.
type InaccessibleMessage struct {
	Chat      *Chat `json:"chat"`
	MessageID int   `json:"message_id"`
	Date      int   `json:"date"`
}

// CallbackQuery is a pressed button.
type CallbackQuery struct {
	ID           string `json:"id"`
	From         *User  `json:"from"`
	Message      any    `json:"message,omitempty"`
	ChatInstance string `json:"chat_instance"`
	Data         string `json:"data,omitempty"`

	InlineMessageID string `json:"inline_message_id,omitempty"`
}
