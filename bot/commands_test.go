package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

func TestDeclareCommands(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	tg.answer("setMyCommands", refused(429, "Too Many Requests: retry after 9", "retry_after", 9), ok("true"), ok("true"))
	lists := []wire.CommandList{
		{Scope: wire.ScopeGroups, Commands: []wire.BotCommand{{Name: "report", Description: "Report", Ephemeral: true}}},
		{Scope: wire.ScopeDefault, Language: "ru", Commands: []wire.BotCommand{{Name: "Report", Description: "Bad name", Ephemeral: true}}},
		{Scope: wire.ScopeAdmins, Commands: []wire.BotCommand{{Name: "report", Description: "Report", Ephemeral: true}}},
	}
	done := make(chan error)
	go func() { done <- client.DeclareCommands(t.Context(), lists) }()
	if err := clock.BlockUntilContext(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	clock.Advance(9 * time.Second)
	err := <-done
	if err == nil || !strings.Contains(err.Error(), `default "ru"`) || !strings.Contains(err.Error(), "a-z") {
		t.Errorf("got %v", err)
	}
	if n := len(tg.calls(3)); n != 3 {
		t.Errorf("%d calls", n)
	}
	if _, is := client.held(wire.SendMessage(-5, "")); is {
		t.Error("menus may not hold messages back")
	}
}
