package handlers

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// chats knows the groups.
type chats interface {
	Chat(ctx context.Context, chat int64) (moderation.Chat, error)
}

// sender makes a call when Telegram's limits allow it.
type sender func(ctx context.Context, call wire.Call) (wire.Result, error)

// base is what every type needs that answers commands and buttons.
type base struct {
	court   *moderation.Court
	chats   chats
	find    lookup.Lookup
	resolve request.Resolver
	now     func() time.Time
	log     *slog.Logger
	budgets *budgets
	// OnMessageUnknown is told of presses that came without their message; nil for nobody. It must be quick.
	OnMessageUnknown func()
	// Slack is how many times longer than usual Telegram may take where somebody waits for something else; 0 means 1.
	Slack int
	// Within, if set, bounds how long something takes, by the clock that counts for the rest of the program.
	Within func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc)
	// ClockOff, if set, says how much later it is by the machine's clock than by Telegram's.
	ClockOff func() time.Duration
	// Full, if set, says why no group's files of evidence are kept, as it was when the hour began. So nobody who asks again and
	// again learns when something was reported.
	Full func() moderation.NoSpace
}

// noted marks the update as handled without an answer.
func (h *base) noted(ctx context.Context, cmd *request.Command) error {
	_, err := h.court.Note(ctx, cmd.Update, request.GroupID(cmd.Message))
	return err
}

// say answers with a text, and marks the update as handled.
func (h *base) say(ctx context.Context, cmd *request.Command, key string, args locale.Args) ([]wire.Call, error) {
	if err := h.noted(ctx, cmd); err != nil {
		return nil, err
	}
	return cmd.Answer(cmd.Printer.Text(key, args), nil), nil
}

// turnDown says why a command names nobody, or nobody to whom that can be done.
func (h *base) turnDown(ctx context.Context, cmd *request.Command, err error) ([]wire.Call, error) {
	why, err := view.Refusal(cmd.Printer, err)
	if err != nil {
		return nil, err
	}
	return cmd.Answer(why, nil), h.noted(ctx, cmd)
}

// printer speaks the language of a member, or the group's if we do not speak theirs. It tells times in the group's time
// zone.
func (h *base) printer(ctx context.Context, chat int64, language string) (locale.Printer, error) {
	if chat == 0 {
		return locale.In(locale.Match(language, locale.Default)).On(h.now()), nil
	}
	c, err := h.chats.Chat(ctx, chat)
	if err != nil {
		return locale.Printer{}, err
	}
	return view.PrinterFor(c, language, h.now()), nil
}

// reportTexts say how to report in a group.
func (h *base) reportTexts(chat moderation.Chat) view.ReportTexts {
	return view.ReportTextsIn(h.find.Me(), chat, h.now())
}

// lacking names those of the needed rights that the bot lacks now; empty if it has them. If Telegram does not answer,
// the rights that it told last count.
func (h *base) lacking(ctx context.Context, p locale.Printer, chat moderation.Chat, needed ...moderation.Right) string {
	rights, err := h.find.MyRights(ctx, chat)
	if err == nil && rights.Admin {
		chat.Rights = rights
	}
	var missing []moderation.Right
	for _, r := range chat.Missing() {
		if slices.ContainsFunc(needed, func(n moderation.Right) bool { return chat.Kind.Needs(n) == r }) {
			missing = append(missing, r)
		}
	}
	return view.RightNames(p, missing)
}

// sayUnknown answers who named a rule that is not in the book, with the rules that are named alike.
func (h *base) sayUnknown(ctx context.Context, cmd *request.Command, book rulebook.Book, typed string) ([]wire.Call, error) {
	for _, r := range book {
		named := func(name string) bool { return rulebook.Leads(name, typed) > 0 }
		if r.Removed && slices.ContainsFunc(request.Called(r), named) {
			return h.say(ctx, cmd, "book.was_removed", locale.Args{"rule": view.RuleName(cmd.Printer, r)})
		}
	}
	near := request.NearRules(cmd.Printer, book, strings.TrimLeft(typed, request.Openers))
	if len(near) == 0 {
		return h.say(ctx, cmd, "refuse."+string(moderation.RefuseNoRule), nil)
	}
	for i, name := range near {
		near[i] = cmd.Printer.Text("book.quoted", locale.Args{"rule": name})
	}
	return h.say(ctx, cmd, "book.near", locale.Args{"near": view.List(cmd.Printer, near)})
}

// tellPrivately answers in private and notes that the person can be written to there.
func (h *base) tellPrivately(ctx context.Context, update int64, cmd *request.Command, key string) ([]wire.Call, error) {
	if err := h.court.Private(ctx, update, cmd.Message.From.ID, true); err != nil {
		return nil, err
	}
	return cmd.Answer(cmd.Printer.Text(key, nil), nil), nil
}

// helpPrivately says in private what the bot is for, and offers to add it to a group: not if the operator chose the groups.
func (h *base) helpPrivately(ctx context.Context, update int64, cmd *request.Command) ([]wire.Call, error) {
	return h.helpPrivatelyWith(ctx, update, cmd, cmd.Printer.Text("help.private", nil))
}

// helpPrivatelyWith says a text instead.
func (h *base) helpPrivatelyWith(ctx context.Context, update int64, cmd *request.Command, text string) ([]wire.Call, error) {
	if err := h.court.Private(ctx, update, cmd.Message.From.ID, true); err != nil {
		return nil, err
	}
	var rows [][]wire.Button
	if len(h.court.Allowed) == 0 {
		rows = view.AddRows(cmd.Printer, h.find.Me())
	}
	return cmd.Answer(text, rows), nil
}

// strange answers a callback of an unknown button.
func (h *base) strange(ctx context.Context, u *wire.Update) ([]wire.Call, error) {
	if _, err := h.court.Note(ctx, u.ID, 0); err != nil {
		return nil, err
	}
	return []wire.Call{wire.AnswerCallback(u.Callback.ID, view.StrangeText(&u.Callback.From), false)}, nil
}

// unknown answers a callback on a message that has no such button.
func (h *base) unknown(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
}

// toast answers with a short text and marks the update as handled.
func (h *base) toast(ctx context.Context, cb *request.Callback, key string) ([]wire.Call, error) {
	if _, err := h.court.Note(ctx, cb.Update, cb.ChatID); err != nil {
		return nil, err
	}
	return cb.Toast(cb.Printer.Text(key, nil)), nil
}
