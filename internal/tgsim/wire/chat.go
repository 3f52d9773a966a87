package wire

// Chat is a chat as messages and updates name it.
type Chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`

	IsDirectMessages bool `json:"is_direct_messages,omitempty"`
}

// File is what getFile returns.
type File struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileSize     int    `json:"file_size,omitempty"`
	FilePath     string `json:"file_path,omitempty"`
}

// InviteLink is a link that lets people into a chat.
type InviteLink struct {
	InviteLink         string `json:"invite_link"`
	Creator            *User  `json:"creator"`
	CreatesJoinRequest bool   `json:"creates_join_request"`
	IsPrimary          bool   `json:"is_primary"`
	IsRevoked          bool   `json:"is_revoked"`
	Name               string `json:"name,omitempty"`
	ExpireDate         int64  `json:"expire_date,omitempty"`
	MemberLimit        int64  `json:"member_limit,omitempty"`
}

// FullChat is what getChat returns.
type FullChat struct {
	*Chat
	AccentColorID     int           `json:"accent_color_id"`
	MaxReactionCount  int           `json:"max_reaction_count"`
	ActiveUsernames   []string      `json:"active_usernames,omitempty"`
	Permissions       *Permissions  `json:"permissions,omitempty"`
	InviteLink        string        `json:"invite_link,omitempty"`
	LinkedChatID      int64         `json:"linked_chat_id,omitempty"`
	HasVisibleHistory bool          `json:"has_visible_history,omitempty"`
	Gifts             AcceptedGifts `json:"accepted_gift_types"`
}

// AcceptedGifts says which gifts a chat takes.
type AcceptedGifts struct {
	Unlimited bool `json:"unlimited_gifts"`
	Limited   bool `json:"limited_gifts"`
	Unique    bool `json:"unique_gifts"`
	Premium   bool `json:"premium_subscription"`
	Channels  bool `json:"gifts_from_channels"`
}

// WebhookInfo is what getWebhookInfo returns.
type WebhookInfo struct {
	URL                  string   `json:"url"`
	HasCustomCertificate bool     `json:"has_custom_certificate"`
	PendingUpdateCount   int      `json:"pending_update_count"`
	LastErrorDate        int64    `json:"last_error_date,omitempty"`
	LastErrorMessage     string   `json:"last_error_message,omitempty"`
	MaxConnections       int      `json:"max_connections,omitempty"`
	AllowedUpdates       []string `json:"allowed_updates,omitempty"`
}

// The types below are the JSON that bots receive. They hold only what the
// simulator fills in; its tests hold what it emits against the schema.

// User is a person or a bot.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// Me is what getMe returns.
type Me struct {
	*User
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
