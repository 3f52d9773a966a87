package main

// sizes of the measurements.
type sizes struct {
	groups, members, messages, reports, cases int
	replicas                                  int
	only, plots                               string
}
