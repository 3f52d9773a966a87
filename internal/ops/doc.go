// Package ops tells the operator how the process is: whether it is alive and
// ready, what it counts, and what it logs.
//
// It promises that nothing here names a person or a group. Labels are words of
// the program, such as a kind of update, a method of the Bot API or an outcome.
// They are never ids. So the number of series is bounded, and a scrape tells
// nobody who reported whom.
//
// It does not decide what is counted or logged.
package ops
