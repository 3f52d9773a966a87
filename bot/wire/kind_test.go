package wire

import (
	"errors"
	"testing"
)

func TestKinds(t *testing.T) {
	tests := []struct {
		code        int
		description string
		want        Kind
	}{
		{0, "", KindTemporary},
		{500, "Internal Server Error", KindTemporary},
		{502, "Bad Gateway", KindTemporary},
		{504, "Gateway Timeout", KindTemporary},
		{429, "Too Many Requests: retry after 5", KindTooMany},
		{401, "Unauthorized", KindUnauthorized},
		{404, "Not Found", KindUnauthorized},
		{404, "Not Found: method not found", KindUnsupported},
		{409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", KindConflict},
		{400, "Bad Request: not enough rights to restrict/unrestrict chat member", KindNoRights},
		{400, "Bad Request: not enough rights to send text messages to the chat", KindNoRights},
		{400, "Bad Request: message can't be deleted", KindNoRights},
		{400, "Bad Request: message can't be deleted for everyone", KindNoRights},
		{400, "Bad Request: need administrator rights in the channel chat", KindNoRights},
		{400, "Bad Request: CHAT_ADMIN_REQUIRED", KindNoRights},
		{400, "Bad Request: have no rights to send a message", KindNoRights},
		{400, "Bad Request: TOPIC_CLOSED", KindNoTopic},
		{400, "Bad Request: TOPIC_DELETED", KindNoTopic},
		{403, "Forbidden: something new", KindNoRights},
		{400, "Bad Request: user is an administrator of the chat", KindTargetIsAdmin},
		{400, "Bad Request: can't remove chat owner", KindTargetIsAdmin},
		{400, "Bad Request: USER_ADMIN_INVALID", KindTargetIsAdmin},
		{400, "Bad Request: message to delete not found", KindGone},
		{400, "Bad Request: message to edit not found", KindGone},
		{400, "Bad Request: message to be replied not found", KindGone},
		{400, "Bad Request: message thread not found", KindNoTopic},
		{400, "Bad Request: query is too old and response timeout expired or query ID is invalid", KindGone},
		{400, "Bad Request: user not found", KindGone},
		{400, "Bad Request: PARTICIPANT_ID_INVALID", KindGone},
		{400, "Bad Request: USER_NOT_PARTICIPANT", KindGone},
		{400, "Bad Request: method is available only for supergroups", KindUnsupported},
		{400, "Bad Request: method is available for supergroup and channel chats only", KindUnsupported},
		{400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same", KindNotModified},
		{403, "Forbidden: bot was blocked by the user", KindBlocked},
		{403, "Forbidden: bot can't initiate conversation with a user", KindBlocked},
		{403, "Forbidden: user is deactivated", KindBlocked},
		{403, "Forbidden: bot was kicked from the supergroup chat", KindRemoved},
		{403, "Forbidden: bot is not a member of the supergroup chat", KindRemoved},
		{403, "Forbidden: the group chat was deleted", KindRemoved},
		{400, "Bad Request: chat not found", KindRemoved},
		{400, "Bad Request: group chat was upgraded to a supergroup chat", KindMigrated},
		{400, "Bad Request: message text is empty", KindInvalid},
		{413, "Request Entity Too Large", KindInvalid},
	}
	for _, test := range tests {
		err := &Error{Method: "m", Code: test.code, Description: test.description}
		if got := err.Kind(); got != test.want {
			t.Errorf("%d %s: %s, want %s", test.code, test.description, got, test.want)
		}
	}
	if KindOf(nil) != KindOK || KindOf(errors.New("x")) != KindTemporary {
		t.Error("nil is ok, what is not ours is temporary")
	}
}
