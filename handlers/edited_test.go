package handlers_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
)

// TestLinkedPostIsNoCommand: what the group's own channel posts is not the bot's to remove.
func TestLinkedPostIsNoCommand(t *testing.T) {
	t.Parallel()
	h := handlers.New(nil, nil, telegram{}, nil, nil, nil)
	for _, edited := range []bool{false, true} {
		m := &wire.Message{ID: 7, Date: 1, Text: "/report", Chat: wire.Chat{ID: -100, Type: "supergroup"}, From: &wire.User{ID: 5}}
		if h.Ordinary(&wire.Update{Message: m, Edited: edited}) {
			t.Errorf("edited: %v: a member's command is none", edited)
		}
		m.AutomaticForward, m.SenderChat = true, &wire.Chat{ID: -200, Type: "channel"}
		if !h.Ordinary(&wire.Update{Message: m, Edited: edited}) {
			t.Errorf("edited: %v: a post of the linked channel is a command", edited)
		}
	}
}
