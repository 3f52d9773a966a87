package storage

import "encoding/json"

// place is how far a copy is: the table, by its number, and the last row of it that has arrived.
type place struct {
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
func (p place) MarshalJSON() ([]byte, error) {
	var last []writtenValue
	for _, v := range p.Last {
		switch v := v.(type) {
		case int64:
			last = append(last, writtenValue{Number: &v})
		case string:
			last = append(last, writtenValue{Text: v})
		case []byte:
			last = append(last, writtenValue{Bytes: v})
		}
	}
	return json.Marshal(map[string]any{"source": []byte(p.Source), "table": p.Table, "last": last})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *place) UnmarshalJSON(data []byte) error {
	var w struct {
		Source []byte         `json:"source"`
		Table  int            `json:"table"`
		Last   []writtenValue `json:"last"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	p.Source, p.Table, p.Last = string(w.Source), w.Table, nil
	for _, v := range w.Last {
		switch {
		case v.Number != nil:
			p.Last = append(p.Last, *v.Number)
		case v.Bytes != nil:
			p.Last = append(p.Last, v.Bytes)
		default:
			p.Last = append(p.Last, v.Text)
		}
	}
	return nil
}
