package transfer

import "encoding/json"

// cursor is how far a copy is: the table, by its number, and the last row of it that has arrived.
type cursor struct {
	Source string // what the source is known by: the fingerprint of its key
	Table  int
	Last   []any // the row's key; empty before the first
}

// writtenValue is a value of a key as it is written down.
type writtenValue struct {
	Number *int64 `json:"n,omitempty"`
	Text   string `json:"t,omitempty"`
	Bytes  []byte `json:"b,omitempty"`
}

// MarshalJSON keeps apart what is a number, a text and bytes.
func (c cursor) MarshalJSON() ([]byte, error) {
	var last []writtenValue
	for _, v := range c.Last {
		switch v := v.(type) {
		case int64:
			last = append(last, writtenValue{Number: &v})
		case string:
			last = append(last, writtenValue{Text: v})
		case []byte:
			last = append(last, writtenValue{Bytes: v})
		}
	}
	return json.Marshal(map[string]any{"source": []byte(c.Source), "table": c.Table, "last": last})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (c *cursor) UnmarshalJSON(data []byte) error {
	var w struct {
		Source []byte         `json:"source"`
		Table  int            `json:"table"`
		Last   []writtenValue `json:"last"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	c.Source, c.Table, c.Last = string(w.Source), w.Table, nil
	for _, v := range w.Last {
		switch {
		case v.Number != nil:
			c.Last = append(c.Last, *v.Number)
		case v.Bytes != nil:
			c.Last = append(c.Last, v.Bytes)
		default:
			c.Last = append(c.Last, v.Text)
		}
	}
	return nil
}
