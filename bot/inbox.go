package bot

import (
	"context"
	"encoding/json"
	"time"
)

// Kept is an update that is confirmed to Telegram before it is handled.
type Kept struct {
	Update int64
	Chat   int64 // in whose order it is handled; see [wire.Update.Chat]
	Came   time.Time
	Raw    json.RawMessage // as Telegram sent it
}

// Inbox keeps updates that are not handled yet. Its methods are safe for concurrent use. What they wrote is durable when they
// return. An error means that the store is down. What is kept goes in the transaction in which the update is handled, without a call of these methods.
type Inbox interface {
	// Keep keeps updates for this process, but those that were handled meanwhile.
	Keep(ctx context.Context, updates []Kept) error

	// Claim returns updates that are kept and belong to no process, or to one that is gone, ordered by chat as they came: at most
	// so many, or all where no other process can claim them. They belong to this process from now on. What belongs to it already
	// goes on doing so.
	Claim(ctx context.Context, most int) ([]Kept, error)

	// Behind reports whether an earlier update of the chat is kept that belongs to another process.
	Behind(ctx context.Context, chat, update int64) (bool, error)

	// Remove removes updates, if they are still kept.
	Remove(ctx context.Context, updates ...int64) error

	// Leave leaves updates to whoever claims them first.
	Leave(ctx context.Context, updates ...int64) error
}

const (
	mostKept = 4096    // updates that a process keeps in the inbox, unless it is told otherwise
	place    = 8 << 10 // bytes; an update that is longer takes the room of several
)
