package main

// sizes of the measurements.
type sizes struct {
	groups, members, messages, reports, cases int
	replicas                                  int
	only, plots                               string
	slow                                      slowOptions
}

// slowOptions are the flags of slow.
type slowOptions struct {
	row, callTimes, database string
	times, repeats           int
	groupsGiven              bool // -groups says how many there are where nothing else does
}
