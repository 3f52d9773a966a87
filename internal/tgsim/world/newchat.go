package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// NewChat makes a chat and says so in it.
func (s *World) NewChat(kind Kind, title string, owner *User, opts []func(*Chat)) *Chat {
	c := s.MakeChat(kind, title, opts)
	c.Members[owner.ID] = &Member{Account: owner.Account, Status: wire.Creator}
	switch kind {
	case Group:
		c.Service(owner.Account, &wire.Service{GroupChatCreated: true})
	case Supergroup:
		c.Service(owner.Account, &wire.Service{SupergroupChatCreated: true})
	case Channel:
		c.Service(owner.Account, &wire.Service{ChannelChatCreated: true})
	}
	s.Show()
	return c
}
