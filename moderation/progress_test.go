package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// underway is a case that an admin upheld, with the deletion and the penalty that it brings; what else was to be done is done.
func (r *fixture) underway(typed string) (k *kept, removal, penalty moderation.Effect) {
	r.t.Helper()
	l, err := ladder.ParseLadder(typed)
	r.must(err)
	r.tune(func(p *moderation.Policy) { p.Ladder = l })
	r.must(r.court.Status(r.ctx, r.next(), club, moderation.Supergroup, all))
	k = r.reports(41, anna)
	r.must(r.admin(k, moderation.Upheld))
	for _, e := range r.effects {
		switch e.Kind {
		case moderation.EffectDelete:
			removal = e.Effect
		case moderation.EffectPunish:
			penalty = e.Effect
		}
	}
	r.effects = nil
	return k, removal, penalty
}

// awaits has an effect wait for a right that is gone.
func (r *fixture) awaits(e moderation.Effect, rights moderation.Rights) {
	r.t.Helper()
	_, err := r.court.Await(r.ctx, e, moderation.NeededFor(e, moderation.Supergroup), rights, r.chats[club].Told.Turn)
	r.must(err)
}

// What is done at once says nothing more. What waited is told when it is done, or never will be.
func TestProgress(t *testing.T) {
	t.Parallel()
	const done, late = moderation.ProgressDone, moderation.ProgressLate
	for name, c := range map[string]struct {
		ladder string
		waits  bool
		then   func(r *fixture, removal, penalty moderation.Effect) error
		want   []string
		is     [2]moderation.Progress // removal, penalty
	}{
		"removed":        {"mute 1h", false, func(r *fixture, e, _ moderation.Effect) error { return r.court.Delivered(r.ctx, e, "", done) }, nil, [2]moderation.Progress{done, ""}},
		"muted":          {"mute 1h", false, func(r *fixture, _, e moderation.Effect) error { return r.court.Delivered(r.ctx, e, "", done) }, nil, [2]moderation.Progress{"", done}},
		"removed, later": {"mute 1h", true, func(r *fixture, e, _ moderation.Effect) error { return r.court.Delivered(r.ctx, e, "waits", done) }, []string{"card", "admins delivered"}, [2]moderation.Progress{done, "waits"}},
		"muted, later": {"mute 1h", true, func(r *fixture, _, e moderation.Effect) error { return r.court.Delivered(r.ctx, e, "waits", done) },
			[]string{"notice mallory mute 1h", "admins delivered"}, [2]moderation.Progress{"waits", done}},
		"too old": {"mute 1h", false, func(r *fixture, e, _ moderation.Effect) error {
			return r.court.Failed(r.ctx, e, moderation.TopicTooOld)
		}, []string{"admins too_old"}, [2]moderation.Progress{late, ""}},
		"an admin": {"mute 1h", false, func(r *fixture, _, e moderation.Effect) error {
			return r.court.Failed(r.ctx, e, moderation.TopicTargetAdmin)
		}, []string{"admins target_admin"}, [2]moderation.Progress{"", "admin"}},
		"it is over": {"mute 1h", true, func(r *fixture, _, e moderation.Effect) error { return r.court.Delivered(r.ctx, e, "waits", late) },
			[]string{"admins delivered"}, [2]moderation.Progress{"waits", late}},
		"banned, later": {"ban 7d", true, func(r *fixture, _, e moderation.Effect) error { return r.court.Delivered(r.ctx, e, "waits", done) },
			[]string{"admins delivered"}, [2]moderation.Progress{"waits", done}}, // of which it was announced
		"announced": {"ban 7d", true, func(r *fixture, _, e moderation.Effect) error {
			return r.court.Announce(r.ctx, e.(moderation.PutPenalty))
		},
			[]string{"notice mallory ban 7d first", "punish ban 7d", "admins delivered"}, [2]moderation.Progress{"waits", ""}},
		"another penalty": {"mute 1h", true, func(r *fixture, _, e moderation.Effect) error {
			other := e.(moderation.PutPenalty)
			other.Step.For *= 2
			return r.court.Delivered(r.ctx, other, "waits", done)
		}, nil, [2]moderation.Progress{"waits", "waits"}},
		"a part of an album is too old": {"mute 1h", false, func(r *fixture, e, _ moderation.Effect) error {
			r.must(r.court.Failed(r.ctx, e, moderation.TopicTooOld))
			return r.court.Delivered(r.ctx, e, late, done)
		}, []string{"admins too_old"}, [2]moderation.Progress{late, ""}},
		"overturned meanwhile": {"mute 1h", true, func(r *fixture, e, _ moderation.Effect) error {
			_, err := r.court.Overturn(r.ctx, r.of(r.about(41)), boss)
			r.effects = nil
			r.must(err)
			return r.court.Delivered(r.ctx, e, "waits", done)
		}, nil, [2]moderation.Progress{done, "waits"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			k, removal, penalty := r.underway(c.ladder)
			k.CardWanted, k.Appeared = true, noon
			if c.waits {
				r.awaits(removal, noDelete)
				r.awaits(penalty, bare)
				r.effects = nil
			}
			r.must(c.then(r, removal, penalty))
			r.want(c.want...)
			if name == "removed, later" || name == "muted" { // killed half way, it comes again
				r.must(c.then(r, removal, penalty))
				r.want()
			}
			if got := [2]moderation.Progress{k.Removal, k.Put}; got != c.is {
				t.Errorf("removal and penalty are %q, want %q", got, c.is)
			}
		})
	}
}

// What Telegram refused though the right is there works again: the admins are told.
func TestRefusedRightWorksAgain(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	_, _, penalty := r.underway("mute 1h")
	r.now = r.now.Add(day)
	r.awaits(penalty, all)
	if got := r.tell(); !slices.Contains(got, "back [] missing [restrict]") {
		t.Errorf("read is %q", got)
	}
	r.now = r.now.Add(time.Minute)
	r.must(r.court.Delivered(r.ctx, penalty, moderation.ProgressWaits, moderation.ProgressDone))
	if got := r.tell(); !slices.Contains(got, "back [restrict] missing []") {
		t.Errorf("read is %q", got)
	}
}

// A quiz shortens a mute that waits, and none that never came to be.
func TestQuizAboutWhatWaits(t *testing.T) {
	t.Parallel()
	for put, want := range map[moderation.Progress]bool{
		"": true, moderation.ProgressDone: true, moderation.ProgressWaits: true, moderation.ProgressAdmin: false,
		moderation.ProgressFailed: false, moderation.ProgressLate: false,
	} {
		cs := moderation.Case{
			Verdict: moderation.Upheld, CaseMessage: moderation.CaseMessage{Author: moderation.Author{ID: mallory}}, CasePenalty: moderation.CasePenalty{Put: put,
				Penalty: ladder.Step{Kind: ladder.Mute, For: time.Hour}, Until: noon.Add(time.Hour)},
		}
		if got := cs.Learnable(noon); got != want {
			t.Errorf("%q: %v", put, got)
		}
	}
}

// A penalty that is not in force is counted as that.
func TestSurveyCountsWhatIsInForce(t *testing.T) {
	t.Parallel()
	var closed []moderation.Closed
	for _, put := range []moderation.Progress{"", "done", "waits", "admin", "failed", "late"} {
		closed = append(closed, moderation.Closed{
			Verdict: moderation.Upheld, Decided: noon, Shown: true, Put: put, Penalty: ladder.Step{Kind: ladder.Mute, For: time.Hour},
		})
	}
	n := moderation.Survey(closed, noon, noon.Add(day))
	if n.Penalties["mute"] != 2 || n.Penalties[string(moderation.NotPut)] != 4 {
		t.Errorf("counted are %v", n.Penalties)
	}
}

// Where a case stands in the log channel is noted while something waits.
func TestLogged(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	k, removal, _ := r.underway("warn")
	entry := moderation.LogEntry{Chat: -5, Message: 7, Topic: moderation.TopicDecided}
	r.must(r.court.Logged(r.ctx, club, k.ID, entry))
	if k.Entry != (moderation.LogEntry{}) {
		t.Errorf("noted for nothing: %+v", k.Entry)
	}
	r.awaits(removal, noDelete)
	r.must(r.court.Logged(r.ctx, club, k.ID, entry))
	if k.Entry != entry {
		t.Errorf("noted is %+v", k.Entry)
	}
	r.must(r.court.Delivered(r.ctx, removal, moderation.ProgressWaits, moderation.ProgressDone))
	r.must(r.court.Logged(r.ctx, club, k.ID, k.Entry))
	if k.Entry != (moderation.LogEntry{}) {
		t.Errorf("still noted: %+v", k.Entry)
	}
}
