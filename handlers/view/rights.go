package view

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// IntroText introduces the bot to a group, and says which right is missing. If none is, there is nothing to say of that.
func IntroText(p locale.Printer, chat moderation.Chat, say ReportTexts) string {
	text := say.Greeting(p)
	if missing := chat.Missing(); len(missing) > 0 {
		text += "\n\n" + missingText(p, missing)
	}
	if chat.Kind == moderation.Basic {
		text += "\n\n" + p.Text("intro.basic", nil)
	}
	return text
}

// missingText asks for the rights that the bot lacks.
func missingText(p locale.Printer, missing []moderation.Right) string {
	args := locale.Args{"missing": RightNames(p, missing)}
	if slices.Contains(missing, moderation.RightAdmin) {
		return p.Text("intro.no_admin", args)
	}
	return p.Text("intro.missing", args)
}

// rightsText says which rights are back and which are missing: at the time that it was noted, or, of what an earlier release
// left, now.
func rightsText(p locale.Printer, chat moderation.Chat, entry *moderation.RightsEntry) string {
	if entry == nil {
		entry = &moderation.RightsEntry{Missing: chat.Missing()}
	}
	args := locale.Args{"back": RightNames(p, entry.Back), "missing": RightNames(p, entry.Missing)}
	switch {
	case len(entry.Missing) == 0 && len(entry.Back) == 0:
		return p.Text("intro.all", nil)
	case len(entry.Missing) == 0:
		return p.Text("admins.rights_back", args)
	case len(entry.Back) > 0:
		return p.Text("admins.rights_some", args)
	case slices.Contains(entry.Missing, moderation.RightAdmin):
		return p.Text("admins.rights_admin", args)
	default:
		return p.Text("admins.rights", args)
	}
}

// RightNames names rights as they stand in a sentence. To be an admin is no switch in Telegram's app, so it is named only if
// there is nothing else to name.
func RightNames(p locale.Printer, rights []moderation.Right) string {
	var names []string
	for _, r := range rights {
		if r != moderation.RightAdmin || len(rights) == 1 {
			names = append(names, RightName(p, r))
		}
	}
	return ListAnd(p, names)
}

// RightName names a right, as Telegram's app calls it.
func RightName(p locale.Printer, r moderation.Right) string {
	return p.Text("right."+string(r), nil)
}
