package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// choose lists the groups whose settings somebody may change.
func (h settingPages) choose(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	text, rows, err := h.groupsPage(ctx, cmd.Printer, cmd.Message.From.ID)
	if err != nil {
		return nil, err
	}
	return cmd.Answer(text, rows), h.court.Private(ctx, cmd.Update, cmd.Message.From.ID, true)
}

// chooseAgain leads back from a group's menu to the list of groups, also if the group is gone.
func (h settingPages) chooseAgain(ctx context.Context, u *wire.Update, m *wire.Message, gone bool) ([]wire.Call, error) {
	cb := &request.Callback{Update: u.ID, ID: u.Callback.ID, Message: m, MessageUnknown: request.MessageUnknown(u.Callback), Printer: locale.In(locale.Match(u.Callback.From.Language, locale.Default))}
	text, rows, err := h.groupsPage(ctx, cb.Printer, u.Callback.From.ID)
	if errors.Is(err, lookup.ErrUnsure) {
		return h.toast(ctx, cb, "try_again")
	}
	if err != nil {
		return nil, err
	}
	if _, err := h.court.Note(ctx, u.ID, 0); err != nil {
		return nil, err
	}
	var toast string
	if gone {
		toast = cb.Printer.Text("refuse."+string(moderation.RefuseUnknown), nil)
	}
	return []wire.Call{wire.AnswerCallback(cb.ID, toast, false), cb.Edit(text, rows)}, nil
}

// groupsPage lists the groups of which somebody is an admin now, with a button for each. If there is none because
// Telegram did not answer, the error is [lookup.ErrUnsure].
func (h settingPages) groupsPage(ctx context.Context, p locale.Printer, person int64) (string, [][]wire.Button, error) {
	groups, err := h.store.AdminOf(ctx, person, groupsAsked)
	if err != nil {
		return "", nil, err
	}
	asked := make([]administers, len(groups))
	var asks []func() error
	for i, group := range groups {
		asks = append(asks, func() error {
			asked[i] = h.administers(ctx, group, person)
			return nil
		})
	}
	_ = lookup.All(asks...) // what failed is in what was asked
	var rows [][]wire.Button
	var unsure error
	for i, group := range groups {
		switch {
		case asked[i].err != nil:
			unsure = asked[i].err
		case asked[i].admin && len(rows) < groupsShown:
			chat, err := h.chats.Chat(ctx, group)
			if err != nil {
				return "", nil, err
			}
			rows = append(rows, []wire.Button{{Text: asked[i].title, Data: view.GroupData(view.ButtonSettings, chat.Ref)}})
		}
	}
	if len(rows) == 0 {
		return p.Text("settings.no_group", nil), nil, unsure
	}
	return p.Text("settings.choose", nil), rows, nil
}

// administers is whether somebody is an admin of a group now, and then what that is called.
type administers struct {
	admin bool
	title string
	err   error
}

func (h settingPages) administers(ctx context.Context, group, person int64) (a administers) {
	who, err := h.find.Member(ctx, group, person)
	a.err = err
	if a.admin = err == nil && who.Admin(); a.admin {
		a.title = h.find.Title(ctx, group)
	}
	return a
}
