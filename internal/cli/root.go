package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/jonboulle/clockwork"
	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/version"
)

// Main runs the command line of this process until it is done or told to stop, and returns the exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := Root(newClock()).ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "ostrakon:", withUser(err))
		return 1
	}
	return 0
}

// withUser adds to an error who this process is, if the system denied it a file. In a container that is hard to see: the user of the
// image has a number and no name, and what is mounted there belongs to whoever made it.
func withUser(err error) error {
	_, network := errors.AsType[*net.OpError](err)
	if network || !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return fmt.Errorf("%w; the file and its folder must belong to the user of this process, whose number is %d", err, os.Geteuid())
}

// Root is the command line, for a machine with that clock. Without a subcommand it runs the bot.
func Root(machine clockwork.Clock) *cobra.Command {
	var file string
	load := func() (config.Config, error) { return config.Load(file) }
	run := runCommand(load, machine)
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
	cmd.AddCommand(run, demoCommand(), checkCommand(load, machine), backupCommand(load, machine), copyCommand(load), ledgerCommand(load), verifyCommand(), healthcheckCommand(load), simulateCommand(), versionCommand())
	return cmd
}
