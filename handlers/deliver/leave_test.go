package deliver_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// A group that turns out to be listed is not left, and it is asked what the bot may do there: while it was to be left, that was
// not noted.
func TestListedGroupIsNotLeft(t *testing.T) {
	g, d := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
	want := g.Docket.Chat.Rights
	g.Docket.Chat.Rights = moderation.Rights{Member: true}
	if err := d.Deliver(t.Context(), moderation.LeaveGroup{Waiting: moderation.Waiting{Chat: groupID}}); err != nil {
		t.Fatal(err)
	}
	if len(g.Sent) > 0 || g.Docket.Chat.Rights != want {
		t.Errorf("sent %v; the rights are %+v", g.Sent, g.Docket.Chat.Rights)
	}
}
