package world

import (
	"time"
)

// A RateWindow remembers when messages were sent.
type RateWindow struct{ times []time.Time }

// Wait returns how many seconds to wait before one more message keeps within
// n messages per span; 0 if it does now.
func (w *RateWindow) Wait(now time.Time, span time.Duration, n int) int64 {
	for len(w.times) > 0 && !w.times[0].After(now.Add(-span)) {
		w.times = w.times[1:]
	}
	if len(w.times) < n {
		return 0
	}
	left := w.times[0].Add(span).Sub(now)
	return int64((left + time.Second - 1) / time.Second)
}

// Add notes a message.
func (w *RateWindow) Add(now time.Time) { w.times = append(w.times, now) }
