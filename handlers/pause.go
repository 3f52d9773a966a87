package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// pause is /pause, the owner's brake: without a value it says how things stand, with "off" or a time no vote decides until
// that is over.
func (h settingPages) pause(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	chat := a.Group
	p := a.Printer
	args := locale.Args{
		"name": p.Text("setting.pause.name", nil), "about": p.Text("setting.pause.about", nil), "allowed": p.Text("setting.pause.allowed", nil),
		"value": view.PausedText(p, chat.Paused, h.now()),
	}
	if a.Args == "" {
		return h.say(ctx, a, "setting.show", args)
	}
	length, ok := request.ReadPause(a.Args)
	if !ok {
		return h.say(ctx, a, "setting.wrong", args)
	}
	until, err := h.court.Pause(ctx, a.Update, a.Message.Chat.ID, a.Who, length)
	args["value"] = view.PausedText(p, until, h.now())
	return a.Reply(p.Text("setting.set", args), nil, err)
}

// tellPause tells the group that votes decide nothing for a while, or that they do again, unless it is otherwise by now.
func (h *Handlers) tellPause(ctx context.Context, e moderation.AnnouncePause) error {
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	now, p := h.now(), view.PrinterFor(chat, "", h.now())
	text := p.Text("pause.over", nil)
	switch {
	case e.Until.IsZero() && chat.PausedAt(now):
		return nil // it was paused again
	case e.Until.IsZero():
	case !e.Until.After(now), !e.Until.Equal(chat.Paused):
		return nil
	default:
		text = p.Text("pause.begun", locale.Args{"date": p.Time(e.Until)})
	}
	_, err = h.do(ctx, bot.SendMessage(e.Chat, text).Quiet().NoPreview())
	return h.settled(err)
}
