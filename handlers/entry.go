package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// entry words what the admins are told. It names the group, since a log channel may serve several and
// a private chat is nowhere.
func (h *Handlers) entry(ctx context.Context, p locale.Printer, e moderation.Effect) (view.LogEntry, error) {
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return view.LogEntry{}, err
	}
	var title string
	if e.To.ID == 0 || e.To.Private {
		if title, err = h.find.Name(ctx, e.Chat); err != nil {
			return view.LogEntry{}, err
		}
	}
	var said view.LogEntry
	switch {
	case e.Topic == moderation.TopicDigest:
		said, err = view.DigestEntry(p, chat.Book, *e.Digest)
	case view.ShowsCase[e.Topic]:
		if said, err = h.caseEntry(ctx, p, chat, e); errors.Is(err, moderation.ErrNoCase) || err == nil && said.Text == "" {
			return view.LogEntry{}, nil
		}
	default:
		said.Text = view.EntryText(p, chat, e)
	}
	if err != nil {
		return said, err
	}
	if e.To.ID == 0 || e.Topic == moderation.TopicDigest {
		if said.Seal, err = h.memory.Checkpoint(ctx); err != nil {
			return said, err
		}
	}
	if title != "" {
		said.Text = p.Text("entry.group", locale.Args{"group": title}) + "\n" + said.Text
	}
	return said, nil
}

// caseEntry is a case with what an admin did to it, if one did. It is empty if there is nothing to tell any more.
func (h *Handlers) caseEntry(ctx context.Context, p locale.Printer, chat moderation.Chat, e moderation.Effect) (view.LogEntry, error) {
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if err != nil {
		return view.LogEntry{}, err
	}
	if e.Topic == moderation.TopicUndecided && cs.Verdict.Final() {
		return view.LogEntry{}, nil // it was decided meanwhile, of which they are told
	}
	f, err := loadCase(ctx, h.memory, chat, cs)
	if err != nil {
		return view.LogEntry{}, err
	}
	return view.CaseEntry(p, f, e, h.now()), nil
}
