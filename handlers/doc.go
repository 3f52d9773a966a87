// Package handlers answers commands and buttons, and delivers effects.
//
// Inwards, an update becomes a use case of [moderation.Court], and its result becomes the calls that answer it. There is a type
// for each concern and a file for each command and button; routes.go lists them all. Outwards, a [moderation.Effect] becomes
// the calls that deliver it, worded when they are made, in the language of who reads them.
//
// The package finds out from Telegram who asks, and checks everything that comes with a button, since an app can forge it.
//
// It does not decide who may do what: it asks the court.
package handlers
