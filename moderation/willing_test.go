package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Who does not want to be asked is not eligible, and who wants it again is from the eighth day on. The same tap twice changes nothing,
// and one way and back begins anew.
func TestWhoWantsToBeAsked(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	set := func(willing bool) {
		t.Helper()
		m.must(m.court.SetWilling(t.Context(), moderation.Key{Update: m.next(), Chat: club}, moderation.Member{ID: anna, Present: true}, willing))
	}
	record := func() moderation.JuryRecord { return m.juryRecords[member{club, anna}] }
	set(true)
	if r := record(); r.Declines || !r.Willing.IsZero() {
		t.Errorf("who never declined has to wait: %+v", r)
	}
	for range 2 {
		set(false)
		if !record().Declines {
			t.Errorf("the record is %+v", record())
		}
	}
	began := m.now
	set(true)
	m.now = m.now.Add(time.Hour)
	set(true)
	if r := record(); r.Declines || !r.Willing.Equal(began) {
		t.Errorf("a second tap changes something: %+v", r)
	}
	set(false)
	m.now = m.now.Add(time.Hour)
	set(true)
	if r := record(); !r.Willing.Equal(m.now) {
		t.Errorf("it does not begin anew: %+v", r)
	}
	s, err := m.court.Standing(t.Context(), 0, club, anna, true)
	m.must(err)
	if s.Declines || !s.Willing.Equal(m.now.Add(moderation.WillingAfter)) {
		t.Errorf("/me says %+v", s)
	}
	m.now = m.now.Add(moderation.WillingAfter)
	s, err = m.court.Standing(t.Context(), 0, club, anna, true)
	m.must(err)
	if !s.Willing.IsZero() {
		t.Errorf("after eight days /me says %+v", s)
	}
	if s, err = m.court.Standing(t.Context(), 0, club, anna, false); err != nil || s.Declines || !s.Willing.IsZero() {
		t.Errorf("an admin is told %+v, %v", s, err)
	}
}

// Who is not in the group changes nothing.
func TestOnlyMembersSayWhetherTheyAreAsked(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.unchanged(moderation.RefuseAway, func() error {
		return m.court.SetWilling(t.Context(), moderation.Key{Chat: club}, moderation.Member{ID: anna}, false)
	})
}
