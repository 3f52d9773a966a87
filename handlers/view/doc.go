// Package view makes what people read and press: texts, keyboards, cards and the data that buttons carry.
//
// It is pure: the same values give the same words. Its functions take no context and ask nobody.
//
// It does not decide who may do what, and it sends nothing.
package view
