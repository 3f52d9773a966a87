// Package ratelimit says when a call to Telegram may go out.
//
// It counts messages against the limits that Telegram states, and remembers the holds that "429 Too Many Requests"
// imposed. With a [Shared] the replicas of a bot keep the limits together.
//
// It makes no calls, never waits, and does not know what a call says: a [Request] holds all that matters.
package ratelimit
