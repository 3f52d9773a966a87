// Package casefile finds what is kept of a case, for those who show it.
//
// It words nothing, and asks only what is stored.
package casefile

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Cases knows what is kept beside a case.
type Cases interface {
	Evidence(ctx context.Context, chat int64, id string) (moderation.Evidence, bool, error)
	Appeal(ctx context.Context, chat int64, id string) (moderation.Appeal, bool, error)
}

// Media are the files of evidence that are kept.
type Media interface {
	Medium(ctx context.Context, chat int64, id string, part int) ([]byte, bool, error)
}

// Load finds what is kept of a case.
func Load(ctx context.Context, store Cases, chat moderation.Chat, cs moderation.Case) (view.CaseFile, error) {
	f := view.CaseFile{Chat: chat, Case: cs}
	e, kept, err := store.Evidence(ctx, cs.Chat, cs.ID)
	if err != nil {
		return f, err
	}
	if kept {
		f.Evidence = &e
	}
	if cs.Appeal != moderation.BeforeAdmins || cs.Verdict == moderation.Open {
		return f, nil
	}
	a, found, err := store.Appeal(ctx, cs.Chat, cs.ID)
	if found {
		f.Plea = a.Words
	}
	return f, err
}

// Files sends the files of evidence again, from what is kept or, if they are too large for that, as Telegram has them.
// Those that cannot be sent at all are returned, to be named.
func Files(ctx context.Context, kept Media, chat int64, id string, all []moderation.Medium, to int64) (calls []wire.Call, missing []moderation.Medium, err error) {
	for i, m := range all {
		data, found, err := kept.Medium(ctx, chat, id, i)
		switch {
		case err != nil:
			return nil, nil, err
		case found:
			calls = append(calls, wire.Upload(to, m.Kind, view.FileName(m), data))
		default:
			missing = append(missing, m)
			calls = append(calls, wire.SendMedia(to, m.Kind, m.ID, ""))
		}
	}
	return calls, missing, nil
}
