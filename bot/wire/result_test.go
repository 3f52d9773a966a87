package wire

import (
	"testing"
)

func TestResults(t *testing.T) {
	member, err := Result{Raw: []byte(`{"status":"creator","user":{"id":8,"is_bot":false,"first_name":"K"},"is_anonymous":true}`)}.Member()
	if err != nil || !member.Admin() || !member.CanRestrict || !member.Anonymous || member.User.ID != 8 {
		t.Errorf("%+v %v", member, err)
	}
	members, err := Result{Raw: []byte(`[{"status":"administrator","user":{"id":42,"is_bot":true},"can_delete_messages":true}]`)}.Members()
	if err != nil || len(members) != 1 || !members[0].CanDelete || members[0].CanRestrict {
		t.Errorf("%+v %v", members, err)
	}
	chat, err := Result{Raw: []byte(`{"id":-5,"type":"supergroup","title":"Pnyx","linked_chat_id":-9,"permissions":{"can_send_messages":true}}`)}.Chat()
	if want := (Chat{ID: -5, Type: "supergroup", Title: "Pnyx", Linked: -9}); err != nil || chat != want {
		t.Errorf("%+v %v", chat, err)
	}
	link, err := Result{Raw: []byte(`{"invite_link":"https://t.me/+x","creator":{"id":42}}`)}.Link()
	if err != nil || link != "https://t.me/+x" {
		t.Errorf("%s %v", link, err)
	}
	if sent, err := (Result{Raw: []byte("true")}).Sent(); err != nil || sent != (Sent{}) {
		t.Errorf("%v %v", sent, err)
	}
	if _, err := (Result{Raw: []byte("[]")}).Member(); err == nil {
		t.Error("an array is no member")
	}
}
