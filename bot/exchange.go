package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// maxAnswer bounds how much of an answer is read; 100 updates are far smaller.
const maxAnswer = 64 << 20

// exchange is the HTTP client that the library uses for a single call. The library
// knows neither contexts nor deadlines nor proxies that answer in HTML, and it
// leaves answers half read. The exchange handles all of that.
type exchange struct {
	ctx  context.Context // ends the call
	http *http.Client
	time *Clock // learns from the answer; may be nil
	wait bool   // the server may wait before it answers, so only the end of the call dates the answer
	send bool   // the call makes a message, which is dated
	keep bool   // the result is kept in kept; the library sees an empty one
	kept json.RawMessage
	body []byte // the whole answer, of which the library keeps only what it knows
}

// Do sends the request and reads the answer to its end, so that the connection
// can be used again.
func (x *exchange) Do(req *http.Request) (*http.Response, error) {
	sent := x.machine()
	resp, err := x.http.Do(req.WithContext(x.ctx))
	if err != nil {
		return nil, stripURL(err)
	}
	got := x.machine()
	defer resp.Body.Close()
	body, err := readAll(resp)
	if err != nil {
		return nil, stripURL(err)
	}
	x.learn(sent, got, resp.Header, body)
	if resp.StatusCode != http.StatusOK {
		return nil, refusal(resp.StatusCode, body)
	}
	if !looksLikeJSON(body) {
		return nil, &wire.Error{Code: http.StatusBadGateway, Description: "the answer is not JSON"}
	}
	x.body = body
	if x.keep {
		body = x.keepResult(body)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// machine is the time of the machine's clock, zero if there is no clock to teach.
func (x *exchange) machine() time.Time {
	if x.time == nil {
		return time.Time{}
	}
	return x.time.Clock.Now()
}

// learn tells the clock the date of an answer, if it comes from Telegram.
func (x *exchange) learn(sent, got time.Time, header http.Header, body []byte) {
	if x.time == nil || !looksLikeJSON(body) {
		return
	}
	if x.wait {
		sent = got
	}
	if !x.send {
		body = nil
	}
	x.time.noticed(sent, got, header, body)
}

// keepResult keeps the result from the library, which would parse a hundred updates twice
// only to copy them.
func (x *exchange) keepResult(body []byte) []byte {
	result, ok := wire.SplitAnswer(body)
	if !ok {
		return body
	}
	x.kept = result
	return []byte(`{"ok":true}`)
}

func readAll(resp *http.Response) ([]byte, error) {
	var buf bytes.Buffer
	if resp.ContentLength > 0 && resp.ContentLength < maxAnswer {
		buf.Grow(int(resp.ContentLength) + bytes.MinRead)
	}
	n, err := buf.ReadFrom(io.LimitReader(resp.Body, maxAnswer+1))
	if err == nil && n > maxAnswer {
		err = fmt.Errorf("answer is larger than %d bytes", maxAnswer)
	}
	return buf.Bytes(), err
}

func looksLikeJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n")
	return len(body) > 0 && body[0] == '{'
}
