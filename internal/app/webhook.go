package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
)

// webhookConnections is how many updates Telegram may hand over side by side: as many as it will.
const webhookConnections = 100

// serveWebhook lets Telegram call us, behind whatever speaks HTTPS for us.
func (a *App) serveWebhook(ctx context.Context) error {
	w := a.cfg.Telegram.Webhook
	server := &http.Server{
		Addr: w.Listen, Handler: a.receiver.Webhook(a.webhookSecret()),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	// Told to stop meanwhile, we are called already if another replica registered the same address.
	if err := a.register(ctx); err != nil && ctx.Err() == nil {
		return errors.Join(fmt.Errorf("tell telegram where to call: %w", err), server.Close())
	}
	a.hooked.Store(true)
	a.log.Info("waiting for telegram to call", "listen", w.Listen)
	select {
	case err := <-failed:
		return fmt.Errorf("listen at %s: %w", w.Listen, err)
	case <-ctx.Done():
	}
	return a.stopWebhook(context.WithoutCancel(ctx), server)
}

// register tells Telegram where to call.
func (a *App) register(ctx context.Context) error {
	_, err := a.client.Do(ctx, bot.SetWebhook(a.cfg.Telegram.Webhook.URL, a.webhookSecret(), webhookConnections))
	return err
}

func (a *App) webhookSecret() string {
	if secret := string(a.cfg.Telegram.Webhook.Secret); secret != "" {
		return secret
	}
	return a.store.Secret("webhook of " + string(a.cfg.Telegram.Token)) // the same for all replicas
}

// stopWebhook finishes what is being handled, and sends the answers to it. What does not finish in
// time was not confirmed, so it comes again; and a connection on which nothing was asked yet, which
// http waits for in vain, is no reason to end in an error.
func (a *App) stopWebhook(ctx context.Context, server *http.Server) error {
	stop, cancel := context.WithTimeout(ctx, time.Duration(a.slack)*2*time.Second)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		a.log.Info("connections from telegram are cut off")
		if err := server.Close(); err != nil {
			return fmt.Errorf("stop listening: %w", err)
		}
	}
	drain, cancel := context.WithTimeout(ctx, time.Duration(a.slack)*time.Second)
	defer cancel()
	if err := a.receiver.Drain(drain); err != nil {
		a.log.Warn("some answers were not sent before the end", "error", err)
	}
	return nil
}
