package deliver

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Sender makes calls when Telegram's limits allow it.
type Sender struct {
	court *moderation.Court
	store Store
	tg    Telegram
	find  lookup.Lookup
	seen  *seenMembers
	now   func() time.Time
	log   *slog.Logger

	// SentAlong adds to messages that somebody sent in private those that are of the same album; nil adds none.
	SentAlong func(person int64, messages []int64) []int64

	// NotKept is told of each file that is not kept as evidence for want of space, and why; nil for nobody. It must be quick.
	NotKept func(moderation.NoSpace)
}

// NewSender returns a sender. All arguments are needed.
func NewSender(court *moderation.Court, store Store, tg Telegram, now func() time.Time, log *slog.Logger) *Sender {
	tg = Dated(tg)
	return &Sender{court: court, store: store, tg: tg, find: lookup.New(tg), seen: &seenMembers{}, now: now, log: log}
}

// notBefore says when Telegram wants to hear more, which it refused for being too much.
func (h *Sender) notBefore(refused *wire.Error) *outbox.NotBefore {
	return &outbox.NotBefore{Until: h.now().Add(max(time.Second, refused.RetryAfter))}
}

// Do makes a call when the limits allow it. What is sent into a topic that is closed or deleted is sent into another.
func (h *Sender) Do(ctx context.Context, call wire.Call) (wire.Result, error) {
	res, err := h.doHere(ctx, call)
	if wire.KindOf(err) != wire.KindNoTopic || !call.Sends() {
		return res, err
	}
	return h.doElsewhere(ctx, call, err)
}

// doHere makes a call when the limits allow it.
func (h *Sender) doHere(ctx context.Context, call wire.Call) (wire.Result, error) {
	booked, err := h.tg.Book(ctx, call)
	if err != nil {
		return wire.Result{}, err
	}
	if !booked.OK {
		wait := &outbox.NotBefore{Until: booked.Ready}
		switch {
		case booked.Everywhere:
			wait.Also = outbox.WholeClass
		case call.Yields():
			wait.Also = outbox.NothingElse
		}
		return wire.Result{}, wait
	}
	res, err := h.tg.Do(ctx, call)
	var refused *wire.Error
	if errors.As(err, &refused) && refused.Kind() == wire.KindTooMany {
		return res, h.notBefore(refused)
	}
	if wire.KindOf(err) == wire.KindRemoved {
		return res, errors.Join(err, h.lost(ctx, call.Chat))
	}
	return res, err
}

// lost notes that the bot is no longer in a group that it believed to be in.
func (h *Sender) lost(ctx context.Context, chat int64) error {
	found, err := h.store.Chat(ctx, chat)
	if err != nil || !found.Rights.Member {
		return err
	}
	// Telegram says "kicked" of others too, so it is asked once more.
	if me, err := h.find.Member(ctx, chat, h.tg.Me().ID); err != nil || me.InChat() {
		return err
	}
	return h.court.Lost(ctx, chat)
}

// settled is nil unless trying again can help.
func (h *Sender) settled(err error) error {
	var wait *outbox.NotBefore
	if err == nil || errors.As(err, &wait) {
		return err
	}
	switch wire.KindOf(err) {
	case wire.KindTemporary, wire.KindTooMany, wire.KindMigrated, wire.KindUnauthorized:
		return err
	case wire.KindNotModified, wire.KindGone:
		return nil
	default:
		h.log.Info("handlers: Telegram refused", "error", err)
		return nil
	}
}
