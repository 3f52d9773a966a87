// Package ops is the operator's door: is the process alive, is it ready, and
// how is it doing; and the log it writes.
//
// Nothing that passes here names a person or a group. Labels are words from the
// program's own vocabulary (a kind of update, a method of the Bot API, an
// outcome), never ids, so the number of series is bounded and a scrape tells
// nobody who reported whom.
package ops
