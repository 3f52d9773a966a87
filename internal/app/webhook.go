package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
)

// webhookServer lets Telegram call the bot, behind whatever speaks HTTPS for it.
type webhookServer struct {
	listen   string
	hook     *hookGuard
	receiver *bot.Receiver
	log      *slog.Logger
	slack    int
}

// serve lets Telegram call until ctx ends.
func (s *webhookServer) serve(ctx context.Context) error {
	server := &http.Server{
		Addr: s.listen, Handler: s.receiver.Webhook(s.hook.secret),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	// Told to stop meanwhile, we are called already if another replica registered the same address.
	if err := s.hook.register(ctx); err != nil && ctx.Err() == nil {
		return errors.Join(fmt.Errorf("tell telegram where to call: %w", err), server.Close())
	}
	s.hook.registered.Store(true)
	s.log.Info("waiting for telegram to call", "listen", s.listen)
	select {
	case err := <-failed:
		return fmt.Errorf("listen at %s: %w", s.listen, err)
	case <-ctx.Done():
	}
	return s.stop(context.WithoutCancel(ctx), server)
}

// stop finishes what is being handled, and sends the answers to it. What does not finish in
// time was not confirmed, so it comes again; and a connection on which nothing was asked yet, which
// http waits for in vain, is no reason to end in an error.
func (s *webhookServer) stop(ctx context.Context, server *http.Server) error {
	stop, cancel := context.WithTimeout(ctx, time.Duration(s.slack)*2*time.Second)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		s.log.Info("connections from telegram are cut off")
		if err := server.Close(); err != nil {
			return fmt.Errorf("stop listening: %w", err)
		}
	}
	drain, cancel := context.WithTimeout(ctx, time.Duration(s.slack)*time.Second)
	defer cancel()
	if err := s.receiver.Drain(drain); err != nil {
		s.log.Warn("some answers were not sent before the end", "error", err)
	}
	return nil
}
