package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers/casefile"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// The parts of [Store] that several types use. What only one needs is declared beside it.

// caseByID finds a case; the error is moderation.ErrNoCase if there is no such case.
type caseByID interface {
	Case(ctx context.Context, chat int64, id string) (moderation.Case, error)
}

// caseFiles knows cases and what is kept beside them.
type caseFiles interface {
	caseByID
	casefile.Cases
}

// groupsByRef finds the group of a number; the error is moderation.ErrNoChat if there is none.
type groupsByRef interface {
	ChatByRef(ctx context.Context, ref int64) (moderation.Chat, error)
}

// privateChats says who can be written to in private.
type privateChats interface {
	Private(ctx context.Context, person int64) (bool, error)
}

// seenMessages finds a message that the bot has seen lately.
type seenMessages interface {
	SeenMessage(ctx context.Context, chat, message int64) (moderation.SeenMessage, bool, error)
}

// recentMessages also lists the latest messages of a group.
type recentMessages interface {
	seenMessages
	// Recent lists the latest messages of a group, the newest first.
	Recent(ctx context.Context, chat int64, limit int) ([]moderation.SeenMessage, error)
}

// practiceStore finds the practice of a group.
type practiceStore interface {
	Practice(ctx context.Context, chat int64) (moderation.Practice, error)
}

// allPractices finds the practices of all groups.
type allPractices interface {
	practiceStore
	// PracticesPosted are those whose message was posted between two moments, to the second, by the groups' numbers. There may be others
	// among them.
	PracticesPosted(ctx context.Context, from, to time.Time) (map[int64]moderation.Practice, error)
}
