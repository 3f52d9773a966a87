package app

import (
	"context"
	"log/slog"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers"
)

// serverTries is how often the server is asked at once what it knows. After that the bot starts, and goes on asking.
const serverTries = 5

// serverQuestion asks whether Telegram's server knows ephemeral messages. Until it says so, the bot answers in private only.
type serverQuestion struct {
	client *bot.Client
	clock  clockwork.Clock
	log    *slog.Logger
	known  bool // it said yes or no
}

// ask asks before anything is sent.
func (q *serverQuestion) ask(ctx context.Context) {
	var err error
	for try := 0; try < serverTries && ctx.Err() == nil; try++ {
		if err = q.client.LearnServer(ctx); err == nil {
			q.answered()
			return
		}
	}
	q.log.Warn("telegram does not say yet whether it knows ephemeral messages; until it does, the bot answers in private only", "error", err)
}

// answered tells the operator of a server that is too old.
func (q *serverQuestion) answered() {
	q.known = true
	if q.client.Me().NoEphemeral {
		q.log.Warn("the server at telegram.api_url does not know ephemeral messages, which came with Bot API 10.3. " +
			"So the bot answers in private only, and everybody sees a command until it is removed. Update the server, then restart the bot")
	}
}

// declare declares the commands. Only there stands the flag is_ephemeral, without which everybody would see a /report. If the server
// has not said yet what it knows, it is asked until it does, and the commands are declared anew.
func (q *serverQuestion) declare(ctx context.Context) {
	list := func() error {
		if q.client.Me().NoEphemeral {
			return q.client.DeclareCommands(ctx, handlers.VisibleMenus())
		}
		return q.client.DeclareCommands(ctx, handlers.Menus())
	}
	insist(ctx, q.clock, q.log, "the commands are not declared yet", list)
	if q.known {
		return
	}
	insist(ctx, q.clock, q.log, "telegram does not say yet whether it knows ephemeral messages", func() error { return q.client.LearnServer(ctx) })
	if ctx.Err() != nil {
		return
	}
	q.answered()
	insist(ctx, q.clock, q.log, "the commands are not declared anew yet", list)
}
