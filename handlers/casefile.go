package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// loadCase finds what is kept of a case.
func loadCase(ctx context.Context, memory caseFiles, chat moderation.Chat, cs moderation.Case) (view.CaseFile, error) {
	f := view.CaseFile{Chat: chat, Case: cs}
	e, kept, err := memory.Evidence(ctx, cs.Chat, cs.ID)
	if err != nil {
		return f, err
	}
	if kept {
		f.Evidence = &e
	}
	if cs.Appeal != moderation.BeforeAdmins || cs.Verdict == moderation.Open {
		return f, nil
	}
	a, found, err := memory.Appeal(ctx, cs.Chat, cs.ID)
	if found {
		f.Plea = a.Words
	}
	return f, err
}
