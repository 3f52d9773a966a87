package handlers

import (
	"context"
	"log/slog"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Ahead implements [bot.Handler]. It begins what has to be asked before a report or a ballot counts, and the removal of a
// command that everybody sees. What somebody may do as an admin is asked only when that is handled.
func (h *Handlers) Ahead(ctx context.Context, u *wire.Update) {
	place := placeOf(u)
	switch {
	case u.Direct():
	case u.MyStatus != nil, u.Membership != nil:
		h.known.Hear(u)
	case place == nil, place.Group() && !h.court.Allows(place.ID, 0):
		// nothing is known of a lost press; and what is not sure to be wanted must not be touched (see wants)
	case u.Callback != nil:
		h.callbacks.ahead(ctx, u.Callback)
	case u.Message != nil && !u.Edited:
		h.commands.ahead(ctx, u)
	}
}

// guardedBy returns what does a job for which no update waits. If that panics, it is logged, and the update finds out by itself.
func guardedBy(log *slog.Logger) func(job func()) {
	return func(job func()) {
		var err error
		defer bot.RecoverTo(&err, "ahead", log)
		job()
	}
}

// Close waits until what was begun ahead is over, and begins nothing more.
func (h *Handlers) Close(ctx context.Context) error {
	return lookup.All(func() error { return h.pool.Close(ctx) }, func() error { return h.removals.pool.Close(ctx) })
}

// Follow says that this process receives every update, in order: see [lookup.Memberships.Follow].
func (h *Handlers) Follow() { h.known.Follow() }

// Missed says that some updates may have gone elsewhere.
func (h *Handlers) Missed() { h.known.Missed() }

// Noticed returns calls whose effect on members is noticed here. It is for those who deliver.
func (h *Handlers) Noticed(tg deliver.Telegram) deliver.Telegram { return noticed{tg, h.known} }

// noticed makes calls, and notes what they do to members.
type noticed struct {
	deliver.Telegram
	known *lookup.Memberships
}

func (n noticed) Do(ctx context.Context, call wire.Call) (wire.Result, error) {
	n.known.Acted(call)
	defer n.known.Acted(call)
	return n.Telegram.Do(ctx, call)
}

// ahead begins to ask who pressed, if that is a button for members, and about the author of a message that they picked.
func (h *callbacks) ahead(ctx context.Context, p *wire.CallbackQuery) {
	data, ok := view.ParseCallbackData(p.Data)
	if _, members := h.members[data.Button]; !ok || !members || p.From.Bot || request.MessageUnknown(p) || !p.Message.Chat.Group() {
		return
	}
	chat := p.Message.Chat.ID
	h.find.Ahead(ctx, chat, p.From.ID)
	if data.Button != view.ButtonPicked {
		return
	}
	subject, _ := view.CutGroup(data.Part(0))
	if message, err := strconv.ParseInt(subject, 10, 64); err == nil {
		h.pool.Run(func() { h.aheadOf(ctx, chat, message, p.From.ID) })
	}
}

// aheadOf begins to ask about the author of a message for who reports it.
func (h *callbacks) aheadOf(ctx context.Context, chat, message, reporter int64) {
	s, found, err := h.seen.SeenMessage(ctx, chat, message)
	if err == nil && found && s.Role == moderation.RoleMember && !s.Author.Channel {
		h.find.AheadFor(ctx, chat, s.Author.ID, reporter)
	}
}

// ahead begins the removal of a command that everybody sees, and to ask about the reporter and the author of what they report.
func (h *commands) ahead(ctx context.Context, u *wire.Update) {
	given, ok := h.command(u)
	m := u.Message
	if !ok || !m.Chat.Group() {
		return
	}
	ask := func() { h.askConcerned(ctx, m, given) }
	if m.EphemeralID == 0 {
		h.removals.ahead(ctx, m, ask)
		return
	}
	ask()
}

// askConcerned begins to ask about who reports, and who wrote what they report.
func (h *commands) askConcerned(ctx context.Context, m *wire.Message, given invocation) {
	if !reportNames[given.name] || m.From == nil || m.From.Bot || m.SenderChat != nil {
		return
	}
	for _, author := range h.repliedTo(m) {
		h.find.AheadFor(ctx, m.Chat.ID, author, m.From.ID)
	}
	h.find.Ahead(ctx, m.Chat.ID, m.From.ID)
}
