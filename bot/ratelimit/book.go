package ratelimit

import (
	"context"
	"fmt"
	"time"
)

// Book books a call as going out now, unless a limit or a hold forbids it. If there is a [Shared], the limits of all
// replicas count.
func (l *Limiter) Book(ctx context.Context, r Request) (Booking, error) {
	ready, ok := l.Try(r)
	b := Booking{OK: ok, Ready: ready, Everywhere: !ok && !ready.After(l.full())}
	if !ok || l.shared == nil || !r.metered() {
		return b, nil
	}
	chats := []int64{0}
	if r.public() {
		chats = append(chats, r.Chat)
	}
	err := l.shared.BookLimits(ctx, chats, func(kept [][]byte) (written [][]byte, err error) {
		written, b, err = bookAll(kept, r, l.clock.Now())
		return written, err
	})
	if err != nil {
		return Booking{}, fmt.Errorf("book a call: %w", err)
	}
	return b, nil
}

// HoldEverywhere is [Limiter.Hold], which for a group also reaches the other replicas.
func (l *Limiter) HoldEverywhere(ctx context.Context, chat int64, until time.Time) error {
	l.Hold(chat, until)
	if l.shared == nil || chat > 0 {
		return nil
	}
	return l.shared.HoldChat(ctx, chat, until)
}

// limitsOfAll and limitsOfGroup are the limits that all replicas share. Each replica also keeps its own limits. Those of
// private chats are not shared, so there only its own count.
var (
	limitsOfAll   = []limit{overallLimit}
	limitsOfGroup = []limit{groupLimit, chatLimit}
)

// bookAll books a message or an edit in all windows in which it counts: first those of the bot, then those of the group.
func bookAll(kept [][]byte, r Request, now time.Time) ([][]byte, Booking, error) {
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
				room = r.keeps()
			case chatLimit:
				if r.Class != Post {
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
