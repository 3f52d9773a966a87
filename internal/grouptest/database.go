package grouptest

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// Database answers what handlers and deliveries look up outside of decisions. Nobody opened the private chat.
type Database struct{ Group *Group }

// Chat finds the group, whichever is meant.
func (db Database) Chat(context.Context, int64) (moderation.Chat, error) {
	return db.Group.Docket.Chat, nil
}

// ChatByRef finds the group, whichever is meant.
func (db Database) ChatByRef(context.Context, int64) (moderation.Chat, error) {
	return db.Group.Docket.Chat, nil
}

// Case finds the case.
func (db Database) Case(_ context.Context, _ int64, id string) (moderation.Case, error) {
	if id != db.Group.Docket.Case.ID {
		return moderation.Case{}, moderation.ErrNoCase
	}
	return *db.Group.Docket.Case, nil
}

// Evidence is a short text.
func (Database) Evidence(context.Context, int64, string) (moderation.Evidence, bool, error) {
	return moderation.Evidence{Name: "Mallory", Text: "Cheap followers!", SentAt: Noon}, true, nil
}

// Private says that nobody can be written to in private.
func (Database) Private(context.Context, int64) (bool, error) { return false, nil }

// Wiped says that nobody wiped anything.
func (Database) Wiped(context.Context, int64) (time.Time, error) { return time.Time{}, nil }

// Shown says that nobody was shown anything.
func (Database) Shown(context.Context, int64) ([]moderation.Shown, error) { return nil, nil }

// ForgetShown has nothing to forget.
func (Database) ForgetShown(context.Context, []moderation.Shown) error { return nil }

// Checkpoint says that there is no ledger.
func (Database) Checkpoint(context.Context) (string, error) { return "", nil }

// Appeal is that of the case.
func (db Database) Appeal(context.Context, int64, string) (moderation.Appeal, bool, error) {
	if db.Group.Docket.Appeal == nil {
		return moderation.Appeal{}, false, nil
	}
	return *db.Group.Docket.Appeal, true, nil
}

// Jury is that of the case.
func (db Database) Jury(context.Context, int64, string) (jury.Jury, bool, error) {
	if db.Group.Docket.Jury == nil {
		return jury.Jury{}, false, nil
	}
	return *db.Group.Docket.Jury, true, nil
}

// Practice says that there is none.
func (Database) Practice(context.Context, int64) (moderation.Practice, error) {
	return moderation.Practice{}, nil
}

// PracticesPosted says that there are none.
func (Database) PracticesPosted(context.Context, time.Time, time.Time) (map[int64]moderation.Practice, error) {
	return nil, nil
}
