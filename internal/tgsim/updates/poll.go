package updates

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

var (
	errOtherPoll = &wire.Error{Code: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
	errByHook    = &wire.Error{Code: 409, Description: "Conflict: terminated by setWebhook request"}
	errHookSet   = &wire.Error{Code: 409, Description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
)

const (
	maxPoll  = 50 * time.Second
	maxBatch = 100
)

// A poll is a getUpdates call that is being answered.
type poll struct {
	ended chan struct{} // closed when another call takes over
}

// GetUpdates answers a long poll. It takes the lock itself, and waits
// without it, in real time.
func (s *Lines) GetUpdates(ctx context.Context, b *world.Bot, p params.Params) ([]byte, *wire.Error) {
	s.Lock()
	defer s.Unlock()
	q, l := &b.Queue, s.of(b)
	if l.hook != nil {
		return nil, errHookSet
	}
	l.endPoll()
	me := &poll{ended: make(chan struct{})}
	l.poll = me
	defer func() {
		if l.poll == me {
			l.poll = nil
		}
	}()
	ReadAllowed(q, p)
	q.SeekTo(p.Num("offset"))
	s.Touch() // somebody may wait for the confirmation
	var again []world.Queued
	if len(q.Recent) > 0 && s.Again(b) {
		again = q.Recent
	}
	limit := maxBatch
	if p.Has("limit") {
		limit = int(p.Num("limit"))
	}
	timer := time.NewTimer(min(time.Duration(p.Num("timeout"))*time.Second, maxPoll))
	defer timer.Stop()
	for {
		s.runFloods(b, limit)
		switch {
		case l.hook != nil:
			return nil, errByHook
		case l.poll != me:
			return nil, errOtherPoll
		}
		if q.Expire(s.Unix()) {
			s.Touch()
		}
		if len(q.Pending)+len(again) > 0 {
			return q.Batch(again, limit), nil
		}
		next := s.Next()
		s.Unlock()
		var over bool
		select {
		case <-next:
		case <-me.ended:
		case <-timer.C:
			over = true
		case <-ctx.Done():
			over = true
		}
		s.Lock()
		if over {
			return q.Batch(nil, limit), nil
		}
	}
}

// ReadAllowed takes over the kinds of updates that a call names.
func ReadAllowed(q *world.Queue, p params.Params) {
	if p.Has("allowed_updates") {
		q.Allowed = nil
		p.Object("allowed_updates", &q.Allowed)
	}
}
