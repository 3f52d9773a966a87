// Package archtest tests how the program is built, from its source: who may import whom, which files reach each other, and
// how large things are. It promises that each limit stands with its reason. It runs nothing of the program.
package archtest
