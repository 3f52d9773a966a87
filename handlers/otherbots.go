package handlers

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// otherBots notes which other bots are in a group.
type otherBots struct{ *base }

// standIns are the users that Telegram gives for an admin who writes as the group, for a channel, and for the linked channel. They
// are no bots.
var standIns = []int64{1087968824, 136817688, 777000}

// is reports whether a user is another bot.
func (h otherBots) is(u *wire.User) bool {
	return u != nil && u.Bot && u.ID != h.find.Me().ID && !slices.Contains(standIns, u.ID)
}

// among lists the other bots among users.
func (h otherBots) among(users []wire.User) (bots []int64) {
	for i := range users {
		if h.is(&users[i]) {
			bots = append(bots, users[i].ID)
		}
	}
	return bots
}

// wrote notes the bots that wrote a message or what it replies to. A bot that is no member and was called is not meant: no app
// hands it a command.
func (h otherBots) wrote(ctx context.Context, m *wire.Message) error {
	if m == nil || !m.Chat.Group() || m.Service != wire.ServiceNone {
		return nil
	}
	for _, by := range []*wire.Message{m, m.ReplyTo} {
		if by == nil || by.SenderChat != nil || by.Date == 0 || by.Called() || !h.is(by.From) {
			continue
		}
		if err := h.note(ctx, m.Chat.ID, by.From.ID, by.Time()); err != nil {
			return err
		}
	}
	return nil
}

// note notes that a bot wrote at this time, if that is news.
func (h otherBots) note(ctx context.Context, chat, bot int64, at time.Time) error {
	known, err := h.chats.Chat(ctx, chat)
	if err != nil || !known.Bots.Wrote(bot, at, h.now()) {
		return err
	}
	return h.court.BotsWrote(ctx, chat, []int64{bot}, at)
}

// membership notes that a bot comes or goes.
func (h otherBots) membership(ctx context.Context, m *wire.Membership) error {
	switch {
	case !h.is(&m.User):
		return nil
	case m.New.InChat():
		return h.court.BotsThere(ctx, m.Chat.ID, []int64{m.User.ID})
	}
	return h.court.BotsLeft(ctx, m.Chat.ID, []int64{m.User.ID})
}

// left notes that a bot leaves a group where this one is not told of memberships.
func (h otherBots) left(ctx context.Context, m *wire.Message) error {
	if !h.is(m.Left) {
		return nil
	}
	return h.court.BotsLeft(ctx, m.Chat.ID, []int64{m.Left.ID})
}

// admins notes the bots among the admins of a group.
func (h otherBots) admins(ctx context.Context, chat int64, admins []wire.Member) error {
	return h.court.BotsThere(ctx, chat, h.among(usersOf(admins)))
}

func usersOf(members []wire.Member) []wire.User {
	users := make([]wire.User, 0, len(members))
	for _, m := range members {
		users = append(users, m.User)
	}
	return users
}

// look asks Telegram about the bots that are known in a group, and returns those that are there now, with the ones among its admins.
// Those that left are forgotten. One of which Telegram does not say counts as there, without a name.
func (h otherBots) look(ctx context.Context, chat moderation.Chat, admins []wire.Member) ([]wire.User, error) {
	there := slices.DeleteFunc(usersOf(admins), func(u wire.User) bool { return !h.is(&u) })
	var asked []int64
	for _, id := range chat.Bots.At(h.now()) {
		if !slices.ContainsFunc(there, func(u wire.User) bool { return u.ID == id }) {
			asked = append(asked, id)
		}
	}
	found := make([]wire.Member, len(asked))
	var asks []func() error
	for i, id := range asked {
		asks = append(asks, func() error {
			m, err := h.find.Member(ctx, chat.ID, id)
			if err != nil {
				m = wire.Member{Status: "member", User: wire.User{ID: id, Bot: true}}
			}
			found[i] = m
			return nil
		})
	}
	_ = lookup.All(asks...) // none fails
	var gone []int64
	for i, m := range found {
		if m.InChat() {
			there = append(there, m.User)
		} else {
			gone = append(gone, asked[i])
		}
	}
	if err := h.court.BotsLeft(ctx, chat.ID, gone); err != nil {
		return nil, err
	}
	return there, h.admins(ctx, chat.ID, admins)
}
