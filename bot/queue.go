package bot

import "github.com/cenkalti/backoff/v5"

// chatQueue holds the updates that wait in one chat, oldest first. It is in ready, or at work,
// or pausing after a failure: never two of them.
type chatQueue struct {
	jobs        []*job
	alone       int                         // how many at the head failed in a batch and are now handled one by one
	failures    int                         // of the head, on its own
	backoff     *backoff.ExponentialBackOff // of the head
	unavailable bool                        // the store is down: neither the head nor the rest can be committed
}

// batchPart is what one chat queue has in a bulk.
type batchPart struct {
	queue *chatQueue
	jobs  []*job
}

// batchable reports whether the head may be committed together with others.
func (q *chatQueue) batchable() bool { return q.jobs[0].ordinary && q.alone == 0 }

// ordinaryHead is the run of ordinary jobs at the head.
func (q *chatQueue) ordinaryHead() []*job {
	n := 1
	for n < len(q.jobs) && q.jobs[n].ordinary {
		n++
	}
	return q.jobs[:n:n]
}
