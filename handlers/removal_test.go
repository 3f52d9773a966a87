package handlers_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// The commands of others that wait to be removed delay nobody's.
func TestRemovalOvertakesThoseThatWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, h := slowly(t)
		for range 1000 {
			u := seenByAll(command(helper, "en", "/rules"))
			h.Ahead(t.Context(), &u)
		}
		u := seenByAll(reportOf(500))
		if n := took(t, h, u); n > 1.2 {
			t.Errorf("it took %.2f calls", n)
		}
		if removed := deletions(d); !slices.Contains(removed, u.Message.ID) {
			t.Error("the report still stands")
		}
		time.Sleep(time.Minute)
		if removed := deletions(d); len(removed) != 1001 {
			t.Errorf("%d calls removed 1001 commands", len(removed))
		}
	})
}

// A command that came while the bot lacked the right is removed if the right was there before the command was handled.
func TestRemovalBeforeTheRightCame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, h := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
		var may atomic.Bool
		d.Allows = func(call wire.Call) bool { return call.Method != "deleteMessage" || may.Load() }
		u := seenByAll(reportOf(500))
		h.Ahead(context.Background(), &u)
		synctest.Wait()
		may.Store(true)
		say(t, h, u)
		if removed := deletions(d); !slices.Equal(removed, []int64{u.Message.ID}) {
			t.Errorf("removed: %v", removed)
		}
	})
}
