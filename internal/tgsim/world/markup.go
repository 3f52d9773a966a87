package world

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// A Markup is an inline keyboard: as it was sent, and its buttons.
type Markup struct {
	Raw  json.RawMessage
	Rows [][]wire.Button
}

// Buttons are the inline buttons, row by row.
func (m *Markup) Buttons() [][]wire.Button {
	if m == nil {
		return nil
	}
	return m.Rows
}

// Find returns the first button whose label begins with the prefix.
func (m *Markup) Find(prefix string) (wire.Button, bool) {
	for _, row := range m.Buttons() {
		for _, b := range row {
			if strings.HasPrefix(b.Label, prefix) {
				return b, true
			}
		}
	}
	return wire.Button{}, false
}

// LogsIn says whether there is a button that logs in to a site.
func (m *Markup) LogsIn() bool {
	return slices.ContainsFunc(m.Buttons(), func(row []wire.Button) bool {
		return slices.ContainsFunc(row, func(b wire.Button) bool { return b.Login != nil })
	})
}

// Equal says whether two keyboards were sent alike.
func (m *Markup) Equal(o *Markup) bool {
	if m == nil || o == nil {
		return m == nil && o == nil
	}
	return bytes.Equal(m.Raw, o.Raw)
}
