package handlers

import (
	"context"
	"errors"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// button answers a callback.
type button func(context.Context, *request.Callback) ([]wire.Call, error)

// callbackStore finds the group that a button names, and where to answer a callback without a message.
type callbackStore interface {
	groupsByRef
	privateChats
}

// callbacks finds out which button somebody pressed, and whether they may.
type callbacks struct {
	*base
	store        callbackStore
	seen         seenMessages
	pool         *lookup.Pool
	send         sender
	erasures     erasures
	wipes        wipes
	settingPages settingPages

	members map[string]button // shown in the group, to all members
	own     map[string]button // for the one person whom they concern
	admins  map[string]button
}

// callback answers a button that somebody pressed.
func (h *callbacks) callback(ctx context.Context, u *wire.Update) ([]wire.Call, error) {
	p := u.Callback
	data, ok := view.ParseCallbackData(p.Data)
	if !ok || p.From.Bot {
		return h.strange(ctx, u)
	}
	if request.MessageUnknown(p) && h.OnMessageUnknown != nil {
		h.OnMessageUnknown()
	}
	if data.Button == view.ButtonWipe {
		return h.wipes.wipe(ctx, u)
	}
	if data.Button == view.ButtonForget || data.Button == view.ButtonSettings && data.Part(0) == "0" {
		return h.callbackAlone(ctx, u, data)
	}
	cb := &request.Callback{Update: u.ID, ID: p.ID, Message: p.Message, MessageUnknown: request.MessageUnknown(p)}
	needs, run, err := h.findButton(ctx, cb, data)
	switch {
	case err != nil:
		return nil, err
	case run != nil && cb.ChatID != 0:
		calls, err := h.answered(ctx, cb, u, needs, run)
		if wipeableKinds[data.Button] {
			calls = view.AllWipeable(cb.Printer, calls)
		}
		return calls, err
	case data.Button == view.ButtonSettings && (cb.MessageUnknown || cb.Message.Chat.Private()):
		return h.callbackAlone(ctx, u, data)
	case run != nil && cb.MessageUnknown:
		return h.answerByAlert(ctx, u, "lost.again")
	}
	return h.strange(ctx, u)
}

// callbackAlone answers a button that belongs to no group and is shown only in private.
func (h *callbacks) callbackAlone(ctx context.Context, u *wire.Update, data view.CallbackData) ([]wire.Call, error) {
	m, private, err := h.privateMessage(ctx, u)
	switch {
	case err != nil:
		return nil, err
	case !private && request.MessageUnknown(u.Callback):
		return h.answerByAlert(ctx, u, "lost.start")
	case !private:
		return h.strange(ctx, u)
	case data.Button == view.ButtonForget:
		return h.erasures.forget(ctx, u, m, data.Part(0))
	}
	return h.settingPages.chooseAgain(ctx, u, m, data.Part(0) != "0")
}

// findButton finds what a callback asks for, in which group, and who may ask. It finds nothing where no button of ours
// can be.
func (h *callbacks) findButton(ctx context.Context, cb *request.Callback, data view.CallbackData) (needs who, run button, err error) {
	if run, needs, ok := h.grouped(data.Button); ok && (cb.MessageUnknown || needs == admins || cb.Message.Chat.Group() || cb.Message.Chat.Private()) {
		cb.Subject, cb.Choice = data.Part(1), data.Part(2)
		var err error
		cb.Group, err = h.groupOf(ctx, data.Part(0))
		cb.ChatID = cb.Group.ID
		if needs == admins && cb.ChatID != 0 && !cb.MessageUnknown && !mayBecome(data, cb.Group.Log, cb.Message) {
			run = h.unknown
		}
		return needs, run, err
	}
	run, ok := h.members[data.Button]
	if !ok || !cb.MessageUnknown && !cb.Message.Chat.Group() && !cb.Message.Chat.Private() {
		return persons, nil, nil
	}
	subject, ref := view.CutGroup(data.Part(0))
	cb.Subject, cb.Choice, cb.Extra = subject, data.Part(1), data.Part(2)
	if !cb.MessageUnknown && cb.Message.Chat.Group() {
		cb.ChatID = cb.Message.Chat.ID // what the button says of its group is not needed
		return persons, run, nil
	}
	cb.Group, err = h.groupOf(ctx, ref)
	cb.ChatID = cb.Group.ID
	return persons, run, err
}

// answered finds out who pressed, and answers if they may.
func (h *callbacks) answered(ctx context.Context, cb *request.Callback, u *wire.Update, needs who, run button) ([]wire.Call, error) {
	from, err := &u.Callback.From, error(nil)
	if cb.Group.ID == 0 {
		if cb.Group, err = h.chats.Chat(ctx, cb.ChatID); err != nil {
			return nil, err
		}
	}
	cb.Printer = view.PrinterFor(cb.Group, from.Language, h.now())
	find := h.resolve.Member
	if needs == persons {
		find = h.resolve.Glimpse
	}
	cb.Who, err = find(ctx, cb.ChatID, from)
	switch {
	case err != nil:
	case needs == admins && !cb.Who.Admin:
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseNotAdmin))
	case needs == persons && !cb.Who.Present && cb.Private():
		return h.strange(ctx, u) // as where there is no such group
	case needs != anyone && !cb.Who.Present:
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseOutsider))
	}
	if err == nil {
		h.learnPlace(cb)
	}
	found := true
	if err == nil && cb.MessageUnknown {
		found, err = h.findAnswerPlace(ctx, cb)
	}
	if !found && err == nil {
		return h.answerByAlert(ctx, u, "lost.start")
	}
	var calls []wire.Call
	if err == nil {
		calls, err = run(ctx, cb)
	}
	if errors.Is(err, lookup.ErrUnsure) {
		return h.toast(ctx, cb, "try_again")
	}
	return calls, err
}

// learnPlace notes that an admin of a group is at home in its log too.
func (h *callbacks) learnPlace(cb *request.Callback) {
	if cb.Who.Admin && !cb.MessageUnknown && cb.Message.Chat.ID == cb.Group.Log {
		h.budgets.learn(cb.Group.Log, cb.Who.ID, true)
	}
}

// grouped finds the button of a kind that names its group, and who may press it.
func (h *callbacks) grouped(kind string) (run button, needs who, ok bool) {
	if run, ok = h.own[kind]; ok {
		return run, anyone, true
	}
	run, ok = h.admins[kind]
	return run, admins, ok
}

// mayBecome reports whether a button for admins may change this message. It may change one that only who pressed sees,
// and the log entry of the same case. Otherwise an admin of one group could overwrite what the bot says in another, and
// any admin could overwrite the log.
func mayBecome(data view.CallbackData, log int64, m *wire.Message) bool {
	switch {
	case m.EphemeralID != 0 || m.Chat.Private():
		return true
	case data.Button == view.ButtonEvidence || data.Button == view.ButtonPurge:
		return true // they leave such a message as it is
	case data.Button == view.ButtonSettings || data.Button == view.ButtonBook || data.Button == view.ButtonForgive || m.Chat.ID != log:
		return false
	}
	return m.Inaccessible() || strings.Contains(view.OwnWords(m), data.Part(1))
}
