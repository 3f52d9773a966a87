package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Dial asks Telegram who the bot is. It fails if the token is wrong or Telegram
// cannot be reached.
func Dial(ctx context.Context, o Options) (*Client, error) {
	endpoint, err := endpoint(cmp.Or(o.URL, DefaultURL))
	if err != nil {
		return nil, err
	}
	if !tokenShape.MatchString(o.Token) {
		return nil, fmt.Errorf("telegram token: not of the form 123456:ABC-def: %w", wire.ErrUnauthorized)
	}
	c := newClient(o)
	c.files = strings.TrimRight(cmp.Or(o.URL, DefaultURL), "/") + "/file/bot" + o.Token + "/"
	ctx, cancel := context.WithTimeout(ctx, c.within(callTimeout))
	defer cancel()
	x := &exchange{ctx: ctx, http: c.http, time: c.time}
	c.api, err = tgbotapi.NewBotAPIWithClient(o.Token, endpoint, x)
	if err != nil {
		return nil, failure(wire.Call{Method: "getMe"}, err)
	}
	c.confirmTime(ctx)
	me, _ := wire.SplitAnswer(x.body)
	return c, c.learnSelf(wire.Result{Raw: me})
}

// tokenShape excludes everything that would change the address of which the token is a part.
var tokenShape = regexp.MustCompile(`^[0-9A-Za-z:_-]+$`)

// endpoint is the library's pattern for addresses: server, token, method.
func endpoint(server string) (string, error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", errors.New("telegram api url: must be an http or https address")
	}
	return strings.ReplaceAll(strings.TrimRight(server, "/"), "%", "%%") + "/bot%s/%s", nil
}
