package bot

import (
	"context"
	"net/http"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// invoke passes the call through the library. The library's client is set per
// call, on a copy, because that is the only way in for a context.
func (c *Client) invoke(ctx context.Context, call Call) ([]byte, error) {
	form, err := call.form()
	if err != nil {
		return nil, &Error{Method: call.Method, Code: http.StatusBadRequest, Description: "parameters cannot be encoded", cause: errMalformed}
	}
	ctx, cancel := context.WithTimeout(ctx, c.within(call.timeout()))
	defer cancel()
	api := *c.api
	_, waits := call.Params["timeout"]
	wire := &exchange{ctx: ctx, http: c.http, time: c.time, wait: waits, send: strings.HasPrefix(call.Method, "send"), keep: call.Method == "getUpdates"}
	api.Client = wire
	answer, err := request(&api, call, form)
	if err != nil {
		return nil, failure(call, err)
	}
	if wire.kept != nil {
		return wire.kept, nil
	}
	return answer.Result, nil
}

func request(api *tgbotapi.BotAPI, call Call, form map[string]string) (*tgbotapi.APIResponse, error) {
	if len(call.Files) == 0 {
		return api.MakeRequest(call.Method, form)
	}
	files := make([]tgbotapi.RequestFile, len(call.Files))
	for i, f := range call.Files {
		files[i] = tgbotapi.RequestFile{Name: f.Field, Data: tgbotapi.FileBytes{Name: f.Name, Bytes: f.Data}}
	}
	return api.UploadFiles(call.Method, form, files)
}

// timeout is how long the call may take: uploads and long polls get more.
func (c Call) timeout() time.Duration {
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
