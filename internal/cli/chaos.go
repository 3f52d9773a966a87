//go:build chaos

package cli

import (
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/app"
)

// newClock returns the machine's clock, moved by a duration such as "-90s". The duration is in the file that the variable
// CHAOS_CLOCK names. Only the chaos test builds the program so.
func newClock() clockwork.Clock {
	return movedClock{clockwork.NewRealClock(), os.Getenv("CHAOS_CLOCK")}
}

type movedClock struct {
	clockwork.Clock
	file string
}

// Now implements [clockwork.Clock].
func (c movedClock) Now() time.Time {
	text, err := os.ReadFile(c.file)
	if err != nil {
		return c.Clock.Now()
	}
	by, err := time.ParseDuration(strings.TrimSpace(string(text)))
	if err != nil {
		return c.Clock.Now()
	}
	return c.Clock.Now().Round(0).Add(by)
}

// Since implements [clockwork.Clock].
func (c movedClock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }

// Until implements [clockwork.Clock].
func (c movedClock) Until(t time.Time) time.Duration { return t.Sub(c.Now()) }

// options give the bot an inbox for as few updates as the variable CHAOS_INBOX says, so that it fills up.
func options() []app.Option {
	n, err := strconv.Atoi(os.Getenv("CHAOS_INBOX"))
	if err != nil {
		return nil
	}
	return []app.Option{app.InboxSize(n)}
}
