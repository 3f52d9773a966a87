package tgsim

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Button is an inline button as a person sees it.
type Button struct {
	Label string    `json:"text"`
	Data  string    `json:"callback_data"`
	URL   string    `json:"url"`
	Login *struct{} `json:"login_url"`
	Style string    `json:"style"` // its colour: danger, success, primary; empty = that of the app
}

// A markup is an inline keyboard: as it was sent, and its buttons.
type markup struct {
	raw  json.RawMessage
	rows [][]Button
}

func (m *markup) buttons() [][]Button {
	if m == nil {
		return nil
	}
	return m.rows
}

// find returns the first button whose label begins with the prefix.
func (m *markup) find(prefix string) (Button, bool) {
	for _, row := range m.buttons() {
		for _, b := range row {
			if strings.HasPrefix(b.Label, prefix) {
				return b, true
			}
		}
	}
	return Button{}, false
}

// logsIn says whether there is a button that logs in to a site.
func (m *markup) logsIn() bool {
	return slices.ContainsFunc(m.buttons(), func(row []Button) bool {
		return slices.ContainsFunc(row, func(b Button) bool { return b.Login != nil })
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
func readMarkup(p params) (*markup, *apiError) {
	var fields map[string]json.RawMessage
	if !p.object("reply_markup", &fields) || fields["inline_keyboard"] == nil {
		return nil, nil
	}
	m := &markup{raw: encode(fields)}
	if err := json.Unmarshal(fields["inline_keyboard"], &m.rows); err != nil {
		return nil, badRequest("can't parse inline keyboard: " + err.Error()) // unreachable: the schema was checked
	}
	var kept [][]Button
	for _, row := range m.rows {
		if len(row) == 0 {
			continue
		}
		kept = append(kept, row)
		for _, b := range row {
			switch {
			case b.Label == "":
				return nil, badRequest("Button text must be non-empty")
			case !slices.Contains([]string{"", "danger", "success", "primary"}, b.Style):
				return nil, badRequest("invalid button style specified")
			}
		}
	}
	m.rows = kept
	if len(kept) == 0 {
		return nil, nil
	}
	return m, nil
}
