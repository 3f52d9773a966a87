// Package moderation is the law of the house: what a report is, who may vote, when a case is
// decided and what follows. It takes values and returns values.
//
// It knows neither Telegram nor SQL, neither words nor the clock. A use case of [Court] asks its
// [Store] for a [Docket] (all that a decision may look at), decides by pure functions, and hands
// back an [Outcome] (all that changes, and the [Effect] values that must now be carried out).
// The store commits an Outcome whole or not at all; effects are performed later, by others, from
// rows that were written in the same transaction. So a decision is a value in a test, and a crash
// loses nothing.
//
// The nouns, a file each:
//
//   - case.go: a case is one reported message (an album counts as one).
//   - ballot.go, weight.go: a member's vote and how much it counts.
//   - ties.go, untied.go, judge.go: which ballots are voices, and what they decide.
//   - verdict.go: how a case stands.
//   - terms.go: the settings that a case keeps.
//   - established.go, limit.go: who has been there for a while, and what votes alone may do to them.
//   - again.go: what was decided and is asked again.
//   - ladder.go, offence.go: the steps of punishment and who stands where.
//   - rule.go: the rules a message can break.
//   - policy.go: what a group may tune.
//   - bucket.go, cards.go: how many reports a member may make, and how many cards they bring.
//   - effect.go: what must be done in the world.
//   - refusal.go: why not, as a code that the edge turns into words.
//   - court.go and the files named after what happens (report.go, vote.go, decide.go, …): the use cases.
package moderation
