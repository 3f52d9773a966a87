// Package moderation holds the rules: what a report is, who may vote, when a case is decided and what follows.
//
// It takes values and returns values. A use case of [Court] asks its [Store] for a [Docket], which is all that a decision
// may look at. It decides by pure functions, and returns an [Outcome]: all that changes, and the [Effect] values that must
// now be delivered. The store commits an Outcome whole or not at all. Effects are delivered later, by others, from rows that
// were written in the same transaction. So a decision is a value in a test, and a crash loses nothing.
//
// It knows neither Telegram nor SQL, neither texts nor the clock.
//
// What is computed by itself stands in packages below, which know nothing of the rest:
//
//   - weight: how much a ballot counts, which ballots are voices, and what they decide.
//   - ladder: penalties, and the times that admins type.
//   - standing: points and tiers. rulebook: rules and their amendments. jury: seats. stats: the numbers of a digest.
//
// A file stands above the files that it uses:
//
//   - policy.go, chat.go, people.go, case.go, seats.go, evidence.go, offence.go and others hold the types.
//   - effect.go and the files that begin with it: what must be done. entry.go: what admins are told.
//   - docket.go, runner.go: what a decision sees and changes, and how it is run.
//   - sentence.go, conclude.go, jurors.go, lift.go: what use cases have in common.
//   - report.go, vote.go, decide.go, review.go, manual.go, appeal.go and others: the use cases.
//   - court.go: the court, made of a part for each noun.
package moderation
