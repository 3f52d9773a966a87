// Package weighttest makes ballots, and ties among those who cast them, for tests of what decides a case.
//
// What it draws is everything that can be. It knows no cases.
package weighttest

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Noon is when the ballots are cast.
var Noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

// Today is the day of noon.
var Today = weight.DayOf(Noon)

const day = 24 * time.Hour
