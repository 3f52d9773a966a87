package people

import (
	"fmt"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// VisibleTo is all that the users together can see anywhere, as text. That is every chat, their ephemeral messages,
// private dialogs and toasts. Of chats they administer it is also the recent actions and members' restrictions. The
// text has no dates and the same order in every run, so that two worlds can be compared:
// sim.VisibleTo(sim.EveryoneBut(anna)...).
func VisibleTo(s *world.World, users ...*world.User) string {
	var b strings.Builder
	for _, u := range users {
		fmt.Fprintf(&b, "== %s\n", u.Name())
		for _, c := range s.Chats {
			dumpChat(s, &b, c, u)
		}
		for _, t := range u.Toasts {
			fmt.Fprintf(&b, "toast: %s\n", t.Text)
		}
	}
	return b.String()
}

func dumpChat(s *world.World, b *strings.Builder, c *world.Chat, u *world.User) {
	if !c.LookedInBy(u) {
		return
	}
	fmt.Fprintf(b, "-- %s (%s)\n", c.Title, c.Kind)
	for _, item := range Sees(u, c) {
		fmt.Fprintln(b, item)
	}
	if c.Kind != world.Private && c.Member(u.Account).Admin() {
		for _, a := range c.Recent() {
			fmt.Fprintln(b, a)
		}
		for _, o := range s.Users {
			// Asked for as it is now: what has run out is not seen any more.
			if m := c.Member(o.Account); m.Status == wire.Restricted || m.Status == wire.Kicked {
				fmt.Fprintf(b, "member %s: %s\n", o.Name(), m.Status)
			}
		}
	}
}
