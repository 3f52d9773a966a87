package people

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// follow has the user come in by an invite link.
func follow(u *world.User, i *world.Invite) error {
	c := i.Chat
	m := c.Member(u.Account)
	switch {
	case c.Deleted || c.MigratedTo != nil:
		return fmt.Errorf("%s is there no more", c.Title)
	case m.In():
		return nil // the app opens the chat
	case m.Status == wire.Kicked && c.Kind != world.Group: // a basic group only puts people out
		return fmt.Errorf("%s is banned from %s", u.Name(), c.Title)
	case i.Expires != 0 && i.Expires <= u.World.Unix():
		return fmt.Errorf("the link %s has expired", i.Link)
	case i.Limit != 0 && i.Used >= i.Limit:
		return fmt.Errorf("the link %s has been used up", i.Link)
	case i.Asks:
		return fmt.Errorf("the link %s is for requests, which are not simulated", i.Link)
	}
	i.Used++
	c.Enter(u.Account, u.Account)
	return nil
}

// Open has the user follow a t.me link. One to a bot's start parameter opens the private chat with it. One that invites
// into a chat, or that is a chat's public name, has the user join. One to a message must lead to one that the user can
// see.
func Open(u *world.User, link string) error {
	if name, payload, ok := world.StartLink(link); ok {
		b, _ := u.World.Usernames[strings.ToLower(name)].(*world.Bot)
		if b == nil {
			return fmt.Errorf("no bot @%s", name)
		}
		_, err := Start(u, b, payload)
		return err
	}
	if i := inviteOf(u.World, link); i != nil {
		return follow(u, i)
	}
	c, id, ok := messageLink(u.World, link)
	switch {
	case !ok:
		return fmt.Errorf("the link %s leads out of the simulation", link)
	case c == nil || !c.LookedInBy(u):
		return fmt.Errorf("%s can't see where the link %s leads", u.Account.Name(), link)
	case c.History.Get(id) == nil:
		return fmt.Errorf("the link %s leads to a message that is not there", link)
	}
	return nil
}

// AddByLink has the user follow a link that adds a bot to a group, and choose that group. The app makes the bot an administrator with
// the rights that the link names, beside those that it has. With a parameter in the link, the app then sends /start. With writes it is
// one that sends that without a parameter too, as Telegram Desktop did until 2026.
func AddByLink(u *world.User, c *world.Chat, link string, writes bool) error {
	l, ok := world.ParseAddLink(link)
	b, _ := u.World.Usernames[strings.ToLower(l.Bot)].(*world.Bot)
	me := c.Member(u.Account)
	promotes := me.Status == wire.Creator || me.Admin() && me.Rights.PromoteMembers
	switch {
	case !ok || b == nil:
		return fmt.Errorf("the link %s adds no bot", link)
	case !c.Group() || c.Deleted || c.MigratedTo != nil || !me.In():
		return fmt.Errorf("%s cannot be chosen", c.Title)
	case !b.Setting("can_join_groups"):
		return fmt.Errorf("@%s cannot be added to groups", b.Username)
	case l.Admin && !promotes:
		return fmt.Errorf("%s may add no administrators to %s", u.Name(), c.Title)
	}
	added := !c.Member(b.Account).In()
	if added && (!l.Admin || c.Kind == world.Group) {
		c.Enter(u.Account, b.Account)
		added = false
	}
	if l.Admin {
		c.Change(u.Account, b.Account, func(m *world.Member) {
			rights := l.Rights.In(c.Kind)
			if m.Status == wire.Administrator {
				rights = rights.And(m.Rights)
			}
			*m = world.Member{Account: b.Account, Status: wire.Administrator, Rights: rights}
		})
		c.LogMember(u.Account, "promote", b.Name())
	}
	if added {
		c.Service(u.Account, &wire.Service{NewChatMembers: []*wire.User{b.Wire}})
	}
	if l.Payload == "" && !writes {
		return nil
	}
	_, err := Send(u, c, strings.TrimSpace("/start@"+b.Username+" "+l.Payload))
	return err
}

// inviteOf finds what a link invites to: one that was made, or a chat's public
// name, which lets in whoever comes.
func inviteOf(s *world.World, link string) *world.Invite {
	rest, ok := world.CutTMe(link)
	if i := s.Invites[world.TMe+rest]; ok && i != nil {
		return i
	}
	if c, public := s.Usernames[strings.ToLower(rest)].(*world.Chat); ok && public {
		return &world.Invite{Chat: c, Link: link}
	}
	return nil
}

// messageLink takes a link such as "https://t.me/c/1234/56" or
// "https://t.me/name/56" apart; a topic's number may stand in the middle.
func messageLink(s *world.World, link string) (*world.Chat, int, bool) {
	rest, ok := world.CutTMe(link)
	parts := strings.Split(rest, "/")
	if !ok || len(parts) < 2 {
		return nil, 0, false
	}
	id, err := strconv.Atoi(parts[len(parts)-1])
	if err != nil {
		return nil, 0, false
	}
	if parts[0] != "c" {
		c, _ := s.Usernames[strings.ToLower(parts[0])].(*world.Chat)
		return c, id, true
	}
	chat, err := strconv.ParseInt("-100"+parts[1], 10, 64)
	return s.ByChatID[chat], id, err == nil && len(parts) > 2
}
