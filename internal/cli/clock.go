//go:build !chaos

package cli

import "github.com/jonboulle/clockwork"

// newClock is the clock of the program that people run.
func newClock() clockwork.Clock { return clockwork.NewRealClock() }
