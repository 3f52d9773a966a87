package storage

import "testing"

func TestCache(t *testing.T) {
	t.Parallel()
	const size = 1000
	c := newCache[int, int](size)
	of := func(key int) int {
		v, _ := c.Get(key)
		return v
	}
	if of(1) != 0 {
		t.Error("nothing is not nothing")
	}
	fill := func(from, n int) {
		written := map[int]int{}
		for i := range n {
			written[from+i] = from + i + 1
		}
		addAll(c, written)
	}
	fill(0, size/2)
	fill(size/2, size/2)
	for _, key := range []int{size - 1, size / 2, size/2 - 1, 0} {
		if got := of(key); got != key+1 {
			t.Errorf("of %d it holds %d", key, got)
		}
	}
	addAll(c, map[int]int{1: 77})
	fill(size, size-2) // it was full, so that all goes but the last two that were used
	if got := of(1); got != 77 {
		t.Errorf("of what was written again it holds %d", got)
	}
	if got := of(0); got != 1 {
		t.Errorf("of what was read again it holds %d", got)
	}
	if got := of(2); got != 0 {
		t.Errorf("of what is old it holds %d", got)
	}
	if got := of(size); got != size+1 {
		t.Errorf("of what is new it holds %d", got)
	}
	removeAll(c, []int{size, 0, -1})
	if of(size) != 0 || of(0) != 0 || of(size+1) == 0 {
		t.Error("what is removed is there, or more was removed")
	}
	if n := c.Len(); n > size {
		t.Errorf("it holds %d", n)
	}
}
