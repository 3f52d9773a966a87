package handlers

import (
	"context"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// purges removes messages in a row.
type purges struct {
	*base
	store recentMessages
}

// purge is /purge: in reply to a message it offers to remove everything from there on.
func (h purges) purge(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	to := cmd.Message.ReplyTo
	switch {
	case !cmd.Who.Delete:
		return h.say(ctx, cmd, "refuse."+string(moderation.RefuseRights), nil)
	case request.RepliesTo(cmd) == nil, cmd.Args != "": // it takes a message, and nobody
		return h.say(ctx, cmd, "purge.how", nil)
	case h.now().Sub(to.Time()) >= moderation.MaxAge:
		return h.say(ctx, cmd, "refuse."+string(moderation.RefuseOld), nil)
	}
	r := request.Stretch{First: to.ID, Last: to.ID, Forum: cmd.Message.Chat.Forum, Topic: h.resolve.MessageTarget(to).Thread}
	recent, err := h.store.Recent(ctx, cmd.Message.Chat.ID, 1)
	if err != nil {
		return nil, err
	}
	if len(recent) > 0 {
		r.Last = max(r.Last, recent[0].Message)
	}
	messages, all, err := h.within(ctx, cmd.Message.Chat.ID, r)
	if err != nil {
		return nil, err
	}
	chat, err := h.court.Note(ctx, cmd.Update, cmd.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	key := "purge.ask"
	if !all {
		r.Last, key = messages[len(messages)-1], "purge.ask_some"
	}
	rows := [][]wire.Button{{{Text: cmd.Printer.Text("button.purge", nil), Data: view.GroupData(view.ButtonPurge, chat.Ref, r.Parts()...)}}}
	return cmd.Answer(cmd.Printer.Text(key, locale.Args{"count": len(messages)}), rows), nil
}

// purgeNow confirms it.
func (h purges) purgeNow(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	r, ok := request.ParseStretch(cb.Subject, cb.Choice)
	if !ok {
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
	}
	messages, _, err := h.within(ctx, cb.ChatID, r)
	if err != nil {
		return nil, err
	}
	if err := h.court.Purge(ctx, cb.Update, cb.ChatID, cb.Who, messages); err != nil {
		return cb.Refuse(err)
	}
	missing := h.lacking(ctx, cb.Printer, cb.Group, moderation.RightDelete)
	text := cb.Printer.Text("purge.done", nil)
	if missing != "" {
		text = cb.Printer.Text("purge.waits", locale.Args{"right": missing})
	}
	if cb.Message.EphemeralID == 0 {
		return cb.Toast(text), nil
	}
	return cb.Become(text, nil), nil
}

// within lists the messages of a stretch, as many as can be removed at once, and says whether that is all. In a forum
// these are the messages that the bot remembers. Elsewhere they are all numbers in between.
func (h purges) within(ctx context.Context, chat int64, r request.Stretch) (messages []int64, all bool, err error) {
	if !r.Forum {
		end := min(r.Last, r.First+moderation.MaxPurge-1)
		for id := r.First; id <= end; id++ {
			messages = append(messages, id)
		}
		return messages, end == r.Last, nil
	}
	recent, err := h.store.Recent(ctx, chat, purgeLook)
	if err != nil {
		return nil, false, err
	}
	messages = []int64{r.First}
	for _, s := range slices.Backward(recent) {
		switch {
		case s.Thread != r.Topic || s.Message <= r.First || s.Message > r.Last:
		case len(messages) == moderation.MaxPurge:
			return messages, false, nil
		default:
			messages = append(messages, s.Message)
		}
	}
	return messages, true, nil
}

// purgeLook is how many messages are searched for those of a topic: all that are remembered.
const purgeLook = 512
