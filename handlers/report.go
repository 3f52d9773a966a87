package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// reportNames are the commands that report.
var reportNames = map[string]bool{"report": true, "spam": true}

// reports takes reports of messages.
type reports struct {
	*base
	store recentMessages
	sizes *sizes

	practices practices
}

// report is /report: on the message that it replies to, or else on one that is picked.
func (h reports) report(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.reportAs(ctx, cmd, cmd.Args)
}

// spam is /spam, which people type: /report spam.
func (h reports) spam(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.reportAs(ctx, cmd, string(rulebook.Spam))
}

func (h reports) reportAs(ctx context.Context, cmd *request.Command, typed string) ([]wire.Call, error) {
	chat := cmd.Group
	rule, _, _ := request.FindRule(chat.Book, typed)
	if from := cmd.Message.External; from != nil && from.Chat != 0 && from.Chat == chat.Linked {
		return h.say(ctx, cmd, "refuse."+string(moderation.RefuseLinked), nil)
	}
	to := cmd.Message.ReplyTo
	// In a topic, a message that replies to nothing is given the topic's creation to reply to.
	if to == nil || to.ID == 0 || to.Service == wire.ServiceTopicCreated {
		return h.picker(ctx, cmd, rule)
	}
	t := h.resolve.MessageTarget(to)
	who, err := h.both(ctx, chat, cmd.Message.From, &t)
	if err != nil {
		return nil, err
	}
	if t.Role == moderation.RoleBot {
		return h.practices.report(ctx, cmd, who, to.ID, rule, h.warning(chat, cmd.Public))
	}
	receipt, err := h.court.Report(ctx, moderation.Report{
		Update: cmd.Update, Chat: cmd.Message.Chat.ID, Kind: request.KindOf(&cmd.Message.Chat), Reporter: who, Target: t, Rule: rule,
		Evidence: cmd.Evidence(to),
	})
	text, rows := view.Confirmation(cmd.Printer, chat, receipt, h.warning(chat, cmd.Public))
	if err != nil {
		if text, err = view.Refusal(cmd.Printer, err); err != nil {
			return nil, err
		}
		return cmd.Answer(cmd.Warned(text), nil), nil
	}
	return cmd.Answer(text, rows), nil
}

// warning is what a confirmation says of a command that everybody saw; nil if nobody did.
func (h reports) warning(chat moderation.Chat, seen bool) *view.ReportTexts {
	if !seen {
		return nil
	}
	say := h.reportTexts(chat)
	return &say
}

// both looks up the reporter and the role of the author, at the same time. Beside them it counts the members of the group if
// that is due. Whatever is remembered, Telegram is asked something that nobody else's report has answered: how long an answer takes
// must not tell that there was one.
func (h reports) both(ctx context.Context, chat moderation.Chat, reporter *wire.User, t *moderation.Target) (moderation.Member, error) {
	who, look := moderation.Member{}, h.resolve.Glimpse
	if !request.AsksRole(t) {
		look = h.resolve.Member
	}
	err := lookup.All(
		func() (err error) {
			who, err = look(ctx, chat.ID, reporter)
			return err
		},
		func() error { return h.resolve.GlimpseRole(ctx, chat.ID, t, reporter.ID) },
		func() error {
			h.sizes.glimpseSize(ctx, chat)
			return nil
		},
	)
	return who, err
}
