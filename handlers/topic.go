package handlers

import (
	"context"
	"errors"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// general is the topic that has no number.
const general int64 = 0

// recipient is whom something is told, in which group and about which case, if about one.
type recipient struct {
	moderation.Person
	chat   int64
	caseID string
}

// topicOf is the topic of the case that somebody is told about.
func (h *Handlers) topicOf(ctx context.Context, r recipient) (int64, error) {
	if r.caseID == "" {
		return general, nil
	}
	cs, err := h.memory.Case(ctx, r.chat, r.caseID)
	if errors.Is(err, moderation.ErrNoCase) {
		return general, nil
	}
	return cs.Thread, err
}

// whisper sends something to one person, ephemerally, in the topic of the case.
func (h *Handlers) whisper(ctx context.Context, r recipient, call bot.Call) error {
	topic, err := h.topicOf(ctx, r)
	if err != nil {
		return err
	}
	_, err = h.do(ctx, call.Thread(topic).Ephemeral(r.ID, "", 0))
	return err
}

// doElsewhere sends into General, and into the topics in which people wrote lately, until one takes it. If none does the
// error is of [bot.KindNoTopic], to be given up.
func (h *Handlers) doElsewhere(ctx context.Context, call bot.Call, err error) (bot.Result, error) {
	topics, failed := h.otherTopics(ctx, call)
	if failed != nil {
		return bot.Result{}, failed
	}
	var res bot.Result
	for _, topic := range topics {
		if res, err = h.doHere(ctx, call.Elsewhere(topic)); bot.KindOf(err) != bot.KindNoTopic {
			return res, err
		}
	}
	return res, err
}

// How many topics are tried, and among how many recent messages they are found.
const topicsTried, topicLook = 4, 100

func (h *Handlers) otherTopics(ctx context.Context, call bot.Call) ([]int64, error) {
	recent, err := h.memory.Recent(ctx, call.Chat, topicLook)
	if err != nil {
		return nil, err
	}
	topics := []int64{call.Topic(), general}
	for _, s := range recent {
		if !slices.Contains(topics, s.Thread) {
			topics = append(topics, s.Thread)
		}
	}
	topics = topics[1:min(len(topics), topicsTried)]
	return slices.DeleteFunc(topics, func(topic int64) bool { return topic == call.Topic() }), nil
}
