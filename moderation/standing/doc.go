// Package standing keeps a member's standing: 0 to 100 points, which fall with offences and come back day by day.
//
// It promises that what is taken and given back adds up, that a day counts once, when it is over, and that full
// standing needs nothing to be stored. Days are numbers: the days since 1970, in UTC.
//
// It does not know what a member did, nor what a tier forbids them; it computes.
package standing
