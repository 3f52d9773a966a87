// Package bot is the door to Telegram: the only place that knows its wire.
//
// Outwards, a [Call] is a value that says what Telegram shall do; [Client.Do]
// performs it once, with a deadline, and answers with a [Result] or an [*Error]
// whose [Kind] says what to do next. The [Gate] knows Telegram's limits and the
// holds that "429 Too Many Requests" imposed; whoever sends in bulk asks it first.
//
// Inwards, a [Receiver] fetches updates by long poll or takes them from a
// webhook, decodes them into light structs ([Update]) and gives them to a
// [Handler]: in order within a chat, chats side by side. An update is confirmed
// to Telegram only after the handler has committed it.
//
// The package decides nothing, words nothing for people, and never logs a token,
// a user id, a name or a text.
package bot
