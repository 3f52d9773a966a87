package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"
)

// Handler does what updates ask for. Its methods are called concurrently for
// different chats, never for the same chat. An error means that nothing was
// committed: the update comes again, so handling must be idempotent by update id.
type Handler interface {
	// Ordinary reports whether an update, such as a plain group message, may be
	// committed together with others. It must be quick and have no effects.
	Ordinary(u *Update) bool

	// Bulk commits ordinary updates of one or many chats, all or none of them.
	// Within a chat they are in order.
	Bulk(ctx context.Context, updates []Update) error

	// Handle commits one update and returns the calls to make at once, such as
	// the toast of a button. They are best effort: see [ReceiverOptions.Later].
	Handle(ctx context.Context, u Update) ([]Call, error)

	// Unavailable returns what to tell whoever waits for an answer to an update that has to wait itself, since nothing can
	// be committed ([ErrUnavailable]). It must be quick. It is asked once for an update, as long as it waits.
	Unavailable(u *Update) []Call
}

// ReceiverOptions are all optional.
type ReceiverOptions struct {
	// Later takes an answer that cannot be sent at once, because its chat is held
	// or Telegram could not be reached. Without it such answers are dropped.
	Later func(ctx context.Context, call Call) error

	// Answering is told that an update of a person's is being handled. Answered is told as often that this is over and the
	// answer sent, but for the calls that could not be made at once; it takes those in place of Later. Both or none are set.
	Answering func(person int64)
	Answered  func(ctx context.Context, person int64, rest []Call) error

	// Observe is told of each piece of work: "bulk", or the [Update.Kind] handled,
	// or "undecodable". It must be quick and safe for concurrent use.
	Observe func(kind string, took time.Duration, err error)

	// Conflict is called when Telegram lets nobody poll, and reports whether it found out why and told somebody. Then
	// nothing more is logged.
	Conflict func(ctx context.Context) bool

	// Grace is how long work in progress may go on once Poll has been told to
	// stop; default 2.5 s, so that all is over in 5 s.
	Grace time.Duration
}

// Receiver takes updates in, by [Receiver.Poll] or [Receiver.Webhook], and sees
// that each is handled and that none is confirmed before.
type Receiver struct {
	client   *Client
	handler  Handler
	observe  func(kind string, took time.Duration, err error)
	conflict func(ctx context.Context) bool // see [ReceiverOptions.Conflict]; may be nil
	grace    time.Duration
	clock    clockwork.Clock
	log      *slog.Logger
	answers  *answers
	rests    *rests
}

// NewReceiver returns a receiver that gives the client's updates to the handler.
// It shares the client's clock, log and gate.
func NewReceiver(client *Client, handler Handler, o ReceiverOptions) *Receiver {
	r := &Receiver{
		client: client, handler: handler, observe: o.Observe, conflict: o.Conflict, grace: cmp.Or(o.Grace, 2500*time.Millisecond),
		clock: client.clock, log: client.log, answers: newAnswers(client, o), rests: newRests(),
	}
	if r.observe == nil {
		r.observe = func(string, time.Duration, error) {}
	}
	return r
}

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

// Rests is when the first update goes on that waits before it asks Telegram again, zero if none does, and a channel
// that is closed when that changes.
func (r *Receiver) Rests() (next time.Time, changes <-chan struct{}) { return r.rests.next() }

// job is an update on its way through a [dispatcher].
type job struct {
	update   Update
	chat     int64
	ordinary bool
	came     time.Time
	finish   func(error) // called once, when the job is committed or given up
	told     bool        // who waits for it knows that it cannot be committed yet; guarded by the dispatcher
}

// newJob returns nil for an update that nobody has a use for.
func (r *Receiver) newJob(u Update, finish func(error)) *job {
	if u.Message == nil && u.Press == nil && u.Membership == nil && u.MyStatus == nil {
		return nil
	}
	r.client.date(&u)
	return &job{update: u, chat: u.Chat(), ordinary: r.ordinary(&u), came: r.clock.Now(), finish: finish}
}

// undecodable notes an update that cannot be read. It counts as handled, for it
// would look the same next time.
func (r *Receiver) undecodable(id int64, err error) {
	r.log.Warn("an update cannot be read and is passed over", "update", id, "error", err)
	r.observe("undecodable", 0, err)
}

// ordinary asks the handler; if that panics, the update is handled on its own.
func (r *Receiver) ordinary(u *Update) bool {
	var err error
	defer r.recover("ordinary", &err)
	return r.handler.Ordinary(u)
}

func (r *Receiver) bulk(ctx context.Context, updates []Update) (err error) {
	started := r.clock.Now()
	defer func() { r.observe("bulk", r.clock.Since(started), err) }()
	defer r.recover("bulk", &err)
	return r.handler.Bulk(ctx, updates)
}

func (r *Receiver) handle(ctx context.Context, u Update) (calls []Call, err error) {
	started := r.clock.Now()
	defer func() { r.observe(u.Kind(), r.clock.Since(started), err) }()
	defer r.recover(u.Kind(), &err)
	return r.handler.Handle(ctx, u)
}

// unavailable asks the handler what to say; if that panics, nothing is.
func (r *Receiver) unavailable(u *Update) []Call {
	var err error
	defer r.recover("unavailable", &err)
	return r.handler.Unavailable(u)
}

// errPanic is what a panic of the handler becomes.
var errPanic = errors.New("handler panicked")

// frames says where the program is, without the arguments that a usual stack shows: they can be
// somebody's number.
func frames() string {
	callers := make([]uintptr, 32)
	found := runtime.CallersFrames(callers[:runtime.Callers(4, callers)])
	var lines []string
	for more := true; more; {
		var f runtime.Frame
		f, more = found.Next()
		lines = append(lines, fmt.Sprintf("%s:%d", f.Function, f.Line))
	}
	return strings.Join(lines, " < ")
}

// recover turns a panic into an error. The log shows where it happened; what was
// thrown might quote a message, so only the runtime's own words are shown.
func (r *Receiver) recover(kind string, err *error) {
	thrown := recover()
	if thrown == nil {
		return
	}
	*err = errPanic
	reason := fmt.Sprintf("%T", thrown)
	if fault, ok := thrown.(runtime.Error); ok {
		reason = fault.Error()
	}
	r.log.Error("handler panicked", "kind", kind, "reason", reason, "stack", frames())
}
