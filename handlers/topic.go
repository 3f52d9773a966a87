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

// topicOf is the topic of the case that an effect is about.
func (h *Handlers) topicOf(ctx context.Context, e moderation.Effect) (int64, error) {
	if e.Case == "" {
		return general, nil
	}
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if errors.Is(err, moderation.ErrNoCase) {
		return general, nil
	}
	return cs.Thread, err
}

// whisper sends something to the person whom an effect is for, ephemerally, in the topic of its case.
func (h *Handlers) whisper(ctx context.Context, e moderation.Effect, call bot.Call) error {
	topic, err := h.topicOf(ctx, e)
	if err != nil {
		return err
	}
	_, err = h.do(ctx, call.Thread(topic).Ephemeral(e.To.ID, "", 0))
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
