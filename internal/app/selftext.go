package app

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"log/slog"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// selfNotes is where the bot notes what it set of the texts that Telegram shows about it.
type selfNotes interface {
	SelfTexts(ctx context.Context) (map[string]string, error)
	NoteTexts(ctx context.Context, texts map[string]string) error
}

// KnownTexts are hashes of the texts that the bot set last, by name and language. They tell its own words, also those of an earlier
// release, from words that somebody else chose. Those stay.
type KnownTexts map[string]string

// anyText stands for all languages: whatever is there is the bot's own. Releases that noted nothing replaced everything.
const anyText = "*"

func textKey(what, language string) string { return what + "/" + language }

func textSum(t view.Text, words string) string {
	sum := sha256.Sum256([]byte(textKey(t.What, t.Language) + "\n" + words))
	return base64.RawStdEncoding.EncodeToString(sum[:12])
}

// Own reports whether the words that Telegram shows in the place of t may be replaced by it.
func (s KnownTexts) Own(t view.Text, shown string) bool {
	_, all := s[textKey(t.What, anyText)]
	return shown == "" || shown == t.Words || all || s[textKey(t.What, t.Language)] == textSum(t, shown)
}

// complete reports whether all texts were set as they are, as far as that was possible.
func (s KnownTexts) complete(texts []view.Text) bool {
	for _, t := range texts {
		if sum := s[textKey(t.What, t.Language)]; sum != textSum(t, t.Words) && sum != leftAlone {
			return false
		}
	}
	return true
}

// leftAlone is noted in place of a hash where somebody else's words stay.
const leftAlone = "-"

// textSetter sets one of the texts that Telegram shows about the bot, in all languages.
type textSetter struct {
	client *bot.Client
	notes  selfNotes
	log    *slog.Logger
	texts  []view.Text // the first is for whoever reads a language that has no text
	set    KnownTexts
}

// run sets what differs. If the text for everybody is somebody else's, it shall be everybody's, and the bot's own go.
func (s *textSetter) run(ctx context.Context) (err error) {
	if s.set, err = s.notes.SelfTexts(ctx); err != nil {
		return err
	}
	first := s.texts[0]
	shown, err := ShownText(ctx, s.client, first)
	switch {
	case err != nil:
		return err
	case !s.set.Own(first, shown):
		s.log.Info("telegram shows words about the bot that somebody else chose; they stay", "what", first.What)
		err = s.giveWay(ctx, shown)
	case shown == first.Words && s.set.complete(s.texts):
		return nil
	default:
		err = s.replace(ctx, shown)
	}
	if err == nil {
		delete(s.set, textKey(first.What, anyText))
	}
	return errors.Join(err, s.notes.NoteTexts(ctx, s.set))
}

// replace sets the text in every language in which it is the bot's own. Where a language has none, Telegram may show the one for
// everybody, as it was.
func (s *textSetter) replace(ctx context.Context, before string) error {
	for n, t := range s.texts {
		shown, err := ShownText(ctx, s.client, t)
		if err != nil {
			return err
		}
		fallback := n > 0 && (shown == before || shown == s.texts[0].Words)
		if !fallback && !s.set.Own(t, shown) {
			s.set[textKey(t.What, t.Language)] = leftAlone
			continue
		}
		if shown != t.Words {
			if _, err := s.client.Do(ctx, wire.SetAbout(t.What, t.Language, t.Words)); err != nil {
				return err
			}
		}
		s.set[textKey(t.What, t.Language)] = textSum(t, t.Words)
	}
	return nil
}

// giveWay removes the texts that the bot set in single languages. They would hide from their readers what somebody wrote for
// everybody.
func (s *textSetter) giveWay(ctx context.Context, everybody string) error {
	for _, t := range s.texts {
		key := textKey(t.What, t.Language)
		if _, noted := s.set[key]; !noted {
			continue
		}
		shown, err := ShownText(ctx, s.client, t)
		if err != nil {
			return err
		}
		if shown != everybody && shown != "" && s.set.Own(t, shown) {
			if _, err := s.client.Do(ctx, wire.SetAbout(t.What, t.Language, "")); err != nil {
				return err
			}
		}
		delete(s.set, key)
	}
	return nil
}

// ShownText returns a text that Telegram shows about the bot now.
func ShownText(ctx context.Context, client *bot.Client, t view.Text) (string, error) {
	res, err := client.Do(ctx, wire.GetAbout(t.What, t.Language))
	if err != nil {
		return "", err
	}
	return res.About(t.What)
}
