package bot

import (
	"context"
	"net/http"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// invoke passes the call through the library. The library's client is set per
// call, on a copy, because that is the only way in for a context.
func (c *Client) invoke(ctx context.Context, call wire.Call) ([]byte, error) {
	form, err := call.Form()
	if err != nil {
		return nil, &wire.Error{Method: call.Method, Code: http.StatusBadRequest, Description: "parameters cannot be encoded", Cause: wire.ErrMalformed}
	}
	ctx, cancel := context.WithTimeout(ctx, c.within(timeoutOf(call)))
	defer cancel()
	api := *c.api
	_, waits := call.Params["timeout"]
	x := &exchange{ctx: ctx, http: c.http, time: c.time, wait: waits, send: strings.HasPrefix(call.Method, "send"), keep: call.Method == "getUpdates"}
	api.Client = x
	answer, err := request(&api, call, form)
	if err != nil {
		return nil, failure(call, err)
	}
	if x.kept != nil {
		return x.kept, nil
	}
	return answer.Result, nil
}

func request(api *tgbotapi.BotAPI, call wire.Call, form map[string]string) (*tgbotapi.APIResponse, error) {
	if len(call.Files) == 0 {
		return api.MakeRequest(call.Method, form)
	}
	files := make([]tgbotapi.RequestFile, len(call.Files))
	for i, f := range call.Files {
		files[i] = tgbotapi.RequestFile{Name: f.Field, Data: tgbotapi.FileBytes{Name: f.Name, Bytes: f.Data}}
	}
	return api.UploadFiles(call.Method, form, files)
}

// readTimeout is how long a reading call may take in one attempt.
const readTimeout = 3 * time.Second

// timeoutOf is how long the call may take: uploads and long polls get more.
func timeoutOf(c wire.Call) time.Duration {
	limit := callTimeout
	if c.Reading() {
		limit = readTimeout
	}
	if len(c.Files) > 0 {
		limit += 2 * callTimeout
	}
	if seconds, ok := c.Params["timeout"].(int); ok { // a long poll
		limit = callTimeout + time.Duration(seconds)*time.Second
	}
	return limit
}
