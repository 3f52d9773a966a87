// Package handlers translates, both ways, between Telegram and the court.
//
// Inwards: an update becomes a use case of [moderation.Court], and its result the calls to answer
// with at once. There is a file for each command and button, and routes.go lists them all.
//
// Outwards: an [moderation.Effect] becomes the calls that carry it out (carry.go), worded at that
// moment, for the person it goes to.
//
// The package never decides who may: it finds out from Telegram who somebody is, and asks the
// court. Everything that comes in with a button is treated as forged until it is checked.
package handlers
