package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// Call is one request to the Bot API as a value: it can be compared, stored as
// JSON and sent later. The constructors in this package build every call that the bot
// makes. Setters such as [Call.ReplyTo] return a changed copy.
type Call struct {
	Method string         `json:"method"`
	Chat   int64          `json:"chat,omitempty"`   // whose limits it counts against; 0 = none
	Params map[string]any `json:"params,omitempty"` // string, int64, bool, or any value that JSON can encode
	Files  []File         `json:"files,omitempty"`  // uploads; empty for most calls

	CanWipe bool `json:"can_wipe,omitempty"` // see [Call.Wipeable]

	yields bool // see [Call.Yield]
}

// File is an upload: the parameter it fills, the name people see, the bytes.
type File struct {
	Field string `json:"field"`
	Name  string `json:"name"`
	Data  []byte `json:"data"`
}

// Yield makes a call give way: it goes out only while half of the limit of its group is
// free. It is for edits that the next edit makes needless.
func (c Call) Yield() Call {
	c.yields = true
	return c
}

// Wipeable marks a message to one person about their own reports and votes. Whoever sends it notes which message it became, so
// that they can have it deleted.
func (c Call) Wipeable() Call {
	c.CanWipe = true
	return c
}

// Yields reports whether the call gives way to others.
func (c Call) Yields() bool { return c.yields }

// Reading reports whether the call only asks. Only "too many requests" to such calls
// holds them.
func (c Call) Reading() bool { return strings.HasPrefix(c.Method, "get") }

// Deletes reports whether the call removes messages from a chat.
func (c Call) Deletes() bool {
	return strings.HasPrefix(c.Method, "deleteMessage") || c.Method == "deleteEphemeralMessage"
}

// Public reports whether the call counts in the 20 messages per minute of a
// group: a message to the whole group, or the edit of one, but nothing ephemeral.
func (c Call) Public() bool { return c.Chat < 0 && (c.Posts() || c.Edits()) }

// Edits reports whether the call changes a message that everyone in the chat sees.
func (c Call) Edits() bool { return strings.HasPrefix(c.Method, "editMessage") }

// Sends reports whether the call makes a message, also one that only one member sees.
func (c Call) Sends() bool {
	return strings.HasPrefix(c.Method, "send") && c.Method != "sendChatAction"
}

// Shows reports whether the call makes a message or changes one, whoever sees it.
func (c Call) Shows() bool { return c.Sends() || strings.HasPrefix(c.Method, "edit") }

// Posts reports whether the call makes a message that everyone in the chat sees.
func (c Call) Posts() bool {
	return c.Sends() && !c.IsEphemeral()
}

// IsEphemeral reports whether the call sends a message to one member only.
func (c Call) IsEphemeral() bool { return c.Params["ephemeral_message_parameters"] != nil }

// with returns a copy of the call with one more parameter.
func (c Call) with(key string, value any) Call {
	params := make(map[string]any, len(c.Params)+1)
	maps.Copy(params, c.Params)
	params[key] = value
	c.Params = params
	return c
}

// without returns a copy of the call without the parameter.
func (c Call) without(key string) Call {
	params := maps.Clone(c.Params)
	delete(params, key)
	c.Params = params
	return c
}

// Form encodes the parameters as Telegram's form wants them: objects and arrays
// as JSON text, everything else as plain text.
func (c Call) Form() (map[string]string, error) {
	out := make(map[string]string, len(c.Params))
	for key, value := range c.Params {
		text, err := formValue(value)
		if err != nil {
			return nil, fmt.Errorf("%s: parameter %s: %w", c.Method, key, err)
		}
		out[key] = text
	}
	return out, nil
}

func formValue(value any) (string, error) {
	switch v := value.(type) {
	case string:
		return v, nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case int:
		return strconv.Itoa(v), nil
	case bool:
		return strconv.FormatBool(v), nil
	case json.Number:
		return v.String(), nil
	}
	text, err := json.Marshal(value)
	return string(text), err
}

// UnmarshalJSON reads a stored call back so that it encodes to the same form:
// ids stay integers instead of becoming floating-point numbers.
func (c *Call) UnmarshalJSON(data []byte) error {
	type plain Call
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var p plain
	if err := dec.Decode(&p); err != nil {
		return fmt.Errorf("stored call: %w", err)
	}
	for key, value := range p.Params {
		if number, ok := value.(json.Number); ok {
			if id, err := number.Int64(); err == nil {
				p.Params[key] = id
			}
		}
	}
	*c = Call(p)
	return nil
}

// Person is the only one who sees the effect of the call; 0 if others see it too.
func (c Call) Person() int64 {
	if c.Chat > 0 {
		return c.Chat
	}
	if p, ok := c.Params["ephemeral_message_parameters"].(map[string]any); ok {
		return number(p["receiver_user_id"])
	}
	return number(c.Params["receiver_user_id"])
}

// number is a parameter that is an id; 0 if it is none. In a call that was stored, one inside of another parameter is a json.Number.
func number(value any) int64 {
	switch v := value.(type) {
	case int64:
		return v
	case json.Number:
		id, _ := v.Int64() // 0 if it is none
		return id
	}
	return 0
}
