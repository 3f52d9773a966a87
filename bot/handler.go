package bot

import (
	"context"
	"errors"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Handler handles updates. Its methods are called concurrently for
// different chats, and for the same chat only for ordinary posts beside one other update. An error means that nothing was
// committed: the update comes again, so handling must be idempotent by update id.
type Handler interface {
	admitter

	// Ordinary reports whether an update, such as a plain group message, may be
	// committed together with others. It must be quick and have no effects.
	Ordinary(u *wire.Update) bool

	// Bulk commits ordinary updates of one or many chats, all or none of them.
	// Within a chat they are in order.
	Bulk(ctx context.Context, updates []wire.Update) error

	// Handle commits one update and returns the calls to make at once, such as
	// the toast of a button. They are best effort: see [ReceiverOptions.Later].
	Handle(ctx context.Context, u wire.Update) ([]wire.Call, error)

	// Ahead is told of each update that is not ordinary when it is queued: in the order in which they came, before it and those
	// that came later are handled. It may begin what handling it will need. It must be quick, and nothing depends on it.
	Ahead(ctx context.Context, u *wire.Update)

	refuser
}

// refuser says what people are told whose updates cannot be handled now. Its methods must be quick.
type refuser interface {
	// Unavailable returns the calls that tell a person to wait, when their update cannot be committed now
	// ([ErrUnavailable]). It is called once for an update, however long that waits.
	Unavailable(u *wire.Update) []wire.Call

	// Dropped returns the calls that tell a person that their press is dropped, since too many updates wait.
	Dropped(u *wire.Update) []wire.Call
}

// admitter decides which updates are handled at all.
type admitter interface {
	// Admit reports whether an update that is not ordinary may be queued. It is called once for each that is new, in the
	// order in which they came, before anything else is done with it. An update that is not admitted is done; the calls say
	// so to its sender. Toasts among them are shown at once or not at all. It must be quick, and is called concurrently.
	Admit(u *wire.Update) (admitted bool, calls []wire.Call)
}

// ErrUnavailable is an error that handlers return when the store is down. The update is then
// tried again without end instead of being given up.
var ErrUnavailable = errors.New("store unavailable")

// ReceiverOptions are all optional.
type ReceiverOptions struct {
	// Inbox keeps what cannot be handled at once. Without it no update is confirmed before it is handled.
	Inbox Inbox

	// InboxSize is how many updates this process keeps there at most. The default is enough: a larger one would only be worked off
	// more slowly, and Telegram drops presses that are not answered in time.
	InboxSize int

	// Dropped is called for each press that is dropped since too many updates wait.
	Dropped func()

	// Later takes an answer that cannot be sent at once, because its chat is held
	// or Telegram could not be reached. Without it such answers are dropped.
	Later func(ctx context.Context, call wire.Call) error

	// Answering is told that an update of a person's is being handled. Answered is told as often that this is over and the
	// answer sent, but for the calls that could not be made at once. It takes those in place of Later. Both or none are set.
	Answering func(person int64)
	Answered  func(ctx context.Context, person int64, rest []wire.Call) error

	// Observe is told of each piece of work: "bulk", or the [wire.Update.Kind] handled,
	// or "undecodable". It must be quick and safe for concurrent use.
	Observe func(kind string, took time.Duration, err error)

	// Conflict is called when Telegram lets nobody poll, and reports whether it found out why and told somebody. Then
	// nothing more is logged.
	Conflict func(ctx context.Context) bool

	// Grace is how long work in progress may go on once Poll has been told to
	// stop; default 2.5 s, so that all is over in 5 s.
	Grace time.Duration
}
