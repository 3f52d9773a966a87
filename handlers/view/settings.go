package view

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// PausedText says until when votes decide nothing.
func PausedText(p locale.Printer, until, now time.Time) string {
	if !until.After(now) {
		return p.Text("value.off", nil)
	}
	return p.Text("pause.until", locale.Args{"date": p.Time(until)})
}

// pauseLength gives the length of a pause in words, or of what is left of one.
func pauseLength(p locale.Printer, typed string) string {
	length, err := ladder.ParseDuration(typed)
	if err != nil {
		return typed
	}
	return p.Duration(roughly(length))
}

// TypedValue is the value of a setting as admins type it. If the value depends on the group, it adds what that comes
// to.
func TypedValue(p locale.Printer, chat moderation.Chat, s settings.Setting) string {
	return comesTo(p, chat, s, s.Show(chat.Policy))
}

// comesTo adds to the value of a setting what it comes to in this group, if the value does not say that.
func comesTo(p locale.Printer, chat moderation.Chat, s settings.Setting, value string) string {
	if s.ComesTo == nil {
		return value
	}
	now := s.ComesTo(chat)
	if now == "" {
		return value
	}
	return p.Text("settings.now", locale.Args{"value": value, "number": now})
}

// SettingName is what a setting is called.
func SettingName(p locale.Printer, name string) string { return p.Text("setting."+name+".name", nil) }

// SettingAbout says what a setting does.
func SettingAbout(p locale.Printer, name string) string { return p.Text("setting."+name+".about", nil) }

// SettingAllowed says what a setting may be.
func SettingAllowed(p locale.Printer, name string) string {
	return p.Text("setting."+name+".allowed", nil)
}

// MenuPage lists all settings with their values, a button each.
func MenuPage(p locale.Printer, chat moderation.Chat, title string, private bool) (string, [][]wire.Button) {
	text := p.Text("settings.menu", locale.Args{"group": title})
	var rows [][]wire.Button
	for i, s := range settings.All {
		text += "\n" + p.Text("settings.line", locale.Args{"name": SettingName(p, s.Name), "value": PresentValue(p, chat, s)})
		b := wire.Button{Text: SettingName(p, s.Name), Data: GroupData(ButtonSettings, chat.Ref, s.Name)}
		if i%2 == 0 {
			rows = append(rows, []wire.Button{b})
		} else {
			rows[len(rows)-1] = append(rows[len(rows)-1], b)
		}
	}
	log := "settings.log_none"
	if chat.Log != 0 {
		log = "settings.log_linked"
	}
	text += "\n" + p.Text(log, nil)
	rows = append(rows, []wire.Button{{Text: p.Text("button.rules", nil), Data: GroupData(ButtonBook, chat.Ref)}})
	if private {
		rows = append(rows, []wire.Button{{Text: p.Text("button.groups", nil), Data: GroupData(ButtonSettings, 0)}})
	}
	return text, rows
}

// SettingPage shows one setting: its meaning, its value, the values to choose from, and the way back.
func SettingPage(p locale.Printer, chat moderation.Chat, s settings.Setting) (string, [][]wire.Button) {
	present := s.Show(chat.Policy)
	text := p.Text("settings.page", locale.Args{
		"name": SettingName(p, s.Name), "about": SettingAbout(p, s.Name), "value": PresentValue(p, chat, s),
		"allowed": SettingAllowed(p, s.Name), "command": "/" + s.Name,
	})
	var rows [][]wire.Button
	for i, value := range s.Presets {
		b := wire.Button{Text: valueName(p, s, value), Data: GroupData(ButtonSettings, chat.Ref, s.Name, value)}
		if value == present {
			b.Text = "✅ " + b.Text
		}
		if i%s.Wide == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], b)
	}
	return text, append(rows, []wire.Button{{Text: p.Text("button.back", nil), Data: GroupData(ButtonSettings, chat.Ref)}})
}

// PresentValue is the value of a setting in words. If the value depends on the group, it adds what that comes to.
func PresentValue(p locale.Printer, chat moderation.Chat, s settings.Setting) string {
	return comesTo(p, chat, s, valueName(p, s, s.Show(chat.Policy)))
}

// valueName gives a value in words, if it has any.
func valueName(p locale.Printer, s settings.Setting, value string) string {
	switch word := s.Word(value); {
	case s.Called != nil:
		return s.Called(value)
	case word != "":
		return p.Text("value."+word, nil)
	}
	return value
}

// What else an admin can change is logged like a setting: the pause, and the log channel, which is called by its name.
const pauseSetting, logSetting = "pause", "logchannel"

// changedValue gives a value in words that a setting had or got, for the log.
func changedValue(p locale.Printer, name, value string) string {
	if s, ok := settings.Find(name); ok {
		return valueName(p, s, value)
	}
	switch {
	case value == settings.Off && (name == pauseSetting || name == logSetting):
		return p.Text("value.off", nil)
	case name == pauseSetting:
		return pauseLength(p, value)
	}
	return value
}
