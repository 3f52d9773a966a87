package storage_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func (d *desk) restrained(person int64) moderation.Restraint {
	d.t.Helper()
	r, err := d.Restraint(d.t.Context(), chess, person)
	d.must(err)
	return r
}

func sameRestraint(a, b moderation.Restraint) bool {
	return a.Put.Equal(b.Put) && a.Was.Equal(b.Was) && a.Found.Equal(b.Found) && a.At.Equal(b.At)
}

// What was put on somebody, and what was found there, is kept whole until it is lifted, or a while after its end.
func TestRestraintIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := moderation.Restraint{
		Put:   moderation.Restriction{Banned: true, Until: d.now().Add(day)},
		Was:   moderation.Restriction{Denied: []string{"can_send_messages"}, Until: d.now().Add(day / 2)},
		Found: moderation.Restriction{Denied: []string{"can_invite_users", "can_send_photos"}, Until: d.now().Add(2 * day)},
		At:    d.now(),
	}
	whole(t, want)
	d.must(d.court.Restrain(t.Context(), chess, mallory, want, nil))
	d.close()
	d.open()
	if got := d.restrained(mallory); !sameRestraint(got, want) {
		t.Errorf("kept %+v; want %+v", got, want)
	}
	if got := d.restrained(bob); !got.None() {
		t.Errorf("of somebody else: %+v", got)
	}
	if got, err := d.Restraint(t.Context(), chess-1, mallory); err != nil || !got.None() {
		t.Errorf("in another group: %+v, %v", got, err)
	}
	d.must(d.Forget(t.Context(), d.now().Add(9*day)))
	if got := d.restrained(mallory); !sameRestraint(got, want) {
		t.Errorf("a week after its end: %+v", got)
	}
	d.must(d.Forget(t.Context(), d.now().Add(10*day)))
	if got := d.restrained(mallory); !got.None() {
		t.Errorf("later: %+v", got)
	}
	want.Put.Until = time.Time{} // it has no end
	d.must(d.court.Restrain(t.Context(), chess, mallory, want, nil))
	d.must(d.Forget(t.Context(), d.now().Add(999*day)))
	if d.restrained(mallory).None() {
		t.Error("one without an end is forgotten")
	}
	d.must(d.court.Restrain(t.Context(), chess, mallory, moderation.Restraint{}, nil))
	if n := d.number(`SELECT count(*) FROM restraint`); n != 0 {
		t.Errorf("%d are left after it was lifted", n)
	}
}

// Whoever else changes it ends it, unless that came before the bot put its own.
func TestRestraintByHand(t *testing.T) {
	t.Parallel()
	photos := moderation.Restriction{Denied: []string{"can_send_photos"}}
	for name, test := range map[string]struct {
		to   moderation.Restriction
		at   time.Duration
		ends bool
	}{
		"lifted since":           {moderation.Restriction{}, time.Second, true},
		"lifted at that moment":  {moderation.Restriction{}, 0, true},
		"banned since":           {moderation.Restriction{Banned: true}, time.Hour, true},
		"before":                 {moderation.Restriction{Banned: true}, -time.Second, false},
		"what was found, before": {photos, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			put := moderation.Restriction{Denied: []string{"can_send_messages"}, Until: d.now().Add(day)}
			d.must(d.court.Restrain(t.Context(), chess, mallory, moderation.Restraint{Put: put, Found: photos}, nil))
			for range 2 {
				d.must(d.court.RestrainedManually(t.Context(), chess, mallory, test.to, d.now().Add(test.at)))
				if ends := d.restrained(mallory).None(); ends != test.ends {
					t.Errorf("it is %+v", d.restrained(mallory))
				}
			}
		})
	}
}

// What lasts of the penalties of the release before is the bot's, and so is what it bound to plain text.
func TestReleaseBeforeHasItsRestraints(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	offence := func(short string, who int64, deed string, until int64) {
		b.caseOf(short, "upheld", 0, 0)
		b.run(`UPDATE cases SET deed = ?, until = ? WHERE short = ?`, deed, until, short)
		b.run(`INSERT INTO offence (case_id, chat, tag, steps, severity, cost, at) SELECT id, chat, ?, 1, 1, 10, ? FROM cases WHERE short = ?`,
			b.key.Tag("offence", 1, who), noon.Add(-time.Hour).Unix(), short)
	}
	later := time.Now().Add(30 * day).Truncate(time.Second).UTC()
	offence("AAAA", mallory, "mute", later.Unix())
	offence("BBBB", mallory, "mute", later.Add(day).Unix())
	offence("CCCC", anna, "mute", later.Unix())
	offence("DDDD", anna, "ban", later.Unix())
	offence("EEEE", anna, "ban", 0)
	offence("FFFF", bob, "mute", noon.Add(-time.Hour).Unix())
	b.run(`INSERT INTO member (chat, tag, joined, lost) VALUES (1, ?, 0, 51)`, b.key.Tag("member", 1, carl))
	b.run(`INSERT INTO member (chat, tag, joined, lost) VALUES (1, ?, 0, 50)`, b.key.Tag("member", 1, bob))
	b.open()
	if put := b.restrained(mallory).Put; put.Banned || len(put.Denied) != 10 || !put.Until.Equal(later.Add(day)) {
		t.Errorf("mallory: %+v", put)
	}
	if put := b.restrained(anna).Put; !put.Equal(moderation.Restriction{Banned: true}) {
		t.Errorf("anna: %+v", put)
	}
	if !b.restrained(bob).None() {
		t.Errorf("bob: %+v", b.restrained(bob))
	}
	if put := b.restrained(carl).Put; put.Banned || len(put.Denied) != 9 || !put.Until.IsZero() {
		t.Errorf("carl: %+v", put)
	}
	// What is put now takes the place of it.
	for _, who := range []int64{mallory, carl} {
		put := moderation.Restriction{Banned: true, Until: later}
		b.must(b.court.Restrain(t.Context(), chess, who, moderation.Restraint{Put: put}, nil))
		if got := b.restrained(who).Put; !got.Equal(put) {
			t.Errorf("put on %d is %+v", who, got)
		}
		b.must(b.court.Restrain(t.Context(), chess, who, moderation.Restraint{}, nil))
		if !b.restrained(who).None() {
			t.Errorf("on %d is still %+v", who, b.restrained(who))
		}
	}
}
