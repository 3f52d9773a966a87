package deliver

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// groupPosts writes to the whole group.
type groupPosts struct{ teller }

// introPause is how long the introduction to a forum waits whose General is closed, until somebody may have written in a
// topic that is open.
const introPause = 10 * time.Minute

// introduce brings the bot's introduction into line with its rights: one message, which says what
// it can do and which right is missing.
func (h groupPosts) introduce(ctx context.Context, e moderation.Introduce) error {
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil || !chat.Rights.Member {
		return err
	}
	p, err := h.printer(ctx, e.Chat, moderation.Person{})
	if err != nil {
		return err
	}
	text := view.IntroText(p, chat, view.ReportTextsIn(h.tg.Me(), chat, h.now()))
	rows := view.GreetingButtons(p, chat)
	if chat.Intro != 0 {
		_, err := h.Do(ctx, wire.EditMessageText(e.Chat, chat.Intro, text).Keyboard(rows))
		return h.settled(err)
	}
	res, err := h.Do(ctx, wire.SendMessage(e.Chat, text).NoPreview().Keyboard(rows))
	if now := h.now(); wire.KindOf(err) == wire.KindNoTopic && now.Before(chat.Greeted.Add(moderation.Greeting)) {
		return &outbox.NotBefore{Until: now.Add(introPause), Also: outbox.NothingElse}
	}
	if err != nil {
		return h.settled(err)
	}
	sent, err := res.Sent()
	if err != nil {
		return err
	}
	return h.court.Introduced(ctx, e.Chat, sent.MessageID)
}

// tellPause tells the group that votes decide nothing for a while, or that they do again, unless it is otherwise by now.
func (h groupPosts) tellPause(ctx context.Context, e moderation.AnnouncePause) error {
	chat, err := h.store.Chat(ctx, e.Chat)
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
	_, err = h.Do(ctx, wire.SendMessage(e.Chat, text).Quiet().NoPreview())
	return h.settled(err)
}

// tellBots tells the group how to report beside another bot, unless there is none any more.
func (h groupPosts) tellBots(ctx context.Context, e moderation.AnnounceBots) error {
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil || !chat.Rights.Member || !chat.Bots.Any(h.now()) {
		return err
	}
	text := view.ReportTextsIn(h.tg.Me(), chat, h.now()).Beside(view.PrinterFor(chat, "", h.now()))
	_, err = h.Do(ctx, wire.SendMessage(e.Chat, text).Quiet().NoPreview())
	return h.settled(err)
}

// leave has the bot leave a group in which the operator does not want it, with a word. By now the group may turn out to be one
// of those that the operator chose. Then it is asked what the bot may do there: what Telegram said of that was not noted.
func (h groupPosts) leave(ctx context.Context, e moderation.LeaveGroup) error {
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	if h.court.Allows(e.Chat, chat.Former) {
		if !chat.Rights.Member {
			return nil
		}
		rights, err := h.find.MyRights(ctx, chat)
		if err != nil {
			return err
		}
		return h.court.Look(ctx, e.Chat, rights)
	}
	calls := []wire.Call{wire.Leave(e.Chat)}
	if !e.Silent {
		text := view.PrinterFor(chat, "", h.now()).Text("group.leave", nil)
		calls = slices.Insert(calls, 0, wire.SendMessage(e.Chat, text).Quiet().NoPreview())
	}
	for _, call := range calls {
		if _, err := h.Do(ctx, call); h.settled(err) != nil {
			return h.settled(err)
		}
	}
	return h.court.Lost(ctx, e.Chat)
}
