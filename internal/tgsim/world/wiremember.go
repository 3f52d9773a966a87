package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// WireMember is how the Bot API shows a member.
func (m *Member) WireMember(viewer *Bot) any {
	switch m.Status {
	case wire.Creator:
		return wire.MemberOwner{Status: m.Status, User: m.Wire, IsAnonymous: m.Rights.Anonymous}
	case wire.Administrator:
		return wire.MemberAdministrator{
			Status: m.Status, User: m.Wire, CanBeEdited: viewer != nil && m.byBot == viewer, AdministratorRights: m.Rights.wire(),
		}
	case wire.Restricted:
		return wire.MemberRestricted{Status: m.Status, User: m.Wire, IsMember: m.present, Permissions: m.perms, UntilDate: m.Until}
	case wire.Kicked:
		return wire.MemberBanned{Status: m.Status, User: m.Wire, UntilDate: m.Until}
	}
	return wire.MemberPlain{Status: m.Status, User: m.Wire}
}
