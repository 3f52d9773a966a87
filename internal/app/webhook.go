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

// webhookServer receives updates by HTTP, behind a proxy that speaks HTTPS.
type webhookServer struct {
	listen   string
	hook     *hookGuard
	receiver *bot.Receiver
	log      *slog.Logger
	slack    int
}

// serve sets the webhook and receives updates until ctx ends.
func (s *webhookServer) serve(ctx context.Context) error {
	server := &http.Server{
		Addr: s.listen, Handler: s.receiver.Webhook(s.hook.secret),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	// If ctx has ended meanwhile there may be updates to finish: another replica may have set the same webhook.
	if err := s.hook.register(ctx); err != nil && ctx.Err() == nil {
		return errors.Join(fmt.Errorf("tell telegram where to call: %w", err), server.Close())
	}
	close(s.hook.registered)
	s.log.Info("waiting for telegram to call", "listen", s.listen)
	select {
	case err := <-failed:
		return fmt.Errorf("listen at %s: %w", s.listen, err)
	case <-ctx.Done():
	}
	return s.stop(context.WithoutCancel(ctx), server)
}

// stop finishes the updates that are being handled, and sends the answers. An update that is not finished in time was not
// confirmed, so it comes again. A connection that is open without a request is closed, which is no error.
func (s *webhookServer) stop(ctx context.Context, server *http.Server) error {
	stop, cancel := context.WithTimeout(ctx, time.Duration(s.slack)*2*time.Second)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		s.log.Info("connections from telegram are cut off")
		if err := server.Close(); err != nil {
			return fmt.Errorf("stop listening: %w", err)
		}
	}
	s.receiver.Stop(stop)
	drain, cancel := context.WithTimeout(ctx, time.Duration(s.slack)*time.Second)
	defer cancel()
	if err := s.receiver.Drain(drain); err != nil {
		s.log.Warn("some answers were not sent before the end", "error", err)
	}
	return nil
}
