package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/version"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := root().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "ostrakon:", err)
		stop()
		os.Exit(1)
	}
}

// root is the command line. Without a subcommand it runs the bot.
func root() *cobra.Command {
	var file string
	load := func() (config.Config, error) { return config.Load(file) }
	run := runCommand(load)
	cmd := &cobra.Command{
		Use:           "ostrakon",
		Short:         "Anonymous reports, decided by the group, for Telegram",
		Version:       version.Get().String(),
		Args:          noArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          run.RunE,
	}
	cmd.SetVersionTemplate("{{.Version}}\n")
	cmd.PersistentFlags().StringVar(&file, "config", "", "configuration file (default: config.yaml here, then /etc/ostrakon/config.yaml)")
	cmd.SetFlagErrorFunc(flagError)
	cmd.AddCommand(run, demoCommand(), checkCommand(load, newClock()), backupCommand(load), copyCommand(load), ledgerCommand(load), verifyCommand(), healthcheckCommand(load), simulateCommand(), versionCommand())
	return cmd
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Say which version this is", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), version.Get())
			return err
		},
	}
}
