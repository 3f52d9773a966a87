package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// For the golden texts: what is shown, worded in a language.

// Evidence is what 🔍 shows.
func (h *Handlers) Evidence(ctx context.Context, p locale.Printer, chat int64, id string) (string, error) {
	calls, err := h.evidences.evidenceCalls(ctx, p, chat, id, 1)
	if err != nil {
		return "", err
	}
	return calls[0].Params["text"].(string), nil
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

// Budgets say whether an update is taken.
type Budgets struct{ of *budgets }

// NewBudgets returns full ones.
func NewBudgets(now func() time.Time) *Budgets { return &Budgets{newBudgets(now)} }

// Spend takes an update from the budget of a person in a chat.
func (b *Budgets) Spend(update, chat, person int64, sent time.Time) (taken, again bool) {
	return b.of.spend(update, spender{chat, person}, sent)
}

// Learn notes whether somebody is an admin.
func (b *Budgets) Learn(chat, person int64, admin bool) { b.of.learn(chat, person, admin) }

// Tell reports whether to tell somebody that their budget is empty.
func (b *Budgets) Tell(chat, person int64) bool { return b.of.tell(spender{chat, person}) }

// Len is how many there are.
func (b *Budgets) Len() int { return b.of.left.Len() }

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
	return append([]string{p.Button}, p.Parts...), known || p.Button == view.ButtonForget || p.Button == view.ButtonWipe
}

// FindCommand returns what finds the command that a word means.
func FindCommand() func(word string) string {
	return newHelpIndex(MemberCommands(), PrivateCommands(), AdminCommands()).find
}
