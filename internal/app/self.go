package app

import "context"

// refresh learns what the bot is called now, by which it knows its commands, and that Telegram answers.
func (a *App) refresh(ctx context.Context) error {
	if err := a.client.Refresh(ctx); err != nil {
		a.log.Debug("telegram does not say what the bot is called", "error", err)
	}
	return nil
}
