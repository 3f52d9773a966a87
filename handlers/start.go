package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// starts opens the private chat.
type starts struct {
	*base
	store     caseByID
	quizzes   quizzes
	evidences evidences
	reports   privateReports
}

// start is /start in private. From now on the person can be written to here.
func (h starts) start(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if ref, id, ok := view.ParseQuiz(cmd.Args); ok {
		return h.quizzes.startQuiz(ctx, cmd, ref, id)
	}
	if ref, id, ok := view.ParseEvidence(cmd.Args); ok {
		calls, err := h.evidences.startEvidence(ctx, cmd, ref, id)
		if err != nil {
			return nil, err
		}
		return calls, h.court.Private(ctx, cmd.Update, cmd.Message.From.ID, true)
	}
	if cmd.Args == view.PrivacyStart {
		return h.tellPrivately(ctx, cmd.Update, cmd, "privacy")
	}
	chat, id, ok := view.ParseAbout(cmd.Args)
	if !ok {
		calls, err := h.helpPrivately(ctx, cmd.Update, cmd)
		return append(cmd.Answer(cmd.Printer.Text("welcome", nil), nil), calls...), err
	}
	text, rows, err := h.aboutCase(ctx, cmd, chat, id)
	if err != nil {
		return nil, err
	}
	return cmd.Answer(text, rows), h.court.Private(ctx, cmd.Update, cmd.Message.From.ID, true)
}

// aboutCase is a notice that could not be delivered, for the author alone. Its times are those of the group.
func (h starts) aboutCase(ctx context.Context, cmd *request.Command, chat int64, id string) (string, [][]wire.Button, error) {
	cs, err := h.store.Case(ctx, chat, id)
	if err != nil && !errors.Is(err, moderation.ErrNoCase) {
		return "", nil, err
	}
	if err != nil || cs.Verdict != moderation.Upheld || !cs.Author.Reachable() || cs.Author.ID != cmd.Message.From.ID {
		return cmd.Printer.Text("about.none", nil), nil, nil
	}
	p, err := h.printer(ctx, chat, request.Language(cmd.Message.From))
	if err != nil {
		return "", nil, err
	}
	group, err := h.chats.Chat(ctx, chat)
	if err != nil {
		return "", nil, err
	}
	text, err := h.find.PrivateNotice(ctx, p, group, cs, nil)
	return text, view.NoticeButtons(p, group, cs, h.now(), h.find.Me().Username, true), err
}

// private takes anything else that is sent in private: a message that somebody reports. Other things are answered with what
// the bot is for.
func (h starts) private(ctx context.Context, u *wire.Update) ([]wire.Call, error) {
	if report, err := h.reports.sends(ctx, u); report || err != nil {
		return nil, err
	}
	p := locale.In(locale.Match(u.Message.From.Language, locale.Default))
	return h.helpPrivately(ctx, u.ID, &request.Command{Message: u.Message, Printer: p})
}
