package moderation_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Ballots are kept until the appeal is over, and learned from then: as the jury found.
func TestSettlementWaitsForTheAppeal(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 30, "mute 1h")
	m.now = m.now.Add(7*day - time.Hour)
	m.must(m.appeal(k))
	m.hours(48, 1) // the jury's time is over; it is with the admins now
	m.hours(6*24, 0)
	m.settle(0)
	m.must(m.overturn(k))
	m.settle(0) // by itself it would tell whose ballots it was
	m.hours(24, 0)
	m.settle(1)
	if a, b := m.voteRecords[member{club, anna}], m.voteRecords[member{club, bob}]; a.Wrong != 1 || a.Right != 0 || b.Right != 1 || k.appeal != nil {
		t.Errorf("vote records %+v and %+v, appeal %+v", a, b, k.appeal)
	}
}

func TestAppealsDueInTheirOrder(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	var all []*kept
	for i := range int64(3) {
		k := m.reports(41+i, anna)
		m.must(m.admin(k, moderation.Upheld))
		m.must(m.appeal(k))
		all = append(all, k)
	}
	m.broken[all[0].ID] = true
	m.now = m.now.Add(7 * day)
	if n, err := m.court.AppealsDue(t.Context()); n != 2 || !errors.Is(err, errBroken) {
		t.Errorf("done %d, %v; want two, and that one is broken", n, err)
	}
	for i, k := range all {
		if lapsed := k.Appeal == moderation.AppealLapsed; lapsed != (i > 0) {
			t.Errorf("case %d: %+v", i, k.Case)
		}
	}
	clear(m.broken)
	m.fail = moderation.ErrUnavailable
	if n, err := m.court.AppealsDue(t.Context()); n != 0 || !errors.Is(err, moderation.ErrUnavailable) || m.failed != 1 {
		t.Errorf("done %d, %v, after %d attempts", n, err, m.failed)
	}
}

// More than one batch, and a list that cannot be had.
func TestManyAppealsAreDue(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for i := range 150 {
		k := m.manually(int64(41+i), "warn")
		m.must(m.appeal(k))
	}
	m.hours(7*24, 150)
	court := m.replica(unlisted{m.memoryStore})
	if n, err := court.AppealsDue(t.Context()); n != 0 || !errors.Is(err, errBroken) {
		t.Errorf("done %d, %v", n, err)
	}
}

// unlisted is a store that cannot say which appeals are due.
type unlisted struct{ *memoryStore }

func (unlisted) AppealsDue(context.Context, time.Time, int) ([]moderation.CaseRef, error) {
	return nil, errBroken
}

// slow is a replica that listed what was due before another did it.
type slow struct {
	*memoryStore
	listed []moderation.CaseRef
}

func (s *slow) AppealsDue(context.Context, time.Time, int) ([]moderation.CaseRef, error) {
	return s.listed, nil
}

func TestAReplicaThatIsLateDoesNothing(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.hours(12, 1)
	before := m.state()
	court := m.replica(&slow{m.memoryStore, []moderation.CaseRef{{Chat: club, ID: k.ID}, {Chat: club, ID: "gone"}}})
	if n, err := court.AppealsDue(t.Context()); n != 2 || err != nil {
		t.Errorf("done %d, %v", n, err)
	}
	if after := m.state(); after != before {
		t.Errorf("changed\n%s\nto\n%s", before, after)
	}
}
