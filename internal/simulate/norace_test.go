//go:build !race

package simulate_test

// underRace is whether the race detector watches.
const underRace = false
