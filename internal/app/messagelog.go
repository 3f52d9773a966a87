package app

import (
	"log/slog"

	"github.com/ostrakon-bot/ostrakon/internal/ops"
)

// onLogError makes what is called when the message log fails in the background: it counts and logs the failure.
func onLogError(metrics *ops.Metrics, log *slog.Logger) func(error) {
	return func(err error) {
		metrics.MessageLogFailed()
		log.Error("the index of recent messages could not be written; it is tried again", "error", err)
	}
}
