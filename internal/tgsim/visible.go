package tgsim

import (
	"fmt"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// VisibleTo is all that the users together can see anywhere, as text: every
// chat, their ephemeral messages, their private dialogs, their toasts, the
// recent actions of chats they administer, and members' restrictions there.
// The text has no dates and the same order in every run, so that two worlds
// can be compared: sim.VisibleTo(sim.EveryoneBut(anna)...).
func (s *Sim) VisibleTo(users ...*User) string {
	s.Lock()
	defer s.Unlock()
	var b strings.Builder
	for _, u := range users {
		fmt.Fprintf(&b, "== %s\n", u.Name())
		for _, c := range s.chats {
			s.dumpChat(&b, c, u)
		}
		for _, t := range u.toasts {
			fmt.Fprintf(&b, "toast: %s\n", t.Text)
		}
	}
	return b.String()
}

func (s *Sim) dumpChat(b *strings.Builder, c *Chat, u *User) {
	if !c.lookedInBy(u) {
		return
	}
	fmt.Fprintf(b, "-- %s (%s)\n", c.title, c.kind)
	for _, item := range u.sees(c) {
		fmt.Fprintln(b, item)
	}
	if c.kind != Private && c.member(u.account).admin() {
		for _, a := range c.recent() {
			fmt.Fprintln(b, a)
		}
		for _, o := range s.users {
			// Asked for as it is now: what has run out is not seen any more.
			if m := c.member(o.account); m.status == wire.Restricted || m.status == wire.Kicked {
				fmt.Fprintf(b, "member %s: %s\n", o.Name(), m.status)
			}
		}
	}
}

// String is the entry on one line, without its date.
func (a RecentAction) String() string {
	if a.Message != nil {
		return fmt.Sprintf("recent action: %s did %s %s: %s", a.By, a.Action, a.Sender, strings.ReplaceAll(a.Text, "\n", `\n`))
	}
	return fmt.Sprintf("recent action: %s did %s %s", a.By, a.Action, a.Member)
}
