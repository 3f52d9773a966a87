package handlers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// NotYet says that an effect may not be carried out before then, and nothing else of its kind
// either if Everywhere is set.
type NotYet struct {
	Until      time.Time
	Everywhere bool
	Alone      bool // and nothing else has to wait for it
}

func (e *NotYet) Error() string { return "not before " + e.Until.Format(time.TimeOnly) }

// ErrHeld says that an effect waits for a right of the bot's. The admins know.
var ErrHeld = errors.New("a right is missing")

// ErrNoted says that an effect is carried out, and waits no longer in the store.
var ErrNoted = errors.New("done, and noted as done")

// Carry carries an effect out. Nil means that there is nothing more to do about it, be it done or
// refused for good; [ErrNoted] the same; [NotYet] and [ErrHeld] say when there will be; any other error, that it should
// be tried again. Being killed half way and starting again does no harm.
func (h *Handlers) Carry(ctx context.Context, e moderation.Effect) error {
	err := h.carry(ctx, e)
	var refused *bot.Error
	var wait *NotYet
	switch {
	case errors.As(err, &wait) || !errors.As(err, &refused):
		return err
	case refused.MigrateTo != 0:
		// The group's own word of it may never come, if the bot was away for more than a day.
		return errors.Join(err, h.court.Migrate(ctx, 0, e.Waits().Chat, refused.MigrateTo))
	case refused.Kind() == bot.KindTooMany: // a question on the way to it was refused
		return h.notYet(refused)
	}
	return err
}

// notYet says when Telegram wants to hear more, which it refused for being too much.
func (h *Handlers) notYet(refused *bot.Error) *NotYet {
	return &NotYet{Until: h.now().Add(max(time.Second, refused.RetryAfter))}
}

func (h *Handlers) carry(ctx context.Context, e moderation.Effect) error {
	switch e := e.(type) {
	case moderation.DrawCard:
		return h.showCard(ctx, e)
	case moderation.RemoveCard:
		return h.removeCard(ctx, e)
	case moderation.DeleteMessages:
		return h.remove(ctx, e)
	case moderation.PutPenalty:
		return h.punish(ctx, e)
	case moderation.LiftBan:
		return h.lift(ctx, e)
	case moderation.ShortenPenalty:
		return h.shorten(ctx, e)
	case moderation.EndPenalty:
		return h.setFree(ctx, e)
	case moderation.CheckManual:
		return h.look(ctx, e)
	case moderation.SendNews:
		return h.tellNews(ctx, e)
	case moderation.LimitSending:
		return h.bind(ctx, e)
	case moderation.SendRegained:
		return h.tellRegained(ctx, e)
	case moderation.SendCaution:
		return h.tellCaution(ctx, e)
	case moderation.SendNotice:
		return h.notify(ctx, e, e.Notice)
	case moderation.SendLetter:
		return h.notify(ctx, e, e.Notice)
	case moderation.SendOutcome:
		return h.tellOutcome(ctx, e)
	case moderation.SendSummons:
		return h.summon(ctx, e)
	case moderation.SendThanks:
		return h.thank(ctx, e)
	case moderation.FetchFiles:
		return h.fetch(ctx, e)
	case moderation.SendInvite:
		return h.invite(ctx, e)
	case moderation.TellAdmins:
		return h.tellAdmins(ctx, e)
	case moderation.TellAdmin:
		return h.tellAdmin(ctx, e)
	case moderation.SendWelcome:
		return h.welcome(ctx, e)
	case moderation.AnnouncePause:
		return h.tellPause(ctx, e)
	case moderation.Introduce:
		return h.introduce(ctx, e)
	default:
		return nil // from a newer version; nobody here knows what it means
	}
}

// CarryCall makes a call that could not be made when it was due.
func (h *Handlers) CarryCall(ctx context.Context, call bot.Call) error {
	_, err := h.do(ctx, call)
	if bot.KindOf(err) == bot.KindMigrated {
		return nil // an answer in a place that is no more
	}
	return h.settled(err)
}

// do makes a call when the limits allow it. What is sent into a topic that is closed or deleted is sent into another.
func (h *Handlers) do(ctx context.Context, call bot.Call) (bot.Result, error) {
	res, err := h.doHere(ctx, call)
	if bot.KindOf(err) != bot.KindNoTopic || !call.Sends() {
		return res, err
	}
	return h.doElsewhere(ctx, call, err)
}

// doHere makes a call when the limits allow it.
func (h *Handlers) doHere(ctx context.Context, call bot.Call) (bot.Result, error) {
	booked, err := h.tg.Book(ctx, call)
	if err != nil {
		return bot.Result{}, err
	}
	if !booked.OK {
		return bot.Result{}, &NotYet{Until: booked.Ready, Everywhere: booked.Everywhere, Alone: call.Yields() && !booked.Everywhere}
	}
	res, err := h.tg.Do(ctx, call)
	var refused *bot.Error
	if errors.As(err, &refused) && refused.Kind() == bot.KindTooMany {
		return res, h.notYet(refused)
	}
	if bot.KindOf(err) == bot.KindRemoved {
		return res, errors.Join(err, h.lost(ctx, call.Chat))
	}
	return res, err
}

// lost notes that the bot is no longer in a group that it believed to be in.
func (h *Handlers) lost(ctx context.Context, chat int64) error {
	found, err := h.memory.Chat(ctx, chat)
	if err != nil || !found.Rights.Member {
		return err
	}
	// Telegram says "kicked" of others too, so it is asked once more.
	if me, err := h.find.Member(ctx, chat, h.tg.Me().ID); err != nil || me.InChat() {
		return err
	}
	return h.court.Lost(ctx, chat)
}

// settled is nil unless trying again can help.
func (h *Handlers) settled(err error) error {
	var wait *NotYet
	if err == nil || errors.As(err, &wait) {
		return err
	}
	switch bot.KindOf(err) {
	case bot.KindTemporary, bot.KindTooMany, bot.KindMigrated, bot.KindUnauthorized:
		return err
	case bot.KindNotModified, bot.KindGone:
		return nil
	default:
		h.log.Info("handlers: Telegram refused", "error", err)
		return nil
	}
}

// deed removes, mutes or bans. What is refused for want of a right waits for it; what is refused
// for good is told to the admins, in the words of topic.
func (h *Handlers) deed(ctx context.Context, e moderation.Effect, topic moderation.Topic, call bot.Call) error {
	_, err := h.do(ctx, call)
	switch bot.KindOf(err) {
	case bot.KindNoRights:
		return h.refusedDeed(ctx, e, topic, call)
	case bot.KindTargetIsAdmin:
		return h.giveUp(ctx, e, moderation.TopicTargetAdmin)
	case bot.KindGone:
		if _, puts := e.(moderation.PutPenalty); puts {
			return h.giveUp(ctx, e, topic)
		}
		return h.delivered(ctx, e, moderation.ProgressDone)
	case bot.KindOK, bot.KindNotModified:
		return h.delivered(ctx, e, moderation.ProgressDone)
	case bot.KindUnsupported, bot.KindInvalid:
		h.log.Info("handlers: Telegram refused", "error", err)
		return h.giveUp(ctx, e, topic)
	}
	return h.settled(err)
}

// giveUp tells the admins that Telegram refuses a deed for good. A restriction follows from a standing:
// there is no case to tell of.
func (h *Handlers) giveUp(ctx context.Context, e moderation.Effect, topic moderation.Topic) error {
	if _, limits := e.(moderation.LimitSending); limits {
		return nil
	}
	if err := h.court.Failed(ctx, e, topic); err != nil {
		return err
	}
	return ErrNoted
}

// refusedDeed tells the things apart that Telegram calls by the same name: that the bot may not, that it may since a moment
// ago, and that nobody may, for the message is too old.
func (h *Handlers) refusedDeed(ctx context.Context, e moderation.Effect, topic moderation.Topic, call bot.Call) error {
	removal, deletes := e.(moderation.DeleteMessages)
	if !deletes {
		return h.wait(ctx, e, func() error {
			if _, err := h.do(ctx, call); err != nil {
				return err
			}
			return h.delivered(ctx, e, moderation.ProgressDone)
		})
	}
	return h.wait(ctx, e, func() error {
		if removal.Case == "" || len(removal.Messages) > 1 {
			return h.halve(ctx, removal)
		}
		return h.giveUp(ctx, e, topic)
	})
}

// halve has the messages that one call would not remove tried in two parts: Telegram removes none if there is
// one among them that it does not let go, such as one that is too old, or the notice of a topic.
func (h *Handlers) halve(ctx context.Context, e moderation.DeleteMessages) error {
	if len(e.Messages) < 2 {
		return nil
	}
	front, back := e, e
	half := len(e.Messages) / 2
	front.Messages, back.Messages = e.Messages[:half], e.Messages[half:]
	return h.court.Do(ctx, e.Chat, []moderation.Effect{front, back})
}

// remove removes messages, unless it was found while that waited for a right that they were fine.
func (h *Handlers) remove(ctx context.Context, e moderation.DeleteMessages) error {
	if e.Case != "" {
		cs, err := h.memory.Case(ctx, e.Chat, e.Case)
		if err != nil && !errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Reversed == moderation.Overturned {
			return err
		}
	}
	return h.deed(ctx, e, moderation.TopicTooOld, bot.DeleteMessages(e.Chat, e.Messages))
}

// untold says that what concerns one person waits for the bot to be an admin again, if that is why
// they could not be told.
func (h *Handlers) untold(ctx context.Context, e moderation.Effect, err error) error {
	if bot.KindOf(err) != bot.KindNoRights {
		return h.settled(err)
	}
	return h.wait(ctx, e, func() error { return err })
}

// tell writes to one person: in private if they opened that chat, else ephemerally in the group.
// Somebody who blocked the private chat is told in the group.
func (h *Handlers) tell(ctx context.Context, r recipient, text string, buttons ...bot.Button) error {
	said := func(to int64) bot.Call {
		call := bot.SendMessage(to, text).NoPreview()
		if len(buttons) > 0 {
			call = call.Keyboard([][]bot.Button{buttons})
		}
		return call
	}
	if r.Private {
		_, err := h.do(ctx, said(r.ID))
		if bot.KindOf(err) != bot.KindBlocked {
			return err
		}
		if err := h.court.Private(ctx, 0, r.ID, false); err != nil {
			return err
		}
	}
	return h.whisper(ctx, r, said(r.chat))
}

// speak is the printer for one person about a group.
func (h *Handlers) speak(ctx context.Context, chat int64, to moderation.Person) (locale.Printer, error) {
	p, err := h.printer(ctx, chat, to.Language)
	if err != nil {
		return p, fmt.Errorf("find the language to speak: %w", err)
	}
	return p, nil
}
