package handlers

import (
	"slices"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// sentPrivately remembers for a moment what people sent in private to report a message. Each process remembers for itself, in
// memory alone. Without it an album is answered once for each item, and a category has to be chosen by button.
type sentPrivately struct {
	mu         sync.Mutex // guards albums and items together
	categories *lru.Cache[int64, typedCategory]
	albums     *lru.Cache[privateAlbum, int64]     // the first item
	items      *lru.Cache[privateMessage, []int64] // all items, by the first
}

// typedCategory is what somebody typed behind /report before they sent a message.
type typedCategory struct {
	words string
	at    time.Time
}

// privateAlbum is an album in a private chat.
type privateAlbum struct {
	person int64
	album  string
}

// privateMessage is a message in a private chat.
type privateMessage struct{ person, message int64 }

const (
	sentKept    = 10_000 // categories, and albums
	categoryFor = time.Minute
)

func newSentPrivately() *sentPrivately {
	return &sentPrivately{
		categories: newCache[int64, typedCategory](sentKept),
		albums:     newCache[privateAlbum, int64](sentKept), items: newCache[privateMessage, []int64](sentKept),
	}
}

// setCategory notes what somebody typed for the messages that they send next.
func (s *sentPrivately) setCategory(person int64, words string, now time.Time) {
	s.categories.Add(person, typedCategory{words, now})
}

// category is what somebody typed a moment ago.
func (s *sentPrivately) category(person int64, now time.Time) string {
	c, found := s.categories.Get(person)
	if !found || now.Sub(c.at) >= categoryFor {
		return ""
	}
	return c.words
}

// addItem notes an item of an album, and reports whether it is the first.
func (s *sentPrivately) addItem(person int64, album string, message int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	in := privateAlbum{person, album}
	first, known := s.albums.Get(in)
	if !known {
		first = message
		s.albums.Add(in, first)
	}
	of := privateMessage{person, first}
	items, _ := s.items.Get(of)
	if !slices.Contains(items, message) {
		s.items.Add(of, append(slices.Clone(items), message))
	}
	return first == message
}

// along adds to messages the items of an album of which they are the first.
func (s *sentPrivately) along(person int64, messages []int64) (all []int64) {
	for _, m := range messages {
		all = append(all, m)
		items, _ := s.items.Get(privateMessage{person, m})
		for _, item := range items {
			if !slices.Contains(all, item) {
				all = append(all, item)
			}
		}
	}
	return all
}
