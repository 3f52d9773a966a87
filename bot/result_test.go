package bot

import (
	"testing"
	"time"
)

func TestResults(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	tg.answer("getChatMember", ok(`{"status":"creator","user":{"id":8,"is_bot":false,"first_name":"K"},"is_anonymous":true}`))
	tg.answer("getChatAdministrators", ok(`[{"status":"administrator","user":{"id":42,"is_bot":true},"can_delete_messages":true}]`))
	tg.answer("getChat", ok(`{"id":-5,"type":"supergroup","title":"Pnyx","linked_chat_id":-9,"permissions":{"can_send_messages":true}}`))
	tg.answer("createChatInviteLink", ok(`{"invite_link":"https://t.me/+x","creator":{"id":42}}`))

	result, err := client.Do(t.Context(), GetChatMember(-5, 8))
	member, bad := result.Member()
	if err != nil || bad != nil || !member.Admin() || !member.CanRestrict || !member.Anonymous || member.User.ID != 8 {
		t.Errorf("%+v %v %v", member, err, bad)
	}
	result, err = client.Do(t.Context(), GetChatAdministrators(-5))
	members, bad := result.Members()
	if err != nil || bad != nil || len(members) != 1 || !members[0].CanDelete || members[0].CanRestrict {
		t.Errorf("%+v %v %v", members, err, bad)
	}
	result, err = client.Do(t.Context(), GetChat(-5))
	chat, bad := result.Chat()
	if want := (Chat{ID: -5, Type: "supergroup", Title: "Pnyx", Linked: -9}); err != nil || bad != nil || chat != want {
		t.Errorf("%+v %v %v", chat, err, bad)
	}
	result, err = client.Do(t.Context(), InviteLink(-5, time.Time{}))
	link, bad := result.Link()
	if err != nil || bad != nil || link != "https://t.me/+x" {
		t.Errorf("%s %v %v", link, err, bad)
	}
	if sent, err := (Result{Raw: []byte("true")}).Sent(); err != nil || sent != (Sent{}) {
		t.Errorf("%v %v", sent, err)
	}
	if _, err := (Result{Raw: []byte("[]")}).Member(); err == nil {
		t.Error("an array is no member")
	}
}
