package wire

// AskEphemeral asks whether the server knows ephemeral messages, and changes nothing: no bot has a chat with itself. A server from
// before Bot API 10.2 says that there is no such method ([KindUnsupported]).
func AskEphemeral(me int64) Call {
	return EphemeralRef{Chat: me, Receiver: me, ID: 1}.call("deleteEphemeralMessage")
}

// welcomeRight came with Bot API 10.3, as did the parameter that makes a message ephemeral. Telegram always names it.
const welcomeRight = "can_send_welcome_messages"

// KnowsWelcome reads the answer to [GetSuggestedRights]: whether the server is of Bot API 10.3 or later. A server of 10.2 has
// ephemeral messages too, but ignores the parameter, and would show the message to everybody.
func (r Result) KnowsWelcome() (bool, error) {
	return answer(r, func(in *reader) (known bool) {
		in.object(func(key []byte) {
			known = known || string(key) == welcomeRight
			in.skip()
		})
		return known
	})
}

// InPrivate returns an ephemeral call as one to the private chat of its receiver. What ties the call to a place in the group is left
// out. It returns false if the call names no receiver. Then it names no chat either, so that each server refuses it.
func (c Call) InPrivate() (Call, bool) {
	to := c.Person()
	if to <= 0 {
		return c.without("chat_id"), false
	}
	for _, key := range []string{"ephemeral_message_parameters", "reply_parameters", "message_thread_id"} {
		c = c.without(key)
	}
	c = c.with("chat_id", to)
	c.Chat = to
	return c, true
}
