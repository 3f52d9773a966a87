package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/app"
)

// checkServer reports whether Telegram's server knows ephemeral messages.
func checkServer(ctx context.Context, out io.Writer, client *bot.Client) error {
	if err := client.LearnServer(ctx); err != nil {
		return fmt.Errorf("server: %w", err)
	}
	if client.Me().NoEphemeral {
		fmt.Fprintln(out, "server: the one at telegram.api_url does not know ephemeral messages, which came with Bot API 10.3. The bot answers in private only, "+
			"and everybody sees a command until the bot removes it: update the server")
		return nil
	}
	fmt.Fprintln(out, "server: fine, it knows ephemeral messages")
	return nil
}

// checkSelf reports by which link the bot is added to groups, and which of its own settings at Telegram differ from what it needs.
// Telegram does not show how presses of buttons reach the bot.
func checkSelf(ctx context.Context, out io.Writer, client *bot.Client) error {
	me := client.Me()
	if len(me.Names) > 1 {
		fmt.Fprintf(out, "names: it is called @%s, too\n", strings.Join(me.Names[1:], ", @"))
	}
	fmt.Fprintf(out, "add it to a group: %s\n", view.AddLink(me.Username))
	if me.NoGroups {
		fmt.Fprintln(out, "joining groups: switched off, so that nobody can add the bot; a start of it switches that on, if Telegram's server is new enough. "+
			"If not, send /setjoingroups to @BotFather and choose Enable")
	} else {
		fmt.Fprintln(out, "joining groups: fine, whoever has the link can add the bot")
	}
	if !me.ReadsAll {
		fmt.Fprintln(out, "privacy mode: on; a start of the bot switches it off, if Telegram's server is new enough. "+
			"Fine where the bot is an administrator; elsewhere it does not see messages to pick from")
	}
	if len(me.Modes) > 0 {
		fmt.Fprintf(out, "modes: switched on, though the bot handles nothing of them: %s; a start of it switches them off\n", strings.Join(me.Modes, ", "))
	}
	for _, channels := range []bool{false, true} {
		enough, err := app.SuggestsRights(ctx, client, channels)
		if known, err := understood(err); !known || err != nil {
			return err
		}
		if enough {
			fmt.Fprintf(out, "suggested rights: fine, apps suggest what the bot needs in %s: %s\n", placeName(channels), placeRights(channels))
		} else {
			fmt.Fprintf(out, "suggested rights: apps do not suggest all that the bot needs in %s; a start of it changes that\n", placeName(channels))
		}
	}
	return nil
}

// placeRights are the rights that the bot needs, as apps call them.
func placeRights(channels bool) string {
	if channels {
		return "Post messages"
	}
	return "Delete messages, Ban users, Invite users"
}

func placeName(channels bool) string {
	if channels {
		return "channels"
	}
	return "groups"
}

// checkTexts compares the texts that Telegram shows about the bot with those of this release. Set are those that the bot set last.
func checkTexts(ctx context.Context, out io.Writer, client *bot.Client, set app.KnownTexts) error {
	var differ, others []string
	for _, t := range view.About(client.Me().NoEphemeral) {
		is, err := app.ShownText(ctx, client, t)
		if known, err := understood(err); !known || err != nil {
			return err
		}
		name := strings.TrimSpace(strings.ReplaceAll(t.What, "_", " ") + " " + t.Language)
		switch {
		case is == t.Words:
		case set.Own(t, is):
			differ = append(differ, name)
		default:
			others = append(others, name)
		}
	}
	if len(differ) > 0 {
		fmt.Fprintf(out, "texts: Telegram shows others than this release has (%s); a start of the bot changes that\n", strings.Join(differ, ", "))
	}
	if len(others) > 0 {
		fmt.Fprintf(out, "texts: somebody else chose what Telegram shows (%s), and the bot leaves that alone; "+
			"to have its own, clear it at @BotFather, then start the bot\n", strings.Join(others, ", "))
	}
	if len(differ)+len(others) == 0 {
		fmt.Fprintln(out, "texts: fine, description and short description are those of this release, in every language")
	}
	return nil
}

// understood reports whether the server knows the method. That an old one does not is no error.
func understood(err error) (bool, error) {
	switch kind := wire.KindOf(err); {
	case err == nil:
		return true, nil
	case kind == wire.KindUnsupported || kind == wire.KindUnauthorized:
		return false, nil
	default:
		return false, fmt.Errorf("what telegram shows of the bot: %w", err)
	}
}
