package app

import (
	"context"
	"log/slog"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// noteStart tells the operator who the bot is, how it runs, and by which link it is added to a group. Its name is public; the token
// and the address of the database are not.
func (a *App) noteStart(ctx context.Context, version string) error {
	groups, err := a.store.CountGroups(ctx)
	if err != nil {
		return err
	}
	a.started = a.clock.Now()
	name := a.client.Me().Username
	a.log.Info("ostrakon starts", "bot", "@"+name, "version", version, "mode", a.cfg.Telegram.Mode, "database", a.databaseKind(),
		"groups", groups, "add", view.AddLink(name))
	return nil
}

func (a *App) databaseKind() string {
	if a.replicated() {
		return "postgres"
	}
	return "sqlite"
}

// noteGroup tells the operator that the bot came into a group or is gone from one, and how many there are now. It does not say which.
func (a *App) noteGroup(ctx context.Context, in bool) {
	groups, err := a.store.CountGroups(context.WithoutCancel(ctx))
	known := slog.Int("groups", groups)
	if err != nil {
		known = slog.Any("error", err)
	}
	if in {
		a.log.Info("the bot was added to a group", known)
	} else {
		a.log.Info("the bot is gone from a group", known)
	}
}
