// Package simulate plays groups of simulated members, honest ones and attackers, under several ways to
// decide what breaks the rules, and counts who is punished.
//
// A [Scenario] writes a [Script]: who is in the group, which messages are written, and who would vote on
// each of them, how and when. Nothing in it depends on how cases are decided, so that every [Policy] is
// given the same votes in the same order. [Play] has one policy decide a script. The engine is the real one
// (moderation.Judge, Voter.Ballot, Closing.Settle, Level, Conduct); what is simulated is people.
//
// The assumptions are the fields of [Params], each with its number and a reason. What they leave out: cases
// are played one after the other in the order of their messages, so that of two cases open at once the
// first is over before the second begins; what a case changes on the ladder and in the standing is
// therefore known up to a day early. What it teaches of voters is not: that is settled a week later.
//
// The same seed gives the same results to the last bit, on however many cores: each group has a random
// source of its own, made of the seed, its scenario and its number.
package simulate
