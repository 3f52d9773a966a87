package lookup_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
)

const groupID, channelID, userID = -1001, -1002, 5

// What Telegram may do instead of answering.
var (
	noAnswer = &wire.Error{Method: "getChat"}
	busy     = &wire.Error{Method: "getChat", Code: 429, Description: "Too Many Requests: retry after 3"}
	noChat   = &wire.Error{Method: "getChat", Code: 400, Description: "Bad Request: chat not found"}
	noUser   = &wire.Error{Method: "getChatMember", Code: 400, Description: "Bad Request: user not found"}
	kicked   = &wire.Error{Method: "getChat", Code: 403, Description: "Forbidden: bot is not a member of the supergroup chat"}
)

// telegram gives one answer about each chat, or an error.
type telegram map[int64]answer

type answer struct {
	json string
	err  error
}

func (telegram) Me() wire.Self { return wire.Self{User: wire.User{ID: 99, Bot: true}} }

func (tg telegram) Do(_ context.Context, call wire.Call) (wire.Result, error) {
	a, ok := tg[call.Chat]
	if !ok {
		return wire.Result{}, errors.New("nobody should ask about this chat")
	}
	return wire.Result{Raw: json.RawMessage(a.json)}, a.err
}

// about is a lookup about the group, of which Telegram says this.
func about(says string, err error) lookup.Lookup { return lookup.New(telegram{groupID: {says, err}}) }

// unsure compares whether somebody is asked to try again.
func unsure(t *testing.T, err error, want bool) {
	t.Helper()
	if errors.Is(err, lookup.ErrUnsure) != want || !want && err != nil {
		t.Errorf("the error is %v; unsure: want %v", err, want)
	}
}
