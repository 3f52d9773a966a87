package moderation_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// takingBack is what Dora does to the change of a threshold that has a number.
func (r *fixture) takingBack(number int64) moderation.SettingsReversal {
	return moderation.SettingsReversal{
		Update: r.next(), Chat: club, By: boss, Number: number, Changes: r.tuning(nil).Changes,
		Judges: func([]moderation.Change) bool { return true },
		Restore: func(p moderation.Policy, changes []moderation.Change) (moderation.Policy, bool) {
			same := strconv.Itoa(p.Threshold) == changes[0].To
			p.Threshold, _ = strconv.Atoi(changes[0].From)
			return p, same
		},
	}
}

// tunes sets the threshold and returns the number of the change.
func (r *fixture) tunes(to int) int64 {
	r.t.Helper()
	done, err := r.court.Tune(r.ctx, r.tuning(threshold(to)))
	r.must(err)
	return done.Number
}

func TestSettingsAreTakenBack(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tunes(7)
	number := m.tunes(9)
	done, err := m.court.TakeBackSettings(m.ctx, m.takingBack(number))
	m.must(err)
	if m.chats[club].Policy.Threshold != 7 || done.Policy.Threshold != 7 {
		t.Errorf("the threshold is %d, and was 7 before", m.chats[club].Policy.Threshold)
	}
	m.want("gather several setting threshold from 0 to 7 by Dora setting threshold from 7 to 9 by Dora setting threshold from 9 to 7 by Dora in 3m")
	_, err = m.court.TakeBackSettings(m.ctx, m.takingBack(number))
	m.refusedAs(err, moderation.RefuseUndone)
}

func TestSettingsAreNotTakenBack(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		by    moderation.Member
		later time.Duration
		again int
		want  moderation.Code
	}{
		"by who is no admin":            {person(anna), 0, 0, moderation.RefuseNotAdmin},
		"by one who may not ban":        {moderation.Member{ID: dora, Admin: true}, 0, 0, moderation.RefuseRights},
		"after it was changed again":    {boss, 0, 8, moderation.RefuseChangedSince},
		"after two days":                {boss, moderation.TakeBackFor, 0, moderation.RefuseUndoLate},
		"after two days, changed again": {boss, moderation.TakeBackFor, 8, moderation.RefuseUndoLate},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			taking := m.takingBack(m.tunes(7))
			m.now = m.now.Add(test.later)
			want := 7
			if test.again != 0 {
				m.tunes(test.again)
				want = test.again
			}
			taking.By = test.by
			_, err := m.court.TakeBackSettings(m.ctx, taking)
			m.refusedAs(err, test.want)
			if got := m.chats[club].Policy.Threshold; got != want {
				t.Errorf("the threshold is %d, want %d", got, want)
			}
		})
	}
}

// Numbers are never used again, or an old button would take another change back. Few changes are kept.
func TestNumbersOfChangesAreNotUsedAgain(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for n := range int64(50) {
		if got := m.tunes(3 + int(n)%2); got != n+1 {
			t.Fatalf("change %d has the number %d", n+1, got)
		}
	}
	if kept := len(m.chats[club].Changed); kept != 20 {
		t.Errorf("%d changes are kept", kept)
	}
	m.now = m.now.Add(30 * day)
	if got := m.tunes(9); got != 51 {
		t.Errorf("after a month the number is %d", got)
	}
	if kept := len(m.chats[club].Changed); kept != 1 {
		t.Errorf("after a month %d changes are kept", kept)
	}
	_, err := m.court.TakeBackSettings(m.ctx, m.takingBack(1))
	m.refusedAs(err, moderation.RefuseUndoLate)
}

// What a preset changes is gathered as one thing, and the ledger has each setting.
func TestPresetIsToldOnce(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	preset := m.tuning(func(p moderation.Policy) (moderation.Policy, error) { p.Threshold, p.Quorum = 4, 3; return p, nil })
	preset.Changes = func(before, after moderation.Policy) []moderation.Change {
		return append(m.tuning(nil).Changes(before, after), differ("quorum", func(p moderation.Policy) string { return strconv.Itoa(p.Quorum) })(before, after)...)
	}
	done, err := m.court.Tune(m.ctx, preset)
	m.must(err)
	if len(done.Changes) != 2 {
		t.Errorf("it changed %v", done.Changes)
	}
	if n := len(m.effects); n != 1 {
		t.Fatalf("%d effects tell of it", n)
	}
	gathered, ok := m.effects[0].Effect.(moderation.GatherEntries)
	if !ok || len(gathered.Told.Entries) != 2 || gathered.Told.Entries[1].Doer().Name != "Dora" {
		t.Errorf("gathered is %+v", gathered)
	}
	if len(m.events) != 2 || m.events[0].Setting != "threshold" || m.events[1].Setting != "quorum" {
		t.Errorf("the ledger has %+v", m.events)
	}
}
