package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// The kinds of files in JSON.
const (
	KindReceipt     = "receipt"
	KindConsistency = "consistency"
)

// formatVersion is that of all files.
const formatVersion = 1

// header is what every file in JSON begins with.
type header struct {
	Kind    string `json:"ostrakon"`
	Version int    `json:"version"`
	Key     string `json:"key"` // public
}

// KindOf says what kind of file this is, empty if none of ours in JSON.
func KindOf(data []byte) string {
	var h header
	if json.Unmarshal(data, &h) != nil {
		return ""
	}
	return h.Kind
}

// write is the one form in which a file is written.
func write(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("write a proof: %w", err)
	}
	return buf.Bytes(), nil
}

// errForm means that not every byte is as it was written.
var errForm = errors.New("this file is damaged: it is not, byte for byte, as it was written")

// read reads a file of a kind, and refuses any other form than that of write: so every byte counts.
func read[T any](data []byte, kind string, head func(*T) header) (T, error) {
	var v T
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return v, fmt.Errorf("read a %s: %w", kind, err)
	}
	switch h := head(&v); {
	case h.Kind != kind:
		return v, fmt.Errorf("this is a %q, not a %s", h.Kind, kind)
	case h.Version != formatVersion:
		return v, fmt.Errorf("this %s has format %d; this program knows %d", kind, h.Version, formatVersion)
	}
	if again, err := write(v); err != nil || !bytes.Equal(again, data) {
		return v, errForm
	}
	return v, nil
}
