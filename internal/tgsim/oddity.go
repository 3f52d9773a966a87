package tgsim

// Values for Inject that are odd in shape.
const (
	// OddMessage, for "message": not an object at all.
	OddMessage = `"x"`
	// CallbackWithoutMessage, for "callback_query".
	CallbackWithoutMessage = `{"id":"1","from":{"id":1,"is_bot":false,"first_name":"Odd"},"chat_instance":"1","data":"x"}`
	// MessageWithoutFrom, for "message".
	MessageWithoutFrom = `{"message_id":1,"date":1,"chat":{"id":-1001000000001,"type":"supergroup","title":"Odd"},"text":"/help"}`
)
