package deliver

import (
	"context"
	"errors"
	"slices"

	"github.com/ostrakon-bot/ostrakon/handlers/casefile"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// entries words what the admins are told.
type entries struct{ teller }

// entry words what the admins are told: one of them, or in the log channel. It names the group, since a log channel may serve several and
// a private chat is nowhere.
func (h entries) entry(ctx context.Context, p locale.Printer, id int64, n moderation.Entry, to moderation.Person) (view.LogEntry, error) {
	chat, err := h.store.Chat(ctx, id)
	if err != nil {
		return view.LogEntry{}, err
	}
	var title string
	if to.ID == 0 || to.Private {
		if title, err = h.find.Name(ctx, id); err != nil {
			return view.LogEntry{}, err
		}
	}
	var said view.LogEntry
	switch n := n.(type) {
	case moderation.DigestEntry:
		said, err = view.DigestEntry(p, chat.Book, n.Digest)
	case moderation.CaseEntry:
		if said, err = h.caseEntry(ctx, p, chat, n); errors.Is(err, moderation.ErrNoCase) || err == nil && said.Text == "" {
			return view.LogEntry{}, nil
		}
	case moderation.Several:
		if said, err = h.several(ctx, p, chat, n.For(to.ID), to.ID); err == nil && said.Text == "" {
			return view.LogEntry{}, nil
		}
	default:
		said.Text = view.EntryText(p, chat, n)
	}
	if err != nil {
		return said, err
	}
	if to.ID == 0 || n.Topic() == moderation.TopicDigest {
		if said.Seal, err = h.store.Checkpoint(ctx); err != nil {
			return said, err
		}
	}
	if title != "" {
		said.Text = p.Text("entry.group", locale.Args{"group": title}) + "\n" + said.Text
	}
	return said, nil
}

// several is what happened in a while.
func (h entries) several(ctx context.Context, p locale.Printer, chat moderation.Chat, n moderation.Several, reader int64) (view.LogEntry, error) {
	var all []view.EntryPart
	for i, e := range n.Entries {
		about, ok := e.(moderation.CaseEntry)
		if !ok {
			all = append(all, view.LineOf(p, chat, e))
			continue
		}
		cs, err := h.store.Case(ctx, chat.ID, about.Case)
		switch {
		case errors.Is(err, moderation.ErrNoCase), err == nil && outdated(about, cs), err == nil && saidLater(about, cs, n.Entries[i+1:]):
		case err != nil:
			return view.LogEntry{}, err
		default:
			all = append(all, view.CaseLine(p, chat, cs, about, h.now(), reader))
		}
	}
	return view.TogetherEntry(p, chat, all, n.More), nil
}

// outdated reports whether an undecided case was decided meanwhile, of which the admins are told.
func outdated(n moderation.CaseEntry, cs moderation.Case) bool {
	return n.What == moderation.TopicUndecided && cs.Verdict.Final()
}

// saidLater reports whether a later entry says how a case ended. What an admin decided is told by itself, also if they have no name.
func saidLater(n moderation.CaseEntry, cs moderation.Case, later []moderation.Entry) bool {
	return n.What == moderation.TopicDecided && n.By == (moderation.Admin{}) && !cs.ByAdmin &&
		slices.ContainsFunc(later, func(e moderation.Entry) bool {
			_, ok := e.(moderation.CaseEntry)
			return ok && e.About() == n.Case
		})
}

// caseEntry is a case with what an admin did to it, if one did. It is empty if there is nothing to tell any more.
func (h entries) caseEntry(ctx context.Context, p locale.Printer, chat moderation.Chat, n moderation.CaseEntry) (view.LogEntry, error) {
	cs, err := h.store.Case(ctx, chat.ID, n.Case)
	if err != nil {
		return view.LogEntry{}, err
	}
	if outdated(n, cs) {
		return view.LogEntry{}, nil
	}
	f, err := casefile.Load(ctx, h.store, chat, cs)
	if err != nil {
		return view.LogEntry{}, err
	}
	return view.CaseEntry(p, f, n, h.now()), nil
}
