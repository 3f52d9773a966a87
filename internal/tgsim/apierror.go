package tgsim

import (
	"fmt"
	"strings"
)

// An apiError is an unsuccessful answer in Telegram's words.
type apiError struct {
	code        int
	description string
	retryAfter  int64
	migrateTo   int64
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.code, e.description) }

func badRequest(text string) *apiError {
	return &apiError{code: 400, description: "Bad Request: " + text}
}

func forbidden(text string) *apiError {
	return &apiError{code: 403, description: "Forbidden: " + text}
}

func tooMany(retryAfter int64) *apiError {
	return &apiError{code: 429, description: fmt.Sprintf("Too Many Requests: retry after %d", retryAfter), retryAfter: retryAfter}
}

type wireParameters struct {
	MigrateToChatID int64 `json:"migrate_to_chat_id,omitempty"`
	RetryAfter      int64 `json:"retry_after,omitempty"`
}

type wireFailure struct {
	OK          bool            `json:"ok"`
	ErrorCode   int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  *wireParameters `json:"parameters,omitempty"`
}

// body is the answer as JSON.
func (e *apiError) body() []byte {
	w := wireFailure{ErrorCode: e.code, Description: e.description}
	if e.retryAfter != 0 || e.migrateTo != 0 {
		w.Parameters = &wireParameters{MigrateToChatID: e.migrateTo, RetryAfter: e.retryAfter}
	}
	return encode(w)
}

func cutAttach(ref string) (string, bool) { return strings.CutPrefix(ref, "attach://") }
