package deliver_test

import (
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// A ban that follows its notice at once does not ask Telegram again who the author is. One that comes later does, and one before
// which something else asked.
func TestBanAfterItsNotice(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		later   time.Duration
		between []moderation.Effect
		asked   int // for the bot's rights, the author before the notice, what is between, and perhaps the author before the ban
	}{
		"at once":       {0, nil, 2},
		"after a while": {2 * time.Second, nil, 3},
		"behind another": {0, []moderation.Effect{
			moderation.CheckManual{Waiting: moderation.Waiting{Chat: groupID}, Author: moderation.Author{ID: author}},
		}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ban := ladder.Step{Kind: ladder.Ban}
			cs := grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Penalty, c.Until = ban, time.Time{} })
			g := grouptest.New(cs)
			now := noon
			d := deliver.New(moderation.NewCourt(g, grouptest.Now), unnoted{databaseOf(g)}, telegramOf(g), func() time.Time { return now }, slog.New(slog.DiscardHandler))
			to := moderation.Person{ID: author}
			for _, e := range slices.Concat([]moderation.Effect{
				moderation.SendNotice{Waiting: moderation.Waiting{Chat: groupID}, Notice: moderation.Notice{Case: cs.ID, To: to, First: true, Step: ban}},
			}, test.between, []moderation.Effect{
				moderation.PutPenalty{Waiting: moderation.Waiting{Chat: groupID}, Case: cs.ID, Author: moderation.Author{ID: author}, Step: ban},
			}) {
				if err := d.Deliver(t.Context(), e); err != nil && !errors.Is(err, outbox.ErrNoted) {
					t.Fatal(err)
				}
				now = now.Add(test.later)
			}
			if n := g.Asked("getChatMember"); n != test.asked {
				t.Errorf("Telegram is asked %d times, want %d", n, test.asked)
			}
			if len(g.Sent) != 2 || g.Sent[0].Method != "sendMessage" || g.Sent[1].Method != "banChatMember" {
				t.Errorf("it calls %+v", g.Sent)
			}
		})
	}
}
