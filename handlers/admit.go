package handlers

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// What takes from a budget. Everything else is always taken: what people write to each other, who comes and goes, what the bot
// may do, and the service messages of groups and channels. Those in private are somebody's own, such as a message that is pinned
// again and again.
const (
	spendsNothing = ""
	spendsCommand = "command"
	spendsPress   = "press"
	spendsPrivate = "private"
)

// Admit implements [bot.Handler]: each person has a budget over commands, presses and private messages. What is beyond it costs
// no transaction, and no call but one that says so.
func (h *Handlers) Admit(u *wire.Update) (admitted bool, calls []wire.Call) {
	if m := u.Membership; m != nil {
		h.budgets.learn(m.Chat.ID, m.User.ID, m.New.Admin())
	}
	what, by := h.spends(u)
	if what == spendsNothing {
		return true, nil
	}
	taken, again := h.budgets.spend(u.ID, by, h.sent(u))
	if taken || again {
		return taken, nil
	}
	if h.OnOverBudget != nil {
		h.OnOverBudget(what)
	}
	return false, h.overBudget(u, by, what)
}

// spends says what an update takes, and from whose budget.
func (h *Handlers) spends(u *wire.Update) (what string, by spender) {
	m := u.Message
	switch {
	case u.Callback != nil:
		return spendsPress, spender{u.Chat(), u.Callback.From.ID}
	case m == nil || m.Service != wire.ServiceNone && !m.Chat.Private():
		return spendsNothing, spender{}
	}
	by = spender{chat: m.Chat.ID}
	if user, chat := m.Writer(); chat != nil {
		by.person = chat.ID
	} else if user != nil {
		by.person = user.ID
	}
	if _, ok := h.commands.command(u); ok {
		return spendsCommand, by
	}
	if m.Chat.Private() || m.Chat.Direct || m.EphemeralID != 0 {
		return spendsPrivate, by
	}
	return spendsNothing, by
}

// sent is when somebody sent an update, as far as Telegram says so: not for presses, nor when a message was edited.
func (h *Handlers) sent(u *wire.Update) time.Time {
	now := h.now()
	if m := u.Message; m != nil && !u.Edited && m.Date != 0 && m.Time().Before(now) {
		return m.Time()
	}
	return now
}

// overBudget says that an update is not handled. A press is always answered, since its app waits, and must not look as if it
// counted. Of commands and private messages the first is answered, until the budget is full again; but not where others would
// read the answer. A command that everybody saw is removed.
func (h *Handlers) overBudget(u *wire.Update, by spender, what string) []wire.Call {
	m := u.Message
	switch {
	case what == spendsPress:
		return []wire.Call{wire.AnswerCallback(u.Callback.ID, view.TooFastToast(&u.Callback.From), false)}
	case m.Chat.Group() && m.EphemeralID == 0:
		return h.commandsOverBudget.add(m)
	}
	cmd := &request.Command{Update: u.ID, Message: m}
	if m.Chat.Direct || u.Edited || cmd.Masked() || !h.budgets.tell(by) {
		return nil
	}
	return cmd.Answer(view.TooFastText(m.From), nil)
}
