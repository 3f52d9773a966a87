package view

import (
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// IntroText introduces the bot to a group, and says which right is missing.
func IntroText(p locale.Printer, chat moderation.Chat, say ReportTexts) string {
	text := p.Text("intro.can", locale.Args{"how": say.How(p)}) + "\n\n"
	if missing := chat.Missing(); len(missing) == 0 {
		text += p.Text("intro.all", nil)
	} else {
		text += p.Text("intro.missing", locale.Args{"missing": RightNames(p, missing, RightName)})
	}
	if chat.Kind == moderation.Basic {
		text += "\n" + p.Text("intro.basic", nil)
	}
	return text
}

// rightsText says which rights are back and which are missing: at the time that it was noted, or, of what an earlier release
// left, now.
func rightsText(p locale.Printer, chat moderation.Chat, entry *moderation.RightsEntry) string {
	if entry == nil {
		entry = &moderation.RightsEntry{Missing: chat.Missing()}
	}
	args := locale.Args{"back": RightNames(p, entry.Back, rightBack), "missing": RightNames(p, entry.Missing, RightName)}
	switch {
	case len(entry.Missing) == 0 && len(entry.Back) == 0:
		return p.Text("intro.all", nil)
	case len(entry.Missing) == 0:
		return p.Text("admins.rights_back", args)
	case len(entry.Back) > 0:
		return p.Text("admins.rights_some", args)
	default:
		return p.Text("admins.rights", args)
	}
}

// RightNames names rights, each in the form that the sentence needs.
func RightNames(p locale.Printer, rights []moderation.Right, form func(locale.Printer, moderation.Right) string) string {
	names := make([]string, 0, len(rights))
	for _, r := range rights {
		names = append(names, form(p, r))
	}
	return List(p, names)
}

// RightName names a right that is missing, as Telegram's app calls it.
func RightName(p locale.Printer, r moderation.Right) string {
	return p.Text("right."+string(r), nil)
}

// rightBack names a right that is there again. To be an admin has no name in the app, and another form here.
func rightBack(p locale.Printer, r moderation.Right) string {
	if r == moderation.RightAdmin {
		return p.Text("right.admin_back", nil)
	}
	return RightName(p, r)
}
