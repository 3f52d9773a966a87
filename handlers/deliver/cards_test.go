package deliver_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// drawCard has the card of an open case with two votes drawn.
func drawCard(t *testing.T, change func(*grouptest.Group)) (*grouptest.Group, error) {
	t.Helper()
	g, d := newGroup(t, grouptest.Case(moderation.Open, func(c *moderation.Case) {
		c.Votes, c.Breaks, c.CardVotes, c.Card, c.Appeared = 2, 2, 1, 77, noon.Add(-time.Minute)
	}))
	change(g)
	return g, d.Deliver(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: groupID}, Case: "7KQ2", Open: true})
}

// A vote that falls into the moment of an edit waits for the next one. Else the second edit would say when it was cast.
func TestEditWaitsForItsMomentAfterAnother(t *testing.T) {
	for _, ago := range []time.Duration{0, 100 * time.Millisecond, time.Second} {
		g, err := drawCard(t, func(g *grouptest.Group) {
			g.Docket.Case.CardEdited, g.Docket.Case.Appeared = noon.Add(-ago), noon.Add(-ago).Truncate(time.Second)
		})
		var wait *outbox.NotBefore
		if !errors.As(err, &wait) || wait.Also != outbox.NothingElse || !wait.Until.After(noon) || wait.Until.Sub(noon) > 15*time.Second || len(g.Sent) > 0 {
			t.Errorf("%v after an edit: %v, sent %+v", ago, err, g.Sent)
		}
	}
	g, err := drawCard(t, func(g *grouptest.Group) { g.Docket.Case.CardEdited = noon.Add(-15 * time.Second) })
	if !errors.Is(err, outbox.ErrNoted) || len(g.Sent) != 1 {
		t.Errorf("at its moment: %v, sent %+v", err, g.Sent)
	}
}

// unmodified says that a message is as it was, as Telegram does if the answer to an edit was lost.
type unmodified struct{ groupsTelegram }

func (unmodified) Do(_ context.Context, call wire.Call) (wire.Result, error) {
	return wire.Result{}, &wire.Error{Method: call.Method, Code: 400, Description: "Bad Request: message is not modified"}
}

// After an edit whose answer was lost it is known what the card shows. Else taking the vote back would leave its number there.
func TestEditWhoseAnswerWasLostIsNoted(t *testing.T) {
	g := grouptest.New(grouptest.Case(moderation.Open, func(c *moderation.Case) {
		c.Votes, c.Breaks, c.CardVotes, c.Card, c.Appeared = 2, 2, 1, 77, noon.Add(-time.Minute)
	}))
	d := deliver.New(moderation.NewCourt(g, grouptest.Now), databaseOf(g), unmodified{telegramOf(g)}, grouptest.Now, slog.New(slog.DiscardHandler))
	err := d.Deliver(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: groupID}, Case: "7KQ2", Open: true})
	if !errors.Is(err, outbox.ErrNoted) || g.Docket.Case.CardVotes != 2 {
		t.Errorf("%v; case %+v", err, g.Docket.Case)
	}
}

// If the moment of a card falls into a pause, the admins are shown the case instead: they decide then.
func TestCardWhoseMomentFallsIntoAPause(t *testing.T) {
	g, err := drawCard(t, func(g *grouptest.Group) {
		g.Docket.Case.Card, g.Docket.Case.Appeared = 0, time.Time{}
		g.Docket.Chat.Paused = noon.Add(time.Hour)
	})
	if err != nil || len(g.Sent) > 0 || !g.Docket.Case.Listed || len(g.Effects) != 1 {
		t.Errorf("%v; sent %+v; committed %+v; case %+v", err, g.Sent, g.Effects, g.Docket.Case)
	}
}
