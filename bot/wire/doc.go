// Package wire holds the types and the JSON of the Bot API that the bot uses.
//
// Inwards, [DecodeUpdate] reads an update into light structs, and the methods of [Result] read what Telegram answered.
// What the bot has no use for is skipped, and what is new or malformed in a message loses no more than itself. An
// [*Error] is a refusal; its [Kind] says what to do next.
//
// Outwards, a [Call] is a value that says what Telegram shall do. There is a constructor for every call the bot makes.
//
// It sends nothing, decides nothing and imports nothing of ours. No error holds a token, an id or a text.
package wire
