package deliver

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// reporters answers who reported in private.
type reporters struct{ teller }

// answer sends the answer, unless the reporter wiped since. If the report counts, what the reporter sent is deleted before, so that
// it is not left if the answer is all that comes.
func (h reporters) answer(ctx context.Context, e moderation.TellReporter) error {
	if wiped, err := h.wiped(ctx, e.To.ID, e.Asked); err != nil || wiped {
		return err
	}
	call, err := h.worded(ctx, e)
	if err != nil {
		return h.settled(err)
	}
	if counts := e.Receipt.Case != "" && e.Receipt.Refused == "" || e.Receipt.Complaint || e.Receipt.Practice != 0; counts && len(e.Messages) > 0 {
		if _, err := h.Do(ctx, wire.DeleteMessages(e.To.ID, h.along(e))); h.settled(err) != nil {
			return err
		}
	} else if len(e.Messages) > 0 {
		call = call.ReplyTo(e.Messages[0])
	}
	call = call.NoPreview()
	if e.Receipt.Practice == 0 { // of a practice nothing is kept, not even which message told of it
		call = view.Wipeable(locale.In(locale.Match(e.To.Language, locale.Default)), call)
	}
	_, err = h.Do(ctx, call)
	if wire.KindOf(err) == wire.KindBlocked {
		return h.court.Private(ctx, 0, e.To.ID, false)
	}
	return h.settled(err)
}

// along is what the reporter sent, all items of an album included that are known.
func (h reporters) along(e moderation.TellReporter) []int64 {
	if h.SentAlong == nil {
		return e.Messages
	}
	return h.SentAlong(e.To.ID, e.Messages)
}

// worded is the answer without what it replies to.
func (h reporters) worded(ctx context.Context, e moderation.TellReporter) (wire.Call, error) {
	if len(e.Receipt.Which) > 0 {
		return h.question(ctx, e)
	}
	chat, err := h.store.ChatByRef(ctx, e.Receipt.Group)
	if e.Receipt.Group == 0 || errors.Is(err, moderation.ErrNoChat) {
		p := locale.In(locale.Match(e.To.Language, locale.Default))
		return wire.SendMessage(e.To.ID, p.Text("private.none", nil)), nil
	}
	if err != nil {
		return wire.Call{}, err
	}
	p := view.PrinterFor(chat, e.To.Language, h.now())
	title, err := h.find.Name(ctx, chat.ID)
	if err != nil {
		return wire.Call{}, err
	}
	text, rows, err := view.PrivateConfirmation(p, chat, title, e.Receipt)
	call := wire.SendMessage(e.To.ID, text)
	if len(rows) > 0 {
		call = call.Keyboard(rows)
	}
	return call, err
}

// question asks in which group the message is that they mean.
func (h reporters) question(ctx context.Context, e moderation.TellReporter) (wire.Call, error) {
	p := locale.In(locale.Match(e.To.Language, locale.Default))
	var rows [][]wire.Button
	for _, m := range e.Receipt.Which {
		chat, err := h.store.ChatByRef(ctx, m.Group)
		if err != nil {
			return wire.Call{}, err
		}
		title, err := h.find.Name(ctx, chat.ID)
		if err != nil {
			return wire.Call{}, err
		}
		rows = append(rows, []wire.Button{{Text: title, Data: view.PickedData(m.Group, m.Message, m.Rule, false)}})
	}
	return wire.SendMessage(e.To.ID, p.Text("private.which", nil)).Keyboard(rows), nil
}
