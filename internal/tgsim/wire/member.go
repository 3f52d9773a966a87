package wire

// Status is a member's status, in Telegram's words.
type Status string

// The statuses of members.
const (
	Creator       Status = "creator"
	Administrator Status = "administrator"
	Member        Status = "member"
	Restricted    Status = "restricted"
	Left          Status = "left"
	Kicked        Status = "kicked"
)

// Permissions are what ordinary members may do. The JSON names are the Bot
// API's.
type Permissions struct {
	SendMessages      bool `json:"can_send_messages"`
	SendAudios        bool `json:"can_send_audios"`
	SendDocuments     bool `json:"can_send_documents"`
	SendPhotos        bool `json:"can_send_photos"`
	SendVideos        bool `json:"can_send_videos"`
	SendVideoNotes    bool `json:"can_send_video_notes"`
	SendVoiceNotes    bool `json:"can_send_voice_notes"`
	SendPolls         bool `json:"can_send_polls"`
	SendOtherMessages bool `json:"can_send_other_messages"`
	AddWebPreviews    bool `json:"can_add_web_page_previews"`
	ReactToMessages   bool `json:"can_react_to_messages"`
	EditTag           bool `json:"can_edit_tag"`
	ChangeInfo        bool `json:"can_change_info"`
	InviteUsers       bool `json:"can_invite_users"`
	PinMessages       bool `json:"can_pin_messages"`
	ManageTopics      bool `json:"can_manage_topics"`
}

// And is what both allow.
func (p Permissions) And(q Permissions) Permissions {
	return Permissions{
		p.SendMessages && q.SendMessages, p.SendAudios && q.SendAudios, p.SendDocuments && q.SendDocuments,
		p.SendPhotos && q.SendPhotos, p.SendVideos && q.SendVideos, p.SendVideoNotes && q.SendVideoNotes,
		p.SendVoiceNotes && q.SendVoiceNotes, p.SendPolls && q.SendPolls, p.SendOtherMessages && q.SendOtherMessages,
		p.AddWebPreviews && q.AddWebPreviews, p.ReactToMessages && q.ReactToMessages, p.EditTag && q.EditTag,
		p.ChangeInfo && q.ChangeInfo, p.InviteUsers && q.InviteUsers, p.PinMessages && q.PinMessages,
		p.ManageTopics && q.ManageTopics,
	}
}

// MemberUpdated says that the status of a member changed.
type MemberUpdated struct {
	Chat *Chat `json:"chat"`
	From *User `json:"from"`
	Date int64 `json:"date"`
	Old  any   `json:"old_chat_member"`
	New  any   `json:"new_chat_member"`
}

// MemberPlain is a member without rights, or somebody who is not in the chat.
type MemberPlain struct {
	Status Status `json:"status"`
	User   *User  `json:"user"`
}

// MemberOwner is the owner of a chat.
type MemberOwner struct {
	Status      Status `json:"status"`
	User        *User  `json:"user"`
	IsAnonymous bool   `json:"is_anonymous"`
}

// AdministratorRights are what an administrator may do.
type AdministratorRights struct {
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

// MemberAdministrator is an administrator of a chat.
type MemberAdministrator struct {
	Status      Status `json:"status"`
	User        *User  `json:"user"`
	CanBeEdited bool   `json:"can_be_edited"`
	AdministratorRights
}

// MemberRestricted is a restricted member, present or not.
type MemberRestricted struct {
	Status   Status `json:"status"`
	User     *User  `json:"user"`
	IsMember bool   `json:"is_member"`
	Permissions
	UntilDate int64 `json:"until_date"`
}

// MemberBanned is somebody who is banned from a chat.
type MemberBanned struct {
	Status    Status `json:"status"`
	User      *User  `json:"user"`
	UntilDate int64  `json:"until_date"`
}

// AllPermissions is every permission.
func AllPermissions() Permissions {
	return Permissions{
		true, true, true, true, true, true, true, true,
		true, true, true, true, true, true, true, true,
	}
}
