package deliver

import (
	"context"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// general is the topic that has no number.
const general int64 = 0

// doElsewhere sends into General, and into the topics in which people wrote lately, until one takes it. If none does the
// error is of [wire.KindNoTopic], to be given up.
func (h *Sender) doElsewhere(ctx context.Context, call wire.Call, err error) (wire.Result, error) {
	topics, failed := h.otherTopics(ctx, call)
	if failed != nil {
		return wire.Result{}, failed
	}
	var res wire.Result
	for _, topic := range topics {
		if res, err = h.doHere(ctx, call.Elsewhere(topic)); wire.KindOf(err) != wire.KindNoTopic {
			return res, err
		}
	}
	return res, err
}

// How many topics are tried, and among how many recent messages they are found.
const topicsTried, topicLook = 4, 100

func (h *Sender) otherTopics(ctx context.Context, call wire.Call) ([]int64, error) {
	recent, err := h.store.Recent(ctx, call.Chat, topicLook)
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
