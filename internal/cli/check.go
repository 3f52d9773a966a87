package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/app"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// checkCommand reports what is wrong. It changes nothing at Telegram. It migrates an older database, as each start does.
func checkCommand(load func() (config.Config, error), machine clockwork.Clock) *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: "Check configuration, token, database and rights", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := prepare(load)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			fmt.Fprintln(out, "configuration: fine")
			ctx, cancel := context.WithTimeout(cmd.Context(), checkWithin)
			defer cancel()
			clock := bot.NewClock(machine)
			client, err := bot.Dial(ctx, bot.Options{Token: string(cfg.Telegram.Token), URL: cfg.Telegram.APIURL, Clock: clock})
			if err != nil {
				return fmt.Errorf("token: %w", err)
			}
			me := client.Me()
			fmt.Fprintf(out, "token: fine, this is @%s\n", me.Username)
			fmt.Fprintln(out, "clock: "+cmp.Or(app.ClockState(clock.Off()), "fine"))
			if err := checkServer(ctx, out, client); err != nil {
				return err
			}
			if err := checkSelf(ctx, out, client); err != nil {
				return err
			}
			if err := checkWebhook(ctx, out, cfg, client, clock.Now()); err != nil {
				return err
			}
			return checkStore(ctx, out, cfg, client, clock.Now)
		},
	}
}

// elsewhere is added where the bot might run already. The check cannot know whether it does.
const elsewhere = ". If it runs already, something else has its token: get a new one from @BotFather"

// checkWithin limits the whole check. It asks Telegram about each group.
const checkWithin = 2 * time.Minute

// troubled is for how long a failed call by Telegram is reported.
const troubled = time.Hour

// checkWebhook reports how updates come in. Of a webhook's address it prints only the host, since the rest may be secret.
func checkWebhook(ctx context.Context, out io.Writer, cfg config.Config, client *bot.Client, now time.Time) error {
	res, err := client.Do(ctx, wire.GetWebhookInfo())
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	w, err := res.Webhook()
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	wanted := cfg.Telegram.Webhook.URL
	switch {
	case cfg.Telegram.Mode != "webhook" && w.URL != "":
		fmt.Fprintf(out, "updates: by polling, but Telegram calls %s now; a start of this bot will end that%s\n", app.HostOf(w.URL), elsewhere)
	case cfg.Telegram.Mode != "webhook":
		fmt.Fprintf(out, "updates: by polling, %d wait\n", w.Waiting)
	case w.URL == "":
		fmt.Fprintf(out, "updates: by webhook, which is not registered yet; the first start does it, for %s\n", app.HostOf(wanted))
	case w.URL != wanted:
		fmt.Fprintf(out, "updates: by webhook, but Telegram calls another address, at %s; a start of this bot will change that%s\n", app.HostOf(w.URL), elsewhere)
	default:
		fmt.Fprintf(out, "updates: by webhook, registered for %s, %d wait\n", app.HostOf(w.URL), w.Waiting)
	}
	if age := now.Sub(time.Unix(w.Failed, 0)); w.URL != "" && age < troubled {
		fmt.Fprintf(out, "updates: Telegram's last call failed %s ago: %s\n", age.Truncate(time.Second), w.Why)
	}
	return nil
}

// checkStore opens the database, if there is one, and checks the bot's rights in its groups.
func checkStore(ctx context.Context, out io.Writer, cfg config.Config, client *bot.Client, now func() time.Time) (err error) {
	if path, ok := sqldb.Path(cfg.Storage.DSN); ok {
		if _, err := os.Stat(path); os.IsNotExist(err) {
			fmt.Fprintln(out, "database: the file that storage.dsn names is not there yet; it will be made at the first start")
			return checkTexts(ctx, out, client, nil)
		}
	}
	store, err := openStore(ctx, out, cfg, now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	groups, err := store.Groups(ctx)
	if err != nil {
		return err
	}
	kind := "SQLite"
	if sqldb.IsPostgres(cfg.Storage.DSN) {
		kind = "PostgreSQL, for any number of replicas"
	}
	fmt.Fprintf(out, "database: fine (%s), %d groups\n", kind, len(groups))
	fmt.Fprintf(out, "ledger: its public key is %s\n", store.LedgerKey())
	set, err := store.SelfTexts(ctx)
	if err != nil {
		return err
	}
	if err := checkTexts(ctx, out, client, set); err != nil {
		return err
	}
	if err := checkGroups(ctx, out, cfg, store, groups); err != nil {
		return err
	}
	return checkRights(ctx, out, client, groups)
}

// openStore opens the database, and makes no key. It says so if the key file is where an earlier release put it.
func openStore(ctx context.Context, out io.Writer, cfg config.Config, now func() time.Time) (*storage.Store, error) {
	file := cfg.Privacy.KeyFile
	store, err := storage.Open(ctx, storage.Options{
		DSN: cfg.Storage.DSN, KeyFile: file, NoNewKey: true, Defaults: moderation.DefaultPolicy(), Now: now,
	})
	if err != nil {
		return nil, err
	}
	if found := store.KeyFile(); found != file {
		fmt.Fprintf(out, "key file: it is at %s, where an earlier release put it; move it to %s when the bot is stopped\n", found, file)
	}
	return store, nil
}

// checkGroups reports how many groups the bot leaves when it starts. Groups are counted, not named.
func checkGroups(ctx context.Context, out io.Writer, cfg config.Config, store *storage.Store, groups []int64) error {
	court := moderation.NewCourt(store, nil)
	court.Allowed = cfg.Telegram.Groups
	leaves := 0
	for _, g := range groups {
		chat, err := store.Chat(ctx, g)
		if err != nil {
			return err
		}
		if !court.Allows(chat.ID, chat.Former) {
			leaves++
		}
	}
	if leaves > 0 {
		fmt.Fprintf(out, "telegram.groups: the bot leaves %d of %d groups when it starts; is each of them meant?\n", leaves, len(groups))
	}
	return nil
}

// checkRights asks Telegram in which groups the bot lacks a right. Groups are counted, not named.
func checkRights(ctx context.Context, out io.Writer, client *bot.Client, groups []int64) error {
	lacking, gone := 0, 0
	for _, g := range groups {
		res, err := client.Do(ctx, wire.GetChatMember(g, client.Me().ID))
		if err != nil {
			gone++
			continue
		}
		m, err := res.Member()
		if err != nil {
			return fmt.Errorf("rights: %w", err)
		}
		if !m.CanDelete || !m.CanRestrict {
			lacking++
		}
	}
	fmt.Fprintf(out, "rights: complete in %d groups, incomplete in %d, not reachable: %d\n", len(groups)-lacking-gone, lacking, gone)
	if lacking > 0 {
		fmt.Fprintln(out, "where they are incomplete, /report still counts; give the bot \"Delete messages\" and \"Ban users\"")
	}
	return nil
}
