package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
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
