package moderation_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// TestWorldFollowsTheBooks lets admins punish, overturn, pardon, harden and free as they like, carries
// everything out as a caring hand would, and compares what Mallory suffers with what the books say.
func TestWorldFollowsTheBooks(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]moderation.Kind{"supergroup": moderation.Supergroup, "basic": moderation.Basic} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				w := &world{fixture: newFixtureFor(context.Background(), t)}
				w.chats[club].Kind = kind
				t.Repeat(map[string]func(*rapid.T){
					"punish":   w.punish,
					"overturn": w.overturn,
					"pardon":   w.pardon,
					"harsher":  w.harden,
					"free":     w.free,
					"wait":     w.wait,
					"upgrade":  w.upgrade,
					"":         w.check,
				})
			})
		})
	}
}

// world is a fixture and what Telegram does to Mallory.
type world struct {
	*fixture
	muted, banned time.Time // until when; forever if there is no end
	message       int64
}

// forever is the end of what has none.
var forever = noon.AddDate(1000, 0, 0)

// drawKept draws one of the cases.
func (w *world) drawKept(t *rapid.T) *kept {
	if len(w.cases) == 0 {
		t.Skip("no cases")
	}
	return rapid.SampledFrom(w.cases).Draw(t, "case")
}

// done says that something was granted, or refused with one of the codes.
func (w *world) done(t *rapid.T, err error, codes ...moderation.Code) {
	var no *moderation.Refusal
	if err != nil && (!errors.As(err, &no) || !slices.Contains(codes, no.Code)) {
		t.Fatalf("answered %v", err)
	}
}

func (w *world) punish(t *rapid.T) {
	w.message++
	w.manually(w.message, rapid.SampledFrom([]string{"warn", "mute", "mute 2h", "mute 2d", "kick", "ban 3h", "ban 3d", "ban"}).Draw(t, "step"))
}

func (w *world) overturn(t *rapid.T) {
	w.done(t, w.fixture.overturn(w.drawKept(t)), moderation.RefuseReversed)
}

func (w *world) pardon(t *rapid.T) {
	_, err := w.fixture.pardon(human)
	w.done(t, err, moderation.RefuseClean)
}

func (w *world) harden(t *rapid.T) {
	k := w.drawKept(t)
	w.done(t, w.fixture.harsher(k, k.Penalty.String()), moderation.RefuseReversed, moderation.RefuseTop)
}

func (w *world) free(t *rapid.T) {
	penalty := rapid.SampledFrom([]ladder.Penalty{ladder.Mute, ladder.Ban}).Draw(t, "penalty")
	w.must(w.court.Free(w.ctx, moderation.Release{Update: w.next(), Chat: club, By: boss, Author: human, Penalty: penalty, Held: true}))
}

func (w *world) wait(t *rapid.T) {
	w.now = w.now.Add(time.Duration(rapid.IntRange(1, 40).Draw(t, "hours")) * time.Hour)
}

func (w *world) upgrade(*rapid.T) { w.chats[club].Kind = moderation.Supergroup }

// carry does what the effects say, as Telegram and whoever carries them out would.
func (w *world) carry(e queuedEffect) {
	until := e.Until
	if until.IsZero() {
		until = forever
	}
	switch {
	case e.Kind == moderation.EffectFree && e.Step.Kind == ladder.Mute:
		w.muted = time.Time{}
	case e.Kind == moderation.EffectFree:
		w.banned = time.Time{}
	case e.Kind == moderation.EffectShorten && e.Step.Kind == ladder.Mute:
		if w.muted.Equal(e.From) {
			w.muted = until
		}
	case e.Kind == moderation.EffectShorten:
		if w.banned.Equal(e.From) || w.banned.Equal(forever) && e.From.IsZero() {
			w.banned = until
		}
	case e.Kind != moderation.EffectPunish || w.banned.After(w.now) && (e.Step.Kind == ladder.Mute || !until.After(w.banned)):
		// What is not worse than what there is changes nothing.
	case e.Step.Kind == ladder.Mute:
		if until.After(w.muted) {
			w.muted = until
		}
	case e.Step.Kind == ladder.Kick:
		if !w.banned.After(w.now) {
			w.muted = time.Time{}
		}
	default:
		w.banned, w.muted = until, time.Time{}
	}
}

// lasts is the end of the longest penalty of a kind that the books say lasts; zero if none does.
func (w *world) lasts(penalty ladder.Penalty) time.Time {
	var end time.Time
	for _, o := range w.offences(member{club, mallory}) {
		switch {
		case o.Penalty.Kind != penalty:
		case o.Until.IsZero():
			return forever
		case o.Until.After(w.now) && o.Until.After(end):
			end = o.Until
		}
	}
	return end
}

func (w *world) check(t *rapid.T) {
	for _, e := range w.effects {
		w.carry(e)
	}
	uncovered := slices.ContainsFunc(w.effects, func(e queuedEffect) bool {
		return e.Kind == moderation.EffectFree && e.Step.Kind == ladder.Ban
	})
	w.effects = nil
	muted, banned := w.lasts(ladder.Mute), w.lasts(ladder.Ban)
	if ban := later(w.banned, w.now); !ban.Equal(banned) {
		t.Fatalf("banned until %v, by the books %v", ban, banned)
	}
	mute := later(w.muted, w.now)
	if silence := later(w.silenced(), w.now); silence.After(mute) {
		mute = silence
	}
	if mute.After(muted) {
		t.Fatalf("muted until %v, by the books %v", mute, muted)
	}
	if w.chats[club].Kind == moderation.Basic && !mute.Equal(muted) {
		t.Fatalf("silenced until %v, by the books %v", mute, muted)
	}
	if uncovered && banned.IsZero() && !mute.Equal(muted) {
		t.Fatalf("a mute until %v that a ban hid did not come to light: muted until %v", muted, mute)
	}
	w.checkOffences(t)
}

// later is then, if it is after now; else zero.
func later(then, now time.Time) time.Time {
	if then.After(now) {
		return then
	}
	return time.Time{}
}

// checkOffences compares offences with cases: one for each upheld case that nobody reversed.
func (w *world) checkOffences(t *rapid.T) {
	offences := map[string]int{}
	for _, o := range w.history[member{club, mallory}] {
		offences[o.Case]++
	}
	for _, k := range w.cases {
		want := 1
		if k.Reversed != "" {
			want = 0
		}
		if offences[k.ID] != want {
			t.Fatalf("case %s, %s, has %d offences", k.ID, k.Reversed, offences[k.ID])
		}
	}
}
