package cli

import (
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"

	"github.com/jonboulle/clockwork"
	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/app"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/ops"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// runCommand starts the bot and stops it, within 5 s, on SIGTERM.
func runCommand(load func() (config.Config, error), machine clockwork.Clock) *cobra.Command {
	return &cobra.Command{
		Use: "run", Short: "Start the bot (the default)", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := prepare(load)
			if err != nil {
				return err
			}
			relaxGC()
			bot, err := app.Open(cmd.Context(), cfg, machine, log, options()...)
			if cmd.Context().Err() != nil && bot == nil {
				return nil // told to stop before Telegram could be reached
			}
			if err != nil {
				return err
			}
			return bot.Run(cmd.Context())
		},
	}
}

// relaxGC runs the garbage collector half as often, unless the operator set GOGC. That costs some megabytes and saves a sixth
// of the processor time.
func relaxGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}

// prepare loads and checks the configuration, and opens the log.
func prepare(load func() (config.Config, error)) (config.Config, *slog.Logger, error) {
	cfg, err := load()
	if err != nil {
		return cfg, nil, err
	}
	if err := cfg.Validate(); err != nil {
		return cfg, nil, err
	}
	if _, err := settings.StartPolicy(cfg.Defaults); err != nil {
		return cfg, nil, err
	}
	if err := sqldb.CheckDSN(cfg.Storage.DSN); err != nil {
		return cfg, nil, err
	}
	log, err := ops.NewLogger(os.Stderr, cfg.Log.Level, cfg.Log.Format)
	if err != nil {
		return cfg, nil, fmt.Errorf("open the log: %w", err)
	}
	return cfg, log, nil
}
