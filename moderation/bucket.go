package moderation

import "time"

// Bucket is how many reports a member may still make: a token bucket that holds as many as the
// limit of an hour and fills up again within one. The zero Bucket is full.
type Bucket struct {
	Spent float64   // tokens missing at the time At
	At    time.Time // when it was last looked at
}

// BucketRefill is how long an empty bucket takes to be full again.
const BucketRefill = time.Hour

// Take takes one report out of the bucket. It says false, and leaves the bucket as it is, if
// less than one is left.
func (b Bucket) Take(limit int, now time.Time) (Bucket, bool) {
	spent := b.Spent
	if now.Before(b.At) {
		now = b.At // a clock that was set back does not make an hour count twice
	}
	if !b.At.IsZero() {
		spent -= float64(limit) * now.Sub(b.At).Hours() / BucketRefill.Hours()
	}
	spent = max(0, spent)
	if spent+1 > float64(limit) {
		return b, false
	}
	return Bucket{Spent: spent + 1, At: now}, true
}
