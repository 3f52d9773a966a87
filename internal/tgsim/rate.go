package tgsim

import (
	"time"
)

const (
	second = time.Second
	minute = time.Minute
)

// A rateWindow remembers when messages were sent.
type rateWindow struct{ times []time.Time }

// wait returns how many seconds to wait before one more message keeps within
// n messages per span; 0 if it does now.
func (w *rateWindow) wait(now time.Time, span time.Duration, n int) int64 {
	for len(w.times) > 0 && !w.times[0].After(now.Add(-span)) {
		w.times = w.times[1:]
	}
	if len(w.times) < n {
		return 0
	}
	left := w.times[0].Add(span).Sub(now)
	return int64((left + second - 1) / second)
}

func (w *rateWindow) add(now time.Time) { w.times = append(w.times, now) }
