package handlers

import (
	"context"
	"errors"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// sizes asks how many members groups have.
type sizes struct {
	*base
	bots   otherBots
	silent *silences // groups of which Telegram did not say lately
}

// How many members a group has is asked once a day, when it matters next. Who asks for something else waits for that no
// longer than sizeWait, and for one attempt; if Telegram does not say, it is asked again after silentFor.
const (
	sizeWait  = 400 * time.Millisecond
	silentFor = time.Minute
)

// silences are the groups whose size Telegram did not tell, and when. They are not stored. The bot's clock decides what is over,
// so the cache knows no time.
type silences struct {
	*lru.Cache[int64, time.Time]
}

// silencesKept is how many there are at most.
const silencesKept = 10_000

func newSilences() *silences { return &silences{newCache[int64, time.Time](silencesKept)} }

// last reports whether Telegram did not tell the size lately.
func (s *silences) last(chat int64, now time.Time) bool {
	at, found := s.Get(chat)
	if found && now.Sub(at) >= silentFor {
		s.Remove(chat)
		return false
	}
	return found
}

// findSize asks how many members a group has, if that is due, and which bots are among its admins. It stores both. Errors are only
// logged.
func (h *sizes) findSize(ctx context.Context, chat moderation.Chat) {
	if !chat.Size.Stale(h.now()) || h.silent.last(chat.ID, h.now()) {
		return
	}
	var members int
	err := lookup.All(
		func() (err error) {
			members, err = h.find.CountMembers(ctx, chat.ID)
			return err
		},
		func() error {
			admins, err := h.find.Admins(ctx, chat.ID)
			if err == nil {
				err = h.bots.admins(ctx, chat.ID, admins)
			}
			return err
		},
	)
	if members == 0 {
		h.silent.Add(chat.ID, h.now())
	} else {
		err = errors.Join(err, h.noteSize(ctx, &chat, members))
	}
	if err != nil {
		h.log.Info("handlers: the size of a group is not known yet", "error", err)
	}
}

// glimpseSize does so for a command that waits for something else, and gives up soon.
func (h *sizes) glimpseSize(ctx context.Context, chat moderation.Chat) {
	ctx, cancel := context.WithTimeout(bot.WithoutRetries(ctx), sizeWait*time.Duration(max(1, h.Slack)))
	defer cancel()
	h.findSize(ctx, chat)
}

// noteSize stores how many members a group has, if that is new.
func (h *sizes) noteSize(ctx context.Context, chat *moderation.Chat, members int) error {
	if chat.Size.Members == members && !chat.Size.Stale(h.now()) {
		return nil
	}
	if err := h.court.Sized(ctx, chat.ID, members); err != nil {
		return err
	}
	chat.Size.Members, chat.Size.Asked = members, h.now()
	return nil
}
