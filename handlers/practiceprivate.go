package handlers

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// practiceForwarded is how far the time of a forward may be from the one at which the bot noted that it posted the message.
const practiceForwarded = 5 * time.Second

// reportPractice reports the message of a practice that somebody sent in private, if it is one of a group in which they are. It says
// false if there is none, or if it could be that of two groups.
func (h privateReports) reportPractice(ctx, looking context.Context, e moderation.LookupMessage, p moderation.PrivateReport) (bool, error) {
	of, err := h.practicesOf(ctx, e.Message)
	if err != nil || len(of) == 0 {
		return false, err
	}
	there, err := h.present(looking, of[:min(len(of), groupsLooked)], e.To)
	if errors.Is(err, lookup.ErrUnsure) && ctx.Err() == nil {
		return false, nil
	}
	if err != nil || len(there) != 1 {
		return false, err
	}
	chat, err := h.chats.Chat(ctx, there[0])
	if err != nil {
		return false, err
	}
	practice, err := h.practiceStore.Practice(ctx, chat.ID)
	if err != nil || !practice.Live() {
		return false, err
	}
	rule, _, _ := request.FindRule(chat.Book, e.Typed)
	_, _, err = h.court.ReportPractice(ctx, moderation.PracticeReport{
		Chat: chat.ID, Message: practice.Message, Rule: rule, Private: &p,
		Reporter: moderation.Member{ID: e.To.ID, Language: e.To.Language, Present: true},
	})
	var no *moderation.Refusal
	if errors.As(err, &no) {
		return false, nil
	}
	return true, err
}

// practicesOf lists the groups of whose practice a link or a forward may be.
func (h privateReports) practicesOf(ctx context.Context, to moderation.MessageRef) (groups []int64, err error) {
	if to.Message == 0 {
		return h.practicesForwarded(ctx, to)
	}
	linked, err := h.store.Linked(ctx, to)
	if err != nil {
		return nil, err
	}
	for _, chat := range linked {
		p, err := h.practiceStore.Practice(ctx, chat)
		if err != nil {
			return nil, err
		}
		if p.Live() && p.Message == to.Message {
			groups = append(groups, chat)
		}
	}
	return groups, nil
}

func (h privateReports) practicesForwarded(ctx context.Context, of moderation.MessageRef) (groups []int64, err error) {
	if of.Author != h.find.Me().ID {
		return nil, nil
	}
	at := time.Unix(of.At, 0)
	all, err := h.practiceStore.PracticesPosted(ctx, at.Add(-practiceForwarded), at.Add(practiceForwarded))
	if err != nil {
		return nil, err
	}
	for number, p := range all {
		if !p.Live() || p.Posted.Sub(at).Abs() > practiceForwarded {
			continue
		}
		chat, err := h.chats.Chat(ctx, number)
		if err != nil {
			return nil, err
		}
		if request.IsForwardOf(of, view.PracticeText(view.PrinterFor(chat, "", h.now()), h.reportTexts(chat))) {
			groups = append(groups, number)
		}
	}
	slices.Sort(groups)
	return groups, nil
}
