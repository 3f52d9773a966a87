package backup_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"github.com/jonboulle/clockwork"
)

// machine is the clock of a machine. Its wall clock can be set, and goes on while the machine sleeps; what Go measures beside it does
// neither.
type machine struct {
	*clockwork.FakeClock
	booted time.Time // with such a measure
	off    atomic.Int64
}

// wallTime is how [time.Time] keeps both.
type wallTime struct {
	_       uint64
	measure int64
	_       *time.Location
}

// Now implements [clockwork.Clock].
func (m *machine) Now() time.Time {
	off := time.Duration(m.off.Load())
	t := m.booted.Add(m.FakeClock.Now().Sub(start) + off)
	(*wallTime)(unsafe.Pointer(&t)).measure -= int64(off)
	return t
}

// onMachine is a bench on such a machine, whose copies nothing recognises.
func onMachine(t *testing.T) (*bench, *machine) {
	t.Helper()
	b := newBench(t)
	m := &machine{FakeClock: b.clock, booted: time.Now()}
	b.Clock = m
	b.Ours = func(context.Context, string) (bool, error) { return false, nil }
	m.off.Store(int64(time.Minute))
	if d := m.Now().Sub(m.booted); d != 0 {
		t.Fatalf("the clock beside the wall clock went on for %s", d)
	}
	return b, m
}

// A machine that slept for two days makes a copy when it wakes, and one whose clock was set back does not wait until that time comes again.
func TestMachineThatSleepsOrIsSetBack(t *testing.T) {
	t.Parallel()
	for name, off := range map[string]time.Duration{"slept": 2 * day, "set back": -3 * day} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, m := onMachine(t)
			stop := b.run()
			b.tried()
			m.off.Add(int64(off))
			b.clock.Advance(time.Hour)
			b.asleep()
			stop()
			if n := len(b.made) + 1; n != 2 {
				t.Errorf("%d copies were made, want 2", n)
			}
		})
	}
}
