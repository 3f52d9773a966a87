package methods

import (
	"encoding/json"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// readMarkup reads the reply_markup of a call. Keyboards that are not inline
// are accepted and not shown; only force_reply is remembered by apps, and
// the simulated ones have nothing to do with it.
func readMarkup(p params.Params) (*world.Markup, *wire.Error) {
	var fields map[string]json.RawMessage
	if !p.Object("reply_markup", &fields) || fields["inline_keyboard"] == nil {
		return nil, nil
	}
	m := &world.Markup{Raw: wire.Encode(fields)}
	if err := json.Unmarshal(fields["inline_keyboard"], &m.Rows); err != nil {
		return nil, wire.BadRequest("can't parse inline keyboard: " + err.Error()) // unreachable: the schema was checked
	}
	var kept [][]wire.Button
	for _, row := range m.Rows {
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
	m.Rows = kept
	if len(kept) == 0 {
		return nil, nil
	}
	return m, nil
}
