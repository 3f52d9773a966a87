package bot

import "github.com/cenkalti/backoff/v5"

// line is what waits in one chat, oldest first. It is in ready, or at work, or
// resting after a failure: never two of them.
type line struct {
	jobs  []*job
	alone int                         // so many at the head failed in company: handle them one by one
	fails int                         // of the head, on its own
	rest  *backoff.ExponentialBackOff // of the head
	away  bool                        // the head could not be committed, nor can the rest
}

// share is a line's part of a bulk.
type share struct {
	line *line
	jobs []*job
}

// sociable reports whether the head may be committed together with others.
func (l *line) sociable() bool { return l.jobs[0].ordinary && l.alone == 0 }

// run is the ordinary jobs at the head.
func (l *line) run() []*job {
	n := 1
	for n < len(l.jobs) && l.jobs[n].ordinary {
		n++
	}
	return l.jobs[:n:n]
}
