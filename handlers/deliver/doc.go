// Package deliver delivers what was decided. A [moderation.Effect] becomes calls to Telegram, worded at that moment for the
// person they go to. Telegram's answer becomes an answer to the outbox.
//
// Delivering an effect twice does no harm: each looks at how things stand. What an effect came to is told in the words of
// package outbox: done, not before a time, not before a right is there.
//
// The package decides nothing, keeps nothing, and does not know when it is called again.
package deliver
