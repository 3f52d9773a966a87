// Package weight computes how much a ballot counts, which ballots are voices, and what voices decide.
//
// A ballot weighs as much as its voter's record says. The record is a Beta-Bernoulli estimate of how often the
// voter is right (Jøsang & Ismail 2002), which is forgotten exponentially. It is turned into log odds (Nitzan &
// Paroush 1982). Of ballots that are tied to each other only one counts: voices are a maximum weight independent
// set. Voices decide by Wald's sequential test (Wald & Wolfowitz 1948). What ended teaches the records of those
// who voted.
//
// The package promises that nobody decides anything alone, with however many accounts that are tied, and that a
// ballot added to a side never helps the other. It does not know what a message says, nor who a voter is.
package weight
