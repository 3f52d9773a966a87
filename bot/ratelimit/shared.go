package ratelimit

import (
	"context"
	"time"
)

// Shared stores the bookings of all replicas of a bot. For each chat it stores bytes that only this package reads.
type Shared interface {
	// BookLimits calls book with what is stored for each of the chats, nil where nothing is, and stores what book returns,
	// unless that is nil. Nobody else does so for these chats at the same time.
	BookLimits(ctx context.Context, chats []int64, book func(kept [][]byte) ([][]byte, error)) error

	// HoldChat tells the other replicas that Telegram refuses calls for a chat until then.
	HoldChat(ctx context.Context, chat int64, until time.Time) error
}

// Booking says whether a call may go out.
type Booking struct {
	OK         bool      // it is booked as going out now
	Ready      time.Time // else, when to ask again
	Everywhere bool      // and no other message may go out before then, to any chat
}
