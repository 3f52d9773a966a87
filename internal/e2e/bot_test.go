package e2e

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// botLines are about bots that are not ours.
var botLines = []verb{
	{form: `bot {text} says {text}`, run: func(w *world, a []string) error {
		b := w.otherBot(a[0])
		w.here.Add(b)
		_, err := b.Call("sendMessage", map[string]any{"chat_id": w.here.ID(), "text": a[1]})
		return err
	}},
	{form: `bot {text} joins`, run: func(w *world, a []string) error { w.here.Add(w.otherBot(a[0])); return nil }},
	{form: `bot {text} joins as admin`, run: func(w *world, a []string) error {
		w.here.Add(w.otherBot(a[0]))
		w.here.Promote(w.otherBot(a[0]), tgsim.AllRights())
		return nil
	}},
	{form: `bot {text} leaves`, run: func(w *world, a []string) error { w.here.Kick(w.otherBot(a[0])); return nil }},
	{form: `bot {text} declares {word}`, run: func(w *world, a []string) error {
		_, err := w.otherBot(a[0]).Call("setMyCommands", map[string]any{
			"commands": []any{map[string]any{"command": a[1], "description": "It has one too", "is_ephemeral": true}},
		})
		return err
	}},
	{form: `telegram is updated`, run: func(w *world, _ []string) error { w.sim.Upgrade(); return nil }},
	{form: `the words {text} go to the bot {text} alone`, check: true, run: func(w *world, a []string) error {
		m := w.find(a[0])
		switch {
		case m == nil:
			return fmt.Errorf("nobody wrote %q", a[0])
		case !m.Ephemeral():
			return fmt.Errorf("everybody sees %q", a[0])
		case m.Receiver() != w.otherBot(a[1]).ID():
			return fmt.Errorf("%q went to another bot", a[0])
		}
		return nil
	}},
}

// otherBot finds or makes a bot that is not ours.
func (w *world) otherBot(name string) *tgsim.Bot {
	if w.bots == nil {
		w.bots = map[string]*tgsim.Bot{}
	}
	if w.bots[name] == nil {
		w.bots[name] = w.sim.AddBot(name+"_bot", name, tgsim.Unattended())
	}
	return w.bots[name]
}
