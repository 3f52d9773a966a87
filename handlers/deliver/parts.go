package deliver

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// removeInParts removes what Telegram would not remove in one call, though the bot may: it removes none if there is one among them
// that it does not let go, such as one that is too old, or the notice of a topic. What stays is told in the words of topic.
//
// If it has to pause, each part that is left becomes a deletion of its own. So nothing that was found out is asked again, and a kill
// costs no more than a few calls: messages that are gone harm no call.
func (h performer) removeInParts(ctx context.Context, e moderation.DeleteMessages, topic moderation.Topic) error {
	p := newParts(e.Messages)
	for ids := p.next(); len(ids) > 0; ids = p.next() {
		_, err := h.Do(ctx, wire.DeleteMessages(e.Chat, ids))
		switch wire.KindOf(err) {
		case wire.KindOK, wire.KindGone, wire.KindNotModified:
			p.removed()
		case wire.KindNoRights, wire.KindInvalid:
			p.refused()
		default:
			return h.pause(ctx, e, p.unknown(), err)
		}
	}
	switch {
	case len(p.stay) == 0:
		return h.delivered(ctx, e, moderation.ProgressDone)
	case len(e.Messages) == 1:
		return h.stays(ctx, e, topic)
	default: // unless the right was lost meanwhile
		return h.wait(ctx, e, func() error { return h.stays(ctx, e, topic) })
	}
}

// stays tells that something of a case is left. Of other messages nobody waits to hear that.
func (h performer) stays(ctx context.Context, e moderation.DeleteMessages, topic moderation.Topic) error {
	if e.Case == "" {
		return nil
	}
	return h.giveUp(ctx, e, topic)
}

// pause has the rest tried again later. If there is no progress to keep, the effect itself is.
func (h performer) pause(ctx context.Context, e moderation.DeleteMessages, rest [][]int64, err error) error {
	if err = h.settled(err); err == nil || len(rest) == 1 && len(rest[0]) == len(e.Messages) {
		return err
	}
	due := h.now().Add(pauseInParts)
	if wait, ok := errors.AsType[*outbox.NotBefore](err); ok {
		due = wait.Until
	}
	return h.split(ctx, e, rest, due)
}

// pauseInParts is how long the rest waits if Telegram does not say how long.
const pauseInParts = time.Second

// split has the messages removed by a deletion for each part. The effect is done with that.
func (h performer) split(ctx context.Context, e moderation.DeleteMessages, parts [][]int64, due time.Time) error {
	if err := h.court.Split(ctx, e, parts, due); err != nil {
		return err
	}
	return outbox.ErrNoted
}

// parts are messages of which Telegram refuses at least one, in halves, and halves of these.
type parts struct {
	open []part  // the next at the end
	stay []int64 // which Telegram refuses to remove alone
}

// part is a row of messages.
type part struct {
	ids  []int64
	rest bool // one of them is refused if none was in the half before
	stay int  // how many were known to be refused before that half
}

func newParts(ids []int64) *parts {
	p := &parts{open: []part{{ids: ids}}}
	p.refused()
	return p
}

// next is what to try next, at most half of the messages. Of the second half it is a half at once if the first was removed whole:
// then it is the second that holds what is refused.
func (p *parts) next() []int64 {
	for len(p.open) > 0 {
		last := p.open[len(p.open)-1]
		if len(last.ids) == 1 || !last.rest || len(p.stay) > last.stay {
			return last.ids
		}
		p.refused()
	}
	return nil
}

// removed notes that what was tried is gone.
func (p *parts) removed() { p.open = p.open[:len(p.open)-1] }

// refused notes that one at least of what was tried is refused.
func (p *parts) refused() {
	ids := p.open[len(p.open)-1].ids
	p.removed()
	if len(ids) == 1 {
		p.stay = append(p.stay, ids[0])
		return
	}
	half := len(ids) / 2
	p.open = append(p.open, part{ids[half:], true, len(p.stay)}, part{ids: ids[:half]})
}

// unknown are the parts that were not tried, and what is refused, each of which is told once it is tried again.
func (p *parts) unknown() [][]int64 {
	var all [][]int64
	for _, o := range slices.Backward(p.open) {
		all = append(all, o.ids)
	}
	for _, id := range p.stay {
		all = append(all, []int64{id})
	}
	return all
}
