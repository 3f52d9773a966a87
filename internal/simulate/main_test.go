package simulate

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets garbage grow: a simulated group is small and soon over, and a fifth of the time would be spent on collecting it.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
