package app

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// lesson is one thing that Telegram shall know of the bot. It reads first where it can, since Telegram lets a bot change
// these things seldom.
type lesson struct {
	what  string
	teach func(ctx context.Context, client *bot.Client) error
}

// lessons are all of them.
func lessons() []lesson {
	all := []lesson{
		{"its settings", settleSelf},
		{"the rights that it needs in groups", suggest(false)},
		{"the rights that it needs in channels", suggest(true)},
		{"its name", nameSelf},
	}
	for _, t := range view.About() {
		all = append(all, lesson{"its " + t.What + " " + t.Language, func(ctx context.Context, client *bot.Client) error {
			return describe(ctx, client, t)
		}})
	}
	return all
}

func settleSelf(ctx context.Context, client *bot.Client) error {
	if _, err := client.Do(ctx, bot.Settle(client.Me())); err != nil {
		return err
	}
	return client.Refresh(ctx)
}

func suggest(channels bool) func(context.Context, *bot.Client) error {
	return func(ctx context.Context, client *bot.Client) error {
		enough, err := SuggestsRights(ctx, client, channels)
		if err != nil || enough {
			return err
		}
		_, err = client.Do(ctx, bot.SuggestRights(channels))
		return err
	}
}

// SuggestsRights reports whether apps suggest all rights that the bot needs, to those who add it to a group or channel.
func SuggestsRights(ctx context.Context, client *bot.Client, channels bool) (bool, error) {
	res, err := client.Do(ctx, bot.GetSuggestedRights(channels))
	if err != nil {
		return false, err
	}
	return res.SuggestsAll(channels)
}

// nameSelf gives the bot a name only if it has none: the one that the operator chose in BotFather stays, in all languages.
func nameSelf(ctx context.Context, client *bot.Client) error {
	name, err := ShownText(ctx, client, view.Text{What: bot.AboutName})
	if err != nil || name != "" {
		return err
	}
	_, err = client.Do(ctx, bot.SetAbout(bot.AboutName, "", view.Name))
	return err
}

func describe(ctx context.Context, client *bot.Client, t view.Text) error {
	is, err := ShownText(ctx, client, t)
	if err != nil || is == t.Words {
		return err
	}
	_, err = client.Do(ctx, bot.SetAbout(t.What, t.Language, t.Words))
	return err
}

// ShownText is what Telegram shows of the bot now.
func ShownText(ctx context.Context, client *bot.Client, t view.Text) (string, error) {
	res, err := client.Do(ctx, bot.GetAbout(t.What, t.Language))
	if err != nil {
		return "", err
	}
	return res.About(t.What)
}

// introduction teaches Telegram what it shall know of the bot.
type introduction struct {
	client *bot.Client
	clock  clockwork.Clock
	log    *slog.Logger
	once   chan struct{} // closed when everything was tried once
}

// run teaches Telegram what it shall know of the bot, for as long as it takes. Nothing depends on it.
func (i *introduction) run(ctx context.Context) {
	rest, told := lessons(), false
	for n := 1; ; n++ {
		var err error
		rest, err = i.teach(ctx, rest)
		if n == 1 {
			close(i.once)
		}
		if len(rest) == 0 || ctx.Err() != nil {
			return
		}
		if !told {
			i.log.Warn("telegram does not know yet what the bot says of itself; that is tried again", "error", err)
			told = true
		}
		select {
		case <-ctx.Done():
		case <-i.clock.After(max(outbox.Backoff(n), bot.RetryAfter(err))): // for a text that can be a day
		}
	}
}

// teach goes through lessons, and returns those that may work later, with the last reason why they did not now.
func (i *introduction) teach(ctx context.Context, all []lesson) (later []lesson, why error) {
	for _, l := range all {
		err := l.teach(ctx, i.client)
		switch bot.KindOf(err) {
		case bot.KindOK, bot.KindNotModified:
		case bot.KindTemporary, bot.KindTooMany:
			later, why = append(later, l), fmt.Errorf("%s: %w", l.what, err)
		case bot.KindUnsupported, bot.KindUnauthorized: // unknown methods are not found, as are wrong tokens
			i.log.Debug("the server of telegram is too old", "what", l.what)
		default:
			i.log.Warn("telegram does not take what the bot says of itself", "what", l.what, "error", err)
		}
	}
	return later, why
}

// tried waits until Telegram was taught once.
func (i *introduction) tried(ctx context.Context) error {
	select {
	case <-i.once:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
