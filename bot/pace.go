package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Shared keeps what counts against Telegram's limits where all replicas of the bot see it. What is kept of a chat is
// bytes of ours.
type Shared interface {
	// Pace runs book on what is kept of chats, in their order and nil where nothing is, while nobody else
	// does so, and keeps what it returns, if anything.
	Pace(ctx context.Context, chats []int64, book func(kept [][]byte) ([][]byte, error)) error

	// HoldPace makes known that Telegram wants to hear nothing for a chat until then.
	HoldPace(ctx context.Context, chat int64, until time.Time) error
}

// Booking says whether a call may go out.
type Booking struct {
	OK         bool      // it is booked as going out now
	Ready      time.Time // else, when to ask again
	Everywhere bool      // and nothing else of its kind may go out before then, to no chat
}

// Book books a call as going out now, if neither the limits nor a hold forbid it: those of all replicas, if there may
// be several.
func (c *Client) Book(ctx context.Context, call Call) (Booking, error) {
	ready, ok := c.gate.Try(call)
	b := Booking{OK: ok, Ready: ready, Everywhere: !ok && !ready.After(c.gate.Full())}
	if !ok || c.shared == nil || !call.metered() {
		return b, nil
	}
	chats := []int64{0}
	if call.Public() {
		chats = append(chats, call.Chat)
	}
	err := c.shared.Pace(ctx, chats, func(kept [][]byte) (written [][]byte, err error) {
		written, b, err = bookAll(kept, call, c.clock.Now())
		return written, err
	})
	if err != nil {
		return Booking{}, fmt.Errorf("book a call: %w", err)
	}
	return b, nil
}

// Room says how many messages this replica may send now, to whomever, and, if none, when one.
func (c *Client) Room() (free int, next time.Time) { return c.gate.Room() }

// limitsOfAll and limitsOfGroup are the limits that hold over all replicas. One's own hold for each of them as well, so
// that those of private chats, of which nothing is kept, are kept by the replica alone.
var (
	limitsOfAll   = []limit{overallLimit}
	limitsOfGroup = []limit{groupLimit, paceLimit}
)

// bookAll books a message or an edit with all windows it counts in: those of all chats first, then those of the group.
func bookAll(kept [][]byte, call Call, now time.Time) ([][]byte, Booking, error) {
	b := Booking{OK: true}
	written := make([][]byte, len(kept))
	for i, raw := range kept {
		limits := limitsOfAll
		if i > 0 {
			limits = limitsOfGroup
		}
		windows, err := openWindows(raw, limits)
		if err != nil {
			return nil, b, err
		}
		for _, w := range windows {
			room := 0
			switch w.limit {
			case groupLimit:
				room = call.keeps()
			case paceLimit:
				if !call.posts() {
					continue
				}
			}
			if free := w.freeKeeping(room); free.After(now) {
				b.OK, b.Ready, b.Everywhere = false, later(b.Ready, free), i == 0
			}
			w.book(now)
		}
		if written[i], err = closeWindows(windows); err != nil {
			return nil, b, err
		}
	}
	if !b.OK {
		return nil, b, nil
	}
	return written, b, nil
}

// openWindows reads windows as closeWindows wrote them: for each, the times of its bookings in ms, oldest first.
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
