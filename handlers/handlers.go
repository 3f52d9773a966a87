package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Telegram performs calls; it is [bot.Client].
type Telegram interface {
	Do(ctx context.Context, call bot.Call) (bot.Result, error)
	// Download fetches a file of at most so many bytes.
	Download(ctx context.Context, path string, most int64) ([]byte, error)
	Book(ctx context.Context, call bot.Call) (bot.Booking, error)
	// Me is the bot itself, as Telegram described it last.
	Me() bot.Self
}

// Memory is what handlers look up outside of decisions.
type Memory interface {
	Chat(ctx context.Context, chat int64) (moderation.Chat, error)
	// Case is moderation.ErrNoCase if there is no such case.
	Case(ctx context.Context, chat int64, id string) (moderation.Case, error)
	Sighting(ctx context.Context, chat, message int64) (moderation.Sighting, bool, error)
	Recent(ctx context.Context, chat int64, limit int) ([]moderation.Sighting, error)
	Private(ctx context.Context, person int64) (bool, error)
	// ChatByRef is moderation.ErrNoChat if there is no such group.
	ChatByRef(ctx context.Context, ref int64) (moderation.Chat, error)
	// ChatByCode is moderation.ErrNoChat if nobody offered that code, or too long ago.
	ChatByCode(ctx context.Context, code string, now time.Time) (moderation.Chat, error)
	AdminOf(ctx context.Context, person int64, limit int) ([]int64, error)
	Handle(ctx context.Context, chat int64, username string) (person int64, found bool, err error)
	Conduct(ctx context.Context, chat, person int64) (moderation.Conduct, error)
	// Restraint is what the bot put on a person in a group, and what it found there.
	Restraint(ctx context.Context, chat, person int64) (moderation.Restraint, error)
	// Asked is about which case a person was asked for their sentence, if they were and have not answered.
	Asked(ctx context.Context, person int64) (moderation.CaseRef, bool, error)
	// About lists the latest upheld cases about a person, the newest first.
	About(ctx context.Context, person int64, limit int) ([]moderation.CaseRef, error)
	// Receipt proves to a person what the ledger says of a case that concerns them. It is nil as long as no checkpoint
	// covers that.
	Receipt(ctx context.Context, chat int64, id string, person int64) (receipt []byte, found bool, err error)
	// Checkpoint is the newest signed head of the ledger, empty if there is none yet.
	Checkpoint(ctx context.Context) (string, error)
	// Voted lists the cases whose ballots are still there and in which a person voted, the newest first, with the ballots.
	Voted(ctx context.Context, person int64, limit int) ([]moderation.CaseRef, []moderation.Ballot, error)
	Kept(ctx context.Context, person int64) ([]moderation.Kept, error)
	moderation.Persons
	Appeal(ctx context.Context, chat int64, id string) (moderation.Appeal, bool, error)
	Evidence(ctx context.Context, chat int64, id string) (moderation.Evidence, bool, error)
	Medium(ctx context.Context, chat int64, id string, part int) ([]byte, bool, error)
	KeepMedium(ctx context.Context, chat int64, id string, part int, data []byte) error
	Closed(ctx context.Context, chat int64, from, to time.Time) ([]moderation.Closed, error)
}

// Later keeps a call that could not be made at once.
type Later func(ctx context.Context, call bot.Call) error

// Handlers implements [bot.Handler] and carries out effects.
type Handlers struct {
	court   *moderation.Court
	memory  Memory
	tg      Telegram
	find    lookup.Lookup
	resolve request.Resolver
	later   Later
	now     func() time.Time
	log     *slog.Logger
	// Lost is told of presses that came without their message; nil for nobody. It must be quick.
	Lost func()
	// Slack is how many times longer than usual Telegram may take where somebody waits for something else; 0 means 1.
	Slack int
	// ClockOff, if set, says how much later it is by the machine's clock than by Telegram's, which is [Handlers.now].
	ClockOff func() time.Duration
	silent   silences // groups of which Telegram did not say lately how many members they have
}

var _ bot.Handler = (*Handlers)(nil)

// New returns handlers. All arguments are needed.
func New(court *moderation.Court, memory Memory, tg Telegram, later Later, now func() time.Time, log *slog.Logger) *Handlers {
	return &Handlers{court: court, memory: memory, tg: dating{tg}, find: lookup.New(dating{tg}), resolve: request.NewResolver(lookup.New(dating{tg}), memory), later: datedLater(later), now: now, log: log}
}

// Ordinary implements [bot.Handler]: what people write to each other in groups.
func (h *Handlers) Ordinary(u *bot.Update) bool {
	m := u.Message
	if m == nil || !m.Chat.Group() || m.Service != bot.ServiceNone || m.EphemeralID != 0 {
		return false
	}
	_, ok := h.command(u)
	return !ok
}

// Bulk implements [bot.Handler].
func (h *Handlers) Bulk(ctx context.Context, updates []bot.Update) error {
	seen := make([]moderation.Sighting, 0, len(updates))
	for i := range updates {
		if s, ok := request.Seen(&updates[i]); ok {
			seen = append(seen, s)
		}
	}
	return h.failed("note messages", h.court.Observe(ctx, seen))
}

// Handle implements [bot.Handler].
func (h *Handlers) Handle(ctx context.Context, u bot.Update) ([]bot.Call, error) {
	calls, err := h.handle(ctx, &u)
	if errors.Is(err, moderation.ErrSeen) {
		return nil, nil
	}
	return view.AllDated(calls), h.failed("handle a "+u.Kind(), err)
}

func (h *Handlers) handle(ctx context.Context, u *bot.Update) ([]bot.Call, error) {
	switch {
	case u.Direct():
		return leaveAlone(u), h.leaveDirect(ctx, u.Chat())
	case u.Press != nil:
		calls, err := h.press(ctx, u)
		return h.fitted(ctx, u.Press, calls), err
	case u.MyStatus != nil:
		return nil, h.myStatus(ctx, u)
	case u.Membership != nil:
		return nil, h.membership(ctx, u)
	case u.Message != nil:
		return h.message(ctx, u)
	default:
		return nil, nil
	}
}

// leaveAlone is all that is done where people write to a channel in private: not even the update is noted. Only a press,
// which can be nothing but forged there, is answered, or its app would wait.
func leaveAlone(u *bot.Update) []bot.Call {
	if u.Press == nil {
		return nil
	}
	return []bot.Call{bot.AnswerCallback(u.Press.ID, view.StrangeText(&u.Press.From), false)}
}

// leaveDirect gives up a chat that an earlier release took for a group.
func (h *Handlers) leaveDirect(ctx context.Context, chat int64) error {
	known, err := h.memory.Chat(ctx, chat)
	if err != nil || !known.Rights.Member {
		return err
	}
	return h.court.Lost(ctx, chat)
}

func (h *Handlers) message(ctx context.Context, u *bot.Update) ([]bot.Call, error) {
	m := u.Message
	if u.Edited {
		return h.edited(ctx, u)
	}
	switch m.Service {
	case bot.ServiceMigratedTo:
		return nil, h.court.Migrate(ctx, u.ID, m.Chat.ID, m.MigrateTo)
	case bot.ServiceMigratedFrom:
		return nil, h.court.Migrate(ctx, u.ID, m.MigrateFrom, m.Chat.ID)
	case bot.ServiceJoined:
		return nil, h.joined(ctx, u)
	}
	if cmd, ok := h.command(u); ok {
		return h.run(ctx, u, cmd)
	}
	if h.answers(m) {
		return h.sentence(ctx, u)
	}
	if m.Chat.Private() && m.From != nil && !request.ByBot(m) {
		return h.private(ctx, u)
	}
	return nil, nil
}

// failed marks an error of the store as such, so that the update is tried until it works.
func (h *Handlers) failed(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, moderation.ErrUnavailable):
		return fmt.Errorf("%s: %w: %w", what, bot.ErrUnavailable, err)
	default:
		return fmt.Errorf("%s: %w", what, err)
	}
}

// printer speaks the language of a person, or the group's if we do not speak theirs, and gives times
// as the group's clocks do.
func (h *Handlers) printer(ctx context.Context, chat int64, language string) (locale.Printer, error) {
	if chat == 0 {
		return locale.In(locale.Match(language, locale.Default)).On(h.now()), nil
	}
	c, err := h.memory.Chat(ctx, chat)
	if err != nil {
		return locale.Printer{}, err
	}
	return view.PrinterFor(c, language, h.now()), nil
}
