package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// who may give a command.
type who int

const (
	anyone  who = iota // channels and the group itself too
	persons            // whoever writes in their own name, for only they may see the answer
	admins
	unmasked // admins who do not write in the group's name, since the answer is for them alone
	owner    // likewise, and of them the owner alone
)

// route is one command. What it is for is in the locale, under "help.topic." or "setting." and its name.
type route struct {
	name string
	who  who
	run  func(context.Context, *request.Command) ([]wire.Call, error)
}

// invocation is a command with what was typed after it.
type invocation struct {
	route
	args string
}

// booker makes calls when Telegram's limits allow them.
type booker interface {
	Book(ctx context.Context, call wire.Call) (ratelimit.Booking, error)
	Do(ctx context.Context, call wire.Call) (wire.Result, error)
}

// commands finds out which command somebody gave, and whether they may.
type commands struct {
	*base
	store          seenMessages
	tg             booker
	removals       *removals
	later          Later
	said           saidToAll
	group, private []route
}

// command finds the route of a message that is a command, or was edited into one. Commands for other bots, unknown
// ones, and those in a post of the linked channel are ordinary messages.
func (h *commands) command(u *wire.Update) (invocation, bool) {
	if u.Message == nil || u.Message.AutomaticForward {
		return invocation{}, false
	}
	given, ok := u.Message.Command(h.find.Me().Names...)
	if !ok {
		return invocation{}, false
	}
	routes := h.group
	if u.Message.Chat.Private() {
		routes = h.private
	} else if !u.Message.Chat.Group() {
		return invocation{}, false
	}
	for _, r := range routes {
		if r.name == given.Name {
			return invocation{r, locale.Visible(given.Args)}, true
		}
	}
	return invocation{}, false
}

// run gives a command to its route. A command that everybody saw is removed first, before anything slower is done; who gave it
// is asked beside that.
func (h *commands) run(ctx context.Context, u *wire.Update, given invocation) ([]wire.Call, error) {
	m := u.Message
	cmd := &request.Command{Update: u.ID, Message: m, Args: given.args, Public: m.Chat.Group() && m.EphemeralID == 0}
	var removing *removal
	if cmd.Public {
		removing = h.removals.take(ctx, m)
	}
	h.beginAsking(ctx, m, given)
	if cmd.Public {
		left, err := h.endRemoval(ctx, m, removing)
		if err != nil {
			return nil, err
		}
		cmd.Stands = left == commandStands
	}
	if request.ByBot(m) {
		return nil, h.noted(ctx, cmd)
	}
	if err := h.load(ctx, cmd); err != nil {
		return nil, err
	}
	if err := h.resolve.FindReplied(ctx, cmd); err != nil {
		return nil, err
	}
	if m.Chat.Group() {
		if answer, done, err := h.mayAsk(ctx, cmd, given); done {
			return answer, err
		}
	}
	calls, err := given.run(ctx, cmd)
	if errors.Is(err, lookup.ErrUnsure) {
		calls, err = h.say(ctx, cmd, "try_again", nil)
	}
	if reportNames[given.name] && !cmd.Masked() && !cmd.Practice {
		calls = view.AllWipeable(cmd.Printer, calls)
	}
	return calls, err
}

// beginAsking begins to ask Telegram what an admin's command depends on: who gives it, and, if it is about a member, who that is
// and what the bot may do.
func (h *commands) beginAsking(ctx context.Context, m *wire.Message, given invocation) {
	if given.who < admins || !m.Chat.Group() || m.From == nil || request.ByBot(m) {
		return
	}
	if m.SenderChat == nil {
		h.find.Begin(ctx, m.Chat.ID, m.From.ID)
	}
	if actNames[given.name] {
		h.find.Begin(ctx, m.Chat.ID, append(h.repliedTo(m), h.find.Me().ID)...)
	}
}

// actNames are the admins' commands about a member, whose answers say what the bot may not do.
var actNames = map[string]bool{"warn": true, "mute": true, "kick": true, "ban": true, "unmute": true, "unban": true, "pardon": true, "uphold": true}

// repliedTo is the member to whose message a command replies, if Telegram has to be asked what they are.
func (h *commands) repliedTo(m *wire.Message) []int64 {
	to := m.ReplyTo
	if to == nil || to.ID == 0 || to.Service != wire.ServiceNone {
		return nil
	}
	if t := h.resolve.MessageTarget(to); t.Role == moderation.RoleMember && !t.Author.Channel {
		return []int64{t.Author.ID}
	}
	return nil
}

// load finds the group in which a command was given, and the printer for who gave it.
func (h *commands) load(ctx context.Context, cmd *request.Command) (err error) {
	if !cmd.Message.Chat.Group() {
		cmd.Printer = locale.In(locale.Match(request.Language(cmd.Message.From), locale.Default)).On(h.now())
		return nil
	}
	cmd.Group, err = h.chats.Chat(ctx, cmd.Message.Chat.ID)
	cmd.Printer = view.PrinterFor(cmd.Group, request.Language(cmd.Message.From), h.now())
	cmd.Say = h.reportTexts(cmd.Group)
	return err
}

// mayAsk turns away who cannot be answered, and who would have to be an admin and is none.
func (h *commands) mayAsk(ctx context.Context, cmd *request.Command, given invocation) (answer []wire.Call, done bool, err error) {
	switch needs := given.who; {
	case needs == anyone && answersAll(cmd, given.name) && h.said.again(cmd.Message.Chat.ID, given.name, h.now()):
		return nil, true, h.noted(ctx, cmd)
	case needs == anyone:
		return nil, false, nil
	case needs == admins && cmd.Message.AnonymousAdmin():
		if cmd.Who, err = h.resolve.Anonymous(ctx, cmd.Message.Chat.ID); errors.Is(err, lookup.ErrUnsure) {
			answer, err = h.say(ctx, cmd, "try_again", nil)
			return answer, true, err
		}
		return nil, err != nil, err
	case needs == unmasked && cmd.Message.AnonymousAdmin():
		answer, err = h.say(ctx, cmd, "anonymous", nil)
		return answer, true, err
	case needs == owner && cmd.Message.AnonymousAdmin():
		answer, err = h.say(ctx, cmd, "pause.anonymous", nil)
		return answer, true, err
	case cmd.Masked():
		return nil, true, h.noted(ctx, cmd) // there is no one whom only they could see answered
	case needs == persons:
		return nil, false, nil
	}
	cmd.Who, err = h.resolve.Member(ctx, cmd.Message.Chat.ID, cmd.Message.From)
	switch {
	case errors.Is(err, lookup.ErrUnsure):
		answer, err = h.say(ctx, cmd, "try_again", nil)
		return answer, true, err
	case err != nil:
		return nil, true, err
	case given.who == owner && !cmd.Who.Owner:
		answer, err = h.say(ctx, cmd, "refuse."+string(moderation.RefuseNotOwner), nil)
		return answer, true, err
	case !cmd.Who.Admin:
		answer, err = h.say(ctx, cmd, "refuse."+string(moderation.RefuseNotAdmin), nil)
		return answer, true, err
	}
	return nil, false, nil
}
