package outbox_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

func TestBackoff(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]time.Duration{
		-1: time.Second, 0: time.Second,
		1: time.Second, 2: 2 * time.Second, 3: 4 * time.Second, 4: 8 * time.Second, 5: 16 * time.Second,
		6: 32 * time.Second, 7: 64 * time.Second, 8: 128 * time.Second,
		9: 5 * time.Minute, 10: 5 * time.Minute, 1000: 5 * time.Minute,
	} {
		if got := outbox.Backoff(n); got != want {
			t.Errorf("after attempt %d: %s; want %s", n, got, want)
		}
	}
}
