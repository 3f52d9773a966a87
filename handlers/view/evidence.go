package view

import (
	"cmp"
	"path"
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
	line, _ := evidenceLine(p, e, most)
	return line
}

// evidenceLine does so, and returns the words of the message in it too. All of it is a quotation, the name too: its owner
// chose that.
func evidenceLine(p locale.Printer, e moderation.Evidence, most int) (line, words string) {
	name := NameText(p, e.Name)
	if e.Handle != "" {
		name += " (@" + e.Handle + ")"
	}
	if words = quote(e, most); words == "" {
		return locale.Quote(p.Text("case.about", locale.Args{"name": name})), ""
	}
	return locale.Quote(p.Text("case.wrote", locale.Args{"name": name, "text": words})), words
}

// quote is what a message said, without who wrote it, and with the addresses that are hidden behind words. Nothing in it can be
// tapped.
func quote(e moderation.Evidence, most int) string {
	text, hidden := tidyLines(e.Words()), addresses(e.Entities)
	if most -= Length(hidden); Length(text) > most {
		text = Cut(text, most-1) + "…"
	}
	if e.Media != "" {
		text = strings.TrimSpace("[" + e.Media + "] " + text)
	}
	return unlinked(text + hidden)
}

// EvidenceTexts words evidence: who wrote what and when, what it replied to, how it was edited, and which files are not
// kept. The entities belong to the first text.
func EvidenceTexts(p locale.Printer, id string, e moderation.Evidence, missing []moderation.Medium) ([]string, []wire.Entity) {
	head := p.Text("evidence.title", locale.Args{"case": id})
	if !e.SentAt.IsZero() {
		head = p.Text("evidence.title_at", locale.Args{"case": id, "date": p.Stamp(e.SentAt)})
	}
	line, words := evidenceLine(p, e, evidenceLong)
	notes := []string{head + "\n\n" + line}
	entities := styled(e, words, Length(head+"\n\n")+placeOf(words, line))
	if r := e.Reply; r != nil {
		said := quote(moderation.Evidence{Text: r.Text, Media: r.Media}, EvidenceShort)
		notes = append(notes, p.Text("evidence.reply", locale.Args{"name": NameText(p, r.Name), "text": quoted(p, said)}))
	}
	notes = append(notes, editNotes(p, e)...)
	for _, m := range missing {
		key := "evidence.file"
		if m.Small() {
			key = "evidence.unkept"
		}
		name := strings.TrimSpace("[" + m.Kind + "] " + isolated(Shorten(unturned(m.Name), NameKept)))
		notes = append(notes, p.Text(key, locale.Args{"name": unlinked(name), "number": sizeText(m.Size)}))
	}
	return Paged(notes, "\n\n"), entities
}

// editNotes are the later forms of a message, a text each.
func editNotes(p locale.Printer, e moderation.Evidence) []string {
	var notes []string
	for _, d := range e.Edits {
		said := quote(moderation.Evidence{Text: d.Text, Entities: d.Entities, Media: d.Media}, evidenceLong)
		notes = append(notes, p.Text("evidence.edit", locale.Args{"date": p.Stamp(d.At), "text": quoted(p, said)}))
	}
	return notes
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
	name := unturned(strings.Join(strings.Fields(m.Name), " "))
	end := path.Ext(name)
	if len(end) > longestEnd {
		end = ""
	}
	return cmp.Or(Shorten(strings.TrimSuffix(name, end), NameKept)+end, m.Kind)
}

// longestEnd is how long the end of a file's name may be that apps go by, in bytes.
const longestEnd = 10
