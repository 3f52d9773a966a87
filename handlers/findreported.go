package handlers

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// How long after the bot begins to look for a message it answers, whatever it found; and for how long it looks. The outbox
// counts in whole seconds, so the answer comes at the last of them.
const (
	answerAfter = 3 * time.Second
	lookFor     = 1500 * time.Millisecond
)

// groupsLooked is in how many groups Telegram is asked for one report whether the reporter is there.
const groupsLooked = 32

// FindReported finds the message that somebody reports in private, and reports it. It is for who delivers. Whether there is such a
// message, or such a group, shows only to members of that group: neither in what others are told, nor in when. If Telegram does
// not say in time who is a member, nobody is.
func (h *Handlers) FindReported(ctx context.Context, e moderation.LookupMessage) error {
	return h.privateReports.findReported(ctx, e)
}

// SentAlong adds to messages that somebody sent in private the other items of their album, as far as this process saw them.
func (h *Handlers) SentAlong(person int64, messages []int64) []int64 {
	return h.privateReports.sent.along(person, messages)
}

func (h privateReports) findReported(ctx context.Context, e moderation.LookupMessage) error {
	began := h.now()
	p := moderation.PrivateReport{
		Row: e.Ref, To: e.To, Messages: e.Messages, Began: began.UTC().Truncate(time.Second), Due: began.Add(answerAfter).Truncate(time.Second),
	}
	looking, cancel := h.within(ctx, lookFor)
	defer cancel()
	found, err := h.meant(ctx, looking, e)
	if err == nil && len(found) == 1 {
		return h.reportFound(ctx, looking, e, p, found[0])
	}
	if err == nil && len(found) == 0 {
		if done, err := h.reportPractice(ctx, looking, e, p); done || err != nil {
			return err
		}
	}
	var which []moderation.GroupMessage
	if err == nil && len(found) > 1 {
		which, err = h.which(ctx, e, found)
	}
	return h.answerUnless(ctx, p, moderation.PrivateReceipt{Which: which}, err)
}

// answerUnless queues the answer, unless there is an error that will pass. Telegram's silence is none.
func (h privateReports) answerUnless(ctx context.Context, p moderation.PrivateReport, r moderation.PrivateReceipt, err error) error {
	if err != nil && (!errors.Is(err, lookup.ErrUnsure) || ctx.Err() != nil) {
		return err
	}
	return h.court.Reports.Answer(ctx, p, r)
}

// meant lists the messages that the reporter may mean, of groups in which they are: one of each group. Where two of a group
// are like that, nobody can tell which is meant, and it lists none.
func (h privateReports) meant(ctx, looking context.Context, e moderation.LookupMessage) ([]moderation.SeenMessage, error) {
	all, err := h.named(ctx, e.Message)
	if err != nil {
		return nil, err
	}
	var groups []int64
	of := map[int64][]moderation.SeenMessage{}
	for _, s := range all {
		if of[s.Chat] == nil {
			groups = append(groups, s.Chat)
		}
		if !sameAlbum(of[s.Chat], s) {
			of[s.Chat] = append(of[s.Chat], s)
		}
	}
	there, err := h.present(looking, groups[:min(len(groups), groupsLooked)], e.To)
	if err != nil {
		return nil, err
	}
	var found []moderation.SeenMessage
	for _, chat := range there {
		if len(of[chat]) > 1 {
			return nil, nil
		}
		found = append(found, of[chat]...)
	}
	return found, nil
}

// sameAlbum reports whether a message is an item of the album of another, so that both are one message.
func sameAlbum(others []moderation.SeenMessage, s moderation.SeenMessage) bool {
	return len(others) > 0 && s.Album != "" && others[0].Album == s.Album
}

// named lists the messages to which a link leads, or of which a forward may be, whoever is a member there.
func (h privateReports) named(ctx context.Context, to moderation.MessageRef) ([]moderation.SeenMessage, error) {
	if to.Message == 0 {
		return h.forwarded(ctx, to)
	}
	groups, err := h.store.Linked(ctx, to)
	if err != nil {
		return nil, err
	}
	var found []moderation.SeenMessage
	for _, chat := range groups {
		s, ok, err := h.store.SeenMessage(ctx, chat, to.Message)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, s)
		}
	}
	return found, nil
}

// forwarded lists the messages of which a forward may be. If not all of its second could be looked at, only those count that the
// person wrote whom the forward names: somebody else may have said the same.
func (h privateReports) forwarded(ctx context.Context, of moderation.MessageRef) ([]moderation.SeenMessage, error) {
	found, all, err := h.store.Forwards(ctx, of.At, func(s moderation.SeenMessage) bool { return request.IsForwarded(of, s) })
	if err != nil || all {
		return found, err
	}
	return slices.DeleteFunc(found, func(s moderation.SeenMessage) bool { return of.Author == 0 || s.Author.ID != of.Author }), nil
}

// present are those of some groups in which somebody is a member, as Telegram says.
func (h privateReports) present(ctx context.Context, groups []int64, who moderation.Person) (there []int64, err error) {
	in := make([]bool, len(groups))
	asks := make([]func() error, len(groups))
	for i, chat := range groups {
		asks[i] = func() (err error) {
			in[i], err = h.find.Present(ctx, chat, who.ID)
			return err
		}
	}
	if err := lookup.All(asks...); err != nil {
		return nil, lookup.Unsure(ctx, err)
	}
	for i, chat := range groups {
		if in[i] {
			there = append(there, chat)
		}
	}
	return there, nil
}

// which are the messages that the reporter is asked about, because they are of several groups.
func (h privateReports) which(ctx context.Context, e moderation.LookupMessage, found []moderation.SeenMessage) (which []moderation.GroupMessage, err error) {
	for _, s := range found {
		chat, err := h.chats.Chat(ctx, s.Chat)
		if err != nil {
			return nil, err
		}
		rule, _, _ := request.FindRule(chat.Book, e.Typed)
		which = append(which, moderation.GroupMessage{Group: chat.Ref, Message: s.Message, Rule: rule})
	}
	return which, nil
}

// reportFound reports the message of a group in which the reporter is. From here on they are told what members are told.
func (h privateReports) reportFound(ctx, looking context.Context, e moderation.LookupMessage, p moderation.PrivateReport, s moderation.SeenMessage) error {
	chat, err := h.chats.Chat(ctx, s.Chat)
	if err != nil {
		return err
	}
	target := seenTarget(s)
	if _, err := h.both(looking, chat, &wire.User{ID: e.To.ID, Language: e.To.Language}, &target); err != nil {
		return h.answerUnless(ctx, p, moderation.PrivateReceipt{}, lookup.Unsure(ctx, err))
	}
	rule, _, _ := request.FindRule(chat.Book, e.Typed)
	_, err = h.court.Report(ctx, moderation.Report{
		Chat: s.Chat, Kind: chat.Kind, Reporter: moderation.Member{ID: e.To.ID, Language: e.To.Language, Present: true},
		Target: target, Rule: rule, Evidence: request.SeenEvidence(s), Private: &p,
	})
	var no *moderation.Refusal
	if errors.As(err, &no) {
		return h.court.Reports.Answer(ctx, p, moderation.PrivateReceipt{Group: chat.Ref, Refused: no.Code, Case: no.Case, Until: no.Until})
	}
	return err
}

// within bounds how long something takes, by the bot's clock.
func (h privateReports) within(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if h.Within == nil {
		return context.WithTimeout(ctx, d)
	}
	return h.Within(ctx, d)
}
