package outbox

import (
	"errors"
	"time"
)

// What a delivery comes to is told by its error, from Telegram's answer to the outbox. Nil means that the row is delivered,
// or refused for good, which is as good. [ErrNoted] means the same. [NotBefore] says when to try again, [ErrHeld] that the
// row waits for a right, and [Never] that trying again is of no use. Any other error is a failure: the row is tried again
// after a while that grows with each attempt.

// ErrNoted says that the row is delivered, and that whoever delivered it has dropped it together with what there was to note.
var ErrNoted = errors.New("done, and noted as done")

// ErrHeld says that the row cannot be delivered before a right of the bot's is there, which somebody will notice.
var ErrHeld = errors.New("a right is missing")

// NotBefore says that the row may not be delivered before a time. That is no fault, and no attempt.
type NotBefore struct {
	Until time.Time
	Also  Others // what else waits
}

// Error implements error.
func (e *NotBefore) Error() string { return "not before " + e.Until.Format(time.TimeOnly) }

// Others says what waits together with a row.
type Others int

// What waits with a row.
const (
	RowsBehind Others = iota
	NothingElse
	WholeClass // in all chats
)

// Never says that the row cannot be delivered at all, so that it is dropped.
type Never struct{ Err error }

// Error implements error.
func (e *Never) Error() string { return e.Err.Error() }

// Unwrap gives the reason.
func (e *Never) Unwrap() error { return e.Err }
