// Package ladder reads, writes and compares penalties, and the ladders that they stand on.
//
// A ladder is a list of steps from mild to hard, such as "warn, mute 1h, ban 7d, ban". A step is what one
// offence brings. The package reads steps and times as an admin types them, in any of the bot's languages,
// and writes them so that they are read back the same.
//
// It does not know who stands where on a ladder, and carries nothing out.
package ladder
