package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/version"
)

// versionCommand says which version this is.
func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Say which version this is", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), version.Get())
			return err
		},
	}
}
