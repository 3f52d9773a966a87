package wire

import (
	"encoding/json"
)

// Encode is the JSON of one of the simulator's own values.
func Encode(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("tgsim: " + err.Error()) // unreachable: only our own types are encoded
	}
	return raw
}
