package bot

import "github.com/ostrakon-bot/ostrakon/bot/ratelimit"

// Moved: goes when its users follow.
type (
	// Booking says whether a call may go out.
	Booking = ratelimit.Booking
	// Shared keeps what counts against Telegram's limits where all replicas of the bot see it.
	Shared = ratelimit.Shared
)
