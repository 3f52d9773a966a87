package storage

import (
	"cmp"
	"sync"
)

// recent remembers what was written or read of late, so that it need not be again. It holds two generations: when the
// younger is full the older is dropped.
type recent[K, V comparable] struct {
	atMost     int // are in one generation; 0 = recentAtMost
	mu         sync.Mutex
	young, old map[K]V
}

// recentAtMost is how many are in one generation, unless it is said: some 10 MB for both, of names.
const recentAtMost = 50_000

func (r *recent[K, V]) of(key K) V {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v, ok := r.young[key]; ok {
		return v
	}
	return r.old[key]
}

func (r *recent[K, V]) forget(keys []K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, key := range keys {
		delete(r.young, key)
		delete(r.old, key)
	}
}

func (r *recent[K, V]) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.young, r.old = nil, nil
}

func (r *recent[K, V]) add(written map[K]V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for key, v := range written {
		if len(r.young) >= cmp.Or(r.atMost, recentAtMost) || r.young == nil {
			r.old, r.young = r.young, make(map[K]V)
		}
		r.young[key] = v
	}
}
