// Package grouptest plays a group with one case, for the tests of handlers and of what package deliver does.
//
// A [Group] is the store of the court. [Database] and [Telegram] answer from it. It is one process in memory: what the
// whole program does is tested with internal/tgsim.
package grouptest
