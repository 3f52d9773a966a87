package tgsim

import "time"

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

// Rights are what an administrator may do; can_manage_chat comes with any.
type Rights struct {
	DeleteMessages  bool
	RestrictMembers bool
	PromoteMembers  bool
	ChangeInfo      bool
	InviteUsers     bool
	PinMessages     bool
	ManageTopics    bool
	PostMessages    bool // channels
	EditMessages    bool // channels
	Anonymous       bool
}

// AllRights is every right, without anonymity.
func AllRights() Rights {
	return Rights{
		DeleteMessages: true, RestrictMembers: true, PromoteMembers: true, ChangeInfo: true, InviteUsers: true,
		PinMessages: true, ManageTopics: true, PostMessages: true, EditMessages: true,
	}
}

// in is what of the rights there is in a chat of the kind.
func (r Rights) in(k Kind) Rights {
	if k == Channel {
		r.PinMessages, r.ManageTopics = false, false
	} else {
		r.PostMessages, r.EditMessages = false, false
	}
	return r
}

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

// AllPermissions is every permission.
func AllPermissions() Permissions {
	return Permissions{
		true, true, true, true, true, true, true, true,
		true, true, true, true, true, true, true, true,
	}
}

// and is what both allow.
func (p Permissions) and(q Permissions) Permissions {
	return Permissions{
		p.SendMessages && q.SendMessages, p.SendAudios && q.SendAudios, p.SendDocuments && q.SendDocuments,
		p.SendPhotos && q.SendPhotos, p.SendVideos && q.SendVideos, p.SendVideoNotes && q.SendVideoNotes,
		p.SendVoiceNotes && q.SendVoiceNotes, p.SendPolls && q.SendPolls, p.SendOtherMessages && q.SendOtherMessages,
		p.AddWebPreviews && q.AddWebPreviews, p.ReactToMessages && q.ReactToMessages, p.EditTag && q.EditTag,
		p.ChangeInfo && q.ChangeInfo, p.InviteUsers && q.InviteUsers, p.PinMessages && q.PinMessages,
		p.ManageTopics && q.ManageTopics,
	}
}

// A member is what a chat knows of an account, present or gone.
type member struct {
	*account
	status  Status
	rights  Rights      // of an administrator; the creator uses only Anonymous
	perms   Permissions // of a restricted member
	present bool        // of a restricted member: is_member
	until   int64       // of a restricted or kicked member; 0 is for ever
	byBot   *Bot        // the bot that promoted an administrator
}

// member returns what the chat knows of the account, after expiry of what
// the clock has ended; never nil.
func (c *Chat) member(a *account) *member {
	m := c.members[a.id]
	if m == nil {
		return &member{account: a, status: Left}
	}
	if m.until != 0 && m.until <= c.sim.unix() {
		switch {
		case m.status == Restricted && m.present:
			*m = member{account: a, status: Member}
		case m.status == Restricted || m.status == Kicked:
			*m = member{account: a, status: Left}
		}
	}
	return m
}

// own is member for changing: it remembers the account.
func (c *Chat) own(a *account) *member {
	m := c.member(a)
	c.members[a.id] = m
	return m
}

func (m *member) admin() bool { return m.status == Creator || m.status == Administrator }

// in says whether the account is in the chat.
func (m *member) in() bool {
	switch m.status {
	case Creator, Administrator, Member:
		return true
	case Restricted:
		return m.present
	}
	return false
}

// can says whether an administrator has the right that pick picks.
func (m *member) can(pick func(Rights) bool) bool {
	return m.status == Creator || m.status == Administrator && pick(m.rights)
}

func mayDelete(r Rights) bool   { return r.DeleteMessages }
func mayRestrict(r Rights) bool { return r.RestrictMembers }
func mayPost(r Rights) bool     { return r.PostMessages }
func mayEdit(r Rights) bool     { return r.EditMessages }
func mayInvite(r Rights) bool   { return r.InviteUsers }

// allowed is what the member may do at present in the chat.
func (c *Chat) allowed(m *member) Permissions {
	switch {
	case m.admin():
		return AllPermissions()
	case m.status == Restricted:
		return c.perms.and(m.perms)
	case m.status == Kicked:
		return Permissions{}
	}
	return c.perms
}

// forever normalizes an until_date: less than 30 s or more than 366 days
// ahead is for ever, that is 0.
func (s *Sim) forever(until int64) int64 {
	ahead := until - s.unix()
	if ahead < 30 || ahead > 366*24*3600 {
		return 0
	}
	return until
}

// MemberInfo is what Telegram holds of a member.
type MemberInfo struct {
	Status      Status
	In          bool      // is in the chat
	Until       time.Time // end of a restriction or a ban; zero if none or for ever
	CanSend     bool      // may send text messages now
	Permissions Permissions
	Rights      Rights
}

// Status is the account's status in the chat at this moment.
func (c *Chat) Status(a Account) MemberInfo {
	c.sim.Lock()
	defer c.sim.Unlock()
	m := c.member(a.acc())
	info := MemberInfo{Status: m.status, In: m.in(), Permissions: c.allowed(m), Rights: m.rights}
	if m.until != 0 {
		info.Until = time.Unix(m.until, 0)
	}
	info.CanSend = m.in() && info.Permissions.SendMessages
	return info
}

// wireMember is how the Bot API shows a member.
func (m *member) wireMember(viewer *Bot) any {
	switch m.status {
	case Creator:
		return wireOwner{Status: m.status, User: m.wire, IsAnonymous: m.rights.Anonymous}
	case Administrator:
		return wireAdministrator{
			Status: m.status, User: m.wire, CanBeEdited: viewer != nil && m.byBot == viewer, wireRights: m.rights.wire(),
		}
	case Restricted:
		return wireRestricted{Status: m.status, User: m.wire, IsMember: m.present, Permissions: m.perms, UntilDate: m.until}
	case Kicked:
		return wireBanned{Status: m.status, User: m.wire, UntilDate: m.until}
	}
	return wirePlain{Status: m.status, User: m.wire}
}

func (r Rights) wire() wireRights {
	return wireRights{
		IsAnonymous: r.Anonymous, CanManageChat: true, CanDeleteMessages: r.DeleteMessages,
		CanRestrictMembers: r.RestrictMembers, CanPromoteMembers: r.PromoteMembers, CanChangeInfo: r.ChangeInfo,
		CanInviteUsers: r.InviteUsers, CanPinMessages: r.PinMessages, CanManageTopics: r.ManageTopics,
		CanPostMessages: r.PostMessages, CanEditMessages: r.EditMessages,
	}
}
