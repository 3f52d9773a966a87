package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// rules is the rule book of every simulated group.
var rules = rulebook.DefaultBook()

const day = 24 * time.Hour

// epoch is when every group's bot was added.
var epoch = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// truth is the verdict of those who are right.
func truth(breaks bool) moderation.Verdict {
	if breaks {
		return moderation.Upheld
	}
	return moderation.Dismissed
}
