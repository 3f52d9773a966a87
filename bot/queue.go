package bot

import (
	"slices"

	"github.com/cenkalti/backoff/v5"
)

// chat holds the unfinished updates of one chat.
type chat struct {
	id    int64
	posts queue // what people write to each other. It waits for nothing else, so that a crowd at the buttons holds nothing up.
	rest  queue // all else, and edits that came behind it

	came int // posts that ever came
	done int // of these, finished
}

func newChat(id int64) *chat {
	c := &chat{id: id}
	for _, q := range []*queue{&c.posts, &c.rest} {
		q.chat, q.backoff = c, doubling(retryFirst, retryCap)
	}
	return c
}

// add queues a job, and returns the queue.
func (c *chat) add(j *job) *queue {
	q := &c.rest
	if j.ordinary && (!j.update.Edited || len(c.rest.jobs) == 0) {
		q = &c.posts
		c.came++
	}
	j.behind = c.came
	q.jobs = append(q.jobs, j)
	return q
}

// empty reports whether nothing is left to do.
func (c *chat) empty() bool { return len(c.posts.jobs) == 0 && len(c.rest.jobs) == 0 }

// queue holds updates that are handled one after the other, oldest first.
type queue struct {
	chat        *chat
	jobs        []*job
	busy        bool                        // among those that are ready, at work, or pausing after a failure
	alone       int                         // how many at the head failed in a batch and are now handled one by one
	failures    int                         // of the head, on its own
	backoff     *backoff.ExponentialBackOff // of the head
	unavailable bool                        // the store is down: neither the head nor the rest can be committed
}

// free reports whether the head may be handled now: it is nobody's, and all posts that came before it are done.
func (q *queue) free() bool {
	return !q.busy && len(q.jobs) > 0 && (q == &q.chat.posts || q.jobs[0].behind <= q.chat.done)
}

// batchable reports whether the head may be committed together with others.
func (q *queue) batchable() bool { return q.jobs[0].ordinary && q.alone == 0 }

// ordinaryHead is the run of ordinary jobs at the head.
func (q *queue) ordinaryHead() []*job {
	n := 1
	for n < len(q.jobs) && q.jobs[n].ordinary && (q == &q.chat.posts || q.jobs[n].behind <= q.chat.done) {
		n++
	}
	return q.jobs[:n:n]
}

// drop drops the first n jobs, which are over.
func (q *queue) drop(n int) {
	clear(q.jobs[:n])
	q.jobs = q.jobs[n:]
	q.alone = max(0, q.alone-n)
	q.failures, q.unavailable = 0, false
	q.backoff.Reset()
	if q == &q.chat.posts {
		q.chat.done += n
	}
}

// droppable lists the presses that are kept, oldest first. The head may be at work already.
func (q *queue) droppable() (presses []*job) {
	for i, j := range q.jobs {
		if i > 0 && j.phase == kept && j.update.Callback != nil {
			presses = append(presses, j)
		}
	}
	return presses
}

// remove removes jobs behind the head.
func (q *queue) remove(jobs []*job) {
	gone := make(map[*job]bool, len(jobs))
	for _, j := range jobs {
		gone[j] = true
	}
	q.jobs = slices.DeleteFunc(q.jobs, func(j *job) bool { return gone[j] })
}

// batchPart is what one queue has in a bulk.
type batchPart struct {
	queue *queue
	jobs  []*job
}
