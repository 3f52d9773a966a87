package ratelimit

import (
	"encoding/json"
	"fmt"
	"time"
)

// Messages and their edits may use nine tenths of the limits that Telegram states: 30 per
// second, and 20 per minute and group. The rest is for deletions and penalties. They are
// not counted, but "too many requests" for a group would hold them as well. For "short
// bursts" in one chat Telegram gives no number; ours is a guess.
//
// The spans are a little longer than Telegram's. Telegram counts when calls arrive, and we
// count when they leave.
var (
	overallLimit = limit{count: 27, span: 1100 * time.Millisecond} // messages and edits of the bot
	groupLimit   = limit{count: 18, span: 61 * time.Second}        // public messages in one group, and their edits
	chatLimit    = limit{count: 5, span: 5 * time.Second}          // messages in one chat, bursts allowed
)

// yieldingKeep is how many of a group's public messages a yielding call leaves
// for others, see [Request.Yields].
const yieldingKeep = 9

// limit is "at most count within span".
type limit struct {
	count int
	span  time.Duration
}

// window holds the last bookings under a sliding limit, oldest first from next.
type window struct {
	limit limit
	times []time.Time // grows to limit.count, then is a ring
	next  int         // the oldest booking once the ring is full
}

// free is when one more booking is within the limit; the zero time means now.
func (w *window) free() time.Time { return w.freeKeeping(0) }

// freeKeeping is when one more booking leaves room for so many others.
func (w *window) freeKeeping(room int) time.Time {
	over := len(w.times) - (w.limit.count - room)
	if over < 0 {
		return time.Time{}
	}
	return w.times[(w.next+over)%len(w.times)].Add(w.limit.span)
}

func (w *window) book(now time.Time) {
	if len(w.times) < w.limit.count {
		w.times = append(w.times, now)
		return
	}
	w.times[w.next] = now
	w.next = (w.next + 1) % w.limit.count
}

// room is how many bookings are within the limit now.
func (w *window) room(now time.Time) int {
	free := w.limit.count
	for _, t := range w.times {
		if now.Sub(t) < w.limit.span {
			free--
		}
	}
	return free
}

// idle reports whether no booking counts any more.
func (w *window) idle(now time.Time) bool { return w.room(now) == w.limit.count }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// openWindows reads windows as closeWindows wrote them: for each, the times of its bookings in milliseconds, oldest first.
func openWindows(raw []byte, limits []limit) ([]*window, error) {
	var times [][]int64
	if raw != nil {
		if err := json.Unmarshal(raw, &times); err != nil {
			return nil, fmt.Errorf("read what was booked: %w", err)
		}
	}
	windows := make([]*window, len(limits))
	for i, l := range limits {
		windows[i] = &window{limit: l}
		if i < len(times) {
			for _, ms := range times[i] {
				windows[i].book(time.UnixMilli(ms))
			}
		}
	}
	return windows, nil
}

func closeWindows(windows []*window) ([]byte, error) {
	times := make([][]int64, len(windows))
	for i, w := range windows {
		for n := range w.times {
			times[i] = append(times[i], w.times[(w.next+n)%len(w.times)].UnixMilli())
		}
	}
	raw, err := json.Marshal(times)
	if err != nil {
		return nil, fmt.Errorf("write what was booked: %w", err)
	}
	return raw, nil
}
