package bot

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

var (
	// ErrUnauthorized is what every error of [KindUnauthorized] is.
	ErrUnauthorized = errors.New("telegram does not accept the token")

	// ErrNotEphemeral is what every error of [KindNotEphemeral] is: the server
	// ignored the ephemeral parameters, everybody saw the message, and it was
	// deleted at once.
	ErrNotEphemeral = errors.New("the message was not sent ephemerally")

	// ErrUnavailable is for handlers: an error that is it means the store is
	// down, so the update is tried again for ever instead of being given up.
	ErrUnavailable = errors.New("store unavailable")
)

// Error is a refused or failed call. Its text holds the method, the code and
// Telegram's reason, never the token, an address, an id or a parameter.
type Error struct {
	Method      string
	Code        int    // HTTP status; 0 = no answer came
	Description string // Telegram's words, ids and links left out
	RetryAfter  time.Duration
	MigrateTo   int64 // the new id of a migrated group
	private     bool  // the call went to a private chat
	cause       error // for Unwrap; holds no token
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
func (e *Error) Unwrap() error { return e.cause }

// Is makes every unauthorized error an [ErrUnauthorized].
func (e *Error) Is(target error) bool {
	return target == ErrUnauthorized && e.Kind() == KindUnauthorized
}

// Kind says what the error means.
func (e *Error) Kind() Kind {
	switch {
	case errors.Is(e.cause, ErrNotEphemeral):
		return KindNotEphemeral
	case errors.Is(e.cause, errMalformed), errors.Is(e.cause, ErrTooLarge):
		return KindInvalid
	case errors.Is(e.cause, errNoFile):
		return KindGone
	case e.MigrateTo != 0:
		return KindMigrated
	}
	return kindOf(e.Code, e.Description, e.private)
}

// KindOf says what any error of this package means; nil is [KindOK], and what is
// no [*Error] is [KindTemporary].
func KindOf(err error) Kind {
	if err == nil {
		return KindOK
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind()
	}
	return KindTemporary
}

// errMalformed marks calls that could not even be written down.
var errMalformed = errors.New("malformed call")

// RetryAfter is how long Telegram asked us to wait before we try again; 0 if it did not.
func RetryAfter(err error) time.Duration { return retryAfter(err) }

// retryAfter is how long Telegram asked us to wait; 0 if it did not.
func retryAfter(err error) time.Duration {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.RetryAfter
	}
	return 0
}

// failure turns whatever the library or the network returned into an [*Error].
func failure(call Call, err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		e.Method, e.private = call.Method, call.Chat > 0
		return e
	}
	e := &Error{Method: call.Method, private: call.Chat > 0}
	if api, ok := errors.AsType[*tgbotapi.Error](err); ok {
		e.Code = api.Code
		e.Description = scrub(api.Message)
		e.RetryAfter = time.Duration(api.RetryAfter) * time.Second
		e.MigrateTo = api.MigrateToChatID
		return e
	}
	e.cause = stripURL(err)
	e.Description = scrub(reason(e.cause))
	return e
}

// stripURL drops the wrapping of net/http and net/url, which prints the address
// and with it the token.
func stripURL(err error) error {
	for {
		wrapped, ok := errors.AsType[*url.Error](err)
		if !ok {
			return err
		}
		err = wrapped.Err
	}
}

// reason words a failure below HTTP.
func reason(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, context.Canceled):
		return "canceled"
	}
	return err.Error()
}

// revealing finds links, tokens and ids inside of a description.
var revealing = regexp.MustCompile(`(?i)[a-z]+://\S+|\d{6,}:[\w-]{20,}|-?\d{6,}`)

// scrub takes out of a description what a log must not hold.
func scrub(description string) string {
	const enough = 300
	description = revealing.ReplaceAllString(description, "…")
	if len(description) > enough {
		description = strings.ToValidUTF8(description[:enough], "") + "…"
	}
	return description
}
