package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// pause is /pause, the owner's brake: without a value it says how things stand, with "off" or a time no vote decides until
// that is over.
func (h settingPages) pause(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	chat := cmd.Group
	p := cmd.Printer
	args := locale.Args{
		"name": p.Text("setting.pause.name", nil), "about": p.Text("setting.pause.about", nil), "allowed": p.Text("setting.pause.allowed", nil),
		"value": view.PausedText(p, chat.Paused, h.now()),
	}
	if cmd.Args == "" {
		return h.say(ctx, cmd, "setting.show", args)
	}
	length, ok := request.ReadPause(cmd.Args)
	if !ok {
		return h.say(ctx, cmd, "setting.wrong", args)
	}
	until, err := h.court.Pause(ctx, cmd.Update, cmd.Message.Chat.ID, cmd.Who, length)
	args["value"] = view.PausedText(p, until, h.now())
	return cmd.Reply(p.Text("setting.set", args), nil, err)
}
