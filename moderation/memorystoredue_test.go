package moderation_test

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func (m *memoryStore) Due(_ context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	var due []moderation.CaseRef
	for _, k := range m.cases {
		if !k.Verdict.Final() && k.Over(now) && len(due) < limit {
			due = append(due, moderation.CaseRef{Chat: k.Chat, ID: k.ID})
		}
	}
	return due, nil
}

func (m *memoryStore) ClocksDue(_ context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	var due []moderation.CaseRef
	for _, k := range m.cases {
		if !k.Verdict.Final() && !k.ClockDue.IsZero() && !k.ClockDue.After(now) && len(due) < limit {
			due = append(due, moderation.CaseRef{Chat: k.Chat, ID: k.ID})
		}
	}
	return due, nil
}

func (m *memoryStore) PausesDue(_ context.Context, now time.Time, limit int) ([]int64, error) {
	var due []int64
	for id, c := range m.chats {
		if !c.Paused.IsZero() && !c.Paused.After(now) && len(due) < limit {
			due = append(due, id)
		}
	}
	return due, nil
}

func (m *memoryStore) Open(_ context.Context, chat int64) ([]moderation.CaseRef, error) {
	var open []moderation.CaseRef
	for _, k := range m.cases {
		if k.Chat == chat && k.Verdict == moderation.Open {
			open = append(open, moderation.CaseRef{Chat: chat, ID: k.ID})
		}
	}
	return open, nil
}

func (m *memoryStore) AppealsDue(_ context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	var due []moderation.CaseRef
	for _, k := range m.cases {
		if k.Appeal == moderation.BeforeAdmins && !k.AppealDue.After(now) && len(due) < limit {
			due = append(due, moderation.CaseRef{Chat: k.Chat, ID: k.ID})
		}
	}
	return due, nil
}

func (m *memoryStore) DigestsDue(_ context.Context, now time.Time, limit int) ([]int64, error) {
	var due []int64
	for id, c := range m.chats {
		if c.Rights.Member && !c.DigestDue.After(now) {
			due = append(due, id)
		}
	}
	slices.SortFunc(due, func(a, b int64) int {
		return cmp.Or(m.chats[a].DigestDue.Compare(m.chats[b].DigestDue), cmp.Compare(a, b))
	})
	return due[:min(limit, len(due))], nil
}

func (m *memoryStore) JuriesDue(_ context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	var due []*kept
	for _, k := range m.cases {
		if !k.JuryDue.IsZero() && !k.JuryDue.After(now) {
			due = append(due, k)
		}
	}
	slices.SortStableFunc(due, func(a, b *kept) int { return a.JuryDue.Compare(b.JuryDue) })
	var refs []moderation.CaseRef
	for _, k := range due[:min(limit, len(due))] {
		refs = append(refs, moderation.CaseRef{Chat: k.Chat, ID: k.ID})
	}
	return refs, nil
}
