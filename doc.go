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
// The memory. [github.com/ostrakon-bot/ostrakon/storage] keeps it all in SQLite, or in
// PostgreSQL for several replicas, which know nothing of each other. An update's mark,
// what it changed, and the effects it leads to are one transaction: either all of it happened or
// none, and an update that comes again changes nothing.
//
// The ledger. [github.com/ostrakon-bot/ostrakon/internal/ledger] is a log that nobody can rewrite unseen. Events follow
// from what an outcome changes (moderation/event.go); the store appends them in the same transaction.
//
// The outbox. [github.com/ostrakon-bot/ostrakon/internal/outbox] carries effects out, in order for
// each person in a group, for as long as Telegram needs. docs/states.md draws what becomes of a row.
//
// The door. [github.com/ostrakon-bot/ostrakon/bot] is the only place that knows Telegram's wire.
// Updates come in, each confirmed only after it is committed; calls go out, and their errors come
// back as kinds that say what to do next.
//
// The translators. [github.com/ostrakon-bot/ostrakon/handlers] makes use cases of updates and
// calls of effects, a file for each command and button; routes.go lists them. All words are in
// [github.com/ostrakon-bot/ostrakon/internal/locale], and the digest's picture is drawn, without
// words, by [github.com/ostrakon-bot/ostrakon/internal/digest].
//
// The clockwork. [github.com/ostrakon-bot/ostrakon/internal/schedule] ends cases whose time is
// over, sends digests that are due, settles cases that are final, which destroys their ballots, and deletes
// what was kept long enough. When a group's digest is due,
// [github.com/ostrakon-bot/ostrakon/internal/timetable] reckons by the clock on that group's wall;
// [github.com/ostrakon-bot/ostrakon/internal/zone] finds the zone that an admin means. The law
// asks both as its Calendar (calendar.go).
//
// This package ties them together (app.go), lets the outbox drive the translators (deliver.go),
// and gives the operator a command line (main.go, a file for each subcommand). Everything is
// tested against a Telegram of our own, [github.com/ostrakon-bot/ostrakon/internal/tgsim], which
// shares no code with the rest so that it can contradict us; testdata/scenarios tells in plain
// words what it must look like to people.
//
// A verdict's walk. A tap becomes a ballot (moderation/vote.go) that weighs what its voter's record and their
// standing make of it (weight.go, credibility.go, standing.go). Which ballots of a side count is a matter of who
// is tied to whom (ties.go, untied.go); those that do are judged (judge.go) by the settings that the case keeps
// (terms.go). If that is enough the case is concluded (decide.go), as far as votes alone may go (limit.go). A week
// later it is settled (settle.go): what it teaches is added to its voters' records, and its ballots are destroyed.
// [github.com/ostrakon-bot/ostrakon/internal/simulate] lets made-up groups under attack walk the same way.
//
// An appeal's walk. ⚖️ asks the author for a sentence (handlers/appeal.go); the store draws who wrote lately, and the law
// takes five of them who are eligible (moderation/appeal.go, jury.go). Each gets a card without a name (handlers/jury.go).
// Three agree, and the verdict stands or is overruled as by an admin (review.go); or time brings it to the admins.
//
// A digest's walk. The schedule calls the court (moderation/digest.go). In one transaction the
// store hands over the cases that ended since the last digest, the law counts them (survey.go),
// leaves out what is small or could be subtracted (publish.go), and commits the numbers as an
// effect, with the next due time. The outbox hands the effect back; handlers/digest.go words it
// and has the picture drawn; handlers/admins.go finds who is to be told. A digest that was sent on
// Monday and delivered on Tuesday tells Monday's numbers.
//
// A log entry's walk. An admin sends /mute, or presses a button that names a group and a case.
// Telegram says who they are there and what they may; the court decides (moderation/hand.go,
// review.go, tune.go), and among the effects is one for the admins, with who did what. Its turn
// come, handlers/log.go asks Telegram whether outsiders could read the log channel, and writes the
// entry there (entry.go); if it cannot, each admin gets an effect of their own. A card whose button
// was pressed is redrawn as the case stands then (case.go).
//
// Doubts worth knowing. An effect is carried out at least once: killed between Telegram's yes and
// our noting it, we ask again. All effects but a sent text bear that; a text may come twice. An
// ephemeral message may never be shown, and Telegram does not say so; what matters is therefore
// said in private too where that is possible.
package main
