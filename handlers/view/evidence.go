package view

import (
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// EvidenceShort and evidenceLong limit how much of a message is shown with its case and as evidence, as Telegram counts
// it.
const EvidenceShort, evidenceLong = 300, 3500

// evidenceText gives who wrote what.
func evidenceText(p locale.Printer, e moderation.Evidence, most int) string {
	name := NameText(p, e.Name)
	if e.Handle != "" {
		name += " (@" + e.Handle + ")"
	}
	text := quote(e, most)
	if text == "" {
		return p.Text("case.about", locale.Args{"name": name})
	}
	return p.Text("case.wrote", locale.Args{"name": name, "text": text})
}

// quote is what a message said, without who wrote it.
func quote(e moderation.Evidence, most int) string {
	text := e.Words()
	if Length(text) > most {
		text = Cut(text, most-1) + "…"
	}
	if e.Media != "" {
		text = strings.TrimSpace("[" + e.Media + "] " + text)
	}
	return text
}

// EvidenceTexts words evidence: who wrote what and when, what it replied to, how it was edited, and which files are not
// kept. The entities belong to the first text.
func EvidenceTexts(p locale.Printer, id string, e moderation.Evidence, missing []moderation.Medium) ([]string, []wire.Entity) {
	head := p.Text("evidence.title", locale.Args{"case": id})
	if !e.SentAt.IsZero() {
		head += " " + p.Stamp(e.SentAt)
	}
	words := evidenceText(p, e, evidenceLong)
	notes := []string{head + "\n\n" + words}
	var entities []wire.Entity
	if e.Text != "" {
		entities = moved(e.Entities, Length(head+"\n\n")+wordsAt(words, e))
	}
	if r := e.Reply; r != nil {
		said := quote(moderation.Evidence{Text: r.Text, Media: r.Media}, EvidenceShort)
		notes = append(notes, p.Text("evidence.reply", locale.Args{"name": NameText(p, r.Name), "text": said}))
	}
	notes = append(notes, editNotes(p, e)...)
	for _, m := range missing {
		key := "evidence.file"
		if m.Small() {
			key = "evidence.unkept"
		}
		notes = append(notes, p.Text(key, locale.Args{"name": strings.TrimSpace("[" + m.Kind + "] " + Shorten(unturned(m.Name), NameKept)), "number": sizeText(m.Size)}))
	}
	return Paged(notes, "\n\n"), entities
}

// editNotes are the later forms of a message, a text each.
func editNotes(p locale.Printer, e moderation.Evidence) []string {
	var notes []string
	for _, d := range e.Edits {
		said := quote(moderation.Evidence{Text: d.Text, Media: d.Media}, evidenceLong)
		notes = append(notes, p.Text("evidence.edit", locale.Args{"date": p.Stamp(d.At), "text": said}))
	}
	return notes
}

// wordsAt is where in the evidence the text of the message begins, in UTF-16 units. It stands in what is quoted.
func wordsAt(shown string, e moderation.Evidence) int {
	i := strings.LastIndex(shown, quote(e, evidenceLong))
	if i < 0 {
		return 0
	}
	if e.Media != "" {
		i += len("[" + e.Media + "] ")
	}
	return Length(shown[:i])
}

// moved are entities of a text that begins at an offset now, less those of what was cut off.
func moved(all []moderation.Entity, by int) []wire.Entity {
	var entities []wire.Entity
	for _, e := range all {
		if e.Offset+e.Length >= evidenceLong {
			continue
		}
		entities = append(entities, wire.Entity{Type: e.Type, Offset: e.Offset + by, Length: e.Length, URL: e.URL, Language: e.Language})
	}
	return entities
}

// sizeText is a size in kilobytes, or in megabytes.
func sizeText(bytes int64) string {
	if bytes >= 1<<20 {
		return strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64) + " MB"
	}
	return strconv.FormatInt((bytes+1023)/1024, 10) + " kB"
}

// FileName is the name under which a file is sent again.
func FileName(m moderation.Medium) string {
	if m.Name != "" {
		return m.Name
	}
	return m.Kind
}
