package moderation_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// burst takes as many reports out of a bucket as it gives at once.
func burst(b moderation.Bucket, limit int, now time.Time) (moderation.Bucket, int) {
	for n := 0; ; n++ {
		next, ok := b.Take(limit, now)
		if !ok || n > 2*limit {
			return b, n
		}
		b = next
	}
}

func TestBucket(t *testing.T) {
	const limit = 10
	for name, test := range map[string]struct {
		later time.Duration
		want  int
	}{
		"empty after the burst":       {0, 0},
		"a second short of the next":  {6*time.Minute - time.Second, 0},
		"one more after six minutes":  {6 * time.Minute, 1},
		"half an hour, half the lot":  {30 * time.Minute, 5},
		"full again after an hour":    {moderation.BucketRefill, limit},
		"never fuller than full":      {9 * moderation.BucketRefill, limit},
		"a clock that went back":      {-time.Hour, 0},
		"one that went back for ever": {-9000 * time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b, n := burst(moderation.Bucket{}, limit, noon)
			if n != limit {
				t.Fatalf("a new bucket gives %d, want %d", n, limit)
			}
			if _, n := burst(b, limit, noon.Add(test.later)); n != test.want {
				t.Errorf("gives %d, want %d", n, test.want)
			}
		})
	}
}

func TestRefusalCostsNothing(t *testing.T) {
	empty, _ := burst(moderation.Bucket{}, 3, noon)
	after, ok := empty.Take(3, noon.Add(19*time.Minute))
	if ok || after != empty {
		t.Errorf("refused: %v, and became %+v from %+v", !ok, after, empty)
	}
	if _, ok := after.Take(3, noon.Add(20*time.Minute)); !ok {
		t.Error("having asked too early, one waits longer")
	}
}

func TestClockThatGoesBackTakesNothingAway(t *testing.T) {
	half := moderation.Bucket{Spent: 5, At: noon}
	if _, n := burst(half, 10, noon.Add(-time.Hour)); n != 5 {
		t.Errorf("a bucket that was half full gives %d of 10", n)
	}
}

func TestBucketHoldsWhatALowerLimitLeaves(t *testing.T) {
	b, _ := burst(moderation.Bucket{}, 10, noon)
	if _, ok := b.Take(2, noon.Add(time.Hour)); ok {
		t.Error("ten were spent, two come back in an hour, and yet one is given")
	}
}

// What a full bucket holds and what flows in meanwhile is the most that an hour can see.
func TestNoHourSeesMoreThanTwiceTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(moderation.MinReportLimit, 12).Draw(t, "limit")
		var b moderation.Bucket
		var given []time.Time
		now := noon
		for _, gap := range rapid.SliceOfN(rapid.IntRange(0, 900), 1, 200).Draw(t, "gaps") {
			now = now.Add(time.Duration(gap) * time.Second)
			next, ok := b.Take(limit, now)
			if !ok {
				continue
			}
			b, given = next, append(given, now)
			if over := len(given) - 2*limit - 1; over >= 0 && now.Sub(given[over]) < time.Hour {
				t.Fatalf("%d reports within %v at a limit of %d", 2*limit+1, now.Sub(given[over]), limit)
			}
		}
	})
}
