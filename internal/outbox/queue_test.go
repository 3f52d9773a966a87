package outbox_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// queue is a queue in memory that keeps the promises of [outbox.Queue], and can be made to fail.
type queue struct {
	mu    sync.Mutex
	rows  []*kept
	last  int64
	fails map[string]int // how often a method is still to fail
	hasty bool           // Ready lists all that is due, whatever it stands behind
	calls chan string    // every method that was called, and "failed" after one that failed
}

type kept struct {
	outbox.Row
	due   time.Time
	taken time.Time // until then it is nobody's
	held  bool
}

func newQueue() *queue {
	return &queue{fails: map[string]int{}, calls: make(chan string, 10000)}
}

var errDisk = errors.New("the disk is away")

// fail makes a method fail so many times.
func (q *queue) fail(method string, times int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.fails[method] = times
}

// begin locks the queue and says whether the call is to fail.
func (q *queue) begin(method string) error {
	q.mu.Lock()
	q.calls <- method
	if q.fails[method] > 0 {
		q.fails[method]--
		q.calls <- method + " failed"
		return errDisk
	}
	return nil
}

// put adds a row whose body says what it is.
func (q *queue) put(chat int64, class int, body string, due ...time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.last++
	k := &kept{Row: outbox.Row{ID: q.last, Chat: chat, Class: class, Body: []byte(body)}}
	if len(due) > 0 {
		k.due = due[0]
	}
	q.rows = append(q.rows, k)
}

// replace lets another take the place of a row.
func (q *queue) replace(old, body string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, k := range q.rows {
		if string(k.Body) == old {
			k.Body, k.held, k.due = []byte(body), false, time.Time{}
			k.Revision++
		}
	}
}

// drop forgets a row, as who delivers it may.
func (q *queue) drop(body string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rows = slices.DeleteFunc(q.rows, func(k *kept) bool { return string(k.Body) == body })
}

// release lets all held rows go.
func (q *queue) release() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, k := range q.rows {
		k.held = false
	}
}

// left are the rows that are still there.
func (q *queue) left() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	var bodies []string
	for _, k := range q.rows {
		bodies = append(bodies, string(k.Body))
	}
	return bodies
}

func (q *queue) Ready(_ context.Context, now time.Time, want outbox.Want) ([]outbox.Row, time.Time, error) {
	err := q.begin("Ready")
	defer q.mu.Unlock()
	if err != nil {
		return nil, time.Time{}, err
	}
	var rows []outbox.Row
	var next time.Time
	others := 0
	for _, k := range q.rows {
		switch {
		case k.held || k.Class == 0 && want.Urgent[k.Chat] >= outbox.Share:
		case k.due.After(now):
			if next.IsZero() || k.due.Before(next) {
				next = k.due
			}
		case k.taken.After(now):
			if next.IsZero() || k.taken.Before(next) {
				next = k.taken
			}
		case len(rows) == want.Limit+want.Known || k.Class > 0 && others == want.Rationed+want.Known || !slices.Contains(want.Classes, k.Class) || !q.hasty && q.behind(k, now):
		default:
			rows = append(rows, k.Row)
			others += min(k.Class, 1)
		}
	}
	return rows, next, nil
}

// behind says whether a row has to wait for others.
func (q *queue) behind(k *kept, now time.Time) bool {
	return slices.ContainsFunc(q.rows, func(p *kept) bool {
		return !p.held && p.Chat == k.Chat && (!p.due.After(now) || p.Attempts > 0) &&
			(p.Class == k.Class && p.Lane == k.Lane && p.ID < k.ID || p.Class == 0 && k.Class > 0)
	})
}

func (q *queue) Drop(_ context.Context, r outbox.Row) error {
	return q.settle("Drop", r, func(k *kept) {
		q.rows = slices.DeleteFunc(q.rows, func(other *kept) bool { return other == k })
	})
}

// Wait is that of a queue that several share.
func (q *queue) Wait(_ context.Context, r outbox.Row, until time.Time) error {
	return q.settle("Wait", r, func(k *kept) { k.taken = until })
}

func (q *queue) Postpone(_ context.Context, r outbox.Row, until time.Time) error {
	return q.settle("Postpone", r, func(k *kept) { k.due = until })
}

func (q *queue) Retry(_ context.Context, r outbox.Row, due time.Time) error {
	return q.settle("Retry", r, func(k *kept) { k.Attempts, k.due = k.Attempts+1, due })
}

func (q *queue) Hold(_ context.Context, r outbox.Row) error {
	return q.settle("Hold", r, func(k *kept) { k.held = true })
}

func (q *queue) settle(method string, r outbox.Row, do func(*kept)) error {
	err := q.begin(method)
	defer q.mu.Unlock()
	if err != nil {
		return err
	}
	for _, k := range slices.Clone(q.rows) {
		if k.ID == r.ID && k.Revision == r.Revision {
			do(k)
		}
	}
	return nil
}
