package tgsim

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
)

// Open has the user follow a t.me link: one to a bot's start parameter opens
// the private chat with it, one that invites into a chat, or that is a chat's
// public name, has the user join, one to a message must lead to one that the
// user can see.
func (u *User) Open(link string) error {
	if name, payload, ok := startLink(link); ok {
		u.sim.Lock()
		b, _ := u.sim.usernames[strings.ToLower(name)].(*Bot)
		u.sim.Unlock()
		if b == nil {
			return fmt.Errorf("no bot @%s", name)
		}
		_, err := u.Start(b, payload)
		return err
	}
	u.sim.Lock()
	defer u.sim.Unlock()
	if i := u.sim.inviteOf(link); i != nil {
		return u.follow(i)
	}
	c, id, ok := u.sim.messageLink(link)
	switch {
	case !ok:
		return fmt.Errorf("the link %s leads out of the simulation", link)
	case c == nil || !c.lookedInBy(u):
		return fmt.Errorf("%s can't see where the link %s leads", u.account.Name(), link)
	case c.history.get(id) == nil:
		return fmt.Errorf("the link %s leads to a message that is not there", link)
	}
	return nil
}

// inviteOf finds what a link invites to: one that was made, or a chat's public
// name, which lets in whoever comes.
func (s *Sim) inviteOf(link string) *invite {
	rest, ok := cutTMe(link)
	if i := s.invites[tMe+rest]; ok && i != nil {
		return i
	}
	if c, public := s.usernames[strings.ToLower(rest)].(*Chat); ok && public {
		return &invite{chat: c, link: link}
	}
	return nil
}

// startLink takes a link such as "https://t.me/OstrakonBot?start=7" apart.
func startLink(link string) (bot, payload string, ok bool) {
	rest, ok := cutTMe(link)
	bot, query, _ := strings.Cut(rest, "?")
	payload, start := strings.CutPrefix(query, "start=")
	fits := len(payload) <= 64 && !strings.ContainsFunc(payload, func(r rune) bool { return !schema.InAlphabet(r, "A-Z a-z 0-9 _ -") })
	return bot, payload, ok && start && bot != "" && fits
}

// messageLink takes a link such as "https://t.me/c/1234/56" or
// "https://t.me/name/56" apart; a topic's number may stand in the middle.
func (s *Sim) messageLink(link string) (*Chat, int, bool) {
	rest, ok := cutTMe(link)
	parts := strings.Split(rest, "/")
	if !ok || len(parts) < 2 {
		return nil, 0, false
	}
	id, err := strconv.Atoi(parts[len(parts)-1])
	if err != nil {
		return nil, 0, false
	}
	if parts[0] != "c" {
		c, _ := s.usernames[strings.ToLower(parts[0])].(*Chat)
		return c, id, true
	}
	chat, err := strconv.ParseInt("-100"+parts[1], 10, 64)
	return s.byChatID[chat], id, err == nil && len(parts) > 2
}

// tMe is how links to Telegram begin.
const tMe = "https://t.me/"

func cutTMe(link string) (rest string, ok bool) {
	for _, prefix := range []string{tMe, "http://t.me/", "t.me/"} {
		if rest, ok := strings.CutPrefix(link, prefix); ok {
			return rest, true
		}
	}
	return "", false
}
