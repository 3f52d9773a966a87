package handlers

import (
	"context"
	"errors"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// memberships notes who comes and goes, and what the bot may do.
type memberships struct {
	*base
	sizes *sizes
	bots  otherBots
}

// myStatus notes what the bot may do in a group, and, in private, whether somebody blocked it.
func (h memberships) myStatus(ctx context.Context, u *wire.Update) error {
	s := u.MyStatus
	switch {
	case s.Chat.Private():
		return h.court.Private(ctx, u.ID, s.Chat.ID, s.New.InChat())
	case !s.Chat.Group():
		return nil
	}
	rights := lookup.RightsOf(s.New)
	if rights.Member {
		if err := h.lookAround(ctx, s.Chat.ID); err != nil {
			return err
		}
	}
	return h.court.Status(ctx, u.ID, s.Chat.ID, request.KindOf(&s.Chat), rights)
}

// lookAround asks, side by side, what is to be known of a group that the bot is in.
func (h memberships) lookAround(ctx context.Context, chat int64) error {
	return lookup.All(
		func() error {
			h.findLinked(ctx, chat)
			return nil
		},
		func() error {
			h.findAdmins(ctx, chat)
			return nil
		},
		func() error {
			known, err := h.chats.Chat(ctx, chat)
			if err == nil {
				h.sizes.findSize(ctx, known)
			}
			return err
		},
	)
}

// findAdmins notes who the admins are, so that they find the group among theirs in private. If Telegram does not
// answer, each is noted when they use a command.
func (h memberships) findAdmins(ctx context.Context, chat int64) {
	found, err := h.find.Admins(ctx, chat)
	if err == nil {
		var people []int64
		for _, m := range found {
			if !m.User.Bot {
				people = append(people, m.User.ID)
			}
		}
		err = errors.Join(h.court.Administered(ctx, chat, people), h.bots.admins(ctx, chat, found))
	}
	if err != nil {
		h.log.Info("handlers: the admins of a group are not known yet", "error", err)
	}
}

// findLinked asks for the linked channel of a group. If Telegram does not answer, the first post that is forwarded
// tells it.
func (h memberships) findLinked(ctx context.Context, chat int64) {
	found, err := h.find.Chat(ctx, chat)
	if err == nil && found.Linked != 0 {
		err = h.court.Link(ctx, chat, found.Linked)
	}
	if err != nil {
		h.log.Info("handlers: the linked channel of a group is not known yet", "error", err)
	}
}

// membership notes who joins, and who becomes an admin. Nothing else is kept of who comes and goes.
func (h memberships) membership(ctx context.Context, u *wire.Update) error {
	m := u.Membership
	switch {
	case !m.Chat.Group():
		return nil
	case m.User.Bot:
		return h.bots.membership(ctx, m)
	}
	if err := h.noteManual(ctx, m); err != nil {
		return err
	}
	switch {
	case m.New.Admin(), m.Old.Admin():
		return h.court.Appointed(ctx, u.ID, m.Chat.ID, request.KindOf(&m.Chat), m.User.ID, m.New.Admin())
	case m.Old.InChat() || !m.New.InChat():
		return nil
	}
	at := time.Unix(m.Date, 0).UTC()
	return h.court.Joined(ctx, u.ID, m.Chat.ID, request.KindOf(&m.Chat), []moderation.Person{{ID: m.User.ID, Language: m.User.Language}}, at)
}

// noteManual notes that an admin restricted a member, or freed them, without the bot.
func (h memberships) noteManual(ctx context.Context, m *wire.Membership) error {
	to := lookup.RestrictionOf(m.New)
	if m.By.ID == h.find.Me().ID || m.By.ID == m.User.ID || to.Equal(lookup.RestrictionOf(m.Old)) {
		return nil
	}
	return h.court.RestrainedManually(ctx, m.Chat.ID, m.User.ID, to, time.Unix(m.Date, 0).UTC())
}

// joined notes who joins a group where the bot is not told of memberships.
func (h memberships) joined(ctx context.Context, u *wire.Update) error {
	var people []moderation.Person
	for _, who := range u.Message.Joined {
		if !who.Bot {
			people = append(people, moderation.Person{ID: who.ID, Language: who.Language})
		}
	}
	if err := h.court.BotsThere(ctx, u.Message.Chat.ID, h.bots.among(u.Message.Joined)); err != nil {
		return err
	}
	return h.court.Joined(ctx, u.ID, u.Message.Chat.ID, request.KindOf(&u.Message.Chat), people, u.Message.Time())
}
