package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// ask is a command that somebody gave.
type ask struct {
	update  int64
	m       *bot.Message
	args    string
	public  bool                 // everybody saw it
	stands  bool                 // and sees it still, since the bot may not remove it
	seen    *moderation.Sighting // the message it replies to, if Telegram did not send that along
	printer locale.Printer
	who     moderation.Member // of an admin's command: who gives it, as Telegram knows them now
}

// run gives a command to its route. What everybody saw is removed before anything slower is done.
func (h *Handlers) run(ctx context.Context, u *bot.Update, cmd invocation) ([]bot.Call, error) {
	m := u.Message
	a := &ask{update: u.ID, m: m, args: cmd.args, public: m.Chat.Group() && m.EphemeralID == 0}
	if a.public {
		left, err := h.removeNow(ctx, m)
		if err != nil {
			return nil, err
		}
		a.stands = left == commandStands
	}
	if byBot(m) {
		return nil, h.noted(ctx, a)
	}
	var chat int64
	if m.Chat.Group() {
		chat = m.Chat.ID
	}
	var err error
	if a.printer, err = h.printer(ctx, chat, language(m.From)); err != nil {
		return nil, err
	}
	if err := h.resolve.findReplied(ctx, a); err != nil {
		return nil, err
	}
	if m.Chat.Group() {
		if answer, done, err := h.mayAsk(ctx, a, cmd.who); done {
			return answer, err
		}
	}
	calls, err := cmd.run(h, ctx, a)
	if errors.Is(err, lookup.ErrUnsure) {
		return h.say(ctx, a, "try_again", nil)
	}
	return calls, err
}

// mayAsk turns away who cannot be answered, and who is no admin but would have to be.
func (h *Handlers) mayAsk(ctx context.Context, a *ask, needs who) (answer []bot.Call, done bool, err error) {
	switch {
	case needs == anyone:
		return nil, false, nil
	case needs == admins && a.m.AnonymousAdmin():
		if a.who, err = h.resolve.anonymous(ctx, a.m.Chat.ID); errors.Is(err, lookup.ErrUnsure) {
			answer, err = h.say(ctx, a, "try_again", nil)
			return answer, true, err
		}
		return nil, err != nil, err
	case needs == unmasked && a.m.AnonymousAdmin():
		answer, err = h.say(ctx, a, "anonymous", nil)
		return answer, true, err
	case needs == owner && a.m.AnonymousAdmin():
		answer, err = h.say(ctx, a, "pause.anonymous", nil)
		return answer, true, err
	case a.masked():
		return nil, true, h.noted(ctx, a) // there is no one whom only they could see answered
	case needs == persons:
		return nil, false, nil
	}
	a.who, err = h.resolve.member(ctx, a.m.Chat.ID, a.m.From)
	switch {
	case errors.Is(err, lookup.ErrUnsure):
		answer, err = h.say(ctx, a, "try_again", nil)
		return answer, true, err
	case err != nil:
		return nil, true, err
	case needs == owner && !a.who.Owner:
		answer, err = h.say(ctx, a, "refuse."+string(moderation.RefuseNotOwner), nil)
		return answer, true, err
	case !a.who.Admin:
		answer, err = h.say(ctx, a, "refuse."+string(moderation.RefuseNotAdmin), nil)
		return answer, true, err
	}
	return nil, false, nil
}

// masked reports whether it cannot be told who asks: they write in the name of a channel or of the
// group, and the user that Telegram gives is a stand-in.
func (a *ask) masked() bool { return a.m.From == nil || a.m.From.Bot || a.m.SenderChat != nil }

// byBot reports whether another bot wrote a message in its own name. It is never answered: the two might never end.
func byBot(m *bot.Message) bool { return m.From != nil && m.From.Bot && m.SenderChat == nil }

// noted marks the update as handled without an answer.
func (h *Handlers) noted(ctx context.Context, a *ask) error {
	_, err := h.court.Note(ctx, a.update, group(a.m))
	return err
}

// say answers with a text, and marks the update as handled.
func (h *Handlers) say(ctx context.Context, a *ask, key string, args locale.Args) ([]bot.Call, error) {
	if err := h.noted(ctx, a); err != nil {
		return nil, err
	}
	return a.answer(a.printer.Text(key, args), nil), nil
}

// reply answers a command whose effects are committed: with text, or with why not.
func (a *ask) reply(text string, rows [][]bot.Button, err error) ([]bot.Call, error) {
	if err != nil {
		why, err := view.Refusal(a.printer, err)
		if err != nil {
			return nil, err
		}
		return a.answer(why, nil), nil
	}
	return a.answer(text, rows), nil
}

// answer is seen only by who asked: ephemerally in a group, else in the private chat. Who writes
// behind a mask cannot be addressed; what they may ask at all is answered in the group, quietly.
func (a *ask) answer(text string, rows [][]bot.Button) []bot.Call {
	if a.stands {
		text += "\n\n" + a.printer.Text("visible.still", nil)
	}
	call := bot.SendMessage(a.m.Chat.ID, text).NoPreview()
	if len(rows) > 0 {
		call = call.Keyboard(rows)
	}
	return []bot.Call{a.addressed(call)}
}

// addressed makes what is sent seen only by who asked, as [ask.answer] does.
func (a *ask) addressed(call bot.Call) bot.Call {
	if !a.m.Chat.Group() {
		return call
	}
	call = call.Thread(topicAt(a.m))
	if a.masked() {
		return call.Quiet()
	}
	return call.Ephemeral(a.m.From.ID, "", a.m.EphemeralID)
}

// did answers who did something to somebody. One who writes in the group's name is not answered, or all
// would read whom it was done to; the other admins are told, and so are they.
func (a *ask) did(text string, err error) ([]bot.Call, error) {
	if err == nil && a.masked() {
		return nil, nil
	}
	return a.reply(text, nil, err)
}

// What becomes of a command that everybody saw.
type left int

const (
	commandRemoved left = iota // or it soon will be
	commandGone                // somebody removed it before
	commandStands              // since the bot may not remove it
)

// removeNow removes a command that everybody saw. If Telegram cannot do it at once it is kept for
// later; if the bot may not, it is done when the right is there, and until then the command stands.
func (h *Handlers) removeNow(ctx context.Context, m *bot.Message) (left, error) {
	call := bot.DeleteMessages(m.Chat.ID, []int64{m.ID})
	if booked, err := h.tg.Book(ctx, call); err != nil || !booked.OK {
		return commandRemoved, h.later(ctx, call)
	}
	_, err := h.tg.Do(ctx, call)
	switch bot.KindOf(err) {
	case bot.KindTemporary, bot.KindTooMany:
		return commandRemoved, h.later(ctx, call)
	case bot.KindNoRights:
		return commandStands, h.removeLater(ctx, m)
	case bot.KindOK:
		return commandRemoved, nil
	case bot.KindGone:
		return commandGone, nil
	default:
		h.log.Info("handlers: a visible command could not be removed", "error", err)
		return commandStands, nil
	}
}

// removeLater has a command removed when the bot may. If it may already, and Telegram refuses all the
// same, it never will be.
func (h *Handlers) removeLater(ctx context.Context, m *bot.Message) error {
	if may, err := h.find.MayDelete(ctx, m.Chat.ID); err == nil && may {
		return nil
	}
	gone := moderation.Effect{Kind: moderation.EffectDelete, Messages: []int64{m.ID}}
	return h.court.Do(ctx, m.Chat.ID, []moderation.Effect{gone})
}

// group is the chat of a message if it is a group, else 0.
func group(m *bot.Message) int64 {
	if m.Chat.Group() {
		return m.Chat.ID
	}
	return 0
}

func language(u *bot.User) string {
	if u == nil {
		return ""
	}
	return u.Language
}
