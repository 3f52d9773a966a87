package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// phase says what became of a job.
type phase int

const (
	open    phase = iota // neither handled nor kept, so it may not be confirmed
	keeping              // it is being put into the inbox
	kept                 // it is in the inbox
	over                 // it is handled, given up, or left to another process
)

// finish notes that jobs are over.
func (d *dispatcher) finish(result error, jobs ...*job) {
	var done []*job
	var forget []int64
	d.mu.Lock()
	for _, j := range jobs {
		switch j.phase {
		case open:
			done = append(done, j)
		case keeping:
			j.result = result // keep does the rest
		case kept:
			d.room += j.places
			forget = append(forget, j.update.ID)
		case over:
			continue
		}
		j.phase = over
	}
	d.mu.Unlock()
	for _, j := range done {
		j.release(result)
	}
	d.forget(forget)
}

// keepOpen puts what is not handled yet into the inbox, so that it can be confirmed. Ordinary posts are not kept: they are
// committed soon.
func (d *dispatcher) keepOpen(ctx context.Context) error {
	if d.r.inbox == nil {
		return nil
	}
	d.keepsOne.Lock() // whoever comes meanwhile finds its own update kept
	defer d.keepsOne.Unlock()
	d.mu.Lock()
	var jobs []*job
	for _, c := range d.chats {
		for _, j := range c.rest.jobs {
			if j.phase == open {
				jobs = append(jobs, j)
			}
		}
	}
	d.mu.Unlock()
	return d.keep(ctx, jobs)
}

// keep puts jobs into the inbox, as far as there is room. The oldest go first.
func (d *dispatcher) keep(ctx context.Context, jobs []*job) error {
	slices.SortFunc(jobs, func(a, b *job) int { return int(a.update.ID - b.update.ID) })
	d.mu.Lock()
	jobs = slices.DeleteFunc(jobs, func(j *job) bool { return j.phase != open })
	dropped := d.makeRoom(placesOf(jobs))
	jobs = slices.DeleteFunc(jobs, func(j *job) bool { return !d.reserve(j) })
	rows := make([]Kept, len(jobs))
	for i, j := range jobs {
		rows[i] = Kept{Update: j.update.ID, Chat: j.chat, Came: j.came, Raw: j.raw}
	}
	d.mu.Unlock()
	d.tellDropped(dropped)
	if len(rows) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, d.r.client.within(workTimeout))
	defer cancel()
	err := d.r.inbox.Keep(ctx, rows)
	if err != nil {
		err = fmt.Errorf("keep %d updates for later: %w", len(rows), err)
	}
	d.settleKept(jobs, err)
	return err
}

// settleKept notes whether jobs are kept.
func (d *dispatcher) settleKept(jobs []*job, err error) {
	results := map[*job]error{}
	var forget []int64
	d.mu.Lock()
	for _, j := range jobs {
		switch {
		case j.phase == over: // it was handled meanwhile
			d.room += j.places
			results[j] = j.result
			forget = append(forget, j.update.ID)
		case err != nil:
			d.room += j.places
			j.phase = open
		default:
			j.phase = kept
			j.raw = nil
			results[j] = nil
		}
	}
	d.mu.Unlock()
	for j, result := range results {
		j.release(result)
	}
	if err == nil {
		d.forget(forget)
	}
}

// forget takes updates out of the inbox that are over. If that fails they are handled once more, which changes nothing.
func (d *dispatcher) forget(updates []int64) {
	if len(updates) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.work), d.r.client.within(handOver))
	defer cancel()
	if err := d.r.inbox.Remove(ctx, updates...); err != nil {
		d.r.log.Warn("updates that are handled stay in the inbox", "updates", len(updates), "error", err)
	}
}

// errEarlier says that an earlier update of the same chat was claimed a moment ago, and goes first.
var errEarlier = errors.New("an earlier update was claimed")

// isBehind reports whether an earlier update of the same chat waits in another process. Then this one is left to whoever
// handles that. If it waits in this one, it goes first.
func (d *dispatcher) isBehind(ctx context.Context, q *queue, j *job) (bool, error) {
	if d.r.inbox == nil {
		return false, nil
	}
	d.claiming.RLock() // what is claimed at this moment would be nobody's
	behind, err := d.r.inbox.Behind(ctx, j.chat, j.update.ID)
	d.claiming.RUnlock()
	if err != nil {
		return false, err
	}
	d.mu.Lock()
	earlier := q.yield()
	d.mu.Unlock()
	switch {
	case earlier:
		return false, errEarlier
	case !behind:
		return false, nil
	}
	return true, d.leave(ctx, j)
}

// leave leaves an update to the process that has earlier ones of its chat.
func (d *dispatcher) leave(ctx context.Context, j *job) error {
	d.keepsOne.Lock() // it may be on its way into the inbox with others
	err := d.keep(ctx, []*job{j})
	d.keepsOne.Unlock()
	if err != nil {
		return err
	}
	d.mu.Lock()
	isKept := j.phase == kept
	d.mu.Unlock()
	if !isKept {
		return errors.New("leave an update to the process that has the earlier ones: the inbox is full")
	}
	if err := d.r.inbox.Leave(ctx, j.update.ID); err != nil {
		return err // it is still this process's
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	j.phase = over
	d.room += j.places
	return nil
}

// leaveKept leaves what is kept to other processes, or to the next run of this one.
func (d *dispatcher) leaveKept() {
	var left []int64
	d.mu.Lock()
	for _, c := range d.chats {
		for _, j := range c.rest.jobs {
			if j.phase == kept {
				left = append(left, j.update.ID)
			}
		}
	}
	d.mu.Unlock()
	if len(left) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.work), d.r.client.within(handOver))
	defer cancel()
	if err := d.r.inbox.Leave(ctx, left...); err != nil {
		d.r.log.Warn("others do not see yet what is left for them", "updates", len(left), "error", err)
	}
}

// claim handles what is kept and belongs to nobody.
func (d *dispatcher) claim(ctx context.Context) error {
	for {
		n, err := d.claimSome(ctx) // if there is no room, it goes on next time
		if err != nil || n == 0 {
			return err
		}
	}
}

func (d *dispatcher) claimSome(ctx context.Context) (int, error) {
	d.claiming.Lock() // until they are queued, nobody would know that they go first
	defer d.claiming.Unlock()
	d.mu.Lock()
	room := max(0, d.room)
	d.mu.Unlock()
	rows, err := d.r.inbox.Claim(ctx, room)
	if err != nil {
		return 0, fmt.Errorf("look for updates that are kept: %w", err)
	}
	d.handleKept(rows)
	return len(rows), nil
}

// handleKept queues updates that are kept.
func (d *dispatcher) handleKept(rows []Kept) {
	var jobs []*job
	var useless []int64
	var unreadable error
	for _, row := range rows {
		u, err := wire.DecodeUpdate(row.Raw)
		unreadable = errors.Join(unreadable, err)
		j := d.r.newJob(u, func(error) {})
		if err != nil || j == nil {
			useless = append(useless, row.Update)
			continue
		}
		j.came, j.phase, j.places = row.Came, kept, placesFor(row.Raw)
		jobs = append(jobs, j)
	}
	if unreadable != nil {
		d.r.log.Warn("updates that are kept cannot be read and are passed over", "updates", len(useless), "error", unreadable)
	}
	d.forget(useless)
	d.add(jobs...)
}
