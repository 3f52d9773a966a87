package handlers_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
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
