package moderation_test

import (
	"context"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// effectsStore keeps the effects of the last decision as they are.
type effectsStore struct {
	*memoryStore
	last []moderation.Effect
}

func (s *effectsStore) Update(ctx context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	out, err := s.memoryStore.Update(ctx, key, decide)
	s.last = out.Effects
	return out, err
}

// A report in private counts like one in the group. Its answer goes with the same commit, at the moment that was fixed before, and
// the outcome that it may bring about comes after that.
func TestPrivateReport(t *testing.T) {
	t.Parallel()
	for name, decides := range map[string]bool{"the first": false, "one that decides": true} {
		s := newFixture(t)
		if decides {
			s.reports(41, anna, bob)
		}
		store := &effectsStore{memoryStore: s.memoryStore}
		due := s.now.Add(3 * time.Second)
		r := s.reportOf(carl, 41)
		r.Private = &moderation.PrivateReport{To: moderation.Person{ID: carl, Language: "en", Private: true}, Due: due, Messages: []int64{9}}
		got, err := moderation.NewCourt(store, s.clock).Report(t.Context(), r)
		if err != nil || got.Open == decides {
			t.Fatalf("%s: %+v, %v", name, got, err)
		}
		var told, outcome bool
		for _, e := range store.last {
			switch e := e.(type) {
			case moderation.TellReporter:
				told = e.Due.Equal(due) && e.To.ID == carl && e.Receipt.Case == got.Case && e.Receipt.Open == got.Open && len(e.Messages) == 1
			case moderation.SendOutcome:
				outcome = outcome || e.To.ID == carl && e.Due.After(due)
			}
		}
		if !told || outcome != decides {
			t.Errorf("%s: told %v, the outcome after it %v: %+v", name, told, outcome, store.last)
		}
	}
}
