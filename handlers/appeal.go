package handlers

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// appeal is ⚖️: the author is asked for their sentence, or, having none, appeals without.
func (h *Handlers) appeal(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	plea := moderation.Plea{Update: t.Update, Chat: t.ChatID, Case: t.Subject, Author: t.Who.ID}
	if t.Choice == view.ChoiceSkip {
		cs, err := h.court.Appeal(ctx, plea)
		if err != nil {
			return t.Refuse(err)
		}
		return t.Become(view.FiledText(t.Printer, cs), nil), nil
	}
	cs, err := h.court.AskWhy(ctx, plea)
	if err != nil {
		return t.Refuse(err)
	}
	chat, err := h.memory.Chat(ctx, t.ChatID)
	if err != nil {
		return nil, err
	}
	ask := view.WhyCall(t.Printer, t.Message.Chat.ID, chat.Ref, cs)
	if t.Message.Chat.Group() {
		ask = ask.Thread(request.TopicAt(t.Message)).Ephemeral(t.Who.ID, t.ID, 0)
	}
	return []bot.Call{bot.AnswerCallback(t.ID, "", false), ask}, nil
}

// answers reports whether a message may be somebody's sentence: a reply to the bot in private, or what only the
// bot sees in a group.
func (h *Handlers) answers(m *bot.Message) bool {
	switch {
	case m.From == nil || m.From.Bot:
		return false
	case m.Chat.Private():
		return m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == h.tg.Me().ID
	default:
		return m.Chat.Group() && m.EphemeralID != 0
	}
}

// sentence takes what an author says against their verdict, if that is what they were asked for.
func (h *Handlers) sentence(ctx context.Context, u *bot.Update) ([]bot.Call, error) {
	m := u.Message
	about, found, err := h.memory.Asked(ctx, m.From.ID)
	switch {
	case err != nil:
		return nil, err
	case m.Chat.Private() && (!found || !strings.Contains(m.ReplyTo.Text, about.ID)): // or a reply to something else
		return h.private(ctx, u)
	case !found || m.Chat.Group() && about.Chat != m.Chat.ID:
		_, err := h.court.Note(ctx, u.ID, m.Chat.ID)
		return nil, err
	}
	a := &request.Command{Update: u.ID, Message: m}
	if a.Printer, err = h.printer(ctx, about.Chat, m.From.Language); err != nil {
		return nil, err
	}
	words := strings.TrimSpace(m.Text)
	if words == "" || strings.Contains(words, "\n") || utf8.RuneCountInString(words) > moderation.MaxSentence {
		return h.say(ctx, a, "appeal.wrong", locale.Args{"case": about.ID})
	}
	cs, err := h.court.Appeal(ctx, moderation.Plea{Update: u.ID, Chat: about.Chat, Case: about.ID, Author: m.From.ID, Words: words})
	return a.Reply(view.FiledText(a.Printer, cs), nil, err)
}

// appealsListed is how many cases are offered at once.
const appealsListed = 10

// appealList is /appeal in private: what the asker can contest.
func (h *Handlers) appealList(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	if err := h.court.Private(ctx, a.Update, a.Message.From.ID, true); err != nil {
		return nil, err
	}
	refs, err := h.memory.About(ctx, a.Message.From.ID, appealsListed)
	if err != nil {
		return nil, err
	}
	var rows [][]bot.Button
	for _, ref := range refs {
		cs, err := h.memory.Case(ctx, ref.Chat, ref.ID)
		if errors.Is(err, moderation.ErrNoCase) || err == nil && !view.Contestable(cs, h.now()) {
			continue
		}
		if err != nil {
			return nil, err
		}
		chat, err := h.memory.Chat(ctx, ref.Chat)
		if err != nil {
			return nil, err
		}
		if !chat.Rights.Member {
			continue // nobody there could be asked
		}
		label := view.Shorten("⚖️ "+cs.ID+" · "+h.find.Title(ctx, ref.Chat), view.WordsKept)
		rows = append(rows, []bot.Button{view.Coloured(bot.Button{Text: label, Data: view.GroupData(view.ButtonAppeal, chat.Ref, cs.ID)})})
	}
	if len(rows) == 0 {
		return a.Answer(a.Printer.Text("appeal.none", nil), nil), nil
	}
	return a.Answer(a.Printer.Text("appeal.which", nil), rows), nil
}
