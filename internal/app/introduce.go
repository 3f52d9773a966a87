package app

import (
	"context"
	"crypto/rand"
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

// facts lists all of them. The texts of an old server do not offer /report in groups.
func (i *introduction) facts() []fact {
	all := []fact{
		{"its settings", setSettings},
		{"the rights that it needs in groups", suggestRights(false)},
		{"the rights that it needs in channels", suggestRights(true)},
		{"its name", setName},
	}
	for _, what := range []string{wire.AboutDescription, wire.AboutShort} {
		var texts []view.Text
		for _, t := range view.About(i.server.old.Load()) {
			if t.What == what {
				texts = append(texts, t)
			}
		}
		all = append(all, fact{"its " + what, func(ctx context.Context, client *bot.Client) error {
			return (&textSetter{client: client, notes: i.store, log: i.log, texts: texts}).run(ctx)
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

// introduction sets what Telegram keeps about the bot: settings, rights, name and texts.
type introduction struct {
	client *bot.Client
	store  selfStore
	server *serverQuestion
	clock  clockwork.Clock
	log    *slog.Logger
	rest   *rest
}

// selfStore is where the bot notes what it set, and which of its replicas does so now.
type selfStore interface {
	selfNotes
	SetsSelf(ctx context.Context, word string) (until time.Time, mine bool, err error)
	SelfSet(ctx context.Context, word string) error
}

// run sets all facts, and tries again until that is done or ctx ends. Nothing else depends on it.
func (i *introduction) run(ctx context.Context) {
	rest, told, word := i.facts(), false, rand.Text()
	for n := 1; ; n++ {
		var pause time.Duration
		var err error
		if rest, pause, err = i.turn(ctx, word, rest); len(rest) == 0 || ctx.Err() != nil {
			i.rest.set(never)
			return
		}
		if err != nil && !told {
			i.log.Warn("telegram does not know yet what the bot says of itself; that is tried again", "error", err)
			told = true
		}
		pause = max(pause, outbox.Backoff(n), wire.RetryAfter(err)) // Telegram may ask to wait a day for a text
		timer := i.clock.NewTimer(pause)
		i.rest.set(i.clock.Now().Add(pause))
		select {
		case <-ctx.Done():
		case <-timer.Chan():
		}
		i.rest.set(time.Time{})
	}
}

// turn sets facts, unless another replica is at it: then the same is to be done after that. It returns what may succeed later, when
// at the soonest, and why it did not.
func (i *introduction) turn(ctx context.Context, word string, all []fact) (later []fact, pause time.Duration, why error) {
	until, mine, err := i.store.SetsSelf(ctx, word)
	if err != nil || !mine {
		return all, until.Sub(i.clock.Now()), err
	}
	later, why = i.set(ctx, all)
	if err := i.store.SelfSet(context.WithoutCancel(ctx), word); err != nil {
		i.log.Info("other replicas wait longer than they have to", "error", err)
	}
	return later, 0, why
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
