package main

import (
	"slices"
	"time"
)

// figure is one number of a row.
type figure struct {
	name    string
	took    time.Duration
	wanted  time.Duration // 0 if nothing is
	picture string        // where it is drawn; none if empty
}

// The pictures.
const (
	pictureOne  = "slow-one"
	pictureMany = "slow-many"
)

// share is below which so large a share of the times are.
func share(times []time.Duration, of float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[int(of*float64(len(sorted)-1)+0.5)]
}
