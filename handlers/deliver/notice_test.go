package deliver_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Whoever gets the penalty that waited reads what it is and, if that cost them more of their standing, where they stand.
func TestAuthorIsToldOfAConfirmedPenalty(t *testing.T) {
	for _, c := range []struct {
		score *moderation.Score
		want  string
	}{
		{&moderation.Score{Cost: 40, Now: 60, Tier: standing.TierWatched}, "\nStanding 60 (−40): watched · 7KQ2"},
		{nil, ""},
	} {
		g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(c *moderation.Case) {
			c.Votes, c.Breaks, c.Penalty, c.Until = 5, 5, ladder.Step{Kind: ladder.Ban}, time.Time{}
		}))
		e := moderation.SendNotice{Waiting: moderation.Waiting{Chat: groupID}, Notice: moderation.Notice{Case: "7KQ2", To: moderation.Person{ID: author}, Harsher: true, Standing: c.score, Step: ladder.Step{Kind: ladder.Ban}}}
		if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 1 {
			t.Fatalf("sent %+v, %v", g.Sent, err)
		}
		text := g.Sent[0].Params["text"].(string)
		if !strings.HasPrefix(text, "You're banned for good.\nAn admin made your penalty harder.\n") || !strings.Contains(text, c.want) || strings.Contains(text, "Standing") != (c.want != "") {
			t.Errorf("it says %q", text)
		}
	}
}
