package e2e

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// settingLines are the lines that set the scene: groups, people, rights.
var settingLines = []verb{
	{form: `group {text} supergroup, owner {who}`, run: newGroup((*tgsim.Sim).NewSupergroup)},
	{form: `group {text} forum, owner {who}`, run: newGroup((*tgsim.Sim).NewForum)},
	{form: `group {text} basic, owner {who}`, run: newGroup((*tgsim.Sim).NewGroup)},
	{form: `group {text} public, owner {who}`, run: newPublicGroup},
	{form: `in group {text}`, run: enter},
	{form: `channel {text}, owner {who}`, run: newChannel},
	{form: `channel {text} is linked to the group`, run: func(w *world, a []string) error { w.here.Link(w.chats[a[0]]); return nil }},
	{form: `channel {text} becomes public as {word}`, run: publish},
	{form: `channel {text} is deleted`, run: deleteChannel},
	{form: `{who} joins channel {text}`, run: joinChannel},
	{form: `{who} leaves channel {text}`, run: leaveChannel},
	{form: `{who} is made admin of channel {text}`, run: promoteInChannel},
	{form: `{who} is admin of channel {text} no more`, run: demoteInChannel},
	{form: `{who} gives channel {text} to {who}`, run: giveChannel},
	{form: `bot {text} is made admin of channel {text}`, run: otherBotInChannel(tgsim.AllRights())},
	{form: `bot {text} may read channel {text}`, run: otherBotInChannel(tgsim.Rights{InviteUsers: true})},
	{form: `the bot joins channel {text}`, run: addToChannel},
	{form: `the bot is made admin of channel {text}`, run: botInChannel},
	{form: `the bot is made admin of channel {text} without {text}`, run: botInChannel},
	{form: `{who} removes the bot from channel {text}`, run: kickFromChannel},
	{form: `{who} posts {text} in channel {text}`, run: post},
	{form: `topic {text}`, run: func(w *world, a []string) error { w.topics[a[0]] = w.here.Topic(a[0]); return nil }},
	{form: `{who} speaks {word}`, run: func(w *world, a []string) error { w.person(a[0], a[1]); return nil }},
	{form: `members {people}`, run: members},
	{form: `{who} joins`, run: func(w *world, a []string) error { return w.here.Join(w.who(a[0])) }},
	{form: `{who} leaves`, run: func(w *world, a []string) error { w.here.Leave(w.who(a[0])); return nil }},
	{form: `{who} is called {word}`, run: func(w *world, a []string) error { w.who(a[0]).SetUsername(strings.TrimPrefix(a[1], "@")); return nil }},
	{form: `{who} is made admin`, run: func(w *world, a []string) error { return w.promote(w.here, w.who(a[0]), "", true) }},
	{form: `{who} is made admin without {text}`, run: func(w *world, a []string) error { return w.promote(w.here, w.who(a[0]), a[1], false) }},
	{form: `{who} loses the right {text}`, run: func(w *world, a []string) error { return w.promote(w.here, w.who(a[0]), a[1], false) }},
	{form: `{who} is made anonymous admin`, run: promoteAnonymous},
	{form: `{who} is admin no more`, run: func(w *world, a []string) error { w.here.Demote(w.who(a[0])); return nil }},
	{form: `the bot joins`, run: func(w *world, _ []string) error { w.here.Add(w.bot); return nil }},
	{form: `the bot joins as admin`, run: joinAsAdmin},
	{form: `{who} adds the bot by its link`, run: addByLink(false)},
	{form: `{who} adds the bot by its link in an app that sends /start`, run: addByLink(true)},
	{form: `the bot is made admin`, run: func(w *world, _ []string) error { return w.promote(w.here, w.bot, "", true) }},
	{form: `the bot is made admin without {text}`, run: func(w *world, a []string) error { return w.promote(w.here, w.bot, a[0], false) }},
	{form: `{who} takes {text} from the bot`, run: func(w *world, a []string) error { return w.promote(w.here, w.bot, a[1], false) }},
	{form: `{who} gives {text} to the bot`, run: func(w *world, a []string) error { return w.promote(w.here, w.bot, a[1], true) }},
	{form: `{who} makes the bot admin no more`, run: func(w *world, _ []string) error { w.here.Demote(w.bot); return nil }},
	{form: `{who} removes the bot`, run: func(w *world, _ []string) error { w.here.Kick(w.bot); return nil }},
	{form: `the group becomes a supergroup`, run: migrate},
	{form: `the group is deleted`, run: func(w *world, _ []string) error { w.here.Delete(); return nil }},
}

type maker func(*tgsim.Sim, string, *tgsim.User, ...tgsim.ChatOption) *tgsim.Chat

func newGroup(make maker) func(*world, []string) error {
	return func(w *world, a []string) error {
		w.here = make(w.sim, a[0], w.who(a[1]))
		w.chats[a[0]] = w.here
		return nil
	}
}

func newPublicGroup(w *world, a []string) error {
	w.here = w.sim.NewSupergroup(a[0], w.who(a[1]), tgsim.Public(strings.ReplaceAll(strings.ToLower(a[0]), " ", "_")))
	w.chats[a[0]] = w.here
	return nil
}

func newChannel(w *world, a []string) error {
	w.chats[a[0]] = w.sim.NewChannel(a[0], w.who(a[1]))
	return nil
}

func enter(w *world, a []string) error {
	if w.chats[a[0]] == nil {
		return fmt.Errorf("there is no group %q", a[0])
	}
	w.here = w.chats[a[0]]
	return nil
}

func post(w *world, a []string) error {
	c, err := w.chat(a[2])
	if err == nil {
		_, err = w.who(a[0]).Send(c, a[1])
	}
	return err
}

func publish(w *world, a []string) error {
	c, err := w.chat(a[0])
	if err == nil {
		c.SetUsername(strings.TrimPrefix(a[1], "@"))
	}
	return err
}

func deleteChannel(w *world, a []string) error {
	c, err := w.chat(a[0])
	if err == nil {
		c.Delete()
	}
	return err
}

func joinChannel(w *world, a []string) error {
	c, err := w.chat(a[1])
	if err != nil {
		return err
	}
	return c.Join(w.who(a[0]))
}

func leaveChannel(w *world, a []string) error {
	c, err := w.chat(a[1])
	if err == nil {
		c.Leave(w.who(a[0]))
	}
	return err
}

func promoteInChannel(w *world, a []string) error {
	c, err := w.chat(a[1])
	if err != nil {
		return err
	}
	return w.promote(c, w.who(a[0]), "", true)
}

func demoteInChannel(w *world, a []string) error {
	c, err := w.chat(a[1])
	if err == nil {
		c.Demote(w.who(a[0]))
	}
	return err
}

// addToChannel has the bot come in: as a member into a group, as an admin into a channel, where
// Telegram has bots no other way.
func addToChannel(w *world, a []string) error {
	c, err := w.chat(a[0])
	if err != nil || c.Kind() == tgsim.Channel {
		return botInChannel(w, a)
	}
	c.Add(w.bot)
	return nil
}

// botInChannel makes the bot an admin, perhaps without one right.
func botInChannel(w *world, a []string) error {
	c, err := w.chat(a[0])
	if err != nil {
		return err
	}
	if c.Kind() != tgsim.Channel {
		c.Add(w.bot)
	}
	return w.promote(c, w.bot, strings.Join(a[1:], ""), len(a) == 1)
}

func kickFromChannel(w *world, a []string) error {
	c, err := w.chat(a[1])
	if err == nil {
		c.Kick(w.bot)
	}
	return err
}

func members(w *world, a []string) error {
	for name := range strings.FieldsSeq(a[0]) {
		if err := w.here.Join(w.who(name)); err != nil {
			return err
		}
	}
	return nil
}

func promoteAnonymous(w *world, a []string) error {
	rights := tgsim.AllRights()
	rights.Anonymous = true
	w.here.Promote(w.who(a[0]), rights)
	return nil
}

func joinAsAdmin(w *world, _ []string) error {
	w.here.Add(w.bot)
	w.settle()
	return w.promote(w.here, w.bot, "", true)
}

// addByLink follows the link below the latest message that offers one in private.
func addByLink(writes bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		u := w.who(a[0])
		for _, i := range slices.Backward(u.Private(w.bot)) {
			if len(i.Buttons) > 0 && strings.HasPrefix(i.Buttons[0][0].Label, "➕") {
				return u.AddByLink(w.here, i.Buttons[0][0].URL, writes)
			}
		}
		return look(a[0], w.privateView(u), "➕", true)
	}
}

// promote makes somebody an admin with all rights, or with those they have, but for one that is
// named and had or not.
func (w *world) promote(c *tgsim.Chat, who tgsim.Account, name string, had bool) error {
	r := c.Status(who).Rights
	if c.Status(who).Status != tgsim.Administrator || name == "" {
		r = tgsim.AllRights()
	}
	rights := map[string]*bool{
		"delete messages": &r.DeleteMessages, "ban users": &r.RestrictMembers, "change info": &r.ChangeInfo,
		"add admins": &r.PromoteMembers, "invite users": &r.InviteUsers, "post messages": &r.PostMessages,
		"manage topics": &r.ManageTopics,
	}
	switch {
	case rights[name] != nil:
		*rights[name] = had
	case name != "":
		return fmt.Errorf("there is no right %q; there are %q", name, slices.Sorted(maps.Keys(rights)))
	}
	c.Promote(who, r)
	return nil
}

func migrate(w *world, _ []string) error {
	w.here = w.here.Migrate()
	w.chats[w.here.Title()] = w.here
	return nil
}

// giveChannel has the owner of a channel or group make somebody else its owner.
func giveChannel(w *world, a []string) error {
	c, err := w.chat(a[1])
	if err == nil {
		c.Give(w.who(a[2]))
	}
	return err
}

// otherBotInChannel has a bot that is not ours become an admin of a channel.
func otherBotInChannel(r tgsim.Rights) func(*world, []string) error {
	return func(w *world, a []string) error {
		c, err := w.chat(a[1])
		if err == nil {
			c.Promote(w.sim.AddBot(a[0]+"_bot", a[0], tgsim.Unattended()), r)
		}
		return err
	}
}
