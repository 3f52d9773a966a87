// Package request says who asks, with which rights, and about which message.
//
// A [Command] is what somebody typed, a [Callback] a button that they pressed. Both know how their answer reaches who asked, and
// nobody else. A [Resolver] finds out from Telegram who asks and whom they name. The other functions read what people type.
// Everything that comes from a button is taken for forged: the caller checks it.
//
// It decides nothing and changes nothing.
package request
