package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Moved: goes when its users follow.
type (
	// Track is [weight.VoteRecord].
	Track = weight.VoteRecord
	// Caution is [weight.ReportAbuse].
	Caution = weight.ReportAbuse
	// Ties is [weight.Ties].
	Ties = weight.Ties
	// Pair is [weight.Pair].
	Pair = weight.Pair
	// Trace is [weight.Trace].
	Trace = weight.Trace
)

// Moved: goes when its users follow.
const (
	FewestVoices = weight.FewestVoices
)

// PairOf is [weight.PairOf]. Moved: goes when its users follow.
func PairOf(a, b int64) Pair { return weight.PairOf(a, b) }

// Midnight is [weight.Midnight]. Moved: goes when its users follow.
func Midnight(day int64) time.Time { return weight.Midnight(day) }
