package deliver

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// wipedAtOnce is how many messages in private, and how many in groups, are deleted in one delivery, so that it does not take long.
// wipeGoesOn is when the next begins.
const (
	wipedAtOnce = 100
	wipeGoesOn  = time.Second
)

// wipe deletes what a person was shown of their own reports and votes.
func (h own) wipe(ctx context.Context, e moderation.WipeShown) error {
	return h.later(h.clear(ctx, e.To))
}

// clear does so. What is deleted is forgotten at once. So after a kill or a failure it goes on with what is left. What is in private
// does not wait for a group, nor the other way about.
func (h own) clear(ctx context.Context, to moderation.Person) error {
	all, err := h.store.Shown(ctx, to.ID)
	if err != nil {
		return err
	}
	var private, inGroups []moderation.Shown
	for _, m := range all {
		if m.Ephemeral == 0 {
			private = append(private, m)
		} else {
			inGroups = append(inGroups, m)
		}
	}
	err = errors.Join(
		h.clearPrivate(ctx, to, private[:min(wipedAtOnce, len(private))]),
		h.clearInGroups(ctx, to, inGroups[:min(wipedAtOnce, len(inGroups))]),
	)
	if err != nil || max(len(private), len(inGroups)) <= wipedAtOnce {
		return err
	}
	left, err := h.store.Shown(ctx, to.ID)
	if err == nil && len(left) < len(all) {
		return &outbox.NotBefore{Until: h.now().Add(wipeGoesOn), Also: outbox.NothingElse}
	}
	return err
}

// clearInGroups deletes what the person alone is shown in groups. Where one cannot be deleted yet, none is tried; other groups are.
func (h own) clearInGroups(ctx context.Context, to moderation.Person, all []moderation.Shown) error {
	failed := map[int64]error{}
	for _, m := range all {
		if failed[m.Chat] == nil {
			failed[m.Chat] = h.clearEphemeral(ctx, to, m)
		}
	}
	return errors.Join(slices.Collect(maps.Values(failed))...)
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
