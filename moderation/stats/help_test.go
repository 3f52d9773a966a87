package stats_test

import "time"

// noon is when most tests take place.
var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour
