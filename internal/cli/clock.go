//go:build !chaos

package cli

import "github.com/jonboulle/clockwork"

// newClock returns the clock of the machine.
func newClock() clockwork.Clock { return clockwork.NewRealClock() }
