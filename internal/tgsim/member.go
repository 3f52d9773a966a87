package tgsim

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
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

// A member is what a chat knows of an account, present or gone.
type member struct {
	*account
	status  wire.Status
	rights  Rights           // of an administrator; the creator uses only Anonymous
	perms   wire.Permissions // of a restricted member
	present bool             // of a restricted member: is_member
	until   int64            // of a restricted or kicked member; 0 is for ever
	byBot   *Bot             // the bot that promoted an administrator
}

// member returns what the chat knows of the account, after expiry of what
// the clock has ended; never nil.
func (c *Chat) member(a *account) *member {
	m := c.members[a.id]
	if m == nil {
		return &member{account: a, status: wire.Left}
	}
	if m.until != 0 && m.until <= c.sim.unix() {
		switch {
		case m.status == wire.Restricted && m.present:
			*m = member{account: a, status: wire.Member}
		case m.status == wire.Restricted || m.status == wire.Kicked:
			*m = member{account: a, status: wire.Left}
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

func (m *member) admin() bool { return m.status == wire.Creator || m.status == wire.Administrator }

// in says whether the account is in the chat.
func (m *member) in() bool {
	switch m.status {
	case wire.Creator, wire.Administrator, wire.Member:
		return true
	case wire.Restricted:
		return m.present
	}
	return false
}

// can says whether an administrator has the right that pick picks.
func (m *member) can(pick func(Rights) bool) bool {
	return m.status == wire.Creator || m.status == wire.Administrator && pick(m.rights)
}

func mayDelete(r Rights) bool { return r.DeleteMessages }

func mayRestrict(r Rights) bool { return r.RestrictMembers }

func mayPost(r Rights) bool { return r.PostMessages }

func mayEdit(r Rights) bool { return r.EditMessages }

func mayInvite(r Rights) bool { return r.InviteUsers }

// allowed is what the member may do at present in the chat.
func (c *Chat) allowed(m *member) wire.Permissions {
	switch {
	case m.admin():
		return wire.AllPermissions()
	case m.status == wire.Restricted:
		return c.perms.And(m.perms)
	case m.status == wire.Kicked:
		return wire.Permissions{}
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
	Status      wire.Status
	In          bool      // is in the chat
	Until       time.Time // end of a restriction or a ban; zero if none or for ever
	CanSend     bool      // may send text messages now
	Permissions wire.Permissions
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
	case wire.Creator:
		return wire.MemberOwner{Status: m.status, User: m.wire, IsAnonymous: m.rights.Anonymous}
	case wire.Administrator:
		return wire.MemberAdministrator{
			Status: m.status, User: m.wire, CanBeEdited: viewer != nil && m.byBot == viewer, AdministratorRights: m.rights.wire(),
		}
	case wire.Restricted:
		return wire.MemberRestricted{Status: m.status, User: m.wire, IsMember: m.present, Permissions: m.perms, UntilDate: m.until}
	case wire.Kicked:
		return wire.MemberBanned{Status: m.status, User: m.wire, UntilDate: m.until}
	}
	return wire.MemberPlain{Status: m.status, User: m.wire}
}

func (r Rights) wire() wire.AdministratorRights {
	return wire.AdministratorRights{
		IsAnonymous: r.Anonymous, CanManageChat: true, CanDeleteMessages: r.DeleteMessages,
		CanRestrictMembers: r.RestrictMembers, CanPromoteMembers: r.PromoteMembers, CanChangeInfo: r.ChangeInfo,
		CanInviteUsers: r.InviteUsers, CanPinMessages: r.PinMessages, CanManageTopics: r.ManageTopics,
		CanPostMessages: r.PostMessages, CanEditMessages: r.EditMessages,
	}
}
