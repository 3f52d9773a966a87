package handlers

import (
	"context"
	"errors"

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
	said := entry{}
	switch e.Topic {
	case moderation.TopicDigest:
		if said, err = digestEntry(p, chat.Book, *e.Digest); err != nil {
			return said, err
		}
	case moderation.TopicDecided, moderation.TopicUndecided, moderation.TopicAgain, moderation.TopicAgainAsks,
		moderation.TopicConfirmed, moderation.TopicDropped, moderation.TopicHand, moderation.TopicOverturned, moderation.TopicPardoned,
		moderation.TopicHarsher, moderation.TopicCorrected, moderation.TopicAppealed, moderation.TopicAppealAsks, moderation.TopicAppealStands,
		moderation.TopicAppealLapsed, moderation.TopicJury, moderation.TopicDelivered:
		said, err = h.caseEntry(ctx, p, chat, e)
		if errors.Is(err, moderation.ErrNoCase) {
			return said, nil
		}
		if err != nil || said.text == "" {
			return said, err
		}
	case moderation.TopicSetting:
		said.text = p.Text("entry.setting", locale.Args{
			"by": byName(p, e.By), "name": settingName(p, e.Change.Setting),
			"from": valueName(p, e.Change.Setting, e.Change.From), "to": valueName(p, e.Change.Setting, e.Change.To),
		})
	case moderation.TopicRule:
		said.text = amendedText(p, chat.Book, e)
	case moderation.TopicFreed:
		said.text = p.Text("entry.freed_"+string(e.Step.Deed), locale.Args{"by": byName(p, e.By), "name": nameText(p, e.Name)})
	case moderation.TopicByHand:
		said.text = byHandText(p, e)
	case moderation.TopicPurged:
		said.text = p.Text("entry.purged", locale.Args{"by": byName(p, e.By), "count": e.Count})
	case moderation.TopicComplaints:
		said.text = p.Text("entry.complaints", locale.Args{"count": e.Count, "from": p.Day(e.Digest.From), "to": p.Day(e.Digest.To)})
	case moderation.TopicRights:
		said.text = rightsText(p, chat, e.Rights)
	default:
		said.text = p.Text("admins."+string(e.Topic), locale.Args{"case": e.Case})
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

// byName is what an admin is called who did something.
func byName(p locale.Printer, by moderation.Admin) string {
	if by.Name == "" {
		return p.Text("entry.anonymous", nil)
	}
	return nameText(p, by.Name)
}

// caseEntry is a case with what an admin did to it, if one did.
func (h *Handlers) caseEntry(ctx context.Context, p locale.Printer, chat moderation.Chat, e moderation.Effect) (entry, error) {
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if err != nil {
		return entry{}, err
	}
	if e.Topic == moderation.TopicUndecided && cs.Verdict.Final() {
		return entry{}, nil // it was decided meanwhile, of which they are told
	}
	var did string
	byAdmin := e.By.ID != 0 || e.By.Name != ""
	switch {
	case unheaded[e.Topic]:
	case e.Topic == moderation.TopicAppealStands && !byAdmin:
		did = p.Text("entry.jury_stands", nil)
	case e.Topic != moderation.TopicDecided || cs.ByAdmin && byAdmin:
		did = p.Text("entry."+string(e.Topic), locale.Args{"by": byName(p, e.By), "case": e.Case})
	}
	text, err := h.caseText(ctx, p, cs, false)
	if err != nil {
		return entry{}, err
	}
	if did != "" {
		text = did + "\n\n" + text
	}
	return entry{text: text, rows: h.caseButtons(p, chat, cs), quiet: e.Topic == moderation.TopicUndecided}, nil
}

// unheaded are the topics of which the case itself says all there is to say.
var unheaded = map[moderation.Topic]bool{
	moderation.TopicUndecided: true, moderation.TopicAgain: true, moderation.TopicAgainAsks: true,
	moderation.TopicDelivered: true,
}
