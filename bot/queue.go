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
	if j.ordinary && j.phase != kept && (!j.update.Edited || len(c.rest.jobs) == 0) {
		q = &c.posts
		c.came++
	}
	j.behind = c.came
	if j.phase == kept {
		q.insert(j)
	} else {
		q.jobs = append(q.jobs, j)
	}
	return q
}

// empty reports whether nothing is left to do.
func (c *chat) empty() bool { return len(c.posts.jobs) == 0 && len(c.rest.jobs) == 0 }

// queue holds updates that are handled one after the other, oldest first.
type queue struct {
	chat        *chat
	jobs        []*job
	busy        bool                        // among those that are ready, at work, or pausing after a failure
	begun       int                         // how many at the head are at work
	alone       int                         // how many at the head failed in a batch and are now handled one by one
	failures    int                         // of the head, on its own
	backoff     *backoff.ExponentialBackOff // of the head
	unavailable bool                        // the store is down: neither the head nor the rest can be committed
}

// insert queues a job that another process left. It goes before those that came later and are not at work.
func (q *queue) insert(j *job) {
	at := len(q.jobs)
	for at > q.begun && q.jobs[at-1].update.ID > j.update.ID {
		at--
	}
	q.jobs = slices.Insert(q.jobs, at, j)
	if at == 0 {
		q.failures = 0
		q.backoff.Reset()
	}
}

// yield puts the head, which was begun, behind those after it that came earlier, and reports whether there are any.
func (q *queue) yield() bool {
	head, n := q.jobs[0], 1
	for n < len(q.jobs) && q.jobs[n].phase == kept && q.jobs[n].update.ID < head.update.ID {
		q.jobs[n-1] = q.jobs[n]
		n++
	}
	q.jobs[n-1] = head
	return n > 1
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
	q.begun = 0
	q.jobs = q.jobs[n:]
	q.alone = max(0, q.alone-n)
	q.failures, q.unavailable = 0, false
	q.backoff.Reset()
	if q == &q.chat.posts {
		q.chat.done += n
	}
}

// remove removes jobs behind the head.
func (q *queue) remove(jobs []*job) {
	if len(jobs) == 0 {
		return
	}
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
