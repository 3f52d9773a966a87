package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// fact is something that Telegram keeps about the bot. It is read before it is set, where that is possible, because Telegram
// allows few changes.
type fact struct {
	what string
	set  func(ctx context.Context, client *bot.Client) error
}

// factsOf lists all of them. The texts of an old server do not offer /report in groups.
func factsOf(old bool) []fact {
	all := []fact{
		{"its settings", setSettings},
		{"the rights that it needs in groups", suggestRights(false)},
		{"the rights that it needs in channels", suggestRights(true)},
		{"its name", setName},
	}
	for _, t := range view.About(old) {
		all = append(all, fact{"its " + t.What + " " + t.Language, func(ctx context.Context, client *bot.Client) error {
			return setText(ctx, client, t)
		}})
	}
	return all
}

func setSettings(ctx context.Context, client *bot.Client) error {
	if _, err := client.Do(ctx, wire.Settle(client.Me())); err != nil {
		return err
	}
	return client.Refresh(ctx)
}

func suggestRights(channels bool) func(context.Context, *bot.Client) error {
	return func(ctx context.Context, client *bot.Client) error {
		enough, err := SuggestsRights(ctx, client, channels)
		if err != nil || enough {
			return err
		}
		_, err = client.Do(ctx, wire.SuggestRights(channels))
		return err
	}
}

// SuggestsRights reports whether apps suggest all rights that the bot needs when somebody adds it to a group or channel.
func SuggestsRights(ctx context.Context, client *bot.Client, channels bool) (bool, error) {
	res, err := client.Do(ctx, wire.GetSuggestedRights(channels))
	if err != nil {
		return false, err
	}
	return res.SuggestsAll(channels)
}

// setName names the bot only if it has no name. A name that the operator chose in BotFather stays, in all languages.
func setName(ctx context.Context, client *bot.Client) error {
	name, err := ShownText(ctx, client, view.Text{What: wire.AboutName})
	if err != nil || name != "" {
		return err
	}
	_, err = client.Do(ctx, wire.SetAbout(wire.AboutName, "", view.Name))
	return err
}

func setText(ctx context.Context, client *bot.Client, t view.Text) error {
	is, err := ShownText(ctx, client, t)
	if err != nil || is == t.Words {
		return err
	}
	_, err = client.Do(ctx, wire.SetAbout(t.What, t.Language, t.Words))
	return err
}

// ShownText returns a text that Telegram shows about the bot now.
func ShownText(ctx context.Context, client *bot.Client, t view.Text) (string, error) {
	res, err := client.Do(ctx, wire.GetAbout(t.What, t.Language))
	if err != nil {
		return "", err
	}
	return res.About(t.What)
}

// introduction sets what Telegram keeps about the bot: settings, rights, name and texts.
type introduction struct {
	client *bot.Client
	server *serverQuestion
	clock  clockwork.Clock
	log    *slog.Logger
	rest   *rest
}

// run sets all facts, and tries again until that is done or ctx ends. Nothing else depends on it.
func (i *introduction) run(ctx context.Context) {
	rest, told := factsOf(i.server.old.Load()), false
	for n := 1; ; n++ {
		var err error
		rest, err = i.set(ctx, rest)
		if len(rest) == 0 || ctx.Err() != nil {
			i.rest.set(never)
			return
		}
		if !told {
			i.log.Warn("telegram does not know yet what the bot says of itself; that is tried again", "error", err)
			told = true
		}
		pause := max(outbox.Backoff(n), wire.RetryAfter(err)) // Telegram may ask to wait a day for a text
		timer := i.clock.NewTimer(pause)
		i.rest.set(i.clock.Now().Add(pause))
		select {
		case <-ctx.Done():
		case <-timer.Chan():
		}
		i.rest.set(time.Time{})
	}
}

// set sets facts. It returns those that may succeed later, and the last error of these.
func (i *introduction) set(ctx context.Context, all []fact) (later []fact, why error) {
	for _, f := range all {
		err := f.set(ctx, i.client)
		switch wire.KindOf(err) {
		case wire.KindOK, wire.KindNotModified:
		case wire.KindTemporary, wire.KindTooMany:
			later, why = append(later, f), fmt.Errorf("%s: %w", f.what, err)
		case wire.KindUnsupported, wire.KindUnauthorized: // unknown methods are not found, as are wrong tokens
			i.log.Debug("the server of telegram is too old", "what", f.what)
		default:
			i.log.Warn("telegram does not take what the bot says of itself", "what", f.what, "error", err)
		}
	}
	return later, why
}
