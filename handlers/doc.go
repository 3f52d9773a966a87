// Package handlers answers commands and buttons.
//
// An update becomes a use case of [moderation.Court], and its result becomes the calls that answer it. There is a type for
// each concern and a file for each command and button; routes.go lists them all.
//
// The package finds out from Telegram who asks, and checks everything that comes with a button, since an app can forge it.
//
// It does not decide who may do what: it asks the court. What the court has done later, package deliver does.
package handlers
