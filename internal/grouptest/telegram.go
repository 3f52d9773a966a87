package grouptest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Telegram answers calls about the group. It can be had without one, if no call is made.
type Telegram struct{ Group *Group }

// Me is the bot.
func (Telegram) Me() wire.Self {
	return wire.Self{User: wire.User{ID: 99, Username: "OstrakonBot", Bot: true}, Names: []string{"OstrakonBot"}}
}

// Book allows every call at once.
func (Telegram) Book(context.Context, wire.Call) (ratelimit.Booking, error) {
	return ratelimit.Booking{OK: true}, nil
}

// Do answers a call, and keeps it if it does more than ask.
func (tg Telegram) Do(ctx context.Context, call wire.Call) (wire.Result, error) {
	g := tg.Group
	if g.Takes != nil {
		select {
		case <-time.After(g.Takes(call.Method)):
		case <-ctx.Done():
			return wire.Result{}, &wire.Error{Method: call.Method}
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !call.Reading() {
		if g.Refuse != 0 && call.Chat == LogID {
			return wire.Result{}, &wire.Error{Method: call.Method, Code: g.Refuse, Description: "Forbidden: bot is not a member of the channel chat"}
		}
		if g.Allows != nil && !g.Allows(call) {
			return wire.Result{}, &wire.Error{Method: call.Method, Code: 400, Description: "Bad Request: not enough rights"}
		}
		g.Sent = append(g.Sent, call)
		return wire.Result{Raw: json.RawMessage(`{"message_id":77}`)}, nil
	}
	g.asked[call.Method]++
	switch call.Method {
	case "getChatMemberCount":
		if g.Members == "" {
			g.mu.Unlock()
			<-ctx.Done()
			g.mu.Lock()
			return wire.Result{}, &wire.Error{Method: call.Method}
		}
		return wire.Result{Raw: json.RawMessage(g.Members)}, nil
	case "getChatMember":
		if g.Unsure != nil {
			return wire.Result{}, g.Unsure
		}
		return wire.Result{Raw: json.RawMessage(memberJSON(fmt.Sprint(call.Params["user_id"])))}, nil
	case "getChatAdministrators":
		return wire.Result{Raw: json.RawMessage("[" + memberJSON("1") + "," + memberJSON("2") + "," + memberJSON("3") + "]")}, nil
	default:
		return wire.Result{Raw: json.RawMessage(fmt.Sprintf(`{"id":%d,"type":"supergroup","title":"Chess club"}`, call.Chat))}, nil
	}
}

// Calls are those made so far that do more than ask.
func (g *Group) Calls() []wire.Call {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.Sent)
}

// Asked is how many calls of a method were made that only ask.
func (g *Group) Asked(method string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.asked[method]
}

// memberJSON is what Telegram says of somebody: 1 owns the group, 2 is an admin with all rights, 3 one with none, 66 is not
// there, and the bot itself is an admin.
func memberJSON(id string) string {
	user := `"user":{"id":` + id + `,"first_name":"M` + id + `"}`
	switch id {
	case "1":
		return `{"status":"creator",` + user + `,"is_anonymous":false}`
	case "2", "99":
		return `{"status":"administrator",` + user + `,"can_restrict_members":true,"can_delete_messages":true,"can_post_messages":true}`
	case "3":
		return `{"status":"administrator",` + user + `,"can_restrict_members":false,"can_delete_messages":false}`
	case "66":
		return `{"status":"left",` + user + `}`
	default:
		return `{"status":"member",` + user + `}`
	}
}
