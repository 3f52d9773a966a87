package handlers

import lru "github.com/hashicorp/golang-lru/v2"

// newCache returns a cache for so many entries. The one that was used longest ago goes first. It knows no time.
func newCache[K comparable, V any](size int) *lru.Cache[K, V] {
	c, err := lru.New[K, V](size)
	if err != nil {
		panic(err) // a size below 1
	}
	return c
}
