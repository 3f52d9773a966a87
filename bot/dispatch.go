package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const (
	maxSingles  = 16                     // updates handled on their own at the same time
	maxBulks    = 4                      // bulk commits at the same time
	bulkSize    = 500                    // about how many updates one bulk commits at most
	bulkTime    = 100 * time.Millisecond // how long the next bulk gathers while one runs
	poisonAfter = 5                      // failures of one update after which it is given up
	workTimeout = 30 * time.Second       // for one call of the handler
)

// dispatcher keeps the order of each chat while chats run side by side. Ordinary
// updates at the heads of many chats are committed by one Bulk; while it runs the
// next one gathers, since one of forty costs much less than four of ten. Should it
// take long (it may wait for a single chat that another replica is busy with),
// others begin beside it. Everything else is handled one by one.
type dispatcher struct {
	r     *Receiver
	work  context.Context // ends all work at once
	retry bool            // failed jobs are tried again; if not, they finish with their error

	mu      sync.Mutex      // guards all below
	lines   map[int64]*line // by chat; only chats with unfinished jobs
	ready   []*line         // those at rest whose head may be handled, longest waiting first
	singles int             // running
	bulks   int             // running
	began   time.Time       // the latest bulk
	armed   bool            // it will be looked again whether a bulk may begin
	stopped bool
	running sync.WaitGroup
}

func newDispatcher(work context.Context, r *Receiver, retry bool) *dispatcher {
	return &dispatcher{r: r, work: work, retry: retry, lines: map[int64]*line{}}
}

// add queues jobs, in order, and starts what can be started.
func (d *dispatcher) add(jobs ...*job) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, j := range jobs {
		l, busy := d.lines[j.chat]
		if !busy {
			l = &line{rest: growing(retryFirst, retryCap)}
			d.lines[j.chat] = l
			d.ready = append(d.ready, l)
		}
		l.jobs = append(l.jobs, j)
		d.tell(l)
	}
	d.start()
}

// stop lets work in progress finish, starts no more, and waits.
func (d *dispatcher) stop() {
	d.mu.Lock()
	d.stopped = true
	d.mu.Unlock()
	d.running.Wait()
}

// start begins whatever the limits allow. mu is held.
func (d *dispatcher) start() {
	if d.stopped {
		return
	}
	var together []share
	size := 0
	bulk := d.bulks == 0 || d.bulks < maxBulks && d.r.clock.Since(d.began) >= bulkTime
	patient := false // somebody waits for a bulk
	waiting := d.ready[:0]
	for _, l := range d.ready {
		switch {
		case l.sociable() && bulk && size < bulkSize:
			together = append(together, share{l, l.run()})
			size += len(together[len(together)-1].jobs)
		case !l.sociable() && d.singles < maxSingles:
			d.singles++
			head := l.jobs[0]
			d.running.Go(func() { d.single(l, head) })
		default:
			waiting = append(waiting, l)
			patient = patient || l.sociable()
		}
	}
	clear(d.ready[len(waiting):])
	d.ready = waiting
	if len(together) > 0 {
		d.bulks++
		d.began = d.r.clock.Now()
		d.running.Go(func() { d.bulk(together, size) })
	}
	if patient && !d.armed && d.bulks < maxBulks {
		d.armed = true
		d.r.clock.AfterFunc(bulkTime-d.r.clock.Since(d.began), func() {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.armed = false
			d.start()
		})
	}
}

// bulk commits the shares together. If that fails, nobody knows whose fault it
// is, so each update is then tried on its own.
func (d *dispatcher) bulk(shares []share, size int) {
	updates := make([]wire.Update, 0, size)
	for _, s := range shares {
		for _, j := range s.jobs {
			updates = append(updates, j.update)
		}
	}
	ctx, cancel := context.WithTimeout(d.work, d.r.client.within(workTimeout))
	defer cancel()
	err := d.r.bulk(ctx, updates)
	if err == nil {
		for _, s := range shares {
			finish(nil, s.jobs)
		}
	} else if size > 1 {
		d.r.log.Warn("a bulk of updates failed, trying them one by one", "updates", size, "error", err)
	}

	d.mu.Lock()
	defer d.mu.Unlock()
	d.bulks--
	for _, s := range shares {
		if err == nil {
			d.advance(s.line, len(s.jobs))
			continue
		}
		s.line.alone = len(s.jobs)
		d.ready = append(d.ready, s.line)
	}
	d.start()
}

// single handles the head of a line on its own.
func (d *dispatcher) single(l *line, head *job) {
	err := d.do(head)
	over := err == nil || !d.retry || d.poisoned(l, head, err)
	if over {
		finish(d.verdict(err), []*job{head})
	}

	d.mu.Lock()
	defer d.mu.Unlock()
	d.singles--
	if l.away = errors.Is(err, ErrUnavailable); l.away {
		d.tell(l)
	}
	if over {
		d.advance(l, 1)
	} else {
		d.restLater(l)
	}
	d.start()
}

// do has one update committed and then sends the answers to it, which may take
// longer than the commit.
func (d *dispatcher) do(j *job) error {
	ctx, cancel := context.WithTimeout(d.work, d.r.client.within(workTimeout))
	defer cancel()
	if j.ordinary {
		return d.r.bulk(ctx, []wire.Update{j.update})
	}
	person := j.update.Person()
	d.r.answers.begin(person)
	calls, err := d.r.handle(withPatience(ctx, d.patience(j)), j.update)
	if err != nil {
		calls = nil
	}
	d.r.answers.send(d.work, person, calls)
	return err
}

// patience is that of an update: while it lasts and all its questions rest, others may be handled.
func (d *dispatcher) patience(j *job) *patience {
	until := later(j.came.Add(patienceAll), d.r.clock.Now().Add(patienceOwn))
	place := func(n int) func() {
		return func() {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.singles += n
			d.start()
		}
	}
	return &patience{r: d.r, until: until, give: place(-1), take: place(1)}
}

// tell lets those know who wait for a line that has to wait. mu is held.
func (d *dispatcher) tell(l *line) {
	for _, j := range l.jobs {
		if l.away && !j.told {
			j.told = true
			d.r.answers.send(d.work, 0, d.r.unavailable(&j.update))
		}
	}
}

// poisoned counts a failure of the head and reports whether to give it up. The
// line is at work, so its counters are ours without the lock.
func (d *dispatcher) poisoned(l *line, head *job, err error) bool {
	if d.work.Err() != nil {
		return false // interrupted; it comes again after the restart
	}
	log := d.r.log.With("update", head.update.ID, "kind", head.update.Kind(), "error", err)
	if errors.Is(err, ErrUnavailable) {
		if !l.away { // once is enough, the store tells the rest
			log.Warn("store unavailable, the update is tried until it is back")
		}
		return false
	}
	l.fails++
	if l.fails < poisonAfter {
		log.Warn("an update failed and is tried again", "failures", l.fails)
		return false
	}
	log.Error("an update keeps failing and is given up", "failures", l.fails)
	return true
}

// verdict is what the job finishes with: when we retry ourselves, giving up is
// as good as done.
func (d *dispatcher) verdict(err error) error {
	if d.retry {
		return nil
	}
	return err
}

// advance drops n finished jobs and readies or forgets the line. mu is held.
func (d *dispatcher) advance(l *line, n int) {
	chat := l.jobs[0].chat
	clear(l.jobs[:n])
	l.jobs = l.jobs[n:]
	l.alone = max(0, l.alone-n)
	l.fails, l.away = 0, false
	l.rest.Reset()
	if len(l.jobs) == 0 {
		delete(d.lines, chat)
		return
	}
	d.ready = append(d.ready, l)
}

// restLater readies the line again after a while. mu is held.
func (d *dispatcher) restLater(l *line) {
	d.r.clock.AfterFunc(l.rest.NextBackOff(), func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.ready = append(d.ready, l)
		d.start()
	})
}

func finish(err error, jobs []*job) {
	for _, j := range jobs {
		j.finish(err)
	}
}
