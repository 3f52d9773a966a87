//go:build !chaos

package main

import "github.com/jonboulle/clockwork"

// newClock is the clock of the program that people run.
func newClock() clockwork.Clock { return clockwork.NewRealClock() }
