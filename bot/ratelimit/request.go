package ratelimit

// Class says which limits a call counts against, and which holds it obeys.
type Class int

// The classes of calls.
const (
	Other  Class = iota // counts against no limit and obeys every hold of its chat, such as a ban or a deletion
	Read                // only asks; obeys nothing but the holds of such calls
	Answer              // answers a pressed button; counts against no limit and obeys no hold
	Edit                // changes a message that everyone in the chat sees
	Post                // makes a message that everyone in the chat sees
)

// Request is what the limits depend on in a call.
type Request struct {
	Chat   int64 // whose limits it counts against; 0 = none
	Class  Class
	Yields bool // it goes out only while half of what a group may be sent is free
}

// Unheld reports whether the call goes out even while its chat is held.
func (r Request) Unheld() bool { return r.Class == Read || r.Class == Answer }

// shows reports whether the call makes or changes a message that everyone in the chat sees.
func (r Request) shows() bool { return r.Class == Post || r.Class == Edit }

// public reports whether the call counts in the 20 messages per minute of a
// group: a message to the whole group, not an ephemeral one, or the edit of one.
func (r Request) public() bool { return r.Chat < 0 && r.shows() }

// metered reports whether the call counts in the 30 messages per second of a bot: what makes or
// changes a message that others see. Deletions and ephemeral messages are not counted ahead.
func (r Request) metered() bool { return r.Chat != 0 && r.shows() }

// keeps is how many messages to a group must be possible after the call.
func (r Request) keeps() int {
	if r.Yields {
		return yieldingKeep
	}
	return 0
}
