package main

import (
	"fmt"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// settings are the lines that set the scene: groups, people, rights.
var settings = []verb{
	{form: `group {text} supergroup, owner {who}`, run: newGroup((*tgsim.Sim).NewSupergroup)},
	{form: `group {text} forum, owner {who}`, run: newGroup((*tgsim.Sim).NewForum)},
	{form: `group {text} basic, owner {who}`, run: newGroup((*tgsim.Sim).NewGroup)},
	{form: `group {text} public, owner {who}`, run: newPublicGroup},
	{form: `in group {text}`, run: enter},
	{form: `channel {text}, owner {who}`, run: newChannel},
	{form: `channel {text} is linked to the group`, run: func(w *world, a []string) error { w.here.Link(w.chats[a[0]]); return nil }},
	{form: `{who} posts {text} in channel {text}`, run: post},
	{form: `topic {text}`, run: func(w *world, a []string) error { w.topics[a[0]] = w.here.Topic(a[0]); return nil }},
	{form: `{who} speaks {word}`, run: func(w *world, a []string) error { w.person(a[0], a[1]); return nil }},
	{form: `members {people}`, run: members},
	{form: `{who} joins`, run: func(w *world, a []string) error { return w.here.Join(w.who(a[0])) }},
	{form: `{who} leaves`, run: func(w *world, a []string) error { w.here.Leave(w.who(a[0])); return nil }},
	{form: `{who} is made admin`, run: func(w *world, a []string) error { w.here.Promote(w.who(a[0]), tgsim.AllRights()); return nil }},
	{form: `{who} is made anonymous admin`, run: promoteAnonymous},
	{form: `{who} is admin no more`, run: func(w *world, a []string) error { w.here.Demote(w.who(a[0])); return nil }},
	{form: `the bot joins`, run: func(w *world, _ []string) error { w.here.Add(w.bot); return nil }},
	{form: `the bot joins as admin`, run: joinAsAdmin},
	{form: `the bot is made admin`, run: func(w *world, _ []string) error { return w.rights("", true) }},
	{form: `the bot is made admin without {text}`, run: func(w *world, a []string) error { return w.rights(a[0], false) }},
	{form: `{who} takes {text} from the bot`, run: func(w *world, a []string) error { return w.rights(a[1], false) }},
	{form: `{who} gives {text} to the bot`, run: func(w *world, a []string) error { return w.rights(a[1], true) }},
	{form: `{who} makes the bot admin no more`, run: func(w *world, _ []string) error { w.here.Demote(w.bot); return nil }},
	{form: `{who} removes the bot`, run: func(w *world, _ []string) error { w.here.Kick(w.bot); return nil }},
	{form: `the group becomes a supergroup`, run: migrate},
	{form: `bot {text} says {text}`, run: otherBot},
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
	_, err := w.who(a[0]).Send(w.chats[a[2]], a[1])
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
	return w.rights("", true)
}

// rights makes the bot an admin with all rights, but for one that is named and not had.
func (w *world) rights(name string, had bool) error {
	r := w.here.Status(w.bot).Rights
	if w.here.Status(w.bot).Status != tgsim.Administrator || name == "" {
		r = tgsim.AllRights()
	}
	switch name {
	case "delete messages":
		r.DeleteMessages = had
	case "ban users":
		r.RestrictMembers = had
	case "":
	default:
		return fmt.Errorf(`there is no right %q; there are "delete messages" and "ban users"`, name)
	}
	w.here.Promote(w.bot, r)
	return nil
}

func migrate(w *world, _ []string) error {
	w.here = w.here.Migrate()
	w.chats[w.here.Title()] = w.here
	return nil
}

// otherBot has a bot that is not ours come into the group and speak.
func otherBot(w *world, a []string) error {
	b := w.sim.AddBot(a[0]+"_bot", a[0], tgsim.Unattended())
	w.here.Add(b)
	_, err := b.Call("sendMessage", map[string]any{"chat_id": w.here.ID(), "text": a[1]})
	return err
}
