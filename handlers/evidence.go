package handlers

import (
	"cmp"
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// evidence is what a message says, for the admins.
func evidence(m *bot.Message) moderation.Evidence {
	e := said(m)
	e.SentAt = m.Time()
	e.Name, e.Handle = writerOf(m)
	return e
}

// said is what a message says, without who wrote it.
func said(m *bot.Message) moderation.Evidence {
	e := moderation.Evidence{Text: m.Text, Media: m.Media}
	for _, x := range m.Entities {
		e.Entities = append(e.Entities, moderation.Entity{Type: x.Type, Offset: x.Offset, Length: x.Length, URL: x.URL, Language: x.Language, User: x.User, Emoji: x.CustomEmoji})
	}
	if m.File.ID != "" {
		e.Files = []moderation.Medium{{Kind: m.Media, ID: m.File.ID, Unique: m.File.Unique, Name: m.File.Name, Size: m.File.Size}}
	}
	for _, f := range m.More {
		if f.ID != "" {
			e.Files = append(e.Files, moderation.Medium{Kind: f.Media, ID: f.ID, Unique: f.Unique, Name: f.Name, Size: f.Size})
		}
	}
	e.Reply = repliedTo(m)
	return e
}

// repliedTo is what people see above a message that replies to another: the words that it quotes, or else that message.
func repliedTo(m *bot.Message) *moderation.Replied {
	switch to := m.ReplyTo; {
	case to != nil && to.ID != 0 && to.Service == bot.ServiceNone:
		name, _ := writerOf(to)
		return &moderation.Replied{Name: name, Text: view.Shorten(cmp.Or(m.Quote, to.Text), view.EvidenceShort), Media: to.Media}
	case m.External != nil:
		return &moderation.Replied{Name: originName(m.External.Origin), Text: view.Shorten(m.Quote, view.EvidenceShort), Media: m.External.Media}
	default:
		return nil
	}
}

// originName is who wrote a message that is elsewhere.
func originName(o bot.Origin) string {
	switch {
	case o.Chat != nil:
		return view.Shorten(o.Chat.Title, view.NameKept)
	case o.User != nil:
		return view.FullName(o.User)
	default:
		return view.Shorten(o.Name, view.NameKept)
	}
}

// writerOf is who wrote a message, as Telegram shows them.
func writerOf(m *bot.Message) (name, handle string) {
	user, chat := m.Writer()
	switch {
	case chat != nil:
		return view.Shorten(chat.Title, view.NameKept), chat.Username
	case user != nil:
		return view.FullName(user), user.Username
	default:
		return "", ""
	}
}

// showEvidence is 🔍: the message as it was, for the presser alone.
func (h *Handlers) showEvidence(ctx context.Context, t *tap) ([]bot.Call, error) {
	if _, err := h.court.Note(ctx, t.update, t.chat); err != nil {
		return nil, err
	}
	if !t.m.Chat.Private() && !t.m.Chat.Group() {
		return h.showEvidenceInChannel(ctx, t)
	}
	shown, err := h.exhibit(ctx, t.printer, t.chat, t.subject, t.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	calls := []bot.Call{bot.AnswerCallback(t.id, "", false)}
	for _, call := range shown {
		if t.m.Chat.Group() {
			call = call.Thread(topicAt(t.m)).Ephemeral(t.who.ID, t.id, 0)
		}
		calls = append(calls, call)
	}
	return calls, nil
}

// showEvidenceInChannel shows it below the entry of the log, if Telegram can show something to one person there. Else it
// goes to their private chat.
func (h *Handlers) showEvidenceInChannel(ctx context.Context, t *tap) ([]bot.Call, error) {
	shown, err := h.exhibit(ctx, t.printer, t.chat, t.subject, t.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	for i, call := range shown {
		shown[i] = call.AnswerPress(t.id)
	}
	// It is tried before the press is answered, for the answer leads to the private chat if it fails.
	if _, err := h.do(ctx, shown[0]); err != nil {
		h.log.Debug("handlers: evidence cannot be shown in a channel", "error", err)
		return h.sendEvidence(ctx, t)
	}
	return append([]bot.Call{bot.AnswerCallback(t.id, "", false)}, shown[1:]...), nil
}

// sendEvidence sends it to the private chat of who pressed, to which they are led if they never opened it.
func (h *Handlers) sendEvidence(ctx context.Context, t *tap) ([]bot.Call, error) {
	private, err := h.memory.Private(ctx, t.who.ID)
	if err != nil {
		return nil, err
	}
	if !private {
		chat, err := h.memory.Chat(ctx, t.chat)
		if err != nil {
			return nil, err
		}
		return []bot.Call{bot.AnswerCallbackURL(t.id, view.EvidenceLink(h.tg.Me().Username, chat.Ref, t.subject))}, nil
	}
	shown, err := h.exhibit(ctx, t.printer, t.chat, t.subject, t.who.ID)
	if err != nil {
		return nil, err
	}
	return append([]bot.Call{bot.AnswerCallback(t.id, t.printer.Text("evidence.sent", nil), false)}, shown...), nil
}

// exhibit shows the message that a case is about, marked as evidence: its words, and its files behind them.
func (h *Handlers) exhibit(ctx context.Context, p locale.Printer, chat int64, id string, to int64) ([]bot.Call, error) {
	cs, err := h.memory.Case(ctx, chat, id)
	if err != nil && !errors.Is(err, moderation.ErrNoCase) {
		return nil, err
	}
	e, kept, err := h.memory.Evidence(ctx, chat, id)
	if err != nil {
		return nil, err
	}
	if !kept || cs.Hidden() {
		return []bot.Call{bot.SendMessage(to, p.Text("evidence.gone", locale.Args{"case": id}))}, nil
	}
	files, missing, err := h.files(ctx, chat, id, e.Files, to)
	if err != nil {
		return nil, err
	}
	texts, entities := view.ExhibitTexts(p, id, e, missing)
	calls := []bot.Call{bot.SendMessage(to, texts[0]).NoPreview().Entities(entities)}
	for _, text := range texts[1:] {
		calls = append(calls, bot.SendMessage(to, text).NoPreview())
	}
	return append(calls, files...), nil
}

// files sends the files of evidence again, from what is kept or, if they are too large for that, as Telegram has them.
// Those that cannot be sent at all are returned, to be named.
func (h *Handlers) files(ctx context.Context, chat int64, id string, all []moderation.Medium, to int64) (calls []bot.Call, missing []moderation.Medium, err error) {
	for i, m := range all {
		data, kept, err := h.memory.Medium(ctx, chat, id, i)
		switch {
		case err != nil:
			return nil, nil, err
		case kept:
			calls = append(calls, bot.Upload(to, m.Kind, view.FileName(m), data))
		default:
			missing = append(missing, m)
			calls = append(calls, bot.SendMedia(to, m.Kind, m.ID, ""))
		}
	}
	return calls, missing, nil
}

// startEvidence answers the start parameter of [evidenceLink].
func (h *Handlers) startEvidence(ctx context.Context, a *ask, ref int64, id string) ([]bot.Call, error) {
	chat, err := h.memory.ChatByRef(ctx, ref)
	if errors.Is(err, moderation.ErrNoChat) {
		return a.answer(a.printer.Text("about.none", nil), nil), nil
	}
	if err != nil {
		return nil, err
	}
	who, err := h.resolve.member(ctx, chat.ID, a.m.From)
	if err != nil {
		return nil, err
	}
	if !who.Admin {
		return a.answer(a.printer.Text("about.none", nil), nil), nil
	}
	return h.exhibit(ctx, a.printer, chat.ID, id, a.m.Chat.ID)
}
