package cli

import (
	"errors"
	"fmt"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/storage/transfer"
)

// copyCommand copies everything from one database to another. Each may be SQLite or PostgreSQL.
func copyCommand(load func() (config.Config, error)) *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use: "copy", Short: "Copy everything to another database (SQLite or PostgreSQL); the bot must be stopped", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if to == "" {
				return errors.New("say where to copy to: --to postgres://user:password@host/database, or --to sqlite:FILE")
			}
			if from == "" {
				cfg, err := load()
				if err != nil {
					return err
				}
				from = cfg.Storage.DSN
			}
			if from == to {
				return errors.New("--from and --to are the same database")
			}
			var bar *progressbar.ProgressBar
			c, err := transfer.Copy(cmd.Context(), from, to, func(rows, of int64) {
				if bar == nil {
					bar = progress(cmd.ErrOrStderr(), int(of), "rows")
				}
				_ = bar.Set64(rows) // a bar that cannot be drawn is no reason to stop
			})
			if err != nil && cmd.Context().Err() != nil {
				return fmt.Errorf("interrupted; the same command goes on where it stopped: %w", err)
			}
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "copied: %d rows, counted on both sides\n", c.Rows)
			fmt.Fprintf(out, "ledger: %d entries, root %s, built anew on both sides\n", c.Entries, c.Root)
			fmt.Fprintln(out, "now set storage.dsn to the copy, keep the key file, and start the bot")
			return nil
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the database to copy (default: storage.dsn)")
	cmd.Flags().StringVar(&to, "to", "", "an empty database, or one into which a copy was interrupted")
	return cmd
}
