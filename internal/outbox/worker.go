package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// How much is looked at and done at a time.
const (
	parallel    = 64
	storeBreath = time.Second     // before the queue is asked again after it failed
	grace       = 3 * time.Second // for deliveries under way when the worker is stopped
)

// Worker delivers rows until it is told to stop.
type Worker struct {
	queue    Queue
	deliver  func(context.Context, Row) error
	capacity func() (int, time.Time)
	clock    clockwork.Clock
	log      *slog.Logger
	wake     chan struct{} // capacity 1: something was written or released
	done     chan finished

	// Owned by Run.
	busy   map[lane]bool
	urgent map[int64]int      // how many rows of class 0 are under way, by their chats; only chats with any
	pause  map[lane]time.Time // lanes that may not go on before then
	closed [Classes]time.Time // classes that may not go on anywhere before then
	last   [Classes]Row       // that was begun, of each class

	mu      sync.Mutex
	waiting []chan struct{} // who wants to know when nothing is left to do
}

type finished struct {
	row Row
	err error // what it came to; see [NotBefore]
}

// NewWorker returns a worker that hands rows of queue to deliver, which is called from several
// goroutines at once, never for two rows of one lane. Capacity says how many rows of the other classes
// than 0 may be delivered at this moment, and when some may again. So the worker does not begin what
// would only have to wait.
func NewWorker(queue Queue, deliver func(context.Context, Row) error, capacity func() (int, time.Time), clock clockwork.Clock, log *slog.Logger) *Worker {
	return &Worker{
		queue: queue, deliver: deliver, capacity: capacity, clock: clock, log: log,
		wake: make(chan struct{}, 1), done: make(chan finished, parallel),
		busy: map[lane]bool{}, urgent: map[int64]int{}, pause: map[lane]time.Time{},
	}
}

// Wake says that there may be something to do. It never blocks.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Run delivers until ctx ends, then waits for what is being delivered, which has [grace] to end.
func (w *Worker) Run(ctx context.Context) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { w.clock.AfterFunc(grace, cancel) })()
	for ctx.Err() == nil {
		asked := w.takeWaiting()
		next, sure := w.start(ctx, work)
		if sure && len(w.busy) == 0 && (next.IsZero() || next.After(w.clock.Now())) {
			release(asked)
		} else {
			w.putBack(asked)
		}
		w.rest(ctx, next)
	}
	for len(w.busy) > 0 {
		w.settle(work, <-w.done)
	}
}

// start begins all deliveries that may begin, and says when to look again. It is not sure that there
// are no others if the queue did not say.
func (w *Worker) start(ctx, work context.Context) (next time.Time, sure bool) {
	now := w.clock.Now()
	maps.DeleteFunc(w.pause, func(_ lane, until time.Time) bool { return !until.After(now) })
	// A few chats may have more urgent rows than are listed, of which a share may begin. So others are asked for without them.
	for more := true; more; {
		rows, room, again, err := w.ready(ctx, now)
		if err != nil {
			if ctx.Err() == nil {
				w.log.Error("outbox: list what is ready", "error", err)
			}
			return now.Add(storeBreath), false
		}
		next, more = again, w.begin(ctx, work, rows, room)
	}
	for _, until := range w.pause {
		next = sooner(next, until)
	}
	return next, true
}

// begin begins those of the rows that may begin now, and reports whether any of them is urgent.
func (w *Worker) begin(ctx, work context.Context, rows []Row, room int) (urgent bool) {
	taken := w.seats()
	for _, r := range rows {
		if !w.mayStart(r.lane(), taken) || r.Class > 0 && room == 0 {
			w.giveBack(ctx, r)
			continue
		}
		w.busy[r.lane()], w.last[r.Class] = true, r
		if r.Class > 0 {
			room--
		} else {
			w.urgent[r.Chat]++
			taken[r.Chat]++
			urgent = true
		}
		go func() { w.done <- finished{r, w.deliver(work, r)} }()
	}
	return urgent
}

// ready asks the queue for as many rows as may begin, of which as many as there is room for are of other classes than 0.
func (w *Worker) ready(ctx context.Context, now time.Time) (rows []Row, room int, next time.Time, err error) {
	classes, next := w.open(now)
	free := parallel - len(w.busy)
	room, again := w.capacity()
	room = max(0, min(room-w.rationed(), free))
	if room == 0 && again.After(now) {
		next = sooner(next, again)
	}
	rows, due, err := w.queue.Ready(ctx, now, Want{
		Classes: classes, Limit: free, Rationed: room, Known: len(w.busy) + len(w.pause), Urgent: w.seats(), After: w.last,
	})
	return rows, room, sooner(next, due), err
}

// seats counts the rows of class 0 that are under way or paused, by their chats: so many of the [Share] of a chat are taken.
// Of a chat that Telegram makes wait no more are tried than that.
func (w *Worker) seats() map[int64]int {
	taken := maps.Clone(w.urgent)
	for l := range w.pause {
		if l.class == 0 && !w.busy[l] {
			taken[l.chat]++
		}
	}
	return taken
}

// rationed counts what is under way of other classes than 0. It may not have gone out yet.
func (w *Worker) rationed() (n int) {
	for l := range w.busy {
		if l.class > 0 {
			n++
		}
	}
	return n
}

// giveBack leaves a row for which its lane is not free. It may be as soon as what is under way there is settled: if that was
// noted already, its row is gone before we hear of it.
func (w *Worker) giveBack(ctx context.Context, r Row) {
	until := w.clock.Now()
	if later := w.pause[r.lane()]; later.After(until) {
		until = later
	}
	if err := w.queue.Wait(ctx, r, until); err != nil {
		w.log.Error("outbox: give a row back", "class", r.Class, "error", err)
	}
}

// open lists the classes that may go on, and says when the next one may.
func (w *Worker) open(now time.Time) (classes []int, next time.Time) {
	for c, until := range w.closed {
		if until.After(now) {
			next = sooner(next, until)
		} else {
			classes = append(classes, c)
		}
	}
	return classes, next
}

// mayStart reports whether a delivery may begin: its lane is free, and its chat has a seat for it if it is urgent, and nothing
// urgent under way if it is not.
func (w *Worker) mayStart(l lane, taken map[int64]int) bool {
	if w.busy[l] || len(w.busy) >= parallel || l.class > 0 && w.urgent[l.chat] > 0 || l.class == 0 && taken[l.chat] >= Share {
		return false
	}
	_, paused := w.pause[l]
	return !paused
}

// rest waits until there may be something to do.
func (w *Worker) rest(ctx context.Context, next time.Time) {
	var alarm <-chan time.Time
	if !next.IsZero() {
		timer := w.clock.NewTimer(max(0, next.Sub(w.clock.Now())))
		defer timer.Stop()
		alarm = timer.Chan()
	}
	select {
	case f := <-w.done:
		w.settle(ctx, f)
		w.settleMore(ctx)
	case <-w.wake:
	case <-alarm:
	case <-ctx.Done():
	}
}

// settleMore takes what else is finished, so that the queue is asked once for all of it.
func (w *Worker) settleMore(ctx context.Context) {
	for {
		select {
		case f := <-w.done:
			w.settle(ctx, f)
		default:
			return
		}
	}
}

// settle does as a delivery said. If that cannot be written the row is simply still there, and is
// delivered again.
func (w *Worker) settle(ctx context.Context, f finished) {
	r, l := f.row, f.row.lane()
	delete(w.busy, l)
	if r.Class == 0 {
		if w.urgent[r.Chat]--; w.urgent[r.Chat] == 0 {
			delete(w.urgent, r.Chat)
		}
	}
	ctx = context.WithoutCancel(ctx)
	if err := w.obey(ctx, r, f.err); err != nil {
		w.log.Error("outbox: note what became of a row", "class", r.Class, "error", err)
		w.pause[l] = w.clock.Now().Add(storeBreath)
	}
}

// Idle returns when nothing is under way and nothing is ready. Rows that wait for their time, for
// a limit or for a right do not count.
func (w *Worker) Idle(ctx context.Context) error {
	done := make(chan struct{})
	w.mu.Lock()
	w.waiting = append(w.waiting, done)
	w.mu.Unlock()
	w.Wake()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the outbox: %w", ctx.Err())
	}
}

func (w *Worker) takeWaiting() []chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	asked := w.waiting
	w.waiting = nil
	return asked
}

func (w *Worker) putBack(asked []chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting = append(w.waiting, asked...)
}

func release(asked []chan struct{}) {
	for _, c := range asked {
		close(c)
	}
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// obey does as the error of a delivery says.
func (w *Worker) obey(ctx context.Context, r Row, err error) error {
	var wait *NotBefore
	var never *Never
	switch {
	case err == nil:
		return w.queue.Drop(ctx, r)
	case errors.Is(err, ErrNoted):
		return nil
	case errors.As(err, &wait):
		return w.putOff(ctx, r, wait)
	case errors.Is(err, ErrHeld):
		w.log.Warn("outbox: waits for a right", "class", r.Class, "error", err)
		return w.queue.Hold(ctx, r)
	case errors.As(err, &never):
		w.log.Error("a row of the outbox cannot be read and is given up", "class", r.Class, "error", err)
		return w.queue.Drop(ctx, r)
	default:
		w.log.Warn("outbox: will try again", "class", r.Class, "attempt", r.Attempts+1, "error", err)
		return w.queue.Retry(ctx, r, w.clock.Now().Add(Backoff(r.Attempts+1)))
	}
}

// putOff makes a row wait, and what else has to.
func (w *Worker) putOff(ctx context.Context, r Row, wait *NotBefore) error {
	switch wait.Also {
	case NothingElse:
		return w.queue.Postpone(ctx, r, wait.Until)
	case WholeClass:
		w.closed[r.Class] = wait.Until
	default:
		w.pause[r.lane()] = wait.Until
	}
	return w.queue.Wait(ctx, r, wait.Until)
}
