package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/backup"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/ops"
	"github.com/ostrakon-bot/ostrakon/storage"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

const (
	keepDefault = 7
	keepAtMost  = 1000
	everyAtMost = 366 * 24 * time.Hour
)

// backupFlags are the flags of the subcommand backup.
type backupFlags struct {
	to, every string
	keep      int
}

// backupCommand copies the database while the bot runs: once, or again and again until it is stopped.
func backupCommand(load func() (config.Config, error), machine clockwork.Clock) *cobra.Command {
	var flags backupFlags
	cmd := &cobra.Command{
		Use:   "backup FILE, or backup --to DIR [--every 24h] [--keep 7]",
		Short: "Copy the database to a new file; the bot may be running",
		Long: `Copy the database to a new file, as of one moment; the bot may be running. The copy is checked before it counts.

backup FILE            makes one copy, and refuses to write over a file.
backup --to DIR        makes one copy with the time in its name (UTC), and deletes all but the newest --keep.
... --every 24h        goes on doing so until it is stopped. After a restart the next copy is due as if nothing had been.

Only copies of this database are counted and deleted. A copy holds what the bot destroys later: with --every 24h --keep 7
who reported can be found out, with the key file, for up to 7 days longer.`,
		Args: func(cmd *cobra.Command, args []string) error { return flags.check(cmd, args) },
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := load()
			if err != nil {
				return err
			}
			if flags.to == "" {
				return backupOnce(cmd, cfg, args[0])
			}
			return backupInto(cmd, cfg, flags, machine)
		},
	}
	cmd.Flags().StringVar(&flags.to, "to", "", "a folder for copies with the time in their names")
	cmd.Flags().StringVar(&flags.every, "every", "", "go on, with a copy each time this is over: 24h, 1d, 30m")
	cmd.Flags().IntVar(&flags.keep, "keep", keepDefault, "how many of these copies stay")
	return cmd
}

// check refuses what does not go together.
func (f backupFlags) check(cmd *cobra.Command, args []string) error {
	given := cmd.Flags().Changed
	switch {
	case !given("to") && (given("every") || given("keep")):
		return errors.New("--every and --keep need --to and a folder")
	case !given("to"):
		return oneFile(cmd, args)
	case len(args) > 0:
		return errors.New("give either the name of a file or --to and a folder")
	case f.to == "" || strings.Contains(f.to, "://") || strings.HasPrefix(f.to, "sqlite:"):
		return errors.New("--to takes the name of a folder")
	case f.keep < 1 || f.keep > keepAtMost:
		return fmt.Errorf("--keep takes a number from 1 to %d", keepAtMost)
	case given("every"):
		_, err := f.interval()
		return err
	}
	return nil
}

// interval reads --every. A day may be written as one, as in the configuration.
func (f backupFlags) interval() (time.Duration, error) {
	text := f.every
	days, isDays := strings.CutSuffix(text, "d")
	if isDays {
		text = days + "h"
	}
	every, err := time.ParseDuration(text)
	if isDays {
		every *= 24
	}
	if err != nil || every < time.Minute || every > everyAtMost {
		return 0, errors.New("--every takes a time from 1m to 366d, such as 24h")
	}
	return every, nil
}

func backupOnce(cmd *cobra.Command, cfg config.Config, file string) error {
	if err := storage.Backup(cmd.Context(), cfg.Storage.DSN, file); err != nil {
		return err
	}
	return tellBackup(cmd, cfg, file)
}

// tellBackup says what the copy is good for.
func tellBackup(cmd *cobra.Command, cfg config.Config, file string) error {
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "copied to %s; it is of use only with the key file %s, which should be kept elsewhere\n",
		file, cfg.Privacy.KeyFile)
	return err
}

// notYet tells a database that the bot has yet to make from one that cannot be copied.
func notYet(err error) error {
	if errors.Is(err, sqldb.ErrNoFile) {
		return missing{err}
	}
	return err
}

// missing is an error that is [backup.ErrNotYet] too, in its own words.
type missing struct{ error }

func (missing) Is(target error) bool { return target == backup.ErrNotYet }

// backupInto makes copies in a folder: one, or with --every until the command is told to stop.
func backupInto(cmd *cobra.Command, cfg config.Config, flags backupFlags, machine clockwork.Clock) error {
	dsn := cfg.Storage.DSN
	if err := sqldb.CheckDSN(dsn); err != nil {
		return err
	}
	if sqldb.IsPostgres(dsn) {
		return sqldb.ErrNotSQLite
	}
	o := backup.Options{
		Dir: flags.to, Keep: flags.keep, Clock: machine,
		Make: func(ctx context.Context, file string) error { return notYet(storage.Backup(ctx, dsn, file)) },
		Ours: func(ctx context.Context, file string) (bool, error) { return storage.IsBackup(ctx, dsn, file) },
	}
	if flags.every == "" {
		file, err := backup.Once(cmd.Context(), o)
		if file == "" {
			return err
		}
		return errors.Join(tellBackup(cmd, cfg, file), err)
	}
	var err error
	if o.Log, err = ops.NewLogger(cmd.ErrOrStderr(), cfg.Log.Level, cfg.Log.Format); err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	if o.Every, err = flags.interval(); err != nil {
		return err
	}
	o.Log.Info("backups are made", "every", o.Every, "keep", o.Keep)
	backup.Run(cmd.Context(), o)
	return nil
}
