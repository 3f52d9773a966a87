package wire

import (
	"errors"
	"fmt"
	"time"
)

var (
	// ErrUnauthorized is what every error of [KindUnauthorized] is.
	ErrUnauthorized = errors.New("telegram does not accept the token")

	// ErrNotEphemeral is what every error of [KindNotEphemeral] is. The server
	// ignored the ephemeral parameters, so everybody saw the message, and it was
	// deleted at once.
	ErrNotEphemeral = errors.New("the message was not sent ephemerally")
)

// Error is a refused or failed call. Its text holds the method, the code and
// Telegram's reason, never the token, an address, an id or a parameter.
type Error struct {
	Method      string
	Code        int    // HTTP status; 0 = no answer came
	Description string // Telegram's words, ids and links left out
	RetryAfter  time.Duration
	MigrateTo   int64 // the new id of a migrated group
	Private     bool  // the call went to a private chat
	Cause       error // for Unwrap; holds no token
}

// Error tells method, code and reason.
func (e *Error) Error() string {
	switch {
	case e.Code == 0 && e.Description == "":
		return e.Method + ": no answer"
	case e.Code == 0:
		return e.Method + ": " + e.Description
	}
	return fmt.Sprintf("%s: %d %s", e.Method, e.Code, e.Description)
}

// Unwrap gives the cause, such as [context.DeadlineExceeded].
func (e *Error) Unwrap() error { return e.Cause }

// Is makes every unauthorized error an [ErrUnauthorized].
func (e *Error) Is(target error) bool {
	return target == ErrUnauthorized && e.Kind() == KindUnauthorized
}

// Kind says what the error means.
func (e *Error) Kind() Kind {
	switch {
	case errors.Is(e.Cause, ErrNotEphemeral):
		return KindNotEphemeral
	case errors.Is(e.Cause, ErrMalformed), errors.Is(e.Cause, ErrTooLarge):
		return KindInvalid
	case errors.Is(e.Cause, ErrNoFile):
		return KindGone
	case e.MigrateTo != 0:
		return KindMigrated
	}
	return kindOf(e.Code, e.Description, e.Private)
}

// KindOf says what an error means: nil is [KindOK], and an error that is not an [*Error] is
// [KindTemporary].
func KindOf(err error) Kind {
	if err == nil {
		return KindOK
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind()
	}
	return KindTemporary
}

// ErrMalformed marks calls that could not be encoded.
var ErrMalformed = errors.New("malformed call")

// RetryAfter is how long Telegram asks us to wait before we try again; 0 if it does not.
func RetryAfter(err error) time.Duration {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.RetryAfter
	}
	return 0
}

// ErrTooLarge is the error of Client.Download of package bot if the file has too many bytes.
var ErrTooLarge = errors.New("the file is too large")

// ErrNoFile marks that there is no such file, or no longer.
var ErrNoFile = errors.New("no such file")
