package world

import (
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

// In is what of the rights there is in a chat of the kind.
func (r Rights) In(k Kind) Rights {
	if k == Channel {
		r.PinMessages, r.ManageTopics = false, false
	} else {
		r.PostMessages, r.EditMessages = false, false
	}
	return r
}

// And is what either allows.
func (r Rights) And(s Rights) Rights {
	return Rights{
		r.DeleteMessages || s.DeleteMessages, r.RestrictMembers || s.RestrictMembers, r.PromoteMembers || s.PromoteMembers,
		r.ChangeInfo || s.ChangeInfo, r.InviteUsers || s.InviteUsers, r.PinMessages || s.PinMessages, r.ManageTopics || s.ManageTopics,
		r.PostMessages || s.PostMessages, r.EditMessages || s.EditMessages, r.Anonymous || s.Anonymous,
	}
}

func (r Rights) wire() wire.AdministratorRights {
	return wire.AdministratorRights{
		IsAnonymous: r.Anonymous, CanManageChat: true, CanDeleteMessages: r.DeleteMessages,
		CanRestrictMembers: r.RestrictMembers, CanPromoteMembers: r.PromoteMembers, CanChangeInfo: r.ChangeInfo,
		CanInviteUsers: r.InviteUsers, CanPinMessages: r.PinMessages, CanManageTopics: r.ManageTopics,
		CanPostMessages: r.PostMessages, CanEditMessages: r.EditMessages,
	}
}

// Kind is the kind of a chat, in Telegram's words.
type Kind string

// The kinds of chats. A forum is a supergroup with topics.
const (
	Private    Kind = "private"
	Group      Kind = "group"
	Supergroup Kind = "supergroup"
	Channel    Kind = "channel"
)

// AllRights is every right, without anonymity.
func AllRights() Rights {
	return Rights{
		DeleteMessages: true, RestrictMembers: true, PromoteMembers: true, ChangeInfo: true, InviteUsers: true,
		PinMessages: true, ManageTopics: true, PostMessages: true, EditMessages: true,
	}
}

// MayDelete picks the right to delete messages.
func MayDelete(r Rights) bool { return r.DeleteMessages }

// MayRestrict picks the right to restrict members.
func MayRestrict(r Rights) bool { return r.RestrictMembers }

// MayPost picks the right to post in a channel.
func MayPost(r Rights) bool { return r.PostMessages }

// MayEdit picks the right to edit posts of a channel.
func MayEdit(r Rights) bool { return r.EditMessages }

// MayInvite picks the right to invite people.
func MayInvite(r Rights) bool { return r.InviteUsers }

func mayManageTopics(r Rights) bool { return r.ManageTopics }
