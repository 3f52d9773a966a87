package tgsim

import "encoding/json"

// The types below are the JSON that bots receive. They hold only what the
// simulator fills in; its tests hold what it emits against the schema.

type wireUser struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

type wireMe struct {
	*wireUser
	CanJoinGroups           bool `json:"can_join_groups"`
	CanReadAllGroupMessages bool `json:"can_read_all_group_messages"`
	SupportsInlineQueries   bool `json:"supports_inline_queries"`
	CanConnectToBusiness    bool `json:"can_connect_to_business"`
	HasMainWebApp           bool `json:"has_main_web_app"`

	ActiveUsernames            []string `json:"active_usernames,omitempty"`
	SupportsGuestQueries       bool     `json:"supports_guest_queries,omitempty"`
	SupportsJoinRequestQueries bool     `json:"supports_join_request_queries,omitempty"`
	CanManageBots              bool     `json:"can_manage_bots,omitempty"`
	HasTopicsEnabled           bool     `json:"has_topics_enabled,omitempty"`
}

type wireChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`

	IsDirectMessages bool `json:"is_direct_messages,omitempty"`
}

type wireMessage struct {
	MessageID          int              `json:"message_id"`
	MessageThreadID    int              `json:"message_thread_id,omitempty"`
	DirectTopic        *wireDirectTopic `json:"direct_messages_topic,omitempty"`
	From               *wireUser        `json:"from,omitempty"`
	SenderChat         *wireChat        `json:"sender_chat,omitempty"`
	ReceiverUser       *wireUser        `json:"receiver_user,omitempty"`
	EphemeralMessageID int              `json:"ephemeral_message_id,omitempty"`
	GuestBotCallerUser *wireUser        `json:"guest_bot_caller_user,omitempty"`
	GuestBotCallerChat *wireChat        `json:"guest_bot_caller_chat,omitempty"`
	Date               int64            `json:"date"`
	Chat               *wireChat        `json:"chat"`
	ForwardOrigin      *wireOrigin      `json:"forward_origin,omitempty"`
	IsTopicMessage     bool             `json:"is_topic_message,omitempty"`
	IsAutomaticForward bool             `json:"is_automatic_forward,omitempty"`
	ReplyToMessage     *wireMessage     `json:"reply_to_message,omitempty"`
	ExternalReply      *wireExternal    `json:"external_reply,omitempty"`
	Quote              *wireQuote       `json:"quote,omitempty"`
	RichMessage        *wireRich        `json:"rich_message,omitempty"`
	EditDate           int64            `json:"edit_date,omitempty"`
	MediaGroupID       string           `json:"media_group_id,omitempty"`
	Text               string           `json:"text,omitempty"`
	Entities           []Entity         `json:"entities,omitempty"`
	wireMedia
	Caption         string   `json:"caption,omitempty"`
	CaptionEntities []Entity `json:"caption_entities,omitempty"`
	*service
	ReplyMarkup json.RawMessage `json:"reply_markup,omitempty"`
}

// wireMedia is what a message carries besides text.
type wireMedia struct {
	Animation *wireClip       `json:"animation,omitempty"`
	Audio     *wireClip       `json:"audio,omitempty"`
	Document  *wireDocument   `json:"document,omitempty"`
	Photo     []wirePhotoSize `json:"photo,omitempty"`
	Sticker   *wireSticker    `json:"sticker,omitempty"`
	Video     *wireClip       `json:"video,omitempty"`
	VideoNote *wireClip       `json:"video_note,omitempty"`
	Voice     *wireClip       `json:"voice,omitempty"`
	Contact   *wireContact    `json:"contact,omitempty"`
	Poll      *wirePoll       `json:"poll,omitempty"`
}

// A service message says that something happened in the chat.
type service struct {
	NewChatMembers        []*wireUser `json:"new_chat_members,omitempty"`
	LeftChatMember        *wireUser   `json:"left_chat_member,omitempty"`
	GroupChatCreated      bool        `json:"group_chat_created,omitempty"`
	SupergroupChatCreated bool        `json:"supergroup_chat_created,omitempty"`
	ChannelChatCreated    bool        `json:"channel_chat_created,omitempty"`
	MigrateToChatID       int64       `json:"migrate_to_chat_id,omitempty"`
	MigrateFromChatID     int64       `json:"migrate_from_chat_id,omitempty"`
	ForumTopicCreated     *wireTopic  `json:"forum_topic_created,omitempty"`
	ForumTopicClosed      *struct{}   `json:"forum_topic_closed,omitempty"`
	ForumTopicReopened    *struct{}   `json:"forum_topic_reopened,omitempty"`
}

type wireTopic struct {
	Name      string `json:"name"`
	IconColor int    `json:"icon_color"`
}

// Entity is a special part of a text; offset and length count UTF-16 units.
type Entity struct {
	Type          string    `json:"type"`
	Offset        int       `json:"offset"`
	Length        int       `json:"length"`
	URL           string    `json:"url,omitempty"`
	User          *wireUser `json:"user,omitempty"`
	Language      string    `json:"language,omitempty"`
	CustomEmojiID string    `json:"custom_emoji_id,omitempty"`
	UnixTime      int64     `json:"unix_time,omitempty"`
	DateFormat    string    `json:"date_time_format,omitempty"`
}

type wireOrigin struct {
	Type           string    `json:"type"`
	Date           int64     `json:"date"`
	SenderUser     *wireUser `json:"sender_user,omitempty"`
	SenderUserName string    `json:"sender_user_name,omitempty"`
	SenderChat     *wireChat `json:"sender_chat,omitempty"`
	Chat           *wireChat `json:"chat,omitempty"`
	MessageID      int       `json:"message_id,omitempty"`
}

type wireInaccessible struct {
	Chat      *wireChat `json:"chat"`
	MessageID int       `json:"message_id"`
	Date      int       `json:"date"`
}

type wireCallback struct {
	ID           string    `json:"id"`
	From         *wireUser `json:"from"`
	Message      any       `json:"message,omitempty"`
	ChatInstance string    `json:"chat_instance"`
	Data         string    `json:"data,omitempty"`

	InlineMessageID string `json:"inline_message_id,omitempty"`
}

type wireMemberUpdated struct {
	Chat *wireChat `json:"chat"`
	From *wireUser `json:"from"`
	Date int64     `json:"date"`
	Old  any       `json:"old_chat_member"`
	New  any       `json:"new_chat_member"`
}

type wirePlain struct {
	Status Status    `json:"status"`
	User   *wireUser `json:"user"`
}

type wireOwner struct {
	Status      Status    `json:"status"`
	User        *wireUser `json:"user"`
	IsAnonymous bool      `json:"is_anonymous"`
}

type wireRights struct {
	IsAnonymous         bool `json:"is_anonymous"`
	CanManageChat       bool `json:"can_manage_chat"`
	CanDeleteMessages   bool `json:"can_delete_messages"`
	CanManageVideoChats bool `json:"can_manage_video_chats"`
	CanRestrictMembers  bool `json:"can_restrict_members"`
	CanPromoteMembers   bool `json:"can_promote_members"`
	CanChangeInfo       bool `json:"can_change_info"`
	CanInviteUsers      bool `json:"can_invite_users"`
	CanPostStories      bool `json:"can_post_stories"`
	CanEditStories      bool `json:"can_edit_stories"`
	CanDeleteStories    bool `json:"can_delete_stories"`
	CanPostMessages     bool `json:"can_post_messages,omitempty"`
	CanEditMessages     bool `json:"can_edit_messages,omitempty"`
	CanPinMessages      bool `json:"can_pin_messages,omitempty"`
	CanManageTopics     bool `json:"can_manage_topics,omitempty"`
	CanSendWelcome      bool `json:"can_send_welcome_messages"`
}

type wireAdministrator struct {
	Status      Status    `json:"status"`
	User        *wireUser `json:"user"`
	CanBeEdited bool      `json:"can_be_edited"`
	wireRights
}

type wireRestricted struct {
	Status   Status    `json:"status"`
	User     *wireUser `json:"user"`
	IsMember bool      `json:"is_member"`
	Permissions
	UntilDate int64 `json:"until_date"`
}

type wireBanned struct {
	Status    Status    `json:"status"`
	User      *wireUser `json:"user"`
	UntilDate int64     `json:"until_date"`
}
