package view

import (
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// EntryPart is one of several things that admins are told at once.
type EntryPart struct {
	text    string
	id      string                     // of its case, empty if it is about none
	waits   bool                       // for something that an admin has to do
	changed *moderation.SettingChanged // what it is instead of a text, to be put together with others
}

// ChoiceCase has a button show a case instead of its evidence.
const ChoiceCase = "case"

// TogetherEntry tells several things, a line each. What waits for an admin comes first, with a button for each case.
func TogetherEntry(p locale.Printer, chat moderation.Chat, lines []EntryPart, more int) LogEntry {
	var waits, rest []EntryPart
	for _, line := range joinSettings(p, lines) {
		if line.waits {
			waits = append(waits, line)
		} else {
			rest = append(rest, line)
		}
	}
	if len(waits)+len(rest)+more == 0 {
		return LogEntry{}
	}
	if len(waits) == 0 && len(rest) == 1 && more == 0 {
		return LogEntry{Text: rest[0].text, Rows: openRows(p, chat, rest)}
	}
	var text string
	if len(waits) > 0 {
		text = p.Text("together.waits", nil)
	}
	for i, line := range slices.Concat(waits, rest) {
		next := "\n• " + line.text
		if i == len(waits) && i > 0 {
			next = "\n" + next
		}
		if Length(text+next) > MaxText-roomAround {
			more += len(waits) + len(rest) - i
			break
		}
		text += next
	}
	if more > 0 {
		text += "\n" + p.Text("together.more", locale.Args{"count": more})
	}
	return LogEntry{Text: strings.TrimLeft(text, "\n"), Rows: openRows(p, chat, append(waits, rest...))}
}

// roomAround is what is kept free for the name of the group, and for how many more there are.
const roomAround = 300

// The buttons that open cases.
const (
	openMost  = 8
	openInRow = 2
)

// openRows open the cases of the lines that come first.
func openRows(p locale.Printer, chat moderation.Chat, lines []EntryPart) (rows [][]wire.Button) {
	var ids []string
	for _, line := range lines {
		if line.id != "" && !slices.Contains(ids, line.id) && len(ids) < openMost {
			ids = append(ids, line.id)
		}
	}
	for some := range slices.Chunk(ids, openInRow) {
		var row []wire.Button
		for _, id := range some {
			row = append(row, wire.Button{Text: p.Text("button.case", locale.Args{"case": id}), Data: GroupData(ButtonEvidence, chat.Ref, id, ChoiceCase)})
		}
		rows = append(rows, row)
	}
	return rows
}

// LineOf words what is about no case, or asks for what only a person can do.
func LineOf(p locale.Printer, chat moderation.Chat, n moderation.Entry) EntryPart {
	if n, ok := n.(moderation.SettingChanged); ok {
		return EntryPart{changed: &n}
	}
	asks := n.Topic() == moderation.TopicTooOld || n.Topic() == moderation.TopicFailed
	return EntryPart{text: EntryText(p, chat, n), id: n.About(), waits: asks}
}

// CaseLine says in a line what happened to a case, and what of it waits for the reader.
func CaseLine(p locale.Printer, chat moderation.Chat, cs moderation.Case, n moderation.CaseEntry, now time.Time, reader int64) EntryPart {
	said := []string{didText(p, cs, n)}
	switch {
	case said[0] == "":
		said = append([]string{caseVerdict(p, CaseFile{Chat: chat, Case: cs}, false)}, againLines(p, cs)...)
		if cs.Verdict == moderation.Upheld {
			said = append(said, casePenalty(p, cs))
		}
		said = append(said, ProgressLines(p, chat.Kind, cs, now)...)
	case tellsPenalty[n.What]:
		said = append(said, casePenalty(p, cs))
	}
	line := EntryPart{id: cs.ID, waits: waitsFor(cs, reader)}
	if cs.Waits(now) {
		line.waits = true
		said = append(said, p.Text("together.pending", locale.Args{"step": StepName(p, cs.Pending), "until": p.Stamp(cs.PendingEnds)}))
	}
	line.text = p.Text("together.case", locale.Args{"case": cs.ID, "text": strings.Join(said, " ")})
	return line
}

// tellsPenalty are the topics of an admin's deeds that brought a penalty.
var tellsPenalty = map[moderation.Topic]bool{moderation.TopicManual: true, moderation.TopicHarsher: true, moderation.TopicConfirmed: true}

// waitsFor reports whether an admin is to judge a case. Of an appeal, those who acted in it are not.
func waitsFor(cs moderation.Case, reader int64) bool {
	switch {
	case cs.Verdict == moderation.Open:
		return cs.Appeal != moderation.BeforeJury
	case cs.Appeal == moderation.BeforeAdmins:
		return cs.Reversed == "" && !slices.Contains(cs.Judges, reader)
	}
	return false
}

// joinSettings puts what an admin changed about settings into one line, where the first of it stands.
func joinSettings(p locale.Printer, lines []EntryPart) (joined []EntryPart) {
	at := map[moderation.Admin]int{}
	for _, line := range lines {
		if line.changed == nil {
			joined = append(joined, line)
			continue
		}
		by := line.changed.By
		i, found := at[by]
		if !found {
			at[by] = len(joined)
			joined = append(joined, EntryPart{text: p.Text("together.changed", locale.Args{"by": byName(p, by), "changes": changeText(p, line.changed.Change)})})
			continue
		}
		joined[i].text = List(p, []string{joined[i].text, changeText(p, line.changed.Change)})
	}
	return joined
}

// changeText names a setting with what it is now, and with what it was unless it is only on or off.
func changeText(p locale.Printer, c moderation.Change) string {
	args := locale.Args{"name": SettingName(p, c.Setting), "from": changedValue(p, c.Setting, c.From), "to": changedValue(p, c.Setting, c.To)}
	if c.To == "on" && c.From == "off" || c.To == "off" && c.From == "on" {
		return p.Text("together.switched", args)
	}
	return p.Text("together.change", args)
}
