//go:build !race

package e2e

// underRace is whether the race detector watches.
const underRace = false
