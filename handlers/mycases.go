package handlers

import (
	"context"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// caseLists lists the cases in which somebody voted, and those about them.
type caseLists interface {
	caseByID
	ownBallots
	About(ctx context.Context, person int64, limit int) ([]moderation.CaseRef, error)
}

// ownCases lists somebody's own cases.
type ownCases struct {
	*base
	store caseLists
}

// mineListed is how many cases of each kind are listed.
const mineListed = 8

// myCases is /mycases in private. It lists the cases that somebody reported or voted in, as long as that is
// kept, and the decisions about them. Beside each stands what they can do about it.
func (h ownCases) myCases(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if err := h.court.Private(ctx, cmd.Update, cmd.Message.From.ID, true); err != nil {
		return nil, err
	}
	voted, ballots, err := h.store.Voted(ctx, cmd.Message.From.ID, mineListed)
	if err != nil {
		return nil, err
	}
	about, err := h.store.About(ctx, cmd.Message.From.ID, mineListed)
	if err != nil {
		return nil, err
	}
	if len(voted)+len(about) == 0 {
		return cmd.Answer(cmd.Printer.Text("mycases.none", nil), nil), nil
	}
	var lines []string
	var rows [][]wire.Button
	for i, ref := range slices.Concat(voted, about) {
		var cast *moderation.Ballot
		if i < len(voted) {
			cast = &ballots[i]
		}
		switch i {
		case len(voted):
			lines = append(lines, "", cmd.Printer.Text("mycases.about", nil))
		case 0:
			lines = append(lines, cmd.Printer.Text("mycases.voted", nil))
		}
		line, buttons, err := h.myCase(ctx, cmd.Message.From.Language, ref, cast)
		if err != nil {
			return nil, err
		}
		lines, rows = append(lines, line), append(rows, buttons)
	}
	return cmd.Answer(strings.TrimSpace(strings.Join(lines, "\n")), rows), nil
}

// myCase is a case in a line, for the one who voted in it or whom it is about.
func (h ownCases) myCase(ctx context.Context, language string, ref moderation.CaseRef, cast *moderation.Ballot) (string, []wire.Button, error) {
	cs, err := h.store.Case(ctx, ref.Chat, ref.ID)
	if err != nil {
		return "", nil, err
	}
	chat, err := h.chats.Chat(ctx, ref.Chat)
	if err != nil {
		return "", nil, err
	}
	p, err := h.printer(ctx, ref.Chat, language)
	if err != nil {
		return "", nil, err
	}
	line, buttons := view.MyCaseLine(p, chat, cs, h.find.Title(ctx, ref.Chat), cast, h.now())
	return line, buttons, nil
}
