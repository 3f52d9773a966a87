package deliver

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// recipient is whom something is told, in which group and about which case, if about one.
type recipient struct {
	moderation.Person
	chat   int64
	caseID string
}

// teller writes to one person.
type teller struct{ waiter }

// topicOf is the topic of the case that somebody is told about.
func (h teller) topicOf(ctx context.Context, r recipient) (int64, error) {
	if r.caseID == "" {
		return general, nil
	}
	cs, err := h.store.Case(ctx, r.chat, r.caseID)
	if errors.Is(err, moderation.ErrNoCase) {
		return general, nil
	}
	return cs.Thread, err
}

// sendEphemeral sends something to one person, ephemerally, in the topic of the case.
func (h teller) sendEphemeral(ctx context.Context, r recipient, call wire.Call) error {
	topic, err := h.topicOf(ctx, r)
	if err != nil {
		return err
	}
	_, err = h.Do(ctx, call.Thread(topic).Ephemeral(r.ID, "", 0))
	return err
}

// tell writes to one person: in private if they opened that chat, else ephemerally in the group.
// Somebody who blocked the private chat is told in the group.
func (h teller) tell(ctx context.Context, r recipient, text string) error {
	return h.write(ctx, r, func(to int64) wire.Call { return wire.SendMessage(to, text).NoPreview() })
}

// tellOwn writes to one person about their own reports and votes, unless they wiped since they did what it is about. They can
// wipe this too.
func (h teller) tellOwn(ctx context.Context, p locale.Printer, r recipient, did time.Time, text string, buttons ...wire.Button) error {
	if wiped, err := h.wiped(ctx, r.ID, did); err != nil || wiped {
		return err
	}
	return h.write(ctx, r, func(to int64) wire.Call {
		call := wire.SendMessage(to, text).NoPreview()
		if len(buttons) > 0 {
			call = call.Keyboard([][]wire.Button{buttons})
		}
		return view.WipeableOutcome(p, call)
	})
}

// wiped reports whether somebody wiped since they did something.
func (h teller) wiped(ctx context.Context, person int64, did time.Time) (bool, error) {
	at, err := h.store.Wiped(ctx, person)
	return moderation.IsWiped(did, at), err
}

// write makes a call for one person: in the private chat, or ephemerally.
func (h teller) write(ctx context.Context, r recipient, said func(to int64) wire.Call) error {
	if r.Private {
		_, err := h.Do(ctx, said(r.ID))
		if wire.KindOf(err) != wire.KindBlocked {
			return err
		}
		if err := h.court.Private(ctx, 0, r.ID, false); err != nil {
			return err
		}
	}
	return h.sendEphemeral(ctx, r, said(r.chat))
}

// waitToTell says that what concerns one person waits for the bot to be an admin again, if that is why
// they could not be told.
func (h teller) waitToTell(ctx context.Context, e moderation.Effect, err error) error {
	if wire.KindOf(err) != wire.KindNoRights {
		return h.settled(err)
	}
	return h.wait(ctx, e, func() error { return err })
}

// printer is the printer for one person about a group.
func (h teller) printer(ctx context.Context, chat int64, to moderation.Person) (locale.Printer, error) {
	c, err := h.store.Chat(ctx, chat)
	if err != nil {
		return locale.Printer{}, fmt.Errorf("find the language to speak: %w", err)
	}
	return view.PrinterFor(c, to.Language, h.now()), nil
}
