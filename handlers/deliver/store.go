package deliver

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Telegram performs calls; it is [bot.Client].
type Telegram interface {
	Do(ctx context.Context, call wire.Call) (wire.Result, error)
	// Download fetches a file of at most so many bytes.
	Download(ctx context.Context, path string, most int64) ([]byte, error)
	Book(ctx context.Context, call wire.Call) (ratelimit.Booking, error)
	// Me is the bot itself, as Telegram described it last.
	Me() wire.Self
}

// Store is what is looked up when effects are delivered.
type Store interface {
	Groups
	Cases
	Restraints
	Files
	Persons
	// Checkpoint is the newest signed head of the ledger, empty if there is none yet.
	Checkpoint(ctx context.Context) (string, error)
}

// Groups knows groups, their recent messages, and who can be written to in private.
type Groups interface {
	Chat(ctx context.Context, chat int64) (moderation.Chat, error)
	// ChatByRef finds a group by its own number in the store; the error is moderation.ErrNoChat if there is none.
	ChatByRef(ctx context.Context, ref int64) (moderation.Chat, error)
	Recent(ctx context.Context, chat int64, limit int) ([]moderation.SeenMessage, error)
	Private(ctx context.Context, person int64) (bool, error)
	// Practice is the practice of a group.
	Practice(ctx context.Context, chat int64) (moderation.Practice, error)
}

// Cases knows cases and what is kept beside them. The error is moderation.ErrNoCase if there is no such case.
type Cases interface {
	Case(ctx context.Context, chat int64, id string) (moderation.Case, error)
	Evidence(ctx context.Context, chat int64, id string) (moderation.Evidence, bool, error)
	Appeal(ctx context.Context, chat int64, id string) (moderation.Appeal, bool, error)
	Jury(ctx context.Context, chat int64, id string) (jury.Jury, bool, error)
	// Alike lists the recent messages of an author, and those that have or had one of the marks.
	Alike(ctx context.Context, chat, author int64, marks []string) ([]moderation.Alike, error)
}

// Restraints knows where members stand, and what the bot put on them.
type Restraints interface {
	Conduct(ctx context.Context, chat, person int64) (standing.Conduct, error)
	// Restraint is what the bot put on a person in a group, and what it found there.
	Restraint(ctx context.Context, chat, person int64) (moderation.Restraint, error)
}

// Files keeps the files of evidence.
type Files interface {
	Medium(ctx context.Context, chat int64, id string, part int) ([]byte, bool, error)
	// FindSpace says why there is no space for a file of so many bytes (0 if nobody knows), or nothing if there is.
	FindSpace(ctx context.Context, chat int64, id string, size int64) (moderation.NoSpace, error)
	// KeepMedium keeps a file, or says why there is no space for it.
	KeepMedium(ctx context.Context, chat int64, id string, part int, data []byte) (moderation.NoSpace, error)
}

// Persons knows what is kept of a person in all groups.
type Persons interface {
	moderation.Persons
	Kept(ctx context.Context, person int64) ([]moderation.Kept, error)
	// Voted lists the cases whose ballots are still there and in which a person voted, the newest first, with the ballots.
	Voted(ctx context.Context, person int64, limit int) ([]moderation.CaseRef, []moderation.Ballot, error)
	About(ctx context.Context, person int64, limit int) ([]moderation.CaseRef, error)
	ShownMessages
}

// ShownMessages knows what people were shown of their own reports and votes.
type ShownMessages interface {
	// Wiped is when a person wiped that last; zero if never.
	Wiped(ctx context.Context, person int64) (time.Time, error)
	// Shown lists the messages, the newest first.
	Shown(ctx context.Context, person int64) ([]moderation.Shown, error)
	// ForgetShown forgets messages that are wiped.
	ForgetShown(ctx context.Context, gone []moderation.Shown) error
}
