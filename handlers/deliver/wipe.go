package deliver

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// wipedAtOnce is how many messages are deleted in one delivery, so that it does not take long; wipeGoesOn is when the next begins.
const (
	wipedAtOnce = 100
	wipeGoesOn  = time.Second
)

// wipe deletes what a person was shown of their own reports and votes.
func (h own) wipe(ctx context.Context, e moderation.WipeShown) error {
	return h.later(h.clear(ctx, e.To))
}

// clear does so. What is deleted is forgotten at once. So after a kill or a failure it goes on with what is left.
func (h own) clear(ctx context.Context, to moderation.Person) error {
	all, err := h.store.Shown(ctx, to.ID)
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b moderation.Shown) int { return cmp.Compare(b.Ephemeral, a.Ephemeral) }) // the others may be out of reach
	now := all[:min(wipedAtOnce, len(all))]
	var private []moderation.Shown
	for _, m := range now {
		if m.Ephemeral == 0 {
			private = append(private, m)
			continue
		}
		if err := h.clearEphemeral(ctx, to, m); err != nil {
			return err
		}
	}
	if err := h.clearPrivate(ctx, to, private); err != nil {
		return err
	}
	if len(all) == len(now) {
		return nil
	}
	left, err := h.store.Shown(ctx, to.ID)
	if err == nil && len(left) < len(all) {
		return &outbox.NotBefore{Until: h.now().Add(wipeGoesOn), Also: outbox.NothingElse}
	}
	return err
}

// clearEphemeral deletes a message that the person alone is shown in a group. Telegram does not promise that their app obeys.
func (h own) clearEphemeral(ctx context.Context, to moderation.Person, m moderation.Shown) error {
	_, err := h.Do(ctx, wire.DeleteEphemeral(wire.EphemeralRef{Chat: m.Chat, Receiver: to.ID, ID: m.Ephemeral}))
	if wire.KindOf(err) == wire.KindMigrated {
		err = nil // it is gone with the basic group
	}
	return h.cleared(ctx, err, m)
}

// clearPrivate deletes messages in the private chat. Telegram deletes none of them if one is too old.
func (h own) clearPrivate(ctx context.Context, to moderation.Person, all []moderation.Shown) error {
	if len(all) == 0 {
		return nil
	}
	var ids []int64
	for _, m := range all {
		if !slices.Contains(ids, m.Message) {
			ids = append(ids, m.Message)
		}
	}
	_, err := h.Do(ctx, wire.DeleteMessages(to.ID, ids))
	if wire.KindOf(err) != wire.KindNoRights {
		return h.cleared(ctx, err, all...)
	}
	if len(all) == 1 {
		return h.clearOld(ctx, to, all[0])
	}
	half := len(all) / 2
	if err := h.clearPrivate(ctx, to, all[:half]); err != nil {
		return err
	}
	return h.clearPrivate(ctx, to, all[half:])
}

// clearOld empties a message that is too old to be deleted.
func (h own) clearOld(ctx context.Context, to moderation.Person, m moderation.Shown) error {
	gone := h.spoken(to).Text("wipe.gone", nil)
	var err error
	if !m.File {
		_, err = h.Do(ctx, wire.EditMessageText(to.ID, m.Message, gone).Keyboard(nil))
	}
	if kind := wire.KindOf(err); m.File || kind == wire.KindGone || kind == wire.KindInvalid { // or it may be a file
		_, err = h.Do(ctx, wire.ReplaceFile(to.ID, m.Message, "0.txt", []byte(gone+"\n")))
	}
	return h.cleared(ctx, err, m)
}

// cleared forgets messages that are deleted, or will never be. While the person blocks the bot they are out of its reach.
func (h own) cleared(ctx context.Context, err error, gone ...moderation.Shown) error {
	if wire.KindOf(err) == wire.KindBlocked {
		return nil
	}
	if err := h.settled(err); err != nil {
		return err
	}
	return h.store.ForgetShown(ctx, gone)
}
