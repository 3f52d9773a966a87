package bot

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const (
	pollLimit     = 100         // updates per answer, Telegram's maximum
	pollWait      = 50          // seconds the server may wait for an update, its maximum
	slowPollLimit = time.Second // how long slow work may delay the next getUpdates
	lastPoll      = time.Second // for the confirmation at the end

	// patience is how long an update may take before it is kept in the inbox, so that those behind it come in. Most updates are
	// handled in a few milliseconds, and would only cost a commit more.
	patience = 25 * time.Millisecond
)

// poller is one run of [Receiver.Poll].
type poller struct {
	*Receiver
	progress *progress
	delay    *backoff.ExponentialBackOff
	asked    int64 // offset of the last getUpdates that Telegram answered
}

// Poll fetches updates by long polling until ctx ends or the token is refused
// ([wire.ErrUnauthorized]). Only one process may do so for a bot.
//
// An update is confirmed once it and all before it are committed, or kept in the inbox. While some are
// not, because there is no inbox or it is full, Telegram repeats them, at most 100; those in progress or done are skipped.
//
// An update that fails is tried again, in the order of its chat, with growing
// pauses. After five failures it is given up, unless the errors are
// [ErrUnavailable]. When ctx ends, work in progress is finished, within
// [ReceiverOptions.Grace], and confirmed.
func (r *Receiver) Poll(ctx context.Context) error {
	stopped, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() { r.clock.AfterFunc(r.grace, stop) })()

	p := &poller{
		Receiver: r,
		progress: newProgress(),
		delay:    doubling(time.Second, 30*time.Second),
	}
	var err error
	for err == nil && ctx.Err() == nil {
		err = p.round(ctx)
	}
	p.dispatch.stop(stopped)
	<-r.answers.quiet()
	p.confirm(context.WithoutCancel(ctx))
	return err
}

// round asks once and waits, up to a limit, until what came is done.
func (p *poller) round(ctx context.Context) error {
	raws, err := p.fetch(ctx)
	if err != nil {
		return p.waitToRetry(ctx, err)
	}
	fresh := p.take(raws)
	if len(raws) > 0 && !fresh && p.progress.idleAt(p.asked) {
		return p.waitToRetry(ctx, errors.New("getUpdates: nothing but updates without a number"))
	}
	p.delay.Reset()
	if p.inbox != nil {
		if p.progress.wait(ctx, p.clock, patience) || ctx.Err() != nil {
			return nil
		}
		if err := p.dispatch.keepOpen(ctx); err != nil && ctx.Err() == nil {
			p.log.Warn("what waits cannot be kept, so telegram waits", "error", err)
		}
	}
	p.progress.wait(ctx, p.clock, slowPollLimit)
	return nil
}

// fetch asks for updates; the server answers at once if some are unconfirmed.
func (p *poller) fetch(ctx context.Context) ([]json.RawMessage, error) {
	offset, busy := p.progress.ask()
	seconds := pollWait
	if busy {
		seconds = 0
	}
	result, err := p.client.Do(ctx, wire.GetUpdates(wire.UpdatesQuery{Offset: offset, Limit: pollLimit, Seconds: seconds}))
	if err != nil {
		return nil, err
	}
	p.asked = offset
	return result.Updates()
}

// take dispatches the updates that are new and reports whether there were any.
func (p *poller) take(raws []json.RawMessage) bool {
	jobs := make([]*job, 0, len(raws))
	fresh := false
	for _, raw := range raws {
		u, err := wire.DecodeUpdate(raw)
		if u.ID == 0 || !p.progress.receive(u.ID) {
			continue
		}
		fresh = true
		if err != nil {
			p.undecodable(u.ID, err)
		}
		if j := p.newJob(u, func(error) { p.progress.finish(u.ID) }); j != nil && p.admitted(p.dispatch.work, j) {
			j.raw, j.places = raw, placesFor(raw)
			jobs = append(jobs, j)
		} else {
			p.progress.finish(u.ID)
		}
	}
	p.dispatch.add(jobs...)
	return fresh
}

// waitToRetry waits after a failed getUpdates; it returns the error only if trying again is pointless.
func (p *poller) waitToRetry(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	switch wire.KindOf(err) {
	case wire.KindUnauthorized:
		return err
	case wire.KindConflict:
		if p.conflict != nil && p.conflict(ctx) {
			break
		}
		p.log.Error("another process polls with this token, or a webhook is set", "error", err)
	default:
		p.log.Warn("no updates from telegram, trying again", "error", err)
	}
	_ = sleep(ctx, p.clock, max(p.delay.NextBackOff(), wire.RetryAfter(err)))
	return nil
}

// confirm tells Telegram what was done since the last time it was asked.
// If that fails, Telegram sends those updates again, and they are skipped.
func (p *poller) confirm(ctx context.Context) {
	offset, _ := p.progress.ask()
	if offset == p.asked {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, p.client.within(lastPoll))
	defer cancel()
	if _, err := p.client.Do(ctx, wire.GetUpdates(wire.UpdatesQuery{Offset: offset, Limit: 1})); err != nil {
		p.log.Debug("the last updates could not be confirmed", "error", err)
	}
}
