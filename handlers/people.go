package handlers

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// both looks up the one who reports, unless that is nil, and what the author is, side by side; and beside them how many
// members the group has, if it is time for that.
func (h *Handlers) both(ctx context.Context, chat moderation.Chat, reporter *bot.User, t *moderation.Target) (moderation.Member, error) {
	var who moderation.Member
	var g errgroup.Group
	if reporter != nil {
		g.Go(func() (err error) {
			who, err = h.resolve.Member(ctx, chat.ID, reporter)
			return err
		})
	}
	g.Go(func() error { return h.resolve.FindRole(ctx, chat.ID, t) })
	g.Go(func() error {
		h.glimpseSize(ctx, chat)
		return nil
	})
	err := g.Wait()
	return who, err
}
