package handlers

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

const (
	// commandsKept is how many commands wait at most. It is reached only while the store is down.
	commandsKept = 10_000
	// removedAtOnce is how many messages one call removes.
	removedAtOnce = 100
	// removableFor is for how long Telegram lets a message be removed, less an hour. For one that is too old it refuses the whole
	// call, and the others would have to be tried again in parts.
	removableFor = 47 * time.Hour
)

// commandsOverBudget are the commands that everybody saw and that were not carried out, because they were too many. They must go all the
// same: a /report that stays below a message says to everybody who reads on who reported it. So that a flood of them is no flood of
// calls, they are removed once a second, with one effect for up to a hundred of a group.
type commandsOverBudget struct {
	court *moderation.Court
	now   func() time.Time

	mu    sync.Mutex
	ids   map[int64][]int64 // by group
	count int
}

// add has a command removed soon. If too many wait it returns the call that removes it.
func (r *commandsOverBudget) add(m *wire.Message) []wire.Call {
	if r.now().Sub(m.Time()) > removableFor {
		return nil
	}
	if !r.put(m.Chat.ID, m.ID) {
		return []wire.Call{wire.DeleteMessages(m.Chat.ID, []int64{m.ID})}
	}
	return nil
}

// put notes messages, unless too many wait.
func (r *commandsOverBudget) put(chat int64, ids ...int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count+len(ids) > commandsKept {
		return false
	}
	if r.ids == nil {
		r.ids = map[int64][]int64{}
	}
	r.ids[chat] = append(r.ids[chat], ids...)
	r.count += len(ids)
	return true
}

// take returns all that wait.
func (r *commandsOverBudget) take() map[int64][]int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	ids := r.ids
	r.ids, r.count = nil, 0
	return ids
}

// RemoveOverBudget has the visible commands removed that were not carried out because they were too many. What cannot be noted waits
// for the next time.
func (h *Handlers) RemoveOverBudget(ctx context.Context) error {
	var failed error
	for chat, ids := range h.commandsOverBudget.take() {
		if err := h.removeCommands(ctx, chat, ids); err != nil {
			h.commandsOverBudget.put(chat, ids...)
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

// removeCommands has commands of a group removed, unless the operator does not want the bot there.
func (h *Handlers) removeCommands(ctx context.Context, chat int64, ids []int64) error {
	allowed, _, err := h.allows(ctx, chat)
	if err != nil || !allowed {
		return err
	}
	var effects []moderation.Effect
	for some := range slices.Chunk(ids, removedAtOnce) {
		effects = append(effects, moderation.DeleteMessages{Messages: some})
	}
	return h.court.Do(ctx, chat, effects)
}
