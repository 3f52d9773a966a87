package wire

import (
	"encoding/json"
)

func Encode(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("tgsim: " + err.Error()) // unreachable: only our own types are encoded
	}
	return raw
}
