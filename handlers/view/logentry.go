package view

import (
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// LogEntry is what admins are told: in the log channel, in private, or ephemerally in the group.
type LogEntry struct {
	Text    string
	Rows    [][]wire.Button
	picture []byte // a PNG; the text is its caption then
	quiet   bool   // it makes no sound
	folded  bool   // it quotes nobody, so that its checkpoint may be folded up
	Seal    string // the checkpoint of the ledger, for what is to be kept; empty = none
}

// captionMost is how long a caption may be, in characters.
const captionMost = 1024

// Call sends the entry to a chat.
func (e LogEntry) Call(chat int64) wire.Call {
	seal := Sealed
	if e.folded {
		seal = sealedBelow
	}
	text := seal(e.Text, e.Seal)
	for words := e.Text; e.picture != nil && Length(text) > captionMost; text = seal(words, e.Seal) {
		last := strings.LastIndex(words, "\n")
		if last < 0 {
			break
		}
		words = words[:last] // a digest of very large numbers: the picture has the main ones
	}
	var c wire.Call
	if e.picture != nil {
		c = wire.SendPhoto(chat, "digest.png", e.picture, text)
	} else {
		c = wire.SendMessage(chat, text).NoPreview()
	}
	if len(e.Rows) > 0 {
		c = c.Keyboard(e.Rows)
	}
	if e.quiet {
		c = c.Quiet()
	}
	return c
}

// EntryText words a log entry that shows neither a case nor a digest.
func EntryText(p locale.Printer, chat moderation.Chat, entry moderation.Entry) string {
	switch n := entry.(type) {
	case moderation.SettingChanged:
		return p.Text("entry.setting", locale.Args{
			"by": byName(p, n.By), "name": SettingName(p, n.Change.Setting),
			"from": changedValue(p, n.Change.Setting, n.Change.From), "to": changedValue(p, n.Change.Setting, n.Change.To),
		})
	case moderation.RuleChanged:
		return amendedText(p, chat.Book, n)
	case moderation.PenaltyEnded:
		return p.Text("entry.freed_"+string(n.Step.Kind), locale.Args{"by": byName(p, n.By), "name": NameText(p, n.Name)})
	case moderation.ManualPenaltyKept:
		return manualText(p, n)
	case moderation.MessagesPurged:
		return p.Text("entry.purged", locale.Args{"by": byName(p, n.By), "count": n.Count})
	case moderation.ComplaintsEntry:
		return p.Text("entry.complaints", locale.Args{"count": n.Count, "from": p.Day(n.Digest.From), "to": p.Day(n.Digest.To)})
	case moderation.RightsDue:
		return rightsText(p, chat, nil)
	case moderation.RightsEntry:
		return rightsText(p, chat, &n)
	default:
		return p.Text("admins."+string(entry.Topic()), locale.Args{"case": entry.About()})
	}
}

// CaseEntry is the log entry of a case, with what an admin did to it.
func CaseEntry(p locale.Printer, f CaseFile, n moderation.CaseEntry, now time.Time) LogEntry {
	text := caseText(p, f, now, false, toldAbove[n.What])
	if did := didText(p, f.Case, n); did != "" {
		text = did + "\n" + text
	}
	return LogEntry{Text: text, Rows: CaseButtons(p, f.Chat, f.Case, now), quiet: n.What == moderation.TopicUndecided}
}

// didText says what happened to a case, if the case itself does not say all of it.
func didText(p locale.Printer, cs moderation.Case, n moderation.CaseEntry) string {
	byAdmin := n.By.ID != 0 || n.By.Name != ""
	switch {
	case unheaded[n.What]:
	case n.What == moderation.TopicAppealStands && !byAdmin:
		return p.Text("entry.jury_stands", nil)
	case n.What == moderation.TopicConfirmed && !byAdmin:
		return p.Text("entry.confirmed_jury", nil)
	case n.What == moderation.TopicDropped && !byAdmin:
		return p.Text("entry.dropped_jury", nil)
	case n.What != moderation.TopicDecided || cs.ByAdmin && byAdmin:
		return p.Text("entry."+string(n.What), locale.Args{"by": byName(p, n.By), "case": n.Case})
	}
	return ""
}

// unheaded are the topics of which the case itself says all there is to say.
var unheaded = map[moderation.Topic]bool{
	moderation.TopicUndecided: true, moderation.TopicAgain: true, moderation.TopicAgainAsks: true,
	moderation.TopicDelivered: true,
}

// toldAbove is what of a case the line above it says, by its topic.
var toldAbove = map[moderation.Topic]told{
	moderation.TopicOverturned: toldReversal, moderation.TopicPardoned: toldReversal, moderation.TopicJury: toldReversal,
	moderation.TopicAppealed: toldAppeal, moderation.TopicAppealAsks: toldAppeal,
	moderation.TopicAppealStands: toldAppeal, moderation.TopicAppealLapsed: toldAppeal,
}
