package handlers

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// logChannel is /logchannel. In reply to a message forwarded from a channel it links that channel. With a code, posted
// in another group, it links that group. With "off" it unlinks. Otherwise it says which log is linked and how to change
// that.
func (h logChannels) logChannel(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	switch to := cmd.Message.ReplyTo; {
	case strings.EqualFold(cmd.Args, settings.Off):
		return h.unlinkLog(ctx, cmd)
	case cmd.Args != "":
		return h.linkByCode(ctx, cmd)
	case to != nil && to.Forward != nil && to.Forward.Chat != nil:
		return h.linkLog(ctx, cmd, cmd.Message.Chat.ID, to.Forward.Chat.ID, cmd.Who)
	}
	chat := cmd.Group
	state := cmd.Printer.Text("log.none", nil)
	if chat.Log != 0 {
		is, err := h.logState(ctx, cmd.Printer, chat)
		if err != nil {
			return nil, err
		}
		state = cmp.Or(is.wrong, cmd.Printer.Text("log.is", locale.Args{"title": is.title}))
	}
	code := rand.Text()[:10]
	if err := h.court.OfferLink(ctx, cmd.Update, cmd.Message.Chat.ID, code); err != nil {
		return nil, err
	}
	return cmd.Answer(state+"\n\n"+cmd.Printer.Text("log.how", locale.Args{"code": code}), nil), nil
}

func (h logChannels) unlinkLog(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	chat := cmd.Group
	if chat.Log == 0 {
		return h.say(ctx, cmd, "log.none", nil)
	}
	if err := h.court.LinkLog(ctx, cmd.Update, cmd.Message.Chat.ID, 0, cmd.Who, h.find.Title(ctx, chat.Log), settings.Off); err != nil {
		return nil, err
	}
	return cmd.Answer(cmd.Printer.Text("log.unlinked", nil), nil), nil
}

// linkByCode makes the group in which the code is posted the log of the group that offered it. Who posts it must be an
// admin of both groups. The admin of this one has been checked already.
func (h logChannels) linkByCode(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	chat, err := h.store.ChatByCode(ctx, strings.ToUpper(cmd.Args), h.now())
	if errors.Is(err, moderation.ErrNoChat) {
		return h.say(ctx, cmd, "log.no_code", nil)
	}
	if err != nil {
		return nil, err
	}
	who, err := h.resolve.Member(ctx, chat.ID, cmd.Message.From)
	if err != nil {
		return nil, err
	}
	return h.linkLog(ctx, cmd, chat.ID, cmd.Message.Chat.ID, who)
}

// linkLog links a log channel, if the admin may, and nobody else could read there.
func (h logChannels) linkLog(ctx context.Context, cmd *request.Command, chat, log int64, who moderation.Member) ([]wire.Call, error) {
	before, err := h.chats.Chat(ctx, chat)
	if err != nil {
		return nil, err
	}
	why, title, err := h.fitForLog(ctx, cmd.Printer, chat, log, who)
	if err != nil {
		return nil, err
	}
	if why != "" {
		return cmd.Answer(why, nil), nil
	}
	// It is tried before it is believed. Killed after this, a greeting stands there that means nothing yet.
	p, err := h.printer(ctx, chat, "")
	if err != nil {
		return nil, err
	}
	if log != cmd.Message.Chat.ID {
		hello := wire.SendMessage(log, p.Text("log.hello", locale.Args{"group": h.find.Title(ctx, chat)}))
		_, err := h.tg.Do(ctx, hello)
		switch wire.KindOf(err) {
		case wire.KindOK:
		case wire.KindTemporary, wire.KindTooMany:
			return nil, lookup.Unsure(ctx, err)
		default:
			return h.say(ctx, cmd, "log.cannot_write", nil)
		}
	}
	from := settings.Off
	if before.Log != 0 {
		from = h.find.Title(ctx, before.Log)
	}
	if err := h.court.LinkLog(ctx, cmd.Update, chat, log, who, from, title); err != nil {
		return cmd.Reply("", nil, err)
	}
	return cmd.Answer(cmd.Printer.Text("log.linked", locale.Args{"title": title}), nil), nil
}

// fitForLog says why a chat cannot be the log channel; empty if it can.
func (h logChannels) fitForLog(ctx context.Context, p locale.Printer, chat, log int64, who moderation.Member) (why, title string, err error) {
	group, err := h.chats.Chat(ctx, chat)
	switch {
	case err != nil:
		return "", "", err
	case !who.Admin:
		return p.Text("refuse."+string(moderation.RefuseNotAdmin), nil), "", nil
	case log == chat, log == group.Linked:
		return p.Text("log.itself", nil), "", nil // what the group's own channel posts is sent on to the group
	}
	found, err := h.find.LogChat(ctx, chat, log)
	switch {
	case lookup.OfGroup(err), wire.KindOf(err) == wire.KindTemporary, wire.KindOf(err) == wire.KindTooMany:
		return "", "", lookup.Unsure(ctx, err)
	case err != nil, found.Chat.Direct:
		return p.Text("log.cannot_write", nil), "", nil
	case found.Chat.Linked == chat:
		return p.Text("log.itself", nil), "", nil
	case found.Open:
		return p.Text("log.public", nil), "", nil
	}
	there, err := h.find.Member(ctx, log, who.ID)
	if who.ID == 0 || err == nil && !there.Admin() {
		return p.Text("log.not_yours", nil), "", nil // else anybody could have the cases of their group written there
	}
	switch {
	case err != nil:
		return "", "", err
	case len(found.Others) > 0:
		return p.Text("log.foreign", locale.Args{"names": view.OthersNamed(p, found.Others)}), "", nil
	case !found.Owned:
		return p.Text("log.unowned", nil), "", nil
	}
	return "", view.TitleText(found.Chat.Title), nil
}
