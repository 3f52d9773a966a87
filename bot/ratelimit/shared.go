package ratelimit

import (
	"context"
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
