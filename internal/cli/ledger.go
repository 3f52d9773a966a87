package cli

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// ledgerCommand exports the ledger to a file, or a proof that nothing was changed between two of its sizes.
func ledgerCommand(load func() (config.Config, error)) *cobra.Command {
	var from, to int64
	cmd := &cobra.Command{
		Use: "ledger FILE", Short: "Export the ledger, or a proof that nothing in it was changed", Args: oneFile,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			cfg, err := load()
			if err != nil {
				return err
			}
			store, err := storage.Open(cmd.Context(), storage.Options{
				DSN: cfg.Storage.DSN, KeyFile: cfg.Privacy.KeyFile, Defaults: moderation.DefaultPolicy(), Now: time.Now,
			})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			f, err := os.OpenFile(args[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, f.Close()) }()
			if from == 0 {
				err = store.ExportLedger(cmd.Context(), f)
			} else {
				var proof []byte
				if proof, err = store.ProveLedger(cmd.Context(), from, to); err == nil {
					_, err = f.Write(proof)
				}
			}
			if err != nil {
				return errors.Join(err, os.Remove(args[0]))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "written to %s; its key is %s\n", args[0], store.LedgerKey())
			return nil
		},
	}
	cmd.Flags().Int64Var(&from, "from", 0, "prove that nothing was changed since this size, instead of exporting")
	cmd.Flags().Int64Var(&to, "to", 0, "up to this size (default: the newest)")
	return cmd
}
