package deliver_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Nobody is told that a penalty is over which was never in force: Telegram refused it, or it waited for a right.
func TestOnlyWhatWasInForceIsOver(t *testing.T) {
	t.Parallel()
	for put, over := range map[moderation.Progress]bool{
		moderation.ProgressNone: true, moderation.ProgressDone: true, moderation.ProgressWaits: false, moderation.ProgressAdmin: false,
		moderation.ProgressFailed: false, moderation.ProgressLate: false, moderation.ProgressManual: false,
	} {
		for _, reversal := range []moderation.Reversal{moderation.Overturned, moderation.Pardoned} {
			cs := grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Put, c.Reversed = put, reversal })
			g, _ := newGroup(t, cs)
			d := delivererOf(g, unnoted{databaseOf(g)})
			e := moderation.SendLaterNotice{Waiting: moderation.Waiting{Chat: groupID}, Case: cs.ID, Step: cs.Penalty, To: moderation.Person{ID: author}, Reversal: reversal}
			if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 1 {
				t.Fatalf("%q: sent %+v, %v", put, g.Sent, err)
			}
			key := "news." + string(reversal)
			if !over {
				key += "_not_put"
			}
			want := english(key, locale.Args{"case": cs.ID, "step": "a mute for 1 hour"})
			if text := g.Sent[0].Params["text"]; text != want {
				t.Errorf("%q: it says %q, want %q", put, text, want)
			}
		}
	}
}
