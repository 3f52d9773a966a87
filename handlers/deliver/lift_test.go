package deliver_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// unnoted is a database from before it was noted what the bot put on whom.
type unnoted struct{ database }

func (unnoted) Restraint(context.Context, int64, int64) (moderation.Restraint, error) {
	return moderation.Restraint{}, nil
}

// The ban of a channel that ended while the bot was down, to begin anew as this release, is lifted. One that was never put is not.
func TestLiftsBansOfTheReleaseBefore(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		put      moderation.Progress
		reversed moderation.Reversal
		lifts    bool
	}{
		"of the release before": {moderation.ProgressNone, "", true},
		"waited":                {moderation.ProgressLate, "", false},
		"dropped":               {moderation.ProgressNone, moderation.Pardoned, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cs := moderation.Case{
				ID: "7K3Q", Chat: groupID, CaseMessage: moderation.CaseMessage{Author: moderation.Author{ID: -1009, Channel: true}}, Verdict: moderation.Upheld,
				CasePenalty: moderation.CasePenalty{Penalty: ladder.Step{Kind: ladder.Ban, For: time.Hour}, Until: noon.Add(-time.Minute), Put: test.put}, CaseReview: moderation.CaseReview{Reversed: test.reversed},
			}
			g, _ := newGroup(t, cs)
			d := delivererOf(g, unnoted{databaseOf(g)})
			err := d.Deliver(t.Context(), moderation.LiftBan{Waiting: moderation.Waiting{Chat: groupID}, Case: cs.ID, Author: cs.Author})
			if err != nil && !errors.Is(err, outbox.ErrNoted) {
				t.Fatal(err)
			}
			var methods []string
			for _, call := range g.Sent {
				methods = append(methods, call.Method)
			}
			if lifts := slices.Contains(methods, "unbanChatSenderChat"); lifts != test.lifts {
				t.Errorf("it calls %v", methods)
			}
		})
	}
}
