package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/app"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/demo"
	"github.com/ostrakon-bot/ostrakon/internal/ops"
)

// demoCommand shows the bot at work, without a token and without a network.
func demoCommand() *cobra.Command {
	var pause, keep bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Show it in a simulated Telegram: a short scene, and what each person sees", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			signal.Ignore(syscall.SIGPIPE) // or "demo | head" would leave the folder behind
			err := showDemo(cmd, pause, keep)
			if cmd.Context().Err() != nil || errors.Is(err, syscall.EPIPE) {
				return nil // ended by hand, as it may be at any time
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&pause, "pause", false, "wait for Enter after each step")
	cmd.Flags().BoolVar(&keep, "keep", false, "leave the bot and its Telegram running, and say how to talk to them")
	return cmd
}

func showDemo(cmd *cobra.Command, pause, keep bool) error {
	out, terminal := cmd.OutOrStdout(), demo.OpenTerminal(cmd.OutOrStdout(), cmd.InOrStdin())
	printer := demo.NewPrinter(out, terminal.Width, terminal.Colour)
	return perform(cmd.Context(), cmd.ErrOrStderr(), func(ctx context.Context, stage *demo.Stage, pass demo.Pass) error {
		show := printer.Frame
		if pause {
			show = terminal.Paused(ctx, show)
		}
		if err := stage.Play(ctx, demo.Scene(), pass, show); err != nil {
			return err
		}
		if keep {
			return stage.Keep(ctx, terminal, pass, printer)
		}
		_, err := fmt.Fprint(out, demo.Farewell)
		return err
	})
}

// demoStart is when the scene begins. It is fixed, so that the demo looks the same every day.
var demoStart = time.Date(2026, 9, 1, 18, 0, 0, 0, time.UTC)

// perform starts a simulated Telegram and the bot, calls play with them, and removes what they wrote.
func perform(ctx context.Context, stderr io.Writer, play func(context.Context, *demo.Stage, demo.Pass) error) error {
	clock := clockwork.NewFakeClockAt(demoStart)
	stage := demo.NewStage(clock.Now)
	defer stage.Close()
	dir, err := os.MkdirTemp("", "ostrakon-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer os.RemoveAll(dir)
	log, err := ops.NewLogger(stderr, "warn", "text")
	if err != nil {
		return err
	}
	bot, err := app.Open(ctx, demoConfig(stage, dir), clock, log)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		ended <- bot.Run(ctx)
		stop() // without the bot there is nothing to wait for
	}()
	err = play(ctx, stage, func(ctx context.Context, d time.Duration) error {
		clock.Advance(d)
		return bot.WaitIdle(ctx, stage.Telegram, clock.Advance)
	})
	stop()
	return errors.Join(err, <-ended)
}

// demoConfig is the default configuration, with the demo's Telegram and files.
func demoConfig(stage *demo.Stage, dir string) config.Config {
	cfg := config.Default()
	cfg.Telegram.APIURL, cfg.Telegram.Token = stage.URL(), config.Secret(stage.Bot.Token())
	cfg.Storage.DSN = "sqlite:" + filepath.Join(dir, "ostrakon.db")
	cfg.Privacy.KeyFile = filepath.Join(dir, "ostrakon.key")
	cfg.HTTP.Listen = ""
	cfg.Defaults["card_delay"] = "0" // nobody wants to wait in a demo
	cfg.Defaults["threshold"] = "3"  // in a group of five people it would be two
	return cfg
}
