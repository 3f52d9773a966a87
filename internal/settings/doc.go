// Package settings is the table of what a group can set.
//
// An entry says what a setting is called, how it is shown, how it is read from what an admin typed and from the configuration,
// and what the menu offers. Commands, buttons, pages and configuration keys are made from the table, and a test names the
// lines of the documents that an entry lacks. A value that was shown can be typed again.
//
// It does not check who may change a setting, and it stores nothing. Limits are in package moderation, beside the rules.
package settings
