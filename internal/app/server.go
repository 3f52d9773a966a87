package app

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"log/slog"
	"sync/atomic"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
)

// serverTries is how often the server is asked at once what it knows. After that the bot starts, and goes on asking.
const serverTries = 5

// serverQuestion asks whether Telegram's server knows ephemeral messages. Until it says so, the bot answers in private only.
type serverQuestion struct {
	client *bot.Client
	store  commandNotes // set before commands are declared
	clock  clockwork.Clock
	log    *slog.Logger
	known  bool        // it said yes or no when the bot started
	old    atomic.Bool // it said no
}

// commandNotes is where the bot notes which commands it declared.
type commandNotes interface {
	SelfCommands(ctx context.Context) (string, error)
	NoteCommands(ctx context.Context, sum string) error
}

// ask asks before anything is sent.
func (q *serverQuestion) ask(ctx context.Context) {
	var err error
	for try := 0; try < serverTries && ctx.Err() == nil; try++ {
		if err = q.client.LearnServer(ctx); err == nil {
			q.known = true
			q.answered()
			return
		}
	}
	q.log.Warn("telegram does not say yet whether it knows ephemeral messages; until it does, the bot answers in private only", "error", err)
}

// answered tells the operator of a server that is too old.
func (q *serverQuestion) answered() {
	if !q.client.Me().NoEphemeral {
		return
	}
	q.old.Store(true)
	q.log.Warn("the server at telegram.api_url does not know ephemeral messages, which came with Bot API 10.3. " +
		"So the bot answers in private only, and everybody sees a command until it is removed. Update the server, then restart the bot")
}

// declare declares the commands. Only there stands the flag is_ephemeral, without which everybody would see a /report. So a /report is
// declared unless the server said that it is too old. If it has not said so yet, it is asked until it does.
func (q *serverQuestion) declare(ctx context.Context) {
	insist(ctx, q.clock, q.log, "the commands are not declared yet", func() error { return q.declareMenus(ctx) })
	if q.known {
		return
	}
	insist(ctx, q.clock, q.log, "telegram does not say yet whether it knows ephemeral messages", func() error { return q.client.LearnServer(ctx) })
	if ctx.Err() != nil {
		return
	}
	if q.answered(); q.old.Load() {
		insist(ctx, q.clock, q.log, "the commands are not declared anew yet", func() error { return q.declareMenus(ctx) })
	}
}

// declareMenus declares the menus. If the bot declared the same before, it asks which of them are others now, and declares only
// those: Telegram allows fewer changes than questions.
func (q *serverQuestion) declareMenus(ctx context.Context) error {
	lists := q.menus()
	sum := menuSum(lists)
	noted, err := q.store.SelfCommands(ctx)
	if err != nil {
		q.log.Info("nothing is known of the commands that were declared before", "error", err)
	}
	if noted == sum {
		lists = q.client.Undeclared(ctx, lists)
	}
	if err := q.client.DeclareCommands(ctx, lists); err != nil || len(lists) == 0 {
		return err
	}
	err = q.store.NoteCommands(context.WithoutCancel(ctx), sum)
	q.log.Info("the commands are declared", "menus", len(lists))
	return err
}

func menuSum(lists []wire.CommandList) string {
	sum := sha256.New()
	for _, l := range lists {
		fmt.Fprintf(sum, "%+v\n", l)
	}
	return base64.RawStdEncoding.EncodeToString(sum.Sum(nil))
}

func (q *serverQuestion) menus() []wire.CommandList {
	if q.old.Load() {
		return handlers.VisibleMenus()
	}
	return handlers.Menus()
}
