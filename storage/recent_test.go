package storage

import "testing"

func TestRecent(t *testing.T) {
	t.Parallel()
	var r recent[int, int]
	if r.of(1) != 0 {
		t.Error("nothing is not nothing")
	}
	fill := func(from, n int) {
		written := map[int]int{}
		for i := range n {
			written[from+i] = from + i + 1
		}
		r.add(written)
	}
	fill(0, recentAtMost)
	fill(recentAtMost, recentAtMost)
	for _, key := range []int{0, recentAtMost - 1, recentAtMost, 2*recentAtMost - 1} {
		if got := r.of(key); got != key+1 {
			t.Errorf("of %d it remembers %d", key, got)
		}
	}
	r.add(map[int]int{0: 77}) // the younger is full, so that the older goes
	if got := r.of(0); got != 77 {
		t.Errorf("of what was written again it remembers %d", got)
	}
	if got := r.of(1); got != 0 {
		t.Errorf("of what is old it remembers %d", got)
	}
	if got := r.of(recentAtMost); got != recentAtMost+1 {
		t.Errorf("of what is not it remembers %d", got)
	}
	r.forget([]int{recentAtMost, 0, -1})
	if r.of(recentAtMost) != 0 || r.of(0) != 0 || r.of(recentAtMost+1) == 0 {
		t.Error("what is to be forgotten is not, or more than that")
	}
	if len(r.young)+len(r.old) > 2*recentAtMost {
		t.Errorf("%d and %d are remembered", len(r.young), len(r.old))
	}
}
