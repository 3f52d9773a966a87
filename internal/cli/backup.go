package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// backupCommand copies the database while the bot runs.
func backupCommand(load func() (config.Config, error)) *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Copy the database to a new file; the bot may be running", Args: oneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := load()
			if err != nil {
				return err
			}
			if err := storage.Backup(cmd.Context(), cfg.Storage.DSN, args[0]); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "copied to %s; it is of use only with the key file %s, which should be kept elsewhere\n",
				args[0], cfg.Privacy.KeyFile)
			return err
		},
	}
}
