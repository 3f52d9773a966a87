// Package bot is the client and the receiver of Telegram's Bot API. It alone uses the library for it.
//
// Outwards, [Client.Do] performs a [wire.Call] once, with a deadline, and answers with a [wire.Result] or a
// [*wire.Error] whose [wire.Kind] says what to do next. Its [ratelimit.Limiter] knows Telegram's limits and the holds
// that "429 Too Many Requests" imposed; who sends in bulk asks [Client.Book] first.
//
// Inwards, a [Receiver] fetches updates by long poll or takes them from a webhook, and decodes them into light structs
// ([wire.Update]). It gives them to a [Handler], in order within a chat, chats side by side. An update is confirmed to
// Telegram only after the handler has committed it.
//
// The package makes no decisions and has no texts for people. It never logs a token, a user id, a name or a text.
package bot
