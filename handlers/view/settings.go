package view

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
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
	return comesTo(p, s.Show(chat.Policy), s.InForce(chat))
}

// comesTo adds to the value of a setting what it comes to now, if the value does not say that.
func comesTo(p locale.Printer, value, now string) string {
	if now == "" {
		return value
	}
	return p.Text("settings.now", locale.Args{"value": value, "number": now})
}

// NoJuryText says why a setting that leaves something to members drawn by lot comes to something else now, in a line of its own.
// It gives no number that a single member changes. It is empty if there is nothing to say.
func NoJuryText(p locale.Printer, chat moderation.Chat, s settings.Setting) string {
	if !s.LacksJury(chat) {
		return ""
	}
	return "\n" + noJury(p)
}

func noJury(p locale.Printer) string {
	return p.Text("health.no_jury", locale.Args{"needed": strconv.Itoa(jury.FewestEligible)})
}

// SettingName is what a setting is called.
func SettingName(p locale.Printer, name string) string { return p.Text("setting."+name+".name", nil) }

// SettingAbout says what a setting does.
func SettingAbout(p locale.Printer, name string) string { return p.Text("setting."+name+".about", nil) }

// SettingAllowed says what a setting may be.
func SettingAllowed(p locale.Printer, name string) string {
	return p.Text("setting."+name+".allowed", nil)
}

// What stands in the place of a setting in the data of a button.
const (
	SettingsMore   = "more"   // s:1f:more, the page of the settings that few need
	SettingsPreset = "preset" // s:1f:preset:calm, which applies one
	SettingsUndo   = "undo"   // s:1f:undo:12, which takes the change with that number back
)

// MenuPage is the first page of the settings: the presets and what they mean, then what most groups set themselves.
func MenuPage(p locale.Printer, chat moderation.Chat, title string, private bool) (string, [][]wire.Button) {
	text := p.Text("settings.menu", locale.Args{"group": title}) + "\n"
	present := settings.PresetOf(chat.Policy)
	var presets []wire.Button
	for _, preset := range settings.Presets {
		name := PresetName(p, preset)
		text += "\n" + p.Text("settings.line", locale.Args{"name": name, "value": p.Text("settings.preset."+preset+".about", nil)})
		b := wire.Button{Text: name, Data: GroupData(ButtonSettings, chat.Ref, SettingsPreset, preset)}
		if preset == present {
			b.Text = chosen + b.Text
		}
		presets = append(presets, b)
	}
	if present == "" {
		text += "\n" + p.Text("settings.own", nil)
	}
	lines, rows := settingLines(p, chat, false)
	rows = append([][]wire.Button{presets}, rows...)
	rows = append(rows, []wire.Button{
		{Text: p.Text("button.more", nil), Data: GroupData(ButtonSettings, chat.Ref, SettingsMore)},
		{Text: p.Text("button.rules", nil), Data: GroupData(ButtonBook, chat.Ref)},
	})
	if private {
		rows = append(rows, []wire.Button{{Text: p.Text("button.groups", nil), Data: GroupData(ButtonSettings, 0)}})
	}
	return text + "\n" + lines, rows
}

// MorePage lists the settings that few need, and says whether there is a log channel.
func MorePage(p locale.Printer, chat moderation.Chat) (string, [][]wire.Button) {
	lines, rows := settingLines(p, chat, true)
	log := "settings.log_none"
	if chat.Log != 0 {
		log = "settings.log_linked"
	}
	return p.Text("settings.more", nil) + "\n" + lines + "\n" + p.Text(log, nil), append(rows, []wire.Button{backToSettings(p, chat)})
}

// settingLines are the settings of a page: a line for each, and a button for each, two in a row.
func settingLines(p locale.Printer, chat moderation.Chat, rare bool) (text string, rows [][]wire.Button) {
	var row []wire.Button
	for _, s := range settings.All {
		if s.Rare != rare {
			continue
		}
		text += "\n" + p.Text("settings.line", locale.Args{"name": SettingName(p, s.Name), "value": PresentValue(p, chat, s)})
		row = append(row, wire.Button{Text: SettingName(p, s.Name), Data: GroupData(ButtonSettings, chat.Ref, s.Name)})
	}
	for pair := range slices.Chunk(row, 2) {
		rows = append(rows, pair)
	}
	return text, rows
}

// chosen stands before what is set now.
const chosen = "✅ "

// PresetName is what a preset is called.
func PresetName(p locale.Printer, preset string) string {
	return p.Text("settings.preset."+preset+".name", nil)
}

// backToSettings leads to the first page.
func backToSettings(p locale.Printer, chat moderation.Chat) wire.Button {
	return wire.Button{Text: p.Text("button.back", nil), Data: GroupData(ButtonSettings, chat.Ref)}
}

// undoSettings takes a change of settings back.
func undoSettings(p locale.Printer, chat moderation.Chat, number int64) wire.Button {
	return wire.Button{Text: p.Text("button.undo", nil), Data: GroupData(ButtonSettings, chat.Ref, SettingsUndo, strconv.FormatInt(number, 10))}
}

// UndoSettingsRow is the button that takes a change of settings back; none if nothing was changed.
func UndoSettingsRow(p locale.Printer, chat moderation.Chat, number int64) [][]wire.Button {
	if number == 0 {
		return nil
	}
	return [][]wire.Button{{undoSettings(p, chat, number)}}
}

// SettingPage shows one setting: its meaning, its value, the values to choose from, and the way back. If it was just changed, that
// change has a number and can be taken back.
func SettingPage(p locale.Printer, chat moderation.Chat, s settings.Setting, change int64) (string, [][]wire.Button) {
	present := s.Show(chat.Policy)
	text := p.Text("settings.page", locale.Args{
		"name": SettingName(p, s.Name), "about": SettingAbout(p, s.Name), "value": PresentValue(p, chat, s),
		"allowed": SettingAllowed(p, s.Name), "command": "/" + s.Name,
	}) + NoJuryText(p, chat, s)
	var rows [][]wire.Button
	for i, value := range s.Offered {
		b := wire.Button{Text: valueName(p, s, value), Data: GroupData(ButtonSettings, chat.Ref, s.Name, value)}
		if value == present {
			b.Text = chosen + b.Text
		}
		if i%s.Wide == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], b)
	}
	last := []wire.Button{backToSettings(p, chat)}
	if s.Rare {
		last[0].Data = GroupData(ButtonSettings, chat.Ref, SettingsMore)
	}
	if change != 0 {
		last = append([]wire.Button{undoSettings(p, chat, change)}, last...)
	}
	return text, append(rows, last)
}

// PresetPage says what a preset changed.
func PresetPage(p locale.Printer, chat moderation.Chat, preset string, done moderation.ChangedPolicy) (string, [][]wire.Button) {
	text := p.Text("settings.preset_set", locale.Args{"name": PresetName(p, preset)}) + "\n" + changesText(p, done.Changes)
	return text, [][]wire.Button{{undoSettings(p, chat, done.Number), backToSettings(p, chat)}}
}

// UndonePage says what settings were changed back to.
func UndonePage(p locale.Printer, chat moderation.Chat, done moderation.ChangedPolicy) (string, [][]wire.Button) {
	text := p.Text("settings.undone", nil)
	for _, c := range done.Changes {
		text += "\n" + p.Text("settings.line", locale.Args{"name": SettingName(p, c.Setting), "value": changedValue(p, c.Setting, c.To)})
	}
	return text, [][]wire.Button{{backToSettings(p, chat)}}
}

// changesText says in a line for each what settings were and are.
func changesText(p locale.Printer, changes []moderation.Change) string {
	var lines []string
	for _, c := range changes {
		lines = append(lines, p.Text("settings.changed", locale.Args{
			"name": SettingName(p, c.Setting), "from": changedValue(p, c.Setting, c.From), "to": changedValue(p, c.Setting, c.To),
		}))
	}
	return strings.Join(lines, "\n")
}

// PresentValue is the value of a setting in words. If the value depends on the group, it adds what that comes to.
func PresentValue(p locale.Printer, chat moderation.Chat, s settings.Setting) string {
	now := s.InForce(chat)
	if now != "" {
		now = valueName(p, s, now)
	}
	return comesTo(p, valueName(p, s, s.Show(chat.Policy)), now)
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
