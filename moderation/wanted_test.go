package moderation_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Nothing that was asked for is not the same as nobody having asked.
func TestWanted(t *testing.T) {
	t.Parallel()
	var unasked moderation.Wanted[[]moderation.Candidate]
	if pool, err := unasked.Read(); err == nil || pool != nil {
		t.Errorf("nobody asked, and there is %v, %v", pool, err)
	}
	if pool, err := moderation.Loaded[[]moderation.Candidate](nil).Read(); err != nil || pool != nil {
		t.Errorf("an empty pool is %v, %v", pool, err)
	}
	if n, err := moderation.Loaded(3).Read(); err != nil || n != 3 {
		t.Errorf("3 is %d, %v", n, err)
	}
}
