package storage

import lru "github.com/hashicorp/golang-lru/v2"

// How much is cached at most. Nothing expires by time: whoever writes a row has it read anew.
const (
	namesAtMost = 75_000 // writers, and usernames: some 20 MB for both
	rowsAtMost  = 30_000 // groups, and members: half a KB each at most
)

// newCache returns a cache that holds at most size values. The one that was not used for longest is dropped first.
func newCache[K comparable, V any](size int) *lru.Cache[K, V] {
	c, err := lru.New[K, V](size)
	if err != nil {
		panic(err) // a size below 1
	}
	return c
}

func addAll[K comparable, V any](c *lru.Cache[K, V], values map[K]V) {
	for key, v := range values {
		c.Add(key, v)
	}
}

func removeAll[K comparable, V any](c *lru.Cache[K, V], keys []K) {
	for _, key := range keys {
		c.Remove(key)
	}
}

// groupLink is a name of one kind that a group has; see [Tx.noteLinks].
type groupLink struct {
	chat int64
	kind int
}
