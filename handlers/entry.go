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
}

// call sends the entry to a chat.
func (e entry) call(chat int64) bot.Call {
	var c bot.Call
	if e.picture != nil {
		c = bot.SendPhoto(chat, "digest.png", e.picture, e.text)
	} else {
		c = bot.SendMessage(chat, e.text).NoPreview()
	}
	if len(e.rows) > 0 {
		c = c.Keyboard(e.rows)
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
		title = h.title(ctx, e.Chat)
	}
	said := entry{}
	switch e.Topic {
	case moderation.TopicDigest:
		if said, err = digestEntry(p, chat.Book, *e.Digest); err != nil {
			return said, err
		}
	case moderation.TopicDecided, moderation.TopicHanded, moderation.TopicHand, moderation.TopicOverturned,
		moderation.TopicPardoned, moderation.TopicHarsher, moderation.TopicCorrected:
		said, err = h.caseEntry(ctx, p, chat, e)
		if errors.Is(err, moderation.ErrNoCase) {
			return said, nil
		}
		if err != nil {
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
		said.text = p.Text("entry.freed_"+string(e.Step.Deed), locale.Args{"by": byName(p, e.By), "name": e.Name})
	case moderation.TopicPurged:
		said.text = p.Text("entry.purged", locale.Args{"by": byName(p, e.By), "count": e.Count})
	case moderation.TopicComplaints:
		said.text = p.Text("entry.complaints", locale.Args{"count": e.Count, "from": p.Day(e.Digest.From), "to": p.Day(e.Digest.To)})
	default:
		said.text = p.Text("admins."+string(e.Topic), locale.Args{"case": e.Case, "missing": missing(p, chat.Rights)})
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
	return by.Name
}

// caseEntry is a case with what an admin did to it, if one did.
func (h *Handlers) caseEntry(ctx context.Context, p locale.Printer, chat moderation.Chat, e moderation.Effect) (entry, error) {
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if err != nil {
		return entry{}, err
	}
	args := locale.Args{"by": byName(p, e.By), "case": e.Case}
	var did string
	switch e.Topic {
	case moderation.TopicHanded:
		did = p.Text("entry.handed", args)
	case moderation.TopicHand:
		did = p.Text("entry.hand", args)
	case moderation.TopicOverturned:
		did = p.Text("entry.overturned", args)
	case moderation.TopicPardoned:
		did = p.Text("entry.pardoned", args)
	case moderation.TopicCorrected:
		did = p.Text("entry.corrected", args)
	case moderation.TopicHarsher:
		did = p.Text("entry.harsher", args)
	default:
		if cs.ByAdmin && (e.By.ID != 0 || e.By.Name != "") {
			did = p.Text("entry.decided", args)
		}
	}
	text, err := h.caseText(ctx, p, cs, false)
	if err != nil {
		return entry{}, err
	}
	if did != "" {
		text = did + "\n\n" + text
	}
	return entry{text: text, rows: caseButtons(p, chat, cs)}, nil
}
