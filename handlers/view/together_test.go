package view

import (
	"regexp"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// A sentence is not followed by an arrow, in no language.
func TestLinesOfSeveralReadWell(t *testing.T) {
	t.Parallel()
	runsOn := regexp.MustCompile(`[.。।…] [→←]`)
	everyLanguage(t, func(t *testing.T, lang string, p locale.Printer) {
		for _, topic := range []moderation.Topic{moderation.TopicDecided, moderation.TopicManual, moderation.TopicHarsher, moderation.TopicConfirmed} {
			cs := grouptest.Case(moderation.Upheld, func(c *moderation.Case) {
				c.Pending, c.PendingEnds = mustStep(t, "ban 7d"), lateSummer.Add(12*time.Hour)
			})
			cs.Until = lateSummer.Add(time.Hour)
			line := CaseLine(p, moderation.Chat{}, cs, moderation.CaseEntry{What: topic, Case: cs.ID, By: moderation.Admin{ID: 5, Name: "Olga"}}, lateSummer, 5)
			if text := locale.Plain(line.text); runsOn.MatchString(text) {
				t.Errorf("%s: %s reads %q", lang, topic, text)
			}
		}
	})
}
