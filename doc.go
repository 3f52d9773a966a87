// Ostrakon lets every member of a Telegram group report a message with one tap, unseen, and lets
// the group decide.
//
// This is the tour, from the bottom up.
//
// Secrets. [github.com/ostrakon-bot/ostrakon/internal/seal] seals what nobody shall read without
// the key file, and makes tags that name people without telling who they are.
//
// The law. [github.com/ostrakon-bot/ostrakon/moderation] says what a case is, whose ballot weighs
// how much, when a case is decided and what follows. It takes values and returns values: the new
// state, and effects, which are what must now be done in the world. It knows neither Telegram nor
// SQL nor the clock.
//
// The memory. [github.com/ostrakon-bot/ostrakon/storage] keeps it all in SQLite. An update's mark,
// what it changed, and the effects it leads to are one transaction: either all of it happened or
// none, and an update that comes again changes nothing.
//
// The outbox. [github.com/ostrakon-bot/ostrakon/internal/outbox] carries effects out, in order for
// each group, for as long as Telegram needs. docs/states.md draws what becomes of a row.
//
// The door. [github.com/ostrakon-bot/ostrakon/bot] is the only place that knows Telegram's wire.
// Updates come in, each confirmed only after it is committed; calls go out, and their errors come
// back as kinds that say what to do next.
//
// The translators. [github.com/ostrakon-bot/ostrakon/handlers] makes use cases of updates and
// calls of effects, a file for each command and button; routes.go lists them. All words are in
// [github.com/ostrakon-bot/ostrakon/internal/locale].
//
// The clockwork. [github.com/ostrakon-bot/ostrakon/internal/schedule] ends cases whose time is
// over and destroys the keys of those that are final.
//
// This package ties them together (app.go), lets the outbox drive the translators (deliver.go),
// and gives the operator a command line (main.go, a file for each subcommand). Everything is
// tested against a Telegram of our own, [github.com/ostrakon-bot/ostrakon/internal/tgsim], which
// shares no code with the rest so that it can contradict us; testdata/scenarios tells in plain
// words what it must look like to people.
//
// Doubts worth knowing. An effect is carried out at least once: killed between Telegram's yes and
// our noting it, we ask again. All effects but a sent text bear that; a text may come twice. An
// ephemeral message may never be shown, and Telegram does not say so; what matters is therefore
// said in private too where that is possible.
package main
