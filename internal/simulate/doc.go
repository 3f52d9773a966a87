// Package simulate plays groups of simulated members, honest ones and attackers, under several ways to
// decide what breaks the rules, and counts who is punished.
//
// A [Scenario] writes a [Script]: who is in the group, which messages are written, and who would vote on
// each of them, how and when. Nothing in it depends on how cases are decided, so that every [Policy] is
// given the same votes. [Play] has one policy decide a script. The engine is the real one: the simulator calls
// [moderation.Court] as the bot does, with a store in memory. What is simulated is people, and those whom the court
// waits for: jurors and admins.
//
// Attackers adapt. What they choose, such as times, sides and categories, is a [Strategy]; [Adapt] searches for the one
// that serves them best, on groups of which no result is made.
//
// The assumptions are the fields of [Params], each with its number and a reason. Cases are open at the same time, as in
// a real group. What is left out: nobody leaves, and honest members neither change their ballots nor take them back.
//
// The same seed gives the same results to the last bit, on however many cores. Each group has a random
// source of its own, made of the seed, its scenario and its number.
package simulate
