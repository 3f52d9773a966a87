package moderation_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// almanac is a calendar that knows "daily", "weekly" (on Mondays) and "off", always at nine, and how far
// Madrid is from UTC in summer.
type almanac struct{}

func (almanac) Next(p moderation.Policy, after time.Time) time.Time {
	every := map[string]time.Duration{"daily": day, "weekly": 7 * day}[p.Digest]
	if every == 0 {
		return time.Time{}
	}
	at := monday.Add(-52 * 7 * day)
	if p.Timezone == "Europe/Madrid" {
		at = at.Add(-2 * time.Hour)
	}
	return at.Add((after.Sub(at)/every + 1) * every)
}

func (a almanac) Last(p moderation.Policy, now, since time.Time) time.Time {
	for next := a.Next(p, since); next.After(since) && !next.After(now); next = a.Next(p, since) {
		since = next
	}
	return since
}

// monday is when the first weekly digest after noon is due.
var monday = time.Date(2026, 7, 6, 9, 0, 0, 0, time.UTC)

// newDesk is a fixture with a calendar, in a group whose weekly digest is planned since noon.
func newDesk(t *testing.T) *fixture {
	t.Helper()
	m := newFixture(t)
	m.court.Calendar = almanac{}
	m.tune(func(p *moderation.Policy) { p.Digest = "weekly" })
	m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, all))
	m.ticks(0)
	m.carried()
	return m
}

// ticks looks for digests that are due, and says how many there should be.
func (r *fixture) ticks(want int) {
	r.t.Helper()
	if n, err := r.court.DigestsDue(r.ctx); n != want || err != nil {
		r.t.Errorf("sent %d, %v; want %d", n, err, want)
	}
}

// replica is another court over the same store.
func (r *fixture) replica(s moderation.Store) *moderation.Court {
	c := moderation.NewCourt(s, r.clock)
	c.Calendar = almanac{}
	return c
}

// digests are the digests that wait to be told; they are taken away.
func (r *fixture) digests() []stats.Digest {
	var told []stats.Digest
	for _, e := range r.effects {
		if e.Topic == moderation.TopicDigest {
			told = append(told, *e.Digest)
		}
	}
	r.effects = nil
	return told
}

// planned compares what a group's next digest is to tell.
func (r *fixture) planned(from, due time.Time) {
	r.t.Helper()
	if c := r.chats[club]; !c.DigestFrom.Equal(from) || !c.DigestDue.Equal(due) {
		r.t.Errorf("the next digest is of %v, on %v; want %v, on %v", c.DigestFrom, c.DigestDue, from, due)
	}
}

// told compares the periods of the digests that wait.
func (r *fixture) told(periods ...[2]time.Time) {
	r.t.Helper()
	var got [][2]time.Time
	for _, d := range r.digests() {
		got = append(got, [2]time.Time{d.From, d.To})
	}
	if !slices.Equal(got, periods) {
		r.t.Errorf("told of %v, want %v", got, periods)
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	m := newDesk(t)
	m.planned(noon, monday)
	decide := func(message int64, n int, v moderation.Verdict) {
		for i := range int64(n) {
			m.must(m.admin(m.reports(message+i, 1000+i), v))
		}
	}
	m.tune(func(p *moderation.Policy) { p.ReportLimit = 100 })
	decide(100, 3, moderation.Upheld)
	decide(200, 4, moderation.Dismissed)
	m.must(m.overturn(m.cases[0]))
	m.manually(300, "warn")
	m.now = monday.Add(-time.Second)
	m.ticks(0)
	m.now = monday
	decide(400, 3, moderation.Upheld) // in the very second: that is for the next
	m.carried()
	m.ticks(1)
	got, few := m.digests(), stats.Figure{Few: true}
	if len(got) != 1 {
		t.Fatalf("told %+v", got)
	}
	if d := got[0]; !d.From.Equal(noon) || !d.To.Equal(monday) || d.Reports.N != 7 || d.Upheld.N != 3 || d.Dismissed.N != 4 || d.Expired != few ||
		d.Manual != few || d.Overturned != few || d.Upheld.Before != nil || len(d.Rules) != 1 || d.Rules[0].N != 3 {
		t.Errorf("told %+v", d)
	}
	m.planned(monday, monday.Add(7*day))
	m.now = monday.Add(7 * day)
	m.ticks(1)
	if got := m.digests(); len(got) != 1 || got[0].Upheld.N != 3 || *got[0].Upheld.Before != 3 || got[0].Dismissed != few {
		t.Errorf("told %+v", got)
	}
	m.ticks(0)
}

// Two replicas look at the same time; each group gets one digest.
func TestDigestComesOnceOfTwoReplicas(t *testing.T) {
	t.Parallel()
	m := newDesk(t)
	m.now = monday
	other := m.replica(m.memoryStore)
	tick := func() {
		if n, err := other.DigestsDue(t.Context()); n != 1 || err != nil {
			t.Errorf("the other sent %d, %v", n, err)
		}
	}
	late := m.replica(&between{memoryStore: m.memoryStore, listed: tick})
	if n, err := late.DigestsDue(t.Context()); n != 0 || err != nil {
		t.Errorf("the one that was late sent %d, %v", n, err)
	}
	m.told([2]time.Time{noon, monday})
	m.planned(monday, monday.Add(7*day))
}

// The same if the other was faster while the decision was being made, so that it is made again.
func TestDigestThatIsDecidedAgain(t *testing.T) {
	t.Parallel()
	m := newDesk(t)
	m.now = monday
	late := m.replica(&between{memoryStore: m.memoryStore, decided: func() { m.ticks(1) }})
	if n, err := late.DigestsDue(t.Context()); n != 0 || err != nil {
		t.Errorf("the one that was late sent %d, %v", n, err)
	}
	m.told([2]time.Time{noon, monday})
}

// between is a store in which others act between two steps, once.
type between struct {
	*memoryStore
	listed, decided func()
}

func (s *between) DigestsDue(ctx context.Context, now time.Time, limit int) ([]int64, error) {
	due, err := s.memoryStore.DigestsDue(ctx, now, limit)
	if then := s.listed; then != nil {
		s.listed = nil
		then()
	}
	return due, err
}

func (s *between) Update(ctx context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	if then := s.decided; then != nil {
		s.decided = nil
		_, _ = decide(s.docket(key)) // rolled back, since somebody else committed
		then()
	}
	return s.memoryStore.Update(ctx, key, decide)
}

// Who was away for long gets one digest of all that time, up to the last that was due.
func TestDigestIsCaughtUpOnce(t *testing.T) {
	t.Parallel()
	m := newDesk(t)
	m.now = monday.Add(24 * day)
	m.ticks(1)
	m.told([2]time.Time{noon, monday.Add(21 * day)})
	m.planned(monday.Add(21*day), monday.Add(28*day))
	m.ticks(0)
}

// tuned is the change of a setting that has to do with digests.
func (r *fixture) tuned(change func(*moderation.Policy)) {
	r.t.Helper()
	tuning := r.tuning(func(p moderation.Policy) (moderation.Policy, error) { change(&p); return p, nil })
	tuning.Changes = differ("digest", func(p moderation.Policy) string { return p.Digest + " " + p.Timezone })
	_, err := r.court.Tune(r.ctx, tuning)
	r.must(err)
	r.carried()
}

func TestDigestIsPlannedAnew(t *testing.T) {
	t.Parallel()
	m := newDesk(t)
	m.now = noon.Add(time.Hour)
	m.tuned(func(p *moderation.Policy) { p.Timezone = "Europe/Madrid" })
	m.planned(noon, monday.Add(-2*time.Hour))
	m.tuned(func(p *moderation.Policy) { p.Digest = "daily" })
	m.planned(noon, noon.Add(19*time.Hour))
	// What was due a moment ago and not yet sent is told by the next.
	m.now = noon.Add(20 * time.Hour)
	m.tuned(func(p *moderation.Policy) { p.Timezone = "UTC" })
	m.planned(noon, noon.Add(21*time.Hour))
	m.now = noon.Add(21 * time.Hour)
	m.ticks(1)
	m.told([2]time.Time{noon, m.now})
}

// Of the time without digests nothing is told afterwards.
func TestDigestOffAndOn(t *testing.T) {
	t.Parallel()
	m := newDesk(t)
	m.tuned(func(p *moderation.Policy) { p.Digest = "off" })
	m.planned(noon, moderation.Never)
	m.now = monday.Add(8 * day)
	m.ticks(0)
	m.tuned(func(p *moderation.Policy) { p.Timezone = "Europe/Madrid" }) // which is of no concern now
	m.planned(m.now, moderation.Never)
	m.now = m.now.Add(time.Hour)
	m.tuned(func(p *moderation.Policy) { p.Digest, p.Timezone = "weekly", "UTC" })
	m.planned(m.now, monday.Add(14*day))
	m.told()
}

// Of the time that the bot was away, and of what happened before it left, one digest tells.
func TestDigestWhenTheBotWasAway(t *testing.T) {
	t.Parallel()
	m := newDesk(t)
	for _, leave := range []func() error{
		func() error { return m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, away) },
		func() error { return m.court.Lost(t.Context(), club) },
	} {
		m.must(leave())
		m.now = m.now.Add(8 * day)
		m.ticks(0)
		back := m.chats[club].DigestFrom // what happened before it left is still to be told
		m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, present))
		m.planned(back, almanac{}.Next(m.chats[club].Policy, m.now))
		m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, all)) // it was there already
		m.now = m.now.Add(time.Minute)
		m.ticks(0)
		m.planned(back, almanac{}.Next(m.chats[club].Policy, m.now))
		m.told()
		m.now = m.chats[club].DigestDue
		m.ticks(1)
		m.told([2]time.Time{back, m.now})
	}
}

func TestWithoutACalendarThereAreNoDigests(t *testing.T) {
	t.Parallel()
	m := newDesk(t)
	m.court.Calendar = nil
	m.now = monday
	m.ticks(0)
	m.planned(noon, moderation.Never)
	m.told()
}

// As many groups as are looked at together, and one more, all in trouble but two.
func TestDigestThatFailsIsInNobodysWay(t *testing.T) {
	t.Parallel()
	m := newDesk(t)
	sick := map[int64]bool{}
	for i := range int64(100) {
		sick[club-i] = i != 40
		m.must(m.court.Status(t.Context(), m.next(), club-i, moderation.Supergroup, all))
		m.chats[club-i].Policy.Digest, m.chats[club-i].DigestFrom, m.chats[club-i].DigestDue = "weekly", noon, monday
	}
	m.now, m.effects = monday, nil
	n, err := m.replica(&ailing{m.memoryStore, sick}).DigestsDue(t.Context())
	if n != 1 || !errors.Is(err, errBroken) || !m.chats[club-40].DigestDue.After(monday) {
		t.Errorf("sent %d, %v", n, err)
	}
	m.digests()
	m.ticks(99)
	m.ticks(0)
	m.fail = moderation.ErrUnavailable
	m.chats[club].DigestDue, m.chats[club-1].DigestDue = monday, monday
	if n, err := m.court.DigestsDue(t.Context()); n != 0 || !errors.Is(err, moderation.ErrUnavailable) || m.failed != 1 {
		t.Errorf("sent %d, %v, asked %d times", n, err, m.failed)
	}
	if _, err := m.replica(&ailing{m.memoryStore, nil}).DigestsDue(t.Context()); !errors.Is(err, errBroken) {
		t.Errorf("a list that cannot be had: %v", err)
	}
}

// ailing is a store that can do nothing for some groups; if it names none it cannot even list them.
type ailing struct {
	*memoryStore
	sick map[int64]bool
}

func (s *ailing) DigestsDue(ctx context.Context, now time.Time, limit int) ([]int64, error) {
	if s.sick == nil {
		return nil, errBroken
	}
	return s.memoryStore.DigestsDue(ctx, now, limit)
}

func (s *ailing) Update(ctx context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	if s.sick[key.Chat] {
		return moderation.Outcome{}, errBroken
	}
	return s.memoryStore.Update(ctx, key, decide)
}

// complains reports a message of an admin's.
func (r *fixture) complains(who, message int64) moderation.Receipt {
	r.t.Helper()
	c := r.reportOf(who, message)
	c.Target.Role = moderation.RoleAdmin
	got, err := r.court.Report(r.ctx, c)
	r.must(err)
	return got
}

func TestComplaintIsCountedAndNothingElse(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for i, test := range []struct {
		who, message int64
		want         int // complaints in all
	}{{anna, 41, 1}, {anna, 41, 1}, {bob, 41, 2}, {anna, 42, 3}} {
		spent := m.buckets[member{club, test.who}].Spent
		if got, want := m.complains(test.who, test.message), (moderation.Receipt{Complaint: true}); got != want {
			t.Errorf("%d: receipt %+v", i, got)
		}
		if m.buckets[member{club, test.who}].Spent != spent+1 || m.counts[member{club, dayOf(noon)}] != test.want {
			t.Errorf("%d: spent %+v, complaints %v", i, m.buckets, m.counts)
		}
	}
	m.want()
	if len(m.cases) > 0 {
		t.Errorf("cases %+v", m.cases)
	}
}

// The owner is told from three on, and of each complaint once: in the digest after its day is over.
func TestComplaintsAreToldFromThreeOn(t *testing.T) {
	t.Parallel()
	const due = 9 * time.Hour // after midnight
	at := func(days int, d time.Duration) time.Time {
		return noon.Add(-12*time.Hour + time.Duration(days)*day + d)
	}
	for name, test := range map[string]struct {
		complaints []time.Time
		want       map[int]int // how many are told, rounded, by the day of the daily digest
	}{
		"none":                          {nil, nil},
		"two":                           {[]time.Time{at(1, 0), at(1, time.Hour)}, nil},
		"three":                         {[]time.Time{at(1, 0), at(1, time.Hour), at(1, 2*time.Hour)}, map[int]int{2: 5}},
		"before and after the digest":   {[]time.Time{at(1, due-time.Hour), at(1, due), at(1, due+time.Hour)}, map[int]int{2: 5}},
		"in the last second of the day": {slices.Repeat([]time.Time{at(2, -time.Second)}, 4), map[int]int{2: 5}},
		"in the first":                  {slices.Repeat([]time.Time{at(2, 0)}, 4), map[int]int{3: 5}},
		"on two days, few each":         {[]time.Time{at(1, due), at(1, due), at(2, due), at(2, due)}, nil},
		"on the first day":              {slices.Repeat([]time.Time{at(0, 13*time.Hour)}, 3), map[int]int{1: 5}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newDesk(t)
			m.tuned(func(p *moderation.Policy) { p.Digest = "daily" })
			for d := 1; d < 6; d++ {
				for len(test.complaints) > 0 && test.complaints[0].Before(at(d, due)) {
					m.now, test.complaints = test.complaints[0], test.complaints[1:]
					m.complains(m.next()+1000, 41)
				}
				m.now = at(d, due)
				m.ticks(1)
				told := 0
				for _, e := range m.effects {
					if e.Topic == moderation.TopicComplaints {
						told = e.Count
					}
				}
				if told != test.want[d] {
					t.Errorf("on day %d: told %d, want %d", d, told, test.want[d])
				}
				if words, want := m.carried(), []string{"admins digest", "admins complaints 5"}; told == 5 && !slices.Equal(words, want) {
					t.Errorf("to be done: %q", words)
				}
			}
		})
	}
}

// Whatever the timetable and whenever they come, no complaint is told twice, and none is left out but
// the few of a period.
func TestComplaintsAreToldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newFixtureFor(context.Background(), t)
		m.court.Calendar = almanac{}
		m.tune(func(p *moderation.Policy) {
			p.Digest = rapid.SampledFrom([]string{"daily", "weekly"}).Draw(t, "timetable")
		})
		m.must(m.court.Status(m.ctx, 0, club, moderation.Supergroup, all))
		made, told := 0, 0
		for range 40 {
			m.now = m.now.Add(time.Duration(rapid.IntRange(1, 30).Draw(t, "hours")) * time.Hour)
			_, err := m.court.DigestsDue(m.ctx)
			m.must(err)
			for range 5 { // so that they are never too few to be told, and a round number
				m.complains(m.next()+1000, 41)
				made++
			}
		}
		m.now = m.now.Add(15 * day)
		_, err := m.court.DigestsDue(m.ctx)
		m.must(err)
		for _, e := range m.effects {
			if e.Topic == moderation.TopicComplaints {
				told += e.Count
			}
		}
		if told != made {
			t.Fatalf("%d complaints, told %d", made, told)
		}
	})
}
