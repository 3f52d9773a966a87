package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// healthCheck looks whether the bot has what it needs.
type healthCheck struct {
	*base
	logs  logChannels
	sizes *sizes
	bots  otherBots
}

// health is /health: every right and setting that matters, in words, with what breaks without it.
func (h healthCheck) health(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	chat := cmd.Group
	seen, err := h.examine(ctx, cmd)
	if err != nil {
		return nil, err
	}
	if rights := lookup.RightsOf(seen.me); rights != chat.Rights {
		// Telegram's word of it never came, such as when the bot was down for more than a day.
		if err := h.court.Status(ctx, 0, chat.ID, request.KindOf(&cmd.Message.Chat), rights); err != nil {
			return nil, err
		}
	}
	c := view.NewHealth(cmd.Printer)
	if h.ClockOff != nil {
		c.Clock(h.ClockOff())
	}
	c.Rights(seen.me, h.find.Me(), request.KindOf(&cmd.Message.Chat))
	bots, err := h.bots.look(ctx, chat, seen.admins)
	if err != nil {
		return nil, err
	}
	c.OtherBots(bots, view.ReportTextsIn(h.find.Me(), chat, h.now()))
	if err := h.sizes.noteSize(ctx, &chat, seen.members); err != nil {
		return nil, err
	}
	if chat, err = h.chats.Chat(ctx, chat.ID); err != nil {
		return nil, err
	}
	c.Votes(chat, seen.members, len(bots))
	c.Jury(chat)
	c.Log(seen.log.wrong, seen.log.title)
	c.LogReaders(seen.log.readers, seen.log.bots)
	if h.Full != nil {
		c.Files(h.Full())
	}
	return cmd.Answer(c.Text(), view.TryButtons(cmd.Printer, chat)), h.noted(ctx, cmd)
}

// examined is what Telegram says of a group and of its log.
type examined struct {
	me      wire.Member
	admins  []wire.Member
	members int
	log     logState // of no use if there is none
}

// examine asks all of it side by side.
func (h healthCheck) examine(ctx context.Context, cmd *request.Command) (seen examined, err error) {
	chat := cmd.Group
	err = lookup.All(
		func() (err error) {
			seen.me, err = h.find.Member(ctx, chat.ID, h.find.Me().ID)
			return err
		},
		func() (err error) {
			if seen.admins, err = h.find.Admins(ctx, chat.ID); err != nil {
				err = lookup.Unsure(ctx, err)
			}
			return err
		},
		func() (err error) {
			if seen.members, err = h.find.CountMembers(ctx, chat.ID); err != nil {
				err = lookup.Unsure(ctx, err)
			}
			return err
		},
		func() (err error) {
			if chat.Log != 0 {
				seen.log, err = h.logs.logState(ctx, cmd.Printer, chat)
			}
			return err
		},
	)
	return seen, err
}
