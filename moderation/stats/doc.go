// Package stats counts what was decided in a group, and makes of it what may be shown to its admins.
//
// It promises that whoever reads a [Digest], and knows how it is made, can exclude neither 0 nor 1 nor 2 for a number
// that is small. Such numbers are left out, and so is what they could be worked out from.
//
// It knows nobody's name, and takes rules and penalties as the words that they are kept by.
package stats
