package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// DayOf is the day of a moment, in days since 1970, UTC: the finest time that is kept of what members did.
func DayOf(t time.Time) int64 { return weight.DayOf(t) }
