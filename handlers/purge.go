package handlers

import (
	"context"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// purges removes messages in a row.
type purges struct {
	*base
	memory remembered
}

// purge is /purge: in reply to a message it offers to remove everything from there on.
func (h purges) purge(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	to := a.Message.ReplyTo
	switch {
	case !a.Who.Delete:
		return h.say(ctx, a, "refuse."+string(moderation.RefuseRights), nil)
	case request.RepliesTo(a) == nil, a.Args != "": // it takes a message, and nobody
		return h.say(ctx, a, "purge.how", nil)
	case h.now().Sub(to.Time()) >= moderation.MaxAge:
		return h.say(ctx, a, "refuse."+string(moderation.RefuseOld), nil)
	}
	r := request.Stretch{First: to.ID, Last: to.ID, Forum: a.Message.Chat.Forum, Topic: h.resolve.MessageTarget(to).Thread}
	recent, err := h.memory.Recent(ctx, a.Message.Chat.ID, 1)
	if err != nil {
		return nil, err
	}
	if len(recent) > 0 {
		r.Last = max(r.Last, recent[0].Message)
	}
	messages, all, err := h.within(ctx, a.Message.Chat.ID, r)
	if err != nil {
		return nil, err
	}
	chat, err := h.court.Note(ctx, a.Update, a.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	key := "purge.ask"
	if !all {
		r.Last, key = messages[len(messages)-1], "purge.ask_some"
	}
	rows := [][]bot.Button{{{Text: a.Printer.Text("button.purge", nil), Data: view.GroupData(view.ButtonPurge, chat.Ref, r.Parts()...)}}}
	return a.Answer(a.Printer.Text(key, locale.Args{"count": len(messages)}), rows), nil
}

// purgeNow confirms it.
func (h purges) purgeNow(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	r, ok := request.ParseStretch(t.Subject, t.Choice)
	if !ok {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	messages, _, err := h.within(ctx, t.ChatID, r)
	if err != nil {
		return nil, err
	}
	if err := h.court.Purge(ctx, t.Update, t.ChatID, t.Who, messages); err != nil {
		return t.Refuse(err)
	}
	missing := h.lacking(ctx, t.Printer, t.Group, moderation.RightDelete)
	text := t.Printer.Text("purge.done", nil)
	if missing != "" {
		text = t.Printer.Text("purge.waits", locale.Args{"right": missing})
	}
	if t.Message.EphemeralID == 0 {
		return t.Toast(text), nil
	}
	return t.Become(text, nil), nil
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
	recent, err := h.memory.Recent(ctx, chat, purgeLook)
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
