package demo

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// Farewell is said at the end of the scene.
const Farewell = `That was the real bot, over HTTP, in a simulated Telegram. Nothing is left of it.
Once more, slowly: ostrakon demo --pause    Go on yourself: ostrakon demo --keep
`

const keptText = `The bot and its Telegram go on. Ctrl-C ends both; nothing is left then.

Be one of the people: type a name, a colon and what they do. What it changes appears here.
  Bob: Rooks for sale, half price     Bob writes to the group
  Anna: /report                       Anna gives a command, in reply to the latest message she can report
  Carl: 🚩                            Carl taps the latest button that begins so; also: Bob: [Spam]

Be the bot: this Telegram speaks the Bot API, and takes nothing that the real one would not.
  URL    %[1]s
  token  %[2]s
  chat   %[3]d
  curl %[1]s/bot%[2]s/getMe
  curl %[1]s/bot%[2]s/sendMessage -d chat_id=%[3]d -d text=Hello

`

// often is how often the clock of the stage, which stands still otherwise, is put right.
const often = 250 * time.Millisecond

// Keep lets people be played from the terminal, and time go on, until ctx ends.
func (s *Stage) Keep(ctx context.Context, t *Terminal, pass Pass, p *Printer) error {
	fmt.Fprintf(t.out, keptText, s.URL(), s.Bot.Token(), s.Club.ID())
	tick := time.NewTicker(often)
	defer tick.Stop()
	for last, typed := time.Now(), t.typed(); ; {
		tell := "Time goes on."
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case line, more := <-typed:
			if !more {
				typed = nil // nobody types any more; time goes on
				continue
			}
			if tell = line; strings.TrimSpace(line) == "" {
				continue
			}
			if err := s.obey(line); err != nil {
				fmt.Fprintf(t.out, "That cannot be: %v.\n\n", err)
			}
		}
		now := time.Now()
		if err := pass(ctx, now.Sub(last)); err != nil {
			return err
		}
		last = now
		if f := s.Frame(tell); f.Changed() {
			if err := p.Frame(f); err != nil {
				return err
			}
		}
	}
}

// obey does what a typed line says.
func (s *Stage) obey(line string) error {
	name, words, _ := strings.Cut(line, ":")
	p, words := s.who(strings.TrimSpace(name)), strings.TrimSpace(words)
	switch {
	case p.User == nil:
		return fmt.Errorf("nobody here is called %q; there are Anna, Bob, Carl, Mallory and Olga", name)
	case words == "":
		return fmt.Errorf("%s does nothing", p.Name())
	case begins(words, "/"):
		return s.command(p, words)
	case unicode.IsSymbol([]rune(words)[0]), begins(words, "["):
		return tap(p.Name(), strings.Trim(words, "[]"))(s)
	default:
		return say(p.Name(), words)(s)
	}
}

// command gives a command in reply to the latest message of another person, if there is one.
func (s *Stage) command(p Person, text string) error {
	var opts []tgsim.SendOption
	for _, i := range p.Sees(s.Club) {
		if !i.Service && !i.Ephemeral && i.From != p.Name() && i.From != s.Bot.Name() {
			opts = []tgsim.SendOption{tgsim.ReplyTo(i.Message)}
		}
	}
	_, err := p.Command(s.Club, text, opts...)
	return err
}
