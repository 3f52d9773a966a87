package handlers

import (
	"context"
	"errors"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// entry is one thing that admins are told: in the log channel, in private, or ephemerally.
type entry struct {
	text    string
	rows    [][]bot.Button
	picture []byte // a PNG; the text is its caption then
	quiet   bool   // it makes no sound
	seal    string // the checkpoint of the ledger, for what is to be kept; empty = none
}

// captionMost is how long a caption may be, in characters.
const captionMost = 1024

// call sends the entry to a chat.
func (e entry) call(chat int64) bot.Call {
	text, offset, length := e.text, 0, 0
	if e.seal != "" {
		text, offset, length = sealed(e.text, e.seal)
	}
	if e.picture != nil && utf16Len(text) > captionMost {
		text, length = e.text, 0 // a digest of very large numbers; the next entry brings a checkpoint that covers this one too
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
	if len(e.rows) > 0 {
		c = c.Keyboard(e.rows)
	}
	if e.quiet {
		c = c.Quiet()
	}
	return c
}

// entry words what the admins are told. It names the group, since a log channel may serve several and
// a private chat is nowhere.
func (h *Handlers) entry(ctx context.Context, p locale.Printer, e moderation.Effect) (entry, error) {
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return entry{}, err
	}
	var title string
	if e.To.ID == 0 || e.To.Private {
		if title, err = h.name(ctx, e.Chat); err != nil {
			return entry{}, err
		}
	}
	var said entry
	switch {
	case e.Topic == moderation.TopicDigest:
		said, err = digestEntry(p, chat.Book, *e.Digest)
	case ofCases[e.Topic]:
		if said, err = h.caseEntry(ctx, p, chat, e); errors.Is(err, moderation.ErrNoCase) || err == nil && said.text == "" {
			return entry{}, nil
		}
	default:
		said.text = entryText(p, chat, e)
	}
	if err != nil {
		return said, err
	}
	if e.To.ID == 0 || e.Topic == moderation.TopicDigest {
		if said.seal, err = h.memory.Checkpoint(ctx); err != nil {
			return said, err
		}
	}
	if title != "" {
		said.text = p.Text("entry.group", locale.Args{"group": title}) + "\n" + said.text
	}
	return said, nil
}

// ofCases are the topics of which the case itself is shown.
var ofCases = map[moderation.Topic]bool{
	moderation.TopicDecided: true, moderation.TopicUndecided: true, moderation.TopicAgain: true, moderation.TopicAgainAsks: true,
	moderation.TopicConfirmed: true, moderation.TopicDropped: true, moderation.TopicHand: true, moderation.TopicOverturned: true,
	moderation.TopicPardoned: true, moderation.TopicHarsher: true, moderation.TopicCorrected: true, moderation.TopicAppealed: true,
	moderation.TopicAppealAsks: true, moderation.TopicAppealStands: true, moderation.TopicAppealLapsed: true, moderation.TopicJury: true,
	moderation.TopicDelivered: true,
}

// entryText words what the admins are told of anything but a case or a digest.
func entryText(p locale.Printer, chat moderation.Chat, e moderation.Effect) string {
	switch e.Topic {
	case moderation.TopicSetting:
		return p.Text("entry.setting", locale.Args{
			"by": byName(p, e.By), "name": settingName(p, e.Change.Setting),
			"from": valueName(p, e.Change.Setting, e.Change.From), "to": valueName(p, e.Change.Setting, e.Change.To),
		})
	case moderation.TopicRule:
		return amendedText(p, chat.Book, e)
	case moderation.TopicFreed:
		return p.Text("entry.freed_"+string(e.Step.Deed), locale.Args{"by": byName(p, e.By), "name": nameText(p, e.Name)})
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

// byName is what an admin is called who did something.
func byName(p locale.Printer, by moderation.Admin) string {
	if by.Name == "" {
		return p.Text("entry.anonymous", nil)
	}
	return nameText(p, by.Name)
}

// caseEntry is a case with what an admin did to it, if one did. It is empty if there is nothing to tell any more.
func (h *Handlers) caseEntry(ctx context.Context, p locale.Printer, chat moderation.Chat, e moderation.Effect) (entry, error) {
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if err != nil {
		return entry{}, err
	}
	if e.Topic == moderation.TopicUndecided && cs.Verdict.Final() {
		return entry{}, nil // it was decided meanwhile, of which they are told
	}
	f, err := h.caseFile(ctx, chat, cs)
	if err != nil {
		return entry{}, err
	}
	return caseEntry(p, f, e, h.now()), nil
}

// caseEntry words a case with what an admin did to it, if one did.
func caseEntry(p locale.Printer, f caseFile, e moderation.Effect, now time.Time) entry {
	var did string
	byAdmin := e.By.ID != 0 || e.By.Name != ""
	switch {
	case unheaded[e.Topic]:
	case e.Topic == moderation.TopicAppealStands && !byAdmin:
		did = p.Text("entry.jury_stands", nil)
	case e.Topic != moderation.TopicDecided || f.cs.ByAdmin && byAdmin:
		did = p.Text("entry."+string(e.Topic), locale.Args{"by": byName(p, e.By), "case": e.Case})
	}
	text := caseText(p, f, now, false)
	if did != "" {
		text = did + "\n\n" + text
	}
	return entry{text: text, rows: caseButtons(p, f.chat, f.cs, now), quiet: e.Topic == moderation.TopicUndecided}
}

// unheaded are the topics of which the case itself says all there is to say.
var unheaded = map[moderation.Topic]bool{
	moderation.TopicUndecided: true, moderation.TopicAgain: true, moderation.TopicAgainAsks: true,
	moderation.TopicDelivered: true,
}
