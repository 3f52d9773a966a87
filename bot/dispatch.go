package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const (
	maxSingles  = 64                     // updates handled on their own at the same time; most of them wait for Telegram
	maxBulks    = 4                      // bulk commits at the same time
	bulkSize    = 500                    // about how many updates one bulk commits at most
	bulkTime    = 100 * time.Millisecond // how long the next bulk gathers while one runs
	poisonAfter = 5                      // failures of one update after which it is given up
	workTimeout = 30 * time.Second       // for one call of the handler
)

// dispatcher keeps the order of each chat, and handles chats concurrently. One Bulk
// commits the ordinary updates at the heads of many chats. While it runs, the next one
// gathers, since one of forty costs much less than four of ten. If a bulk takes long (it
// may wait for a chat that another replica is busy with), others begin beside it.
// Everything else is handled one by one. Chats take turns: after each update of one, those
// that wait longer go first.
type dispatcher struct {
	r    *Receiver
	work context.Context // ends all work at once
	end  context.CancelFunc

	mu      sync.Mutex      // guards all below
	chats   map[int64]*chat // only those with unfinished jobs
	ready   []*queue        // those whose head may be handled and is not, longest waiting first
	singles int             // running
	bulks   int             // running
	began   time.Time       // when the latest bulk began
	armed   bool            // a timer runs that calls start for the next bulk
	stopped bool
	room    int             // places in the inbox that are free; below zero if more was claimed than there is room for
	resting []chan struct{} // closed when nothing is left to do
	running sync.WaitGroup

	keepsOne sync.Mutex   // held by who puts into the inbox all that is open
	claiming sync.RWMutex // held while what others left is claimed and queued, and to read while a process asks who has the earlier updates
}

func newDispatcher(r *Receiver, room int) *dispatcher {
	d := &dispatcher{r: r, chats: map[int64]*chat{}, room: room}
	d.work, d.end = context.WithCancel(context.Background())
	return d
}

// add queues jobs, in order, and starts what can be started.
func (d *dispatcher) add(jobs ...*job) {
	for _, j := range jobs {
		if !j.ordinary {
			d.r.ahead(d.work, &j.update)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, j := range jobs {
		c := d.chats[j.chat]
		if c == nil {
			c = newChat(j.chat)
			d.chats[j.chat] = c
		}
		q := c.add(j)
		if j.phase == kept {
			d.room -= j.places
		}
		d.makeReady(q)
		d.tell(q)
	}
	d.start()
}

// makeReady readies a queue whose head is free. mu is held.
func (d *dispatcher) makeReady(q *queue) {
	if q.free() {
		q.busy = true
		d.ready = append(d.ready, q)
	}
}

// stop starts no more work, waits for what is in progress, and leaves what is kept to others. When ctx ends, it ends the work.
func (d *dispatcher) stop(ctx context.Context) {
	defer context.AfterFunc(ctx, d.end)()
	d.mu.Lock()
	d.stopped = true
	d.mu.Unlock()
	d.running.Wait()
	d.leaveKept()
}

// rest returns a channel that is closed once no update is left to be handled.
func (d *dispatcher) rest() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	rested := make(chan struct{})
	d.resting = append(d.resting, rested)
	d.tellRest()
	return rested
}

// tellRest tells those who wait until nothing is left. mu is held.
func (d *dispatcher) tellRest() {
	if len(d.chats) > 0 {
		return
	}
	for _, rested := range d.resting {
		close(rested)
	}
	d.resting = nil
}

// waiting counts the jobs in the inbox, and says when the oldest came.
func (d *dispatcher) waiting() (n int, oldest time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.chats {
		for _, j := range c.rest.jobs {
			if j.phase != kept {
				continue
			}
			n++
			if oldest.IsZero() || j.came.Before(oldest) {
				oldest = j.came
			}
		}
	}
	return n, oldest
}

// start begins all the work that the limits allow. mu is held.
func (d *dispatcher) start() {
	if d.stopped {
		return
	}
	var batch []batchPart
	size := 0
	bulk := d.bulks == 0 || d.bulks < maxBulks && d.r.clock.Since(d.began) >= bulkTime
	more := false // ordinary updates wait for a bulk
	waiting := d.ready[:0]
	for _, q := range d.ready {
		switch {
		case q.batchable() && bulk && size < bulkSize:
			batch = append(batch, batchPart{q, q.ordinaryHead()})
			q.begun = len(batch[len(batch)-1].jobs)
			size += q.begun
		case !q.batchable() && d.singles < maxSingles:
			d.begins(1)
			q.begun = 1
			head := q.jobs[0]
			d.running.Go(func() { d.single(q, head) })
		default:
			waiting = append(waiting, q)
			more = more || q.batchable()
		}
	}
	clear(d.ready[len(waiting):])
	d.ready = waiting
	if len(batch) > 0 {
		d.bulks++
		d.began = d.r.clock.Now()
		d.running.Go(func() { d.bulk(batch, size) })
	}
	if more && !d.armed && d.bulks < maxBulks {
		d.armed = true
		d.r.clock.AfterFunc(bulkTime-d.r.clock.Since(d.began), func() {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.armed = false
			d.start()
		})
	}
}

// begins counts the updates that are handled on their own. mu is held.
func (d *dispatcher) begins(n int) {
	if d.singles += n; d.singles == 0 {
		d.r.pauses.tell()
	}
}

// pausing reports whether all updates that are handled on their own pause before they ask Telegram again.
func (d *dispatcher) pausing() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.singles == 0
}

// bulk commits the parts together. If that fails, nobody knows which update caused it, so each update is
// then tried on its own.
func (d *dispatcher) bulk(parts []batchPart, size int) {
	updates := make([]wire.Update, 0, size)
	for _, part := range parts {
		for _, j := range part.jobs {
			updates = append(updates, j.update)
		}
	}
	ctx, cancel := context.WithTimeout(d.work, d.r.client.within(workTimeout))
	defer cancel()
	err := d.r.bulk(ctx, updates)
	if err == nil {
		for _, part := range parts {
			d.finish(nil, part.jobs...)
		}
	} else if size > 1 {
		d.r.log.Warn("a bulk of updates failed, trying them one by one", "updates", size, "error", err)
	}

	d.mu.Lock()
	defer d.mu.Unlock()
	d.bulks--
	for _, part := range parts {
		if err == nil {
			d.advance(part.queue, len(part.jobs))
			continue
		}
		part.queue.alone, part.queue.begun = len(part.jobs), 0
		d.ready = append(d.ready, part.queue)
	}
	d.start()
}

// single handles the head of a queue on its own.
func (d *dispatcher) single(q *queue, head *job) {
	err := d.do(q, head)
	earlier := errors.Is(err, errEarlier)
	refused := err != nil && !earlier && d.comesAgain(head)
	over := err == nil || refused || !earlier && d.poisoned(q, head, err)
	switch {
	case refused:
		d.finish(err, head)
	case over: // given up counts as done
		d.finish(nil, head)
	}

	d.mu.Lock()
	defer d.mu.Unlock()
	d.begins(-1)
	if q.unavailable = errors.Is(err, ErrUnavailable); q.unavailable {
		d.tell(q)
	}
	switch q.begun = 0; {
	case over:
		d.advance(q, 1)
	case errors.Is(err, errEarlier):
		d.ready = append(d.ready, q)
	default:
		d.retryLater(q)
	}
	d.start()
}

// do has one update committed and then sends its answers, which may take longer than the
// commit.
func (d *dispatcher) do(q *queue, j *job) error {
	ctx, cancel := context.WithTimeout(d.work, d.r.client.within(workTimeout))
	defer cancel()
	switch behind, err := d.isBehind(ctx, q, j); {
	case errors.Is(err, errEarlier):
		return err
	case err != nil:
		return fmt.Errorf("%w: %w", ErrUnavailable, err) // it is not the update's fault
	case behind:
		return nil
	}
	if j.ordinary {
		return d.r.bulk(ctx, []wire.Update{j.update})
	}
	person := j.update.Person()
	d.r.answers.begin(person)
	calls, err := d.r.handle(withRetries(ctx, d.budgetFor(j)), j.update)
	if err != nil {
		calls = nil
	}
	d.r.answers.send(d.work, person, calls)
	return err
}

// budgetFor is the retry budget of an update. While all its questions pause, another update may be handled.
func (d *dispatcher) budgetFor(j *job) *retryBudget {
	until := later(j.came.Add(retryFor), d.r.clock.Now().Add(retryAtLeast))
	place := func(n int) func() {
		return func() {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.begins(n)
			d.start()
		}
	}
	return &retryBudget{clock: d.r.clock, pauses: d.r.pauses, until: until, give: place(-1), take: place(1)}
}

// tell answers those whose updates wait in a queue because the store is down. mu is held.
func (d *dispatcher) tell(q *queue) {
	if !q.unavailable {
		return
	}
	for _, j := range q.jobs {
		if !j.told {
			j.told = true
			d.r.answers.send(d.work, 0, d.r.unavailable(&j.update))
		}
	}
}

// poisoned counts a failure of the head and reports whether to give it up. The
// queue is at work, so nobody else touches its counters and no lock is needed.
func (d *dispatcher) poisoned(q *queue, head *job, err error) bool {
	if d.work.Err() != nil {
		return false // interrupted; it comes again after the restart
	}
	log := d.r.log.With("update", head.update.ID, "kind", head.update.Kind(), "error", err)
	if errors.Is(err, ErrUnavailable) {
		if !q.unavailable { // once is enough, the store tells the rest
			log.Warn("store unavailable, the update is tried until it is back")
		}
		return false
	}
	q.failures++
	if q.failures < poisonAfter {
		log.Warn("an update failed and is tried again", "failures", q.failures)
		return false
	}
	log.Error("an update keeps failing and is given up", "failures", q.failures)
	return true
}

// comesAgain reports whether Telegram sends an update again that is not handled.
func (d *dispatcher) comesAgain(j *job) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return j.resent && j.phase != kept
}

// advance drops n finished jobs, then readies what may go on, or forgets the chat if it is empty. mu is held.
func (d *dispatcher) advance(q *queue, n int) {
	q.drop(n)
	q.busy = false
	if q.chat.empty() {
		delete(d.chats, q.chat.id)
		d.tellRest()
		return
	}
	d.makeReady(&q.chat.posts)
	d.makeReady(&q.chat.rest)
}

// retryLater readies the queue again after a while. mu is held.
func (d *dispatcher) retryLater(q *queue) {
	d.r.clock.AfterFunc(q.backoff.NextBackOff(), func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.ready = append(d.ready, q)
		d.start()
	})
}
