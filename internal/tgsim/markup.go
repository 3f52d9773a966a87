package tgsim

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// A markup is an inline keyboard: as it was sent, and its buttons.
type markup struct {
	raw  json.RawMessage
	rows [][]wire.Button
}

func (m *markup) buttons() [][]wire.Button {
	if m == nil {
		return nil
	}
	return m.rows
}

// find returns the first button whose label begins with the prefix.
func (m *markup) find(prefix string) (wire.Button, bool) {
	for _, row := range m.buttons() {
		for _, b := range row {
			if strings.HasPrefix(b.Label, prefix) {
				return b, true
			}
		}
	}
	return wire.Button{}, false
}

// logsIn says whether there is a button that logs in to a site.
func (m *markup) logsIn() bool {
	return slices.ContainsFunc(m.buttons(), func(row []wire.Button) bool {
		return slices.ContainsFunc(row, func(b wire.Button) bool { return b.Login != nil })
	})
}

func (m *markup) equal(o *markup) bool {
	if m == nil || o == nil {
		return m == nil && o == nil
	}
	return bytes.Equal(m.raw, o.raw)
}

// readMarkup reads the reply_markup of a call. Keyboards that are not inline
// are accepted and not shown; only force_reply is remembered by apps, and
// the simulated ones have nothing to do with it.
func readMarkup(p params.Params) (*markup, *wire.Error) {
	var fields map[string]json.RawMessage
	if !p.Object("reply_markup", &fields) || fields["inline_keyboard"] == nil {
		return nil, nil
	}
	m := &markup{raw: wire.Encode(fields)}
	if err := json.Unmarshal(fields["inline_keyboard"], &m.rows); err != nil {
		return nil, wire.BadRequest("can't parse inline keyboard: " + err.Error()) // unreachable: the schema was checked
	}
	var kept [][]wire.Button
	for _, row := range m.rows {
		if len(row) == 0 {
			continue
		}
		kept = append(kept, row)
		for _, b := range row {
			switch {
			case b.Label == "":
				return nil, wire.BadRequest("Button text must be non-empty")
			case !slices.Contains([]string{"", "danger", "success", "primary"}, b.Style):
				return nil, wire.BadRequest("invalid button style specified")
			}
		}
	}
	m.rows = kept
	if len(kept) == 0 {
		return nil, nil
	}
	return m, nil
}
