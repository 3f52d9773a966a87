package bot

import (
	"net/http"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const (
	rightsOf102 = `{"is_anonymous":false,"can_manage_chat":true}`
	rightsOf103 = `{"is_anonymous":false,"can_manage_chat":true,"can_send_welcome_messages":false}`
)

// A server that does not say clearly that it knows ephemeral messages is sent none.
func TestLearnServer(t *testing.T) {
	gone := refused(400, "Bad Request: chat not found")
	for name, c := range map[string]struct {
		asked, rights http.HandlerFunc
		knows, again  bool
	}{
		"of today":                 {gone, ok(rightsOf103), true, false},
		"of today, and says yes":   {ok("true"), ok(rightsOf103), true, false},
		"of 10.2":                  {gone, ok(rightsOf102), false, false},
		"before 10.2":              {refused(404, "Not Found: method not found"), ok(rightsOf102), false, false},
		"says yes to everything":   {ok("true"), ok("true"), false, false},
		"without such rights":      {gone, refused(404, "Not Found: method not found"), false, false},
		"refuses to tell rights":   {gone, refused(403, "Forbidden"), false, false},
		"odd":                      {refused(404, "Not Found"), ok(rightsOf103), false, false},
		"busy":                     {refused(429, "Too Many Requests: retry after 5", "retry_after", 5), ok(rightsOf103), false, true},
		"broken":                   {refused(500, "Internal Server Error"), ok(rightsOf103), false, true},
		"broken a little later":    {gone, refused(502, "Bad Gateway"), false, true},
		"behind an odd proxy":      {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>", http.StatusNotFound) }, ok(rightsOf103), false, true},
		"behind an obliging proxy": {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>")) }, ok(rightsOf103), false, true},
	} {
		t.Run(name, func(t *testing.T) {
			tg := newTelegram(t)
			client, _ := tg.dial()
			client.ephemeral.Store(false)
			tg.answer("deleteEphemeralMessage", c.asked)
			tg.answer("getMyDefaultAdministratorRights", c.rights)
			if err := client.LearnServer(t.Context()); (err != nil) != c.again {
				t.Errorf("the error is %v", err)
			}
			if client.Me().NoEphemeral == c.knows {
				t.Errorf("it is taken to know ephemeral messages: %t", !c.knows)
			}
			for _, call := range tg.calls(0) {
				if call.method == "sendMessage" {
					t.Errorf("it was sent %v", call)
				}
			}
			tg.answer("sendMessage", ok(`{"message_id":0,"ephemeral_message_id":4}`))
			_, err := client.Do(t.Context(), wire.SendMessage(-5, "secret").Ephemeral(8, "", 0))
			calls := tg.calls(1)
			if to := calls[len(calls)-1].form.Get("chat_id"); err != nil || (to == "-5") != c.knows {
				t.Errorf("a private answer went to %s, %v", to, err)
			}
		})
	}
}
