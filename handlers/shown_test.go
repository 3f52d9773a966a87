package handlers_test

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// card is the vote card of a case.
func card(p locale.Printer, cs moderation.Case, waits bool) (string, [][]wire.Button) {
	chat := moderation.Chat{Rights: moderation.Rights{Member: true, Delete: !waits}}
	return view.CardText(p, chat, cs), view.CardButtons(p, chat, cs, "OstrakonBot")
}

// notice is what the author of a case reads: in the group, or in private if that is named.
func notice(p locale.Printer, cs moderation.Case, group string, score *moderation.Score) string {
	return view.NoticeText(p, moderation.Chat{Policy: moderation.DefaultPolicy(), Size: moderation.Size{Writers: 60}}, cs, group, score)
}

// menu is the settings menu, and its pages.
func menu(p locale.Printer, chat moderation.Chat) (texts []string, rows [][][]wire.Button) {
	text, buttons := view.MenuPage(p, chat, "Chess club", true)
	texts, rows = append(texts, text), append(rows, buttons)
	add := func(text string, buttons [][]wire.Button) { texts, rows = append(texts, text), append(rows, buttons) }
	add(view.MorePage(p, chat))
	for _, s := range settings.All {
		add(view.SettingPage(p, chat, s, 1))
	}
	for _, preset := range settings.Presets {
		set, _ := settings.Apply(chat.Policy, preset)
		if done := (moderation.ChangedPolicy{Policy: set, Changes: settings.Changes(chat.Policy, set), Number: 1}); len(done.Changes) > 0 {
			add(view.PresetPage(p, chat, preset, done))
			add(view.UndonePage(p, chat, done))
		}
	}
	return texts, rows
}

// digestText is the caption of a digest.
func digestText(p locale.Printer, d stats.Digest) (string, error) {
	said, err := view.DigestEntry(p, nil, d)
	return said.Text, err
}

// rulePages are the book and one rule's page, with their buttons.
func rulePages(p locale.Printer, chat moderation.Chat, id rulebook.RuleID) (texts []string, rows [][][]wire.Button) {
	book, listed := view.BookPage(p, chat)
	page, below := view.RulePage(p, chat, chat.Book.Rule(id))
	sure, asked := view.SurePage(p, chat, chat.Book.Rule(id))
	return []string{book, page, sure}, [][][]wire.Button{listed, below, asked}
}

// readSetting is what a policy becomes by a setting that somebody typed. It says false if they are
// told what is allowed instead.
func readSetting(name, typed string, p moderation.Policy) (moderation.Policy, bool) {
	s, _ := settings.Find(name)
	err := s.Read(&p, typed)
	return p, err == nil && p.Validate() == nil
}

// offered are the buttons of a notice, and below them what 📖 shows.
func offered(p locale.Printer, chat moderation.Chat, cs moderation.Case) (string, [][]wire.Button) {
	return view.RuleText(p, chat, cs), view.NoticeButtons(p, chat, cs, noon, "OstrakonBot", false)
}

// why asks the author of a case for their sentence.
func why(p locale.Printer, cs moderation.Case) string {
	return view.WhyCall(p, 1, 7, cs).Params["text"].(string)
}

// juryCards is what a juror reads.
func juryCards(p locale.Printer, cs moderation.Case, a moderation.Appeal, seen moderation.Evidence, until time.Time) []string {
	return view.JuryTexts(p, rulebook.DefaultBook().Rule(cs.Rule), cs, a, seen, until)
}

// juryRows are the buttons under it.
func juryRows(p locale.Printer, cs moderation.Case, seen moderation.Evidence) [][]wire.Button {
	return view.JuryButtons(p, 7, cs, seen)
}
