package wire

import (
	"fmt"
)

// An Error is an unsuccessful answer in Telegram's words.
type Error struct {
	Code        int
	Description string
	retryAfter  int64
	MigrateTo   int64
}

// Error is the code and the description.
func (e *Error) Error() string { return fmt.Sprintf("%d %s", e.Code, e.Description) }

// Body is the answer as JSON.
func (e *Error) Body() []byte {
	w := Failure{ErrorCode: e.Code, Description: e.Description}
	if e.retryAfter != 0 || e.MigrateTo != 0 {
		w.Parameters = &ResponseParameters{MigrateToChatID: e.MigrateTo, RetryAfter: e.retryAfter}
	}
	return Encode(w)
}

// ResponseParameters tell a client how to go on after a refusal.
type ResponseParameters struct {
	MigrateToChatID int64 `json:"migrate_to_chat_id,omitempty"`
	RetryAfter      int64 `json:"retry_after,omitempty"`
}

// Failure is the body of an unsuccessful answer.
type Failure struct {
	OK          bool                `json:"ok"`
	ErrorCode   int                 `json:"error_code"`
	Description string              `json:"description"`
	Parameters  *ResponseParameters `json:"parameters,omitempty"`
}

// BadRequest is a refusal with code 400.
func BadRequest(text string) *Error {
	return &Error{Code: 400, Description: "Bad Request: " + text}
}

// Forbidden is a refusal with code 403.
func Forbidden(text string) *Error {
	return &Error{Code: 403, Description: "Forbidden: " + text}
}

// TooMany is a refusal with code 429.
func TooMany(retryAfter int64) *Error {
	return &Error{Code: 429, Description: fmt.Sprintf("Too Many Requests: retry after %d", retryAfter), retryAfter: retryAfter}
}
