// Package settings is the table of what admins can set in a group.
//
// An entry says how a setting is shown, how it is read from what an admin typed, and what the menu offers. A value that was shown
// can be typed again.
//
// It does not check who may change a setting, and it stores nothing.
package settings
