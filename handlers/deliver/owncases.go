package deliver

import (
	"context"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// mineListed is how many cases of each kind are listed.
const mineListed = 8

// sendCases sends a person the cases that they reported or voted in, as long as that is kept, and the decisions about them.
// Beside each stands what they can do about it.
func (h own) sendCases(ctx context.Context, e moderation.SendCases) error {
	text, rows, err := h.list(ctx, e.To)
	if err != nil {
		return h.later(err)
	}
	call := wire.SendMessage(e.To.ID, text).NoPreview()
	if len(rows) > 0 {
		call = call.Keyboard(rows)
	}
	return h.answer(ctx, view.Wipeable(h.spoken(e.To), call))
}

func (h own) list(ctx context.Context, to moderation.Person) (string, [][]wire.Button, error) {
	voted, _, err := h.store.Voted(ctx, to.ID, mineListed)
	if err != nil {
		return "", nil, err
	}
	about, err := h.store.About(ctx, to.ID, mineListed)
	if err != nil {
		return "", nil, err
	}
	p := h.spoken(to)
	if len(voted)+len(about) == 0 {
		return p.Text("mycases.none", nil), nil, nil
	}
	var lines []string
	var rows [][]wire.Button
	for i, ref := range slices.Concat(voted, about) {
		switch i {
		case len(voted):
			lines = append(lines, "", p.Text("mycases.about", nil))
		case 0:
			lines = append(lines, p.Text("mycases.voted", nil))
		}
		line, buttons, err := h.myCase(ctx, to, ref, i < len(voted))
		if err != nil {
			return "", nil, err
		}
		lines, rows = append(lines, line), append(rows, buttons)
	}
	return strings.TrimSpace(strings.Join(lines, "\n")), rows, nil
}

// myCase is a case in a line, for the one who voted in it or whom it is about.
func (h own) myCase(ctx context.Context, to moderation.Person, ref moderation.CaseRef, voted bool) (string, []wire.Button, error) {
	cs, err := h.store.Case(ctx, ref.Chat, ref.ID)
	if err != nil {
		return "", nil, err
	}
	chat, err := h.store.Chat(ctx, ref.Chat)
	if err != nil {
		return "", nil, err
	}
	p, err := h.printer(ctx, ref.Chat, to)
	if err != nil {
		return "", nil, err
	}
	line, buttons := view.MyCaseLine(p, chat, cs, h.find.Title(ctx, ref.Chat), voted, h.now())
	return line, buttons, nil
}
