package view

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// EntryPart is one of several things that admins are told at once.
type EntryPart struct {
	text    string
	id      string                     // of its case, empty if it is about none
	waits   bool                       // for something that an admin has to do
	first   bool                       // it comes before all others, so that nothing can hide it
	changed *moderation.SettingChanged // what it is instead of a text, to be put together with others
}

// ChoiceCase has a button show a case instead of its evidence.
const ChoiceCase = "case"

// TogetherEntry tells several things, a line each. What waits for an admin comes first, with a button for each case, below
// what was done to the log.
func TogetherEntry(p locale.Printer, chat moderation.Chat, lines []EntryPart, more int) LogEntry {
	var first, waits, rest []EntryPart
	for _, line := range joinSettings(p, lines) {
		switch {
		case line.first:
			first = append(first, line)
		case line.waits:
			waits = append(waits, line)
		default:
			rest = append(rest, line)
		}
	}
	all := slices.Concat(first, waits, rest)
	if len(all)+more == 0 {
		return LogEntry{}
	}
	if len(waits) == 0 && len(all) == 1 && more == 0 {
		return LogEntry{Text: all[0].text, Rows: openRows(p, chat, all)}
	}
	var text string
	for i, line := range all {
		next := "\n• " + line.text
		switch i - len(first) {
		case 0:
			if len(waits) > 0 {
				next = "\n\n" + p.Text("together.waits", nil) + next
			}
		case len(waits):
			next = "\n" + next
		}
		if Length(text+next) > MaxText-roomAround {
			more += len(all) - i
			break
		}
		text += next
	}
	if more > 0 {
		text += "\n" + p.Text("together.more", locale.Args{"count": more})
	}
	return LogEntry{Text: strings.TrimLeft(text, "\n"), Rows: openRows(p, chat, all)}
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
		said = []string{caseVerdict(p, CaseFile{Chat: chat, Case: cs}, false)}
		if cs.Verdict == moderation.Upheld && !cs.Swept() {
			said[0] += " " + casePenalty(p, cs)
		}
		said = append(append(said, againLines(p, cs)...), ProgressLines(p, chat.Kind, cs, now)...)
		said = append(said, sweepLines(p, cs)...)
	case tellsPenalty[n.What]:
		said = append(said, penaltySentence(p, cs))
	}
	line := EntryPart{id: cs.ID, waits: waitsFor(cs, reader)}
	if cs.Waits(now) {
		line.waits = line.waits || cs.Jury != jury.Heavy
		said = append(said, pendingPart(p, cs))
	}
	line.text = p.Text("together.case", locale.Args{"case": cs.ID, "text": inOneLine(said)})
	return line
}

// penaltySentence says in a sentence of its own what a case brought.
func penaltySentence(p locale.Printer, cs moderation.Case) string {
	if cs.Until.IsZero() {
		return p.Text("together.penalty", locale.Args{"step": StepName(p, cs.Penalty)})
	}
	return p.Text("together.penalty_until", locale.Args{"step": StepName(p, cs.Penalty), "until": p.Stamp(cs.Until)})
}

// inOneLine puts things one behind the other, with a dot between where none ends a sentence.
func inOneLine(said []string) string {
	line := said[0]
	for _, next := range said[1:] {
		between := between
		if endsSentence.MatchString(line) {
			between = " "
		}
		line += between + next
	}
	return line
}

// endsSentence finds what ends a sentence in one of the languages.
var endsSentence = regexp.MustCompile(`[.!?。！？।؟…]$`)

// pendingPart says the same as [pendingLines], but for the buttons: those are below the case itself.
func pendingPart(p locale.Printer, cs moderation.Case) string {
	args := locale.Args{"step": StepName(p, cs.Pending), "until": p.Stamp(cs.PendingEnds)}
	switch {
	case cs.Jury != jury.Heavy:
		return p.Text("together.pending", args)
	case cs.Pending.HarderThan(cs.Penalty):
		return p.Text("together.pending_jury", args)
	default:
		return p.Text("together.second", args)
	}
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

// joinSettings puts what an admin changed about settings into one line, where the first of it stands. Each change of the log has
// its own, and each by an admin without a name: they may be several.
func joinSettings(p locale.Printer, lines []EntryPart) (joined []EntryPart) {
	at := map[int64]int{}           // where the line of an admin is
	ways := map[int][]*settingWay{} // what it says
	last := map[string]*settingWay{}
	for _, line := range lines {
		if line.changed == nil {
			joined = append(joined, line)
			continue
		}
		by, c := line.changed.By, line.changed.Change
		i, found := at[by.ID]
		if own := moderation.ChangesLog(*line.changed); own || by.ID == 0 || !found {
			i = len(joined)
			joined = append(joined, EntryPart{changed: line.changed, first: own})
			if !own && by.ID != 0 {
				at[by.ID] = i
			}
		}
		if way := last[c.Setting]; way != nil && way.line == i {
			way.values = append(way.values, c.To)
			continue
		}
		last[c.Setting] = &settingWay{i, c.Setting, []string{c.From, c.To}}
		ways[i] = append(ways[i], last[c.Setting])
	}
	for i, all := range ways {
		var texts []string
		for _, way := range all {
			texts = append(texts, way.text(p))
		}
		texts[0] = p.Text("together.changed", locale.Args{"by": byName(p, joined[i].changed.By), "changes": texts[0]})
		joined[i].text = List(p, texts)
	}
	return joined
}

// settingWay is what an admin made of a setting, one value after the other.
type settingWay struct {
	line   int
	name   string
	values []string
}

// text names a setting with what it was and is, and with what it was between unless that is too much. Only on or off is what it
// is now.
func (w settingWay) text(p locale.Printer) string {
	from, to := w.values[0], w.values[len(w.values)-1]
	once := len(w.values) == 2
	var shown []string
	for i, value := range w.values {
		switch left := len(w.values) - i; {
		case i < 2 || left <= 2:
			shown = append(shown, changedValue(p, w.name, value))
		case i == 2:
			shown = append(shown, "…")
		}
	}
	before, on := len(shown)-1, " → "
	if p.RightToLeft() {
		on = " ← " // only the arrows of a text itself are turned
	}
	args := locale.Args{"name": SettingName(p, w.name), "from": strings.Join(shown[:before], on), "to": shown[before]}
	if once && (to == "on" && from == "off" || to == "off" && from == "on") {
		return p.Text("together.switched", args)
	}
	return p.Text("together.change", args)
}
