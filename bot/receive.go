package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Receiver takes updates in, by [Receiver.Poll] or [Receiver.Webhook]. Each is handled
// before it is confirmed.
type Receiver struct {
	client   *Client
	handler  Handler
	observe  func(kind string, took time.Duration, err error)
	conflict func(ctx context.Context) bool // see [ReceiverOptions.Conflict]; may be nil
	grace    time.Duration
	clock    clockwork.Clock
	log      *slog.Logger
	answers  *answers
	pauses   *pauses
	inbox    Inbox // may be nil
	dropped  func()
	dispatch *dispatcher
}

// NewReceiver returns a receiver that gives the client's updates to the handler.
// It shares the client's clock, log and limits.
func NewReceiver(client *Client, handler Handler, o ReceiverOptions) *Receiver {
	r := &Receiver{
		client: client, handler: handler, observe: o.Observe, conflict: o.Conflict, grace: cmp.Or(o.Grace, 2500*time.Millisecond),
		clock: client.clock, log: client.log, answers: newAnswers(client, o), pauses: newPauses(), inbox: o.Inbox, dropped: o.Dropped,
	}
	r.dispatch = newDispatcher(r, cmp.Or(o.InboxSize, mostKept))
	if r.observe == nil {
		r.observe = func(string, time.Duration, error) {}
	}
	if r.dropped == nil {
		r.dropped = func() {}
	}
	return r
}

// Claim begins to handle the updates in the inbox that belong to no process. Call it before updates come in, and, where
// several processes share the inbox, every second.
func (r *Receiver) Claim(ctx context.Context) error {
	if r.inbox == nil {
		return nil
	}
	return r.dispatch.claim(ctx)
}

// Waiting says how many updates wait in the inbox for this process, and since when the oldest does; zero if none does.
func (r *Receiver) Waiting() (updates int, oldest time.Time) { return r.dispatch.waiting() }

// Rest returns a channel that is closed once no update is left to be handled.
func (r *Receiver) Rest() <-chan struct{} { return r.dispatch.rest() }

// Stop begins nothing more, waits for what is being handled, and leaves the rest in the inbox. When ctx ends it interrupts the
// work. Call it when no more updates come in. Poll does so itself.
func (r *Receiver) Stop(ctx context.Context) { r.dispatch.stop(ctx) }

// Drain waits until all answers begun are sent or handed over. Call it when no
// more updates come in: after the webhook's server has shut down. Poll does so itself.
func (r *Receiver) Drain(ctx context.Context) error {
	select {
	case <-r.answers.quiet():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// NextRetry is when the first of the updates that wait before they ask Telegram again goes on, and a channel that is
// closed when that changes. The time is zero if no update waits, and while another one is at work: its answer from Telegram may
// be on its way, and a clock that goes meanwhile takes the time in which it may ask again.
func (r *Receiver) NextRetry() (next time.Time, changes <-chan struct{}) {
	next, changes = r.pauses.next()
	if !r.dispatch.pausing() {
		next = time.Time{}
	}
	return next, changes
}

// job is an update on its way through a [dispatcher].
type job struct {
	update   wire.Update
	raw      json.RawMessage // as it came; nil once it is kept
	places   int             // that it takes in the inbox
	chat     int64
	ordinary bool
	came     time.Time
	release  func(error) // called once: the update may be confirmed, or the error says why not
	resent   bool        // Telegram sends it again after an error

	// Guarded by the dispatcher.
	behind int // posts of the chat that came before it
	phase  phase
	result error // of one that was over while it was being kept
	told   bool  // its sender was told that it cannot be committed yet
}

// newJob returns nil for an update of a kind that the bot does not use.
func (r *Receiver) newJob(u wire.Update, release func(error)) *job {
	if u.Message == nil && u.Callback == nil && u.Membership == nil && u.MyStatus == nil {
		return nil
	}
	r.client.date(&u)
	return &job{update: u, chat: u.Chat(), ordinary: r.ordinary(&u), came: r.clock.Now(), release: release}
}

// undecodable notes an update that cannot be read. It counts as handled, for it
// would look the same next time.
func (r *Receiver) undecodable(id int64, err error) {
	r.log.Warn("an update cannot be read and is passed over", "update", id, "error", err)
	r.observe("undecodable", 0, err)
}

// ordinary asks the handler; if that panics, the update is handled on its own.
func (r *Receiver) ordinary(u *wire.Update) bool {
	var err error
	defer RecoverTo(&err, "ordinary", r.log)
	return r.handler.Ordinary(u)
}

func (r *Receiver) bulk(ctx context.Context, updates []wire.Update) (err error) {
	started := r.clock.Now()
	defer func() { r.observe("bulk", r.clock.Since(started), err) }()
	defer RecoverTo(&err, "bulk", r.log)
	return r.handler.Bulk(ctx, updates)
}

func (r *Receiver) handle(ctx context.Context, u wire.Update) (calls []wire.Call, err error) {
	started := r.clock.Now()
	defer func() { r.observe(u.Kind(), r.clock.Since(started), err) }()
	defer RecoverTo(&err, u.Kind(), r.log)
	return r.handler.Handle(ctx, u)
}

// sayDropped asks the handler what to say to whose press is dropped; if that panics, nothing is.
func (r *Receiver) sayDropped(u *wire.Update) []wire.Call {
	var err error
	defer RecoverTo(&err, "dropped", r.log)
	return r.handler.Dropped(u)
}

// ahead tells the handler of an update that will be handled; if that panics, it is handled all the same.
func (r *Receiver) ahead(ctx context.Context, u *wire.Update) {
	var err error
	defer RecoverTo(&err, "ahead", r.log)
	r.handler.Ahead(ctx, u)
}

// unavailable asks the handler what to say; if that panics, nothing is.
func (r *Receiver) unavailable(u *wire.Update) []wire.Call {
	var err error
	defer RecoverTo(&err, "unavailable", r.log)
	return r.handler.Unavailable(u)
}
