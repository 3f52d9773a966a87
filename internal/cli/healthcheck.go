package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/ops"
)

// healthcheckCommand asks the running bot whether it is alive. It is for containers, which have no curl.
func healthcheckCommand(load func() (config.Config, error)) *cobra.Command {
	return &cobra.Command{
		Use: "healthcheck", Short: "Ask the running bot whether it lives", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := load()
			if err != nil {
				return err
			}
			if cfg.HTTP.Listen == "" {
				return errors.New("http.listen is empty, so there is nobody to ask")
			}
			return ops.Healthcheck(cmd.Context(), cfg.HTTP.Listen)
		},
	}
}
