package moderation

import (
	"slices"
	"time"
)

// Change is a setting that was changed.
type Change struct {
	Setting string `json:"setting"`
	From    string `json:"From"` // as an admin types it, like To
	To      string `json:"To"`
}

const (
	// TakeBackFor is for how long a change of settings can be taken back with one tap.
	TakeBackFor = 48 * time.Hour
	// changesKept is how many changes of a group are known, so that its row stays small.
	changesKept = 20
)

// ChangedSettings is what an admin changed at once, as long as it can be taken back. It says nothing about who did it. It is stored
// as JSON under these names.
type ChangedSettings struct {
	Number  int64     `json:"number"` // counted in the group: it tells nothing of what else happens
	At      time.Time `json:"at"`
	Changes []Change  `json:"changes"`
	Undone  bool      `json:"undone,omitempty"`
}

// noteChanges adds what was changed to what was changed lately, and returns the number of it. The latest is never forgotten, so no
// number is used again.
func noteChanges(lately []ChangedSettings, changes []Change, now time.Time) ([]ChangedSettings, int64) {
	number := int64(1)
	if n := len(lately); n > 0 {
		number = lately[n-1].Number + 1
	}
	known := slices.DeleteFunc(slices.Clone(lately), func(s ChangedSettings) bool { return !s.At.Add(TakeBackFor).After(now) })
	known = append(known, ChangedSettings{Number: number, At: now, Changes: changes})
	return known[max(0, len(known)-changesKept):], number
}
