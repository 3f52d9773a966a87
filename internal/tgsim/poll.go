package tgsim

import (
	"bytes"
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

const (
	maxPoll  = 50 * time.Second
	maxBatch = 100
)

// A poll is a getUpdates call that is being answered.
type poll struct {
	ended chan struct{} // closed when another call takes over
}

var (
	errOtherPoll = &wire.Error{Code: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
	errByHook    = &wire.Error{Code: 409, Description: "Conflict: terminated by setWebhook request"}
	errHookSet   = &wire.Error{Code: 409, Description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
)

// getUpdates answers a long poll. It takes the lock itself, and waits
// without it, in real time.
func (s *lines) getUpdates(ctx context.Context, b *Bot, p params.Params) ([]byte, *wire.Error) {
	s.Lock()
	defer s.Unlock()
	q, l := &b.queue, s.of(b)
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
	readAllowed(q, p)
	q.seek(p.Num("offset"))
	s.Touch() // somebody may wait for the confirmation
	var again []queued
	if len(q.recent) > 0 && s.again(b) {
		again = q.recent
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
		if q.expire(s.unix()) {
			s.Touch()
		}
		if len(q.pending)+len(again) > 0 {
			return q.batch(again, limit), nil
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
			return q.batch(nil, limit), nil
		}
	}
}

// readAllowed takes over the kinds of updates that a call names.
func readAllowed(q *queue, p params.Params) {
	if p.Has("allowed_updates") {
		q.allowed = nil
		p.Object("allowed_updates", &q.allowed)
	}
}

// seek applies an offset: a positive one confirms all lower updates, a
// negative one keeps only so many from the end.
func (q *queue) seek(offset int64) {
	switch {
	case offset > 0:
		q.confirm(offset)
	case offset < 0:
		q.keepLast(-offset)
	}
}

// batch is the JSON answer with up to limit updates.
func (q *queue) batch(again []queued, limit int) []byte {
	fresh := q.pending[:min(limit, len(q.pending))]
	size := 32
	for _, u := range fresh {
		size += len(u.raw) + 1
	}
	buf := bytes.NewBuffer(make([]byte, 0, size))
	buf.WriteString(`{"ok":true,"result":[`)
	sep := false
	for _, list := range [2][]queued{again, fresh} {
		for _, u := range list {
			if sep {
				buf.WriteByte(',')
			}
			sep = true
			buf.Write(u.raw)
			q.shown = max(q.shown, u.id)
		}
	}
	buf.WriteString(`]}`)
	return buf.Bytes()
}
