package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
)

// webhookConnections is how many updates Telegram may hand over side by side; its own default.
const webhookConnections = 40

// serveWebhook lets Telegram call us, behind whatever speaks HTTPS for us.
func (a *App) serveWebhook(ctx context.Context) error {
	w := a.cfg.Telegram.Webhook
	secret := string(w.Secret)
	if secret == "" {
		secret = rand.Text()
	}
	server := &http.Server{
		Addr: w.Listen, Handler: a.receiver.Webhook(secret),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	if _, err := a.client.Do(ctx, bot.SetWebhook(w.URL, secret, webhookConnections)); err != nil {
		return errors.Join(fmt.Errorf("tell telegram where to call: %w", err), server.Close())
	}
	a.log.Info("waiting for telegram to call", "listen", w.Listen)
	select {
	case err := <-failed:
		return fmt.Errorf("listen at %s: %w", w.Listen, err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	return errors.Join(server.Shutdown(stop), a.receiver.Drain(stop))
}
