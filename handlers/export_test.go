package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// ReadSetting is what a policy becomes by a setting that somebody typed. It says false if they are
// told what is allowed instead.
func ReadSetting(name, typed string, p moderation.Policy) (moderation.Policy, bool) {
	s, _ := settings.Find(name)
	err := s.Read(&p, typed)
	return p, err == nil && p.Validate() == nil
}

// For the golden texts: what is shown, worded in a language.

// Entry is what the admins are told, and the buttons under it.
func (h *Handlers) Entry(ctx context.Context, p locale.Printer, n moderation.News) (text string, rows [][]wire.Button, err error) {
	said, err := h.deliverer().Entry(ctx, p, 0, n, moderation.Person{})
	return said.Text, said.Rows, err
}

// Evidence is what 🔍 shows.
func (h *Handlers) Evidence(ctx context.Context, p locale.Printer, chat int64, id string) (string, error) {
	calls, err := h.exhibits.exhibit(ctx, p, chat, id, 1)
	if err != nil {
		return "", err
	}
	return calls[0].Params["text"].(string), nil
}

// Card is the vote card of a case.
func (h *Handlers) Card(p locale.Printer, cs moderation.Case, waits bool) (string, [][]wire.Button) {
	chat := moderation.Chat{Rights: moderation.Rights{Member: true, Delete: !waits}}
	return view.CardText(p, chat, cs), view.CardButtons(p, chat, cs, h.tg.Me().Username)
}

// Notice is what the author of a case reads in the group.
func Notice(p locale.Printer, cs moderation.Case) string {
	return view.NoticeText(p, moderation.Chat{Policy: moderation.DefaultPolicy()}, cs, "notice.group", nil)
}

// Menu is the settings menu, and its pages.
func Menu(p locale.Printer, chat moderation.Chat) (texts []string, rows [][][]wire.Button) {
	text, buttons := view.MenuPage(p, chat, "Chess club", true)
	texts, rows = append(texts, text), append(rows, buttons)
	for _, s := range settings.Shown() {
		text, buttons := view.SettingPage(p, chat, s)
		texts, rows = append(texts, text), append(rows, buttons)
	}
	return texts, rows
}

// DigestText is the caption of a digest.
func DigestText(p locale.Printer, d stats.Digest) (string, error) {
	said, err := view.DigestEntry(p, nil, d)
	return said.Text, err
}

// RulePages are the book and one rule's page, with their buttons.
func RulePages(p locale.Printer, chat moderation.Chat, id rulebook.RuleID) (texts []string, rows [][][]wire.Button) {
	book, listed := view.BookPage(p, chat)
	page, below := view.RulePage(p, chat, chat.Book.Rule(id))
	sure, asked := view.SurePage(p, chat, chat.Book.Rule(id))
	return []string{book, page, sure}, [][][]wire.Button{listed, below, asked}
}

// Silences are the groups of which Telegram did not say lately how many members they have.
type Silences struct{ of *silences }

// NewSilences returns none.
func NewSilences() *Silences { return &Silences{newSilences()} }

// Note notes that it did not say.
func (s *Silences) Note(chat int64, now time.Time) { s.of.Add(chat, now) }

// Last reports whether it did not say lately.
func (s *Silences) Last(chat int64, now time.Time) bool { return s.of.last(chat, now) }

// Len is how many there are.
func (s *Silences) Len() int { return s.of.Len() }

// KeepForLater has the handlers keep a call.
func KeepForLater(h *Handlers, ctx context.Context, call wire.Call) error {
	return h.commands.later(ctx, call)
}

// Fitted makes of the answers to a press what Telegram takes.
func Fitted(h *Handlers, ctx context.Context, p *wire.CallbackQuery, calls []wire.Call) []wire.Call {
	return h.callbacks.fitted(ctx, p, calls)
}

// Route takes a button's data apart, and says whether there is a handler for it.
func Route(data string) (parts []string, known bool) {
	p, ok := view.ParseCallbackData(data)
	if !ok {
		return nil, false
	}
	h := new(Handlers)
	for _, of := range []map[string]button{h.buttons(), h.ownButtons(), h.adminButtons()} {
		known = known || of[p.Button] != nil
	}
	return append([]string{p.Button}, p.Parts...), known || p.Button == view.ButtonForget
}

// deliverer delivers what the handlers decide.
func (h *Handlers) deliverer() *deliver.Deliverer {
	return deliver.New(h.court, h.memory, h.tg, h.now, h.log)
}

// Carry delivers an effect.
func (h *Handlers) Carry(ctx context.Context, e moderation.Effect) error {
	return h.deliverer().Deliver(ctx, e)
}

// CarryCall makes a call that could not be made at once.
func (h *Handlers) CarryCall(ctx context.Context, call wire.Call) error {
	return h.deliverer().Call(ctx, call)
}
