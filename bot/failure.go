package bot

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// failure turns whatever the library or the network returned into an [*wire.Error].
func failure(call wire.Call, err error) *wire.Error {
	if e, ok := errors.AsType[*wire.Error](err); ok {
		e.Method, e.Private = call.Method, call.Chat > 0
		return e
	}
	e := &wire.Error{Method: call.Method, Private: call.Chat > 0}
	if api, ok := errors.AsType[*tgbotapi.Error](err); ok {
		e.Code = api.Code
		e.Description = wire.Scrub(api.Message)
		e.RetryAfter = time.Duration(api.RetryAfter) * time.Second
		e.MigrateTo = api.MigrateToChatID
		return e
	}
	e.Cause = stripURL(err)
	e.Description = wire.Scrub(reason(e.Cause))
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

// reason puts a failure below HTTP into words.
func reason(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, context.Canceled):
		return "canceled"
	}
	return err.Error()
}

// refusal reads Telegram's reason out of an answer that is not 200. The library
// would forget the code of a refused upload.
func refusal(status int, body []byte) *wire.Error {
	var answer struct {
		Description string `json:"description"`
		Parameters  struct {
			MigrateTo  int64 `json:"migrate_to_chat_id"`
			RetryAfter int64 `json:"retry_after"`
		} `json:"parameters"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Description == "" {
		return &wire.Error{Code: unworded(status), Description: http.StatusText(status)}
	}
	return &wire.Error{
		Code:        status,
		Description: wire.Scrub(answer.Description),
		RetryAfter:  time.Duration(answer.Parameters.RetryAfter) * time.Second,
		MigrateTo:   answer.Parameters.MigrateTo,
	}
}

// unworded is the code of an answer that does not come from Telegram itself. A proxy sent it,
// so its 4xx says nothing about our call.
func unworded(status int) int {
	if status >= 500 {
		return status
	}
	return http.StatusBadGateway
}
