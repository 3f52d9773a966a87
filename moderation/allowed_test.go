package moderation_test

import (
	"context"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// oneGroup is a store with a group and nothing else.
type oneGroup struct {
	moderation.Store
	chat    moderation.Chat
	effects []moderation.Effect
}

func (g *oneGroup) Update(_ context.Context, _ moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	out, err := decide(moderation.Docket{Chat: g.chat})
	if out.Chat != nil {
		g.chat = *out.Chat
	}
	g.effects = append(g.effects, out.Effects...)
	return out, err
}

func TestAllowedGroups(t *testing.T) {
	t.Parallel()
	court := moderation.NewCourt(nil, nil)
	if !court.Allows(-5, 0) {
		t.Error("without a list a group is not allowed")
	}
	court.Allowed = []int64{-1001, -7}
	for _, c := range []struct {
		chat, former int64
		want         bool
	}{{-1001, 0, true}, {-1001, -5, true}, {-1002, -7, true}, {-7, 0, true}, {-1002, 0, false}, {-1002, -5, false}} {
		if got := court.Allows(c.chat, c.former); got != c.want {
			t.Errorf("%d, formerly %d: %t", c.chat, c.former, got)
		}
	}
}

// A group is left once, soon, but not at once; and at a start again, should that not have been done.
func TestLeave(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	g := &oneGroup{chat: moderation.Chat{ID: -1002}}
	court := moderation.NewCourt(g, func() time.Time { return now })
	leave := func(update int64, want int) {
		t.Helper()
		if err := court.Leave(t.Context(), update, g.chat.ID, moderation.Supergroup); err != nil || len(g.effects) != want {
			t.Errorf("%d effects, %v; want %d", len(g.effects), err, want)
		}
	}
	leave(1, 0) // any group is allowed
	court.Allowed = []int64{-1001}
	leave(2, 1)
	leave(3, 1)
	leave(0, 2)
	for _, e := range g.effects {
		if e.Kind() != moderation.EffectLeave || !e.Waits().Due.Equal(now.Add(moderation.LeaveAfter)) {
			t.Errorf("%v, due %s", e, e.Waits().Due)
		}
	}
	g.chat.Former = -1001
	leave(0, 2)
}

// A group that is left by mistake, and listed again before it was left, is as it was: what the bot may do there is still known.
func TestLeaveKeepsRights(t *testing.T) {
	t.Parallel()
	rights := moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}
	g := &oneGroup{chat: moderation.Chat{ID: -1002, Rights: rights}}
	court := moderation.NewCourt(g, time.Now)
	court.Allowed = []int64{-1001}
	if err := court.Leave(t.Context(), 0, g.chat.ID, moderation.Supergroup); err != nil || len(g.effects) != 1 {
		t.Errorf("%d effects, %v", len(g.effects), err)
	}
	if g.chat.Rights != rights {
		t.Errorf("the rights are %+v", g.chat.Rights)
	}
}
