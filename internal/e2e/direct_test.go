package e2e

import (
	"strings"
	"testing"
)

// TestDirectMessagesAreLeftAlone sends what can happen where people write to a channel in private, which comes as if it
// were a supergroup. Nothing is deleted, sent or restricted there, and nothing is kept.
func TestDirectMessagesAreLeftAlone(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Bert
the bot joins as admin
Anna: Buy pills at pills.example
Bert: /report (reply to "Buy pills")
wait 1m
`)
	const (
		chat   = `"chat":{"id":-1001800000001,"type":"supergroup","title":"News","is_direct_messages":true}`
		person = `"from":{"id":5123499999,"is_bot":false,"first_name":"Zelda"}`
		us     = `{"id":7000000001,"is_bot":true,"first_name":"Ostrakon","username":"OstrakonBot"}`
		ours   = `{"message_id":8,"date":1788264000,"from":` + us + `,` + chat + `,"text":"x"}`
	)
	message := func(rest string) string {
		return `{"message_id":9,"date":1788264000,` + chat + `,` + person + `,` + rest + `}`
	}
	rank := func(who, old, now string) string {
		return `{` + chat + `,` + person + `,"date":1788264000,"old_chat_member":{"user":` + who + `,"status":"` + old + `"},"new_chat_member":{"user":` + who + `,"status":"` + now + `"}}`
	}
	// What an earlier release took for a group is given up. The direct messages of a channel say so in each update.
	w.bot.Inject("my_chat_member", strings.ReplaceAll(rank(us, "left", "administrator"), `,"is_direct_messages":true`, ""))
	w.settle()
	groups := func() int { return w.count(`SELECT count(*) FROM chat WHERE is_member = 1`) }
	if n := groups(); n != 2 {
		t.Fatalf("%d groups are known before", n)
	}
	w.bot.Inject("message", message(`"text":"hello"`))
	w.settle()
	if n := groups(); n != 1 {
		t.Errorf("%d groups are known", n)
	}
	rows, calls, presses := w.dump(), w.sim.CallCount(), 0
	for _, u := range [][2]string{
		{"message", message(`"text":"/start"`)},
		{"message", message(`"text":"hello"`)},
		{"message", message(`"text":"/report","reply_to_message":` + ours)},
		{"message", message(`"text":"/ban","reply_to_message":` + ours)},
		{"message", message(`"text":"/settings"`)},
		{"edited_message", message(`"text":"hello again"`)},
		{"message", message(`"new_chat_members":[{"id":5123499998,"is_bot":false,"first_name":"Yves"}]`)},
		{"message", message(`"migrate_to_chat_id":-1001800000002`)},
		{"message", message(`"migrate_from_chat_id":-1800000002`)},
		{"my_chat_member", rank(us, "left", "administrator")},
		{"my_chat_member", rank(us, "administrator", "kicked")},
		{"chat_member", rank(`{"id":5123499998,"is_bot":false,"first_name":"Yves"}`, "left", "member")},
		{"chat_member", rank(`{"id":5123499998,"is_bot":false,"first_name":"Yves"}`, "member", "administrator")},
		{"callback_query", `{"id":"77",` + person + `,"chat_instance":"1","message":` + ours + `,"data":"v:7KQ2:breaks"}`},
		{"callback_query", `{"id":"78",` + person + `,"chat_instance":"1","message":` + ours + `,"data":"d:1:7KQ2:upheld"}`},
	} {
		w.bot.Inject(u[0], u[1])
		if u[0] == "callback_query" {
			presses++
		}
	}
	w.settle()
	if now := w.dump(); now != rows {
		t.Errorf("the database was\n%s\nand is\n%s", rows, now)
	}
	for _, c := range w.sim.CallsSince(calls) {
		switch {
		case c.Method == "answerCallbackQuery":
			presses--
		case c.Method != "getUpdates":
			t.Errorf("because of it there came %s %v", c.Method, c.Params)
		}
	}
	if presses != 0 {
		t.Errorf("%d presses were not answered", presses)
	}
	if strings.Contains(w.log.String(), "level=ERROR") {
		t.Errorf("the log has an error:\n%s", w.log)
	}
}
