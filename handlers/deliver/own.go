package deliver

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// own answers what people ask about themselves in the private chat. It is looked up for one of them at a time.
type own struct{ teller }

// ownAgain is when it is tried again if it cannot be looked up or sent.
const ownAgain = 5 * time.Minute

// later says when to try again. Others who asked do not wait for that.
func (h own) later(err error) error {
	if err == nil {
		return nil
	}
	var wait *outbox.NotBefore
	switch {
	case !errors.As(err, &wait):
		h.log.Warn("handlers: answer what somebody asks about themselves", "error", err)
		wait = &outbox.NotBefore{Until: h.now().Add(ownAgain)}
	case wait.Also == outbox.WholeClass:
		return wait
	}
	return &outbox.NotBefore{Until: wait.Until, Also: outbox.NothingElse}
}

// answer sends a person what they asked for.
func (h own) answer(ctx context.Context, call wire.Call) error {
	_, err := h.Do(ctx, call)
	return h.later(h.settled(err))
}

// spoken is the printer of the private chat.
func (h own) spoken(to moderation.Person) locale.Printer {
	return locale.In(locale.Match(to.Language, locale.Default)).On(h.now())
}

// erase deletes what is kept of a person and what they were shown of their own reports and votes. It tells them what stays, until
// when and why. Killed in between, it is done again, which does no harm.
func (h own) erase(ctx context.Context, e moderation.DeleteKept) error {
	if err := h.clear(ctx, e.To); err != nil {
		return h.later(err)
	}
	said, err := h.court.Forget(ctx, h.store, e.To.ID, e.Handle)
	if err != nil {
		return h.later(err)
	}
	p := h.spoken(e.To)
	lines := []string{p.Text("forget.done", nil)}
	for _, chat := range slices.Sorted(maps.Keys(said)) {
		if len(said[chat].Remains) == 0 {
			continue
		}
		in, err := h.printer(ctx, chat, e.To)
		if err != nil {
			return h.later(err)
		}
		lines = append(lines, view.RemainsLines(in, h.find.Title(ctx, chat), said[chat])...)
	}
	lines = append(lines, "", p.Text("forget.votes", nil))
	return h.answer(ctx, wire.SendMessage(e.To.ID, strings.Join(lines, "\n")).NoPreview())
}
