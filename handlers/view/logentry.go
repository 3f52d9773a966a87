package view

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// LogEntry is what admins are told: in the log channel, in private, or ephemerally in the group.
type LogEntry struct {
	Text    string
	Rows    [][]bot.Button
	picture []byte // a PNG; the text is its caption then
	quiet   bool   // it makes no sound
	Seal    string // the checkpoint of the ledger, for what is to be kept; empty = none
}

// captionMost is how long a caption may be, in characters.
const captionMost = 1024

// Call sends the entry to a chat.
func (e LogEntry) Call(chat int64) bot.Call {
	text, offset, length := e.Text, 0, 0
	if e.Seal != "" {
		text, offset, length = Sealed(e.Text, e.Seal)
	}
	if e.picture != nil && Length(text) > captionMost {
		text, length = e.Text, 0 // a digest of very large numbers; the next entry brings a checkpoint that covers this one too
	}
	var c bot.Call
	if e.picture != nil {
		c = bot.SendPhoto(chat, "digest.png", e.picture, text)
	} else {
		c = bot.SendMessage(chat, text).NoPreview()
	}
	if length > 0 {
		c = c.Fold(offset, length)
	}
	if len(e.Rows) > 0 {
		c = c.Keyboard(e.Rows)
	}
	if e.quiet {
		c = c.Quiet()
	}
	return c
}

// ShowsCase lists the topics whose log entry shows the case itself.
var ShowsCase = map[moderation.Topic]bool{
	moderation.TopicDecided: true, moderation.TopicUndecided: true, moderation.TopicAgain: true, moderation.TopicAgainAsks: true,
	moderation.TopicConfirmed: true, moderation.TopicDropped: true, moderation.TopicHand: true, moderation.TopicOverturned: true,
	moderation.TopicPardoned: true, moderation.TopicHarsher: true, moderation.TopicCorrected: true, moderation.TopicAppealed: true,
	moderation.TopicAppealAsks: true, moderation.TopicAppealStands: true, moderation.TopicAppealLapsed: true, moderation.TopicJury: true,
	moderation.TopicDelivered: true,
}

// EntryText words a log entry that shows neither a case nor a digest.
func EntryText(p locale.Printer, chat moderation.Chat, e moderation.Effect) string {
	switch e.Topic {
	case moderation.TopicSetting:
		return p.Text("entry.setting", locale.Args{
			"by": byName(p, e.By), "name": SettingName(p, e.Change.Setting),
			"from": valueName(p, e.Change.Setting, e.Change.From), "to": valueName(p, e.Change.Setting, e.Change.To),
		})
	case moderation.TopicRule:
		return amendedText(p, chat.Book, e)
	case moderation.TopicFreed:
		return p.Text("entry.freed_"+string(e.Step.Deed), locale.Args{"by": byName(p, e.By), "name": NameText(p, e.Name)})
	case moderation.TopicByHand:
		return byHandText(p, e)
	case moderation.TopicPurged:
		return p.Text("entry.purged", locale.Args{"by": byName(p, e.By), "count": e.Count})
	case moderation.TopicComplaints:
		return p.Text("entry.complaints", locale.Args{"count": e.Count, "from": p.Day(e.Digest.From), "to": p.Day(e.Digest.To)})
	case moderation.TopicRights:
		return rightsText(p, chat, e.Rights)
	default:
		return p.Text("admins."+string(e.Topic), locale.Args{"case": e.Case})
	}
}

// CaseEntry is the log entry of a case, with what an admin did to it.
func CaseEntry(p locale.Printer, f CaseFile, e moderation.Effect, now time.Time) LogEntry {
	var did string
	byAdmin := e.By.ID != 0 || e.By.Name != ""
	switch {
	case unheaded[e.Topic]:
	case e.Topic == moderation.TopicAppealStands && !byAdmin:
		did = p.Text("entry.jury_stands", nil)
	case e.Topic != moderation.TopicDecided || f.Case.ByAdmin && byAdmin:
		did = p.Text("entry."+string(e.Topic), locale.Args{"by": byName(p, e.By), "case": e.Case})
	}
	text := CaseText(p, f, now, false)
	if did != "" {
		text = did + "\n\n" + text
	}
	return LogEntry{Text: text, Rows: CaseButtons(p, f.Chat, f.Case, now), quiet: e.Topic == moderation.TopicUndecided}
}

// unheaded are the topics of which the case itself says all there is to say.
var unheaded = map[moderation.Topic]bool{
	moderation.TopicUndecided: true, moderation.TopicAgain: true, moderation.TopicAgainAsks: true,
	moderation.TopicDelivered: true,
}

// DigestEntry is the text and the picture of a digest.
func DigestEntry(p locale.Printer, book moderation.Book, d stats.Digest) (LogEntry, error) {
	title := p.Text("digest.title", locale.Args{"from": p.Day(d.From), "to": p.Day(d.To.Add(-time.Second))})
	if d.Empty {
		return LogEntry{Text: title + " " + p.Text("digest.empty", nil)}, nil
	}
	picture, err := drawDigest(d)
	if err != nil {
		return LogEntry{}, err
	}
	return LogEntry{Text: title + "\n\n" + digestText(p, book, d), picture: picture}, nil
}
