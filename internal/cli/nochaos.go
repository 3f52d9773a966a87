//go:build !chaos

package cli

import (
	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/app"
)

// newClock returns the clock of the machine.
func newClock() clockwork.Clock { return clockwork.NewRealClock() }

// options change nothing.
func options() []app.Option { return nil }
