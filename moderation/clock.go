package moderation

import (
	"context"
	"time"
)

// Clock does what is due.
type Clock struct {
	*runner
	agenda  Agenda
	queue   ClockQueue
	juries  JuryQueue
	settler Settler
}

// Agenda lists what is due by the clock.
type Agenda interface {
	// Due lists open cases whose deadline has come, the oldest first, at most limit.
	Due(ctx context.Context, now time.Time, limit int) ([]CaseRef, error)

	// PausesDue lists groups whose pause is over and was not ended yet, at most limit.
	PausesDue(ctx context.Context, now time.Time, limit int) ([]int64, error)

	// Open lists the open cases of a group, the oldest first.
	Open(ctx context.Context, chat int64) ([]CaseRef, error)

	// AppealsDue lists cases about whose appeal something is to be done by the clock, the oldest first, at most
	// limit.
	AppealsDue(ctx context.Context, now time.Time, limit int) ([]CaseRef, error)

	// DigestsDue lists groups that the bot is in and whose next digest is due or not planned yet, at
	// most limit.
	DigestsDue(ctx context.Context, now time.Time, limit int) ([]int64, error)
}

// ClockQueue lists what waits for its clock.
type ClockQueue interface {
	// ClocksDue lists open cases whose clock is to start, the oldest first, at most limit.
	ClocksDue(ctx context.Context, now time.Time, limit int) ([]CaseRef, error)
}
