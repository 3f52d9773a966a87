package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/casefile"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// evidenceStore is what is shown of a case as evidence.
type evidenceStore interface {
	caseByID
	casefile.Cases
	casefile.Media
	groupsByRef
	privateChats
}

// evidences shows messages as evidence.
type evidences struct {
	*base
	store evidenceStore
	send  sender
}

// showEvidence is 🔍: it shows the message as it was, only to who pressed.
func (h evidences) showEvidence(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if _, err := h.court.Note(ctx, cb.Update, cb.ChatID); err != nil {
		return nil, err
	}
	if !cb.Message.Chat.Private() && !cb.Message.Chat.Group() {
		return h.showEvidenceInChannel(ctx, cb)
	}
	show := h.evidenceCalls
	if cb.Choice == view.ChoiceCase {
		show = h.caseCalls(cb.Group)
	}
	shown, err := show(ctx, cb.Printer, cb.ChatID, cb.Subject, cb.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	calls := []wire.Call{wire.AnswerCallback(cb.ID, "", false)}
	for _, call := range shown {
		if cb.Message.Chat.Group() {
			call = call.Thread(request.TopicAt(cb.Message)).Ephemeral(cb.Who.ID, cb.ID, 0)
		}
		calls = append(calls, call)
	}
	return calls, nil
}

// showEvidenceInChannel shows evidence below the log entry, if Telegram can show it to one person there. Otherwise it
// goes to their private chat.
func (h evidences) showEvidenceInChannel(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	shown, err := h.evidenceCalls(ctx, cb.Printer, cb.ChatID, cb.Subject, cb.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	for i, call := range shown {
		shown[i] = call.ForCallback(cb.ID)
	}
	// It is tried before the press is answered, for the answer leads to the private chat if it fails.
	if _, err := h.send(ctx, shown[0]); err != nil {
		h.log.Debug("handlers: evidence cannot be shown in a channel", "error", err)
		return h.sendEvidence(ctx, cb)
	}
	return append([]wire.Call{wire.AnswerCallback(cb.ID, "", false)}, shown[1:]...), nil
}

// sendEvidence shows evidence in the private chat of who pressed. If they never opened that chat, they are led there.
func (h evidences) sendEvidence(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	private, err := h.store.Private(ctx, cb.Who.ID)
	if err != nil {
		return nil, err
	}
	if !private {
		chat := cb.Group
		return []wire.Call{wire.AnswerCallbackURL(cb.ID, view.EvidenceLink(h.find.Me().Username, chat.Ref, cb.Subject))}, nil
	}
	shown, err := h.evidenceCalls(ctx, cb.Printer, cb.ChatID, cb.Subject, cb.Who.ID)
	if err != nil {
		return nil, err
	}
	return append([]wire.Call{wire.AnswerCallback(cb.ID, cb.Printer.Text("evidence.sent", nil), false)}, shown...), nil
}

// evidenceCalls show the message of a case as evidence: its text, and then its files.
func (h evidences) evidenceCalls(ctx context.Context, p locale.Printer, chat int64, id string, to int64) ([]wire.Call, error) {
	cs, err := h.store.Case(ctx, chat, id)
	if err != nil && !errors.Is(err, moderation.ErrNoCase) {
		return nil, err
	}
	e, kept, err := h.store.Evidence(ctx, chat, id)
	if err != nil {
		return nil, err
	}
	if !kept || cs.Hidden() {
		return []wire.Call{wire.SendMessage(to, p.Text("evidence.gone", locale.Args{"case": id}))}, nil
	}
	files, missing, err := casefile.Files(ctx, h.store, chat, id, e.Files, to)
	if err != nil {
		return nil, err
	}
	texts, entities := view.EvidenceTexts(p, id, e, missing)
	calls := []wire.Call{wire.SendMessage(to, texts[0]).NoPreview().Entities(entities)}
	for _, text := range texts[1:] {
		calls = append(calls, wire.SendMessage(to, text).NoPreview())
	}
	return append(calls, files...), nil
}

// caseCalls show a case of a group with what can be done about it, as /case does.
func (h evidences) caseCalls(group moderation.Chat) func(ctx context.Context, p locale.Printer, chat int64, id string, to int64) ([]wire.Call, error) {
	return func(ctx context.Context, p locale.Printer, chat int64, id string, to int64) ([]wire.Call, error) {
		cs, err := h.store.Case(ctx, chat, id)
		if errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Hidden() {
			return []wire.Call{wire.SendMessage(to, p.Text("case.none", nil))}, nil
		}
		if err != nil {
			return nil, err
		}
		f, err := casefile.Load(ctx, h.store, group, cs)
		if err != nil {
			return nil, err
		}
		text := view.CaseText(p, f, h.now(), true)
		if to != chat {
			text = view.InGroupText(p, h.find.Title(ctx, chat), text)
		}
		return []wire.Call{wire.SendMessage(to, text).NoPreview().Keyboard(view.CaseButtons(p, group, cs, h.now()))}, nil
	}
}

// startEvidence answers the start parameter of [evidenceLink].
func (h evidences) startEvidence(ctx context.Context, cmd *request.Command, ref int64, id string) ([]wire.Call, error) {
	chat, err := h.store.ChatByRef(ctx, ref)
	if errors.Is(err, moderation.ErrNoChat) {
		return cmd.Answer(cmd.Printer.Text("about.none", nil), nil), nil
	}
	if err != nil {
		return nil, err
	}
	who, err := h.resolve.Member(ctx, chat.ID, cmd.Message.From)
	if err != nil {
		return nil, err
	}
	if !who.Admin {
		return cmd.Answer(cmd.Printer.Text("about.none", nil), nil), nil
	}
	return h.evidenceCalls(ctx, cmd.Printer, chat.ID, id, cmd.Message.Chat.ID)
}
