// Ostrakon is a Telegram bot with which the members of a group report a message with one tap, unseen by anybody in the group,
// and decide together what follows.
//
// A member reports a message. That opens a case, and a card with two buttons asks the group whether the message breaks the
// rules. If enough independent members say so, the message is deleted and its author gets a penalty. The author can appeal to
// a jury. Administrators get summaries in which no reporter is named.
//
// This page is a tour of the source. It goes from the bottom to the top: a package uses only what comes before it. The test
// package [github.com/ostrakon-bot/ostrakon/internal/archtest] says who may import whom, with the reasons.
//
// # Tools
//
// A tool does one thing and knows nothing of groups and cases.
//
//   - [github.com/ostrakon-bot/ostrakon/internal/seal] encrypts what nobody may read without the key file, and makes keyed
//     hashes that stand for people.
//   - [github.com/ostrakon-bot/ostrakon/internal/ledger] is an append-only log with proofs. Who rewrites it is found out.
//   - [github.com/ostrakon-bot/ostrakon/internal/outbox] decides when what must be done is done, tries again, and keeps the
//     order for each person in a group.
//   - [github.com/ostrakon-bot/ostrakon/internal/schedule] runs jobs when they are due.
//     [github.com/ostrakon-bot/ostrakon/internal/timetable] says when "every Monday at nine" is in a time zone, and
//     [github.com/ostrakon-bot/ostrakon/internal/zone] finds the zone that a person means.
//   - [github.com/ostrakon-bot/ostrakon/internal/locale] holds every text that people read, in every language.
//   - [github.com/ostrakon-bot/ostrakon/internal/digest] draws the picture of a digest.
//   - [github.com/ostrakon-bot/ostrakon/internal/backup] keeps the newest copies of a database in a folder.
//   - [github.com/ostrakon-bot/ostrakon/internal/config] reads the configuration,
//     [github.com/ostrakon-bot/ostrakon/internal/ops] logs, counts and answers health checks, and
//     [github.com/ostrakon-bot/ostrakon/internal/version] knows which release this is.
//
// # The rules of the game
//
// [github.com/ostrakon-bot/ostrakon/moderation] decides. It says what a case is, whose ballot counts how much, when a case is
// decided, and what follows. It gets values and returns values: the new state, and effects, which are what must now be done.
// It knows no Telegram, no SQL and no clock, so that a test plays a week in a millisecond.
//
//   - [github.com/ostrakon-bot/ostrakon/moderation/ladder] reads, writes and compares penalties.
//   - [github.com/ostrakon-bot/ostrakon/moderation/weight] says how much a ballot counts.
//   - [github.com/ostrakon-bot/ostrakon/moderation/standing] says how well somebody behaved in a group.
//   - [github.com/ostrakon-bot/ostrakon/moderation/jury] keeps the seats of a jury, and counts what its members say.
//   - [github.com/ostrakon-bot/ostrakon/moderation/copies] says which messages are copies of each other.
//   - [github.com/ostrakon-bot/ostrakon/moderation/rulebook] holds the rules that a group decides by.
//   - [github.com/ostrakon-bot/ostrakon/moderation/stats] counts cases for digests, and leaves out small numbers.
//
// # The database
//
// [github.com/ostrakon-bot/ostrakon/storage] keeps everything in SQLite, or in PostgreSQL for several replicas. The mark that
// an update was handled, what it changed, and the effects that follow are one transaction. So an update that comes again
// changes nothing.
//
//   - [github.com/ostrakon-bot/ostrakon/storage/sqldb] hides what SQLite and PostgreSQL do differently.
//   - [github.com/ostrakon-bot/ostrakon/storage/messagelog] keeps recent messages for two days, so that they can be found,
//     shown and deleted.
//   - [github.com/ostrakon-bot/ostrakon/storage/transfer] copies everything from one database to another.
//
// # Telegram
//
// [github.com/ostrakon-bot/ostrakon/bot] talks to Telegram. Updates come in by polling or by webhook, and each is confirmed
// only when it is committed. Calls go out, and an error comes back as a kind that says what to do next.
//
//   - [github.com/ostrakon-bot/ostrakon/bot/wire] holds the types and the JSON of the Bot API that the bot uses.
//   - [github.com/ostrakon-bot/ostrakon/bot/ratelimit] says when a call may go out.
//
// # Translation
//
// [github.com/ostrakon-bot/ostrakon/handlers] stands between the three. It makes a use case of an update. There is a file for
// each command and button, and a table of them in routes.go.
//
//   - [github.com/ostrakon-bot/ostrakon/handlers/view] makes texts, keyboards and cards from values alone.
//   - [github.com/ostrakon-bot/ostrakon/internal/settings] is the table of what a group can set. Commands, pages and the keys of
//     the configuration are made from it.
//   - [github.com/ostrakon-bot/ostrakon/handlers/lookup] asks Telegram who somebody is and what they may do.
//     It remembers for seconds who is in which group, and no rights.
//   - [github.com/ostrakon-bot/ostrakon/handlers/casefile] finds what is kept of a case and its evidence.
//   - [github.com/ostrakon-bot/ostrakon/handlers/request] is one command or button: who sent it, with which rights, and about
//     which message.
//   - [github.com/ostrakon-bot/ostrakon/handlers/deliver] makes calls of an effect, and tells the outbox what came of it.
//
// # The program
//
// [github.com/ostrakon-bot/ostrakon/internal/app] puts the parts together and runs them: intake, outbox and scheduled jobs.
// [github.com/ostrakon-bot/ostrakon/internal/cli] is the command line, with a file for each subcommand. The package main, which
// you are reading, calls it and does nothing else.
//
// # To try it out
//
// [github.com/ostrakon-bot/ostrakon/internal/tgsim] is a simulated Telegram. It shares no code with the bot, so that it can
// contradict it. Its package comment lists the packages below it.
// [github.com/ostrakon-bot/ostrakon/internal/demo] plays a short scene in it.
// [github.com/ostrakon-bot/ostrakon/internal/simulate] lets made-up groups vote under attack, to compare ways to decide.
// [github.com/ostrakon-bot/ostrakon/bench] measures the program under load, beside the least a bot can do:
// [github.com/ostrakon-bot/ostrakon/bench/nullbot].
//
// # Tests
//
// The tests of a package stand in that package. [github.com/ostrakon-bot/ostrakon/internal/e2e] tests the whole program
// against the simulated Telegram. Its scenarios are stories in plain words: start with those to learn what people see.
// [github.com/ostrakon-bot/ostrakon/internal/pgtest] starts a PostgreSQL server for a test,
// [github.com/ostrakon-bot/ostrakon/internal/testdb] copies a SQLite database that is migrated already, and
// [github.com/ostrakon-bot/ostrakon/internal/scratch] finds a fast disk.
// [github.com/ostrakon-bot/ostrakon/internal/grouptest] plays a group with one case to handlers and deliveries, and
// [github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest] makes ballots and ties.
// [github.com/ostrakon-bot/ostrakon/internal/storedtest] compares what is stored with golden files.
// [github.com/ostrakon-bot/ostrakon/internal/repo] finds the files of this repository.
//
// # What happens when a member reports
//
// The bot receives the update and finds the handler of /report. The handler asks Telegram who this is and what they may do,
// and calls the use case in moderation. That opens a case and returns effects, such as "show a card". The store commits all
// of it at once. Then the update is confirmed, and the outbox gives each effect to deliver, which makes the calls. The card
// is shown some seconds later, so that its time does not tell who reported. Only then does the time to vote begin.
//
// A tap on the card becomes a ballot. Its weight follows from what became of this member's earlier ballots and from their
// standing. Members who joined together, or always vote alike, count as one. When the voices of a side suffice, the case is
// decided: the effects delete the message, restrict the author and tell everybody concerned. A week later the case is
// settled. What it teaches about its voters is added to their records, and the ballots are destroyed.
//
// # What happens after an appeal
//
// The author presses ⚖️ and may add a sentence. The store draws members who wrote lately, and moderation takes five who are
// eligible. Each gets the message without a name. If three agree, the verdict stands or is overturned. If they do not, the
// admins decide.
//
// # What happens when a digest is due
//
// A scheduled job asks moderation for the groups whose digest is due. It counts the cases since the last one, leaves out
// numbers that are small enough to tell on somebody, and commits the rest as an effect. The handlers write the text and have
// the picture drawn when the outbox delivers it. A digest of Monday that is delivered on Tuesday tells Monday's numbers.
//
// # What may go wrong, and is known
//
// An effect is delivered at least once. A process that is killed between Telegram's answer and its own note asks again. All
// effects bear that but a text, which may come twice.
//
// Telegram does not say whether an ephemeral message was shown. So what matters is also said in private, where that is
// possible.
//
// # Glossary
//
// A word has one meaning in the whole program.
//
// People:
//
//   - member: a person in a group that the bot is in. A new member joined a moment ago or has hardly written. An established
//     member has written on several days, the first a week ago.
//   - admin: the creator of a group or one of its administrators. The owner is the creator. The operator runs the process.
//   - author: who wrote the message that was reported.
//   - reporter, voter, juror: who cast a ballot by /report, on the card, or because they were drawn by lot.
//
// Cases:
//
//   - message, album, thread: as in Telegram.
//   - case: one reported message and all that follows. An album is one message.
//   - ballot: what one person says in one case, "breaks the rules" or "is fine", with its weight.
//   - voice: a ballot that decides. A new member's is none, and of ballots that are tied one counts.
//   - tie, tied: two members who joined together or always vote alike.
//   - verdict: upheld, dismissed, expired or withdrawn.
//   - moment: a second at which something of a case may be shown or withdrawn. It depends on no ballot.
//   - clock of a case: until when it is open, and by which settings it is decided. It starts when the card appears.
//   - stalled: undecided for longer than its group allows. The jury and the admins' log then hear of it.
//   - evidence: the message as it was when it was reported.
//   - copy, alike: two messages are copies of each other if they share a mark; see package copies.
//   - sweep, swept, along: the removal of other messages along with that of a case; what was removed so.
//   - copy: a message with the same text, which contains a link, a mention or a number, or with the same file.
//   - sweep: what goes together with a removed message, such as its copies.
//   - practice: a message of the bot's own that may be reported and voted on, to see how that goes. It is no case.
//   - shown, wipe: what a person was sent about their own reports and votes; deleting it, so that their phone proves nothing.
//   - erasure, retained: what is deleted of a person when they ask for it; what is not deleted yet.
//
// What follows:
//
//   - offence: one upheld case, as it counts against its author.
//   - penalty, ladder, step: a warning, a mute or a ban; the penalties of a group in their order; one of them.
//   - manual penalty: an admin's own, outside of a case.
//   - rule, severity: what a group forbids, and how bad it is to do so.
//   - standing, tier: how well somebody behaved in a group, from 0 to 100, and the name of a range of it.
//   - jury, summons, appeal: members drawn by lot, the question to one of them, and the author's objection to a verdict.
//   - notice, outcome, digest, log entry: what the author, a reporter, the admins and the log channel are sent.
//
// The program:
//
//   - policy, setting, preset: all that a group has set; one of it; a named set of them.
//   - effect, outbox, delivery: what must be done; where it waits; doing it.
//   - budget: how many commands, presses and private messages of one person are handled, at once and with time.
//   - inbox: updates that were received and are not handled yet.
//   - ledger, leaf, receipt, checkpoint: as in RFC 6962 and in golang.org/x/mod/sumdb/note.
package main
