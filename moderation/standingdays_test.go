package moderation_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// writes has somebody write a message of which nobody reports anything.
func (r *fixture) writes(who int64, plain bool) {
	r.t.Helper()
	s := r.wrote(who, 1000+r.update)
	s.Plain = plain
	r.must(r.court.Observe(r.ctx, []moderation.SeenMessage{s}))
}

// However many penalties an admin gives and takes back within a day, the points that are missing are the
// costs of those that stand.
func TestStandingIsWhatTheOffencesCost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newFixtureFor(context.Background(), t)
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"punish", "punish", "overturn", "pardon", "harsher"}).Draw(t, "what") {
			case "punish":
				h := m.manualOf(int64(len(m.cases)+41), "mute 1h")
				h.Rule = rapid.SampledFrom([]rulebook.RuleID{rulebook.Spam, rulebook.Scam, rulebook.Violence}).Draw(t, "rule")
				m.punished(h)
			case "pardon":
				_, _ = m.pardon(human) // or there is nothing to pardon
			case "overturn":
				if len(m.cases) > 0 {
					k := rapid.SampledFrom(m.cases).Draw(t, "case")
					_ = m.overturn(k) // or it was reversed before
				}
			case "harsher":
				if len(m.cases) > 0 {
					k := rapid.SampledFrom(m.cases).Draw(t, "case")
					_ = m.harsher(k, k.Penalty.String()) // or there is nothing harsher
				}
			}
			missing, turned := 0, 0
			for _, o := range m.history[member{club, mallory}] {
				missing += o.Cost
			}
			for _, turn := range m.turns[member{club, mallory}] {
				turned -= turn.Points
			}
			if got := m.score(mallory); got != standing.FullStanding-missing || turned != missing {
				t.Fatalf("stands at %d, though the offences cost %d and the turns are %d", got, missing, turned)
			}
		}
	})
}

// Who regains enough may send everything again, and is told so.
func TestStandingIsRegained(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		score int
		want  []string
	}{
		"to watched":         {49, []string{"tier", "regained mallory"}},
		"to good":            {79, nil},
		"to restricted":      {19, nil},
		"and nothing beyond": {100, nil},
		"within a tier":      {30, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.stand(mallory, test.score)
			m.writes(mallory, true)
			m.writes(mallory, true)
			if got := m.score(mallory); got != test.score || len(m.turns) > 0 {
				t.Errorf("on the day itself %d, %+v", got, m.turns)
			}
			m.want()
			m.now = m.now.Add(day)
			if got := m.score(mallory); got != min(test.score+1, 100) {
				t.Errorf("on the next day %d", got)
			}
			m.writes(mallory, true)
			m.writes(mallory, true)
			m.want(test.want...)
			want := []standing.Change{{Day: today, Points: 1, Cause: standing.CauseDays}}
			if test.score == 100 {
				want = nil
			}
			if got := m.standingOf(mallory, true).Turns; !slices.Equal(got, want) {
				t.Errorf("turns %+v, want %+v", got, want)
			}
		})
	}
}

// Days in a row are one turn; one with a case is none.
func TestTurns(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	var cases []string
	for _, what := range "f+w+w+w+wf+w+w+" {
		switch what {
		case 'w':
			m.writes(mallory, true)
		case 'f':
			cases = append(cases, m.manually(int64(41+len(cases)), "warn").ID)
		case '+':
			m.now = m.now.Add(day)
		}
	}
	m.writes(mallory, true)
	want := moderation.Standing{
		Score: 85, Tier: standing.TierGood,
		Turns: []standing.Change{
			{Day: today + 6, Points: 2, Cause: standing.CauseDays}, {Day: today + 4, Points: -10, Cause: standing.CauseUpheld, Case: cases[1]},
			{Day: today + 3, Points: 3, Cause: standing.CauseDays}, {Day: today, Points: -10, Cause: standing.CauseUpheld, Case: cases[0]},
		},
	}
	got := m.standingOf(mallory, false)
	if got.Score != want.Score || got.Tier != want.Tier || !slices.Equal(got.Turns, want.Turns) {
		t.Errorf("stands at %+v\nwant %+v", got, want)
	}
	if s := m.standingOf(anna, false); s.Score != standing.FullStanding || s.Turns != nil {
		t.Errorf("somebody else stands at %+v", s)
	}
}

// A day that is over is told before it is kept, with those before it if they are in a row.
func TestDayThatIsToBeCountedIsTold(t *testing.T) {
	t.Parallel()
	type turn = standing.Change
	fell := turn{Day: today, Points: -40, Cause: standing.CauseUpheld, Case: "0001"}
	days := func(last int64, points int) turn { return turn{Day: last, Points: points, Cause: standing.CauseDays} }
	for name, test := range map[string]struct {
		befell string
		want   []turn
	}{
		"no day":               {"f", []turn{fell}},
		"the day of the case":  {"fw+", []turn{fell}},
		"one that is not over": {"f+w", []turn{fell}},
		"one that is":          {"f+w+", []turn{days(today+1, 1), fell}},
		"and another":          {"f+w+w+", []turn{days(today+2, 2), fell}},
		"and one later":        {"f+w+w+++w+", []turn{days(today+5, 3), fell}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			for _, what := range test.befell {
				switch what {
				case 'f':
					h := m.manualOf(41, "warn")
					h.Rule = rulebook.Violence
					m.punished(h)
				case 'w':
					m.writes(mallory, true)
				case '+':
					m.now = m.now.Add(day)
				}
			}
			for range 2 { // to ask changes nothing
				if got := m.standingOf(mallory, true).Turns; !slices.Equal(got, test.want) {
					t.Errorf("turns %+v, want %+v", got, test.want)
				}
			}
		})
	}
}

// The day of a case that was reversed counts like any other, unless there was another case on it.
func TestDayOfAReversedCaseCounts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		others []int // severities of other cases on that day
		want   int
	}{"alone": {nil, 61}, "beside another": {[]int{1}, 50}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.stand(mallory, 60)
			k := m.manually(41, "warn")
			for i := range test.others {
				m.manually(int64(42+i), "warn")
			}
			m.writes(mallory, true)
			m.now = m.now.Add(day)
			m.must(m.overturn(k))
			if got := m.standingOf(mallory, true); got.Score != test.want || got.Turns[0].Points != 10 {
				t.Errorf("stands at %+v, want %d", got, test.want)
			}
		})
	}
}

// Whatever happens to a member, their standing is all that there is and what its turns add up to, to
// anybody who asks, on any day.
func TestStandingIsWhatItsTurnsAddUpTo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newFixtureFor(context.Background(), t)
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"punish", "overturn", "pardon", "write", "write", "wait", "wait", "appoint"}).Draw(t, "what") {
			case "punish":
				h := m.manualOf(int64(len(m.cases)+41), "warn")
				h.Rule = rapid.SampledFrom([]rulebook.RuleID{rulebook.Spam, rulebook.Scam, rulebook.Violence}).Draw(t, "rule")
				m.punished(h)
			case "overturn":
				if len(m.cases) > 0 {
					_ = m.overturn(rapid.SampledFrom(m.cases).Draw(t, "case")) // or it was reversed before
				}
			case "pardon":
				_, _ = m.pardon(human) // or there is nothing to pardon
			case "write":
				m.writes(mallory, true)
			case "wait":
				m.now = m.now.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "hours")) * time.Hour)
			case "appoint":
				admin := rapid.IntRange(0, 5).Draw(t, "admin") == 0
				m.must(m.court.Appointed(m.ctx, m.next(), club, moderation.Supergroup, mallory, admin))
			}
			s := m.standingOf(mallory, rapid.Bool().Draw(t, "own"))
			sum := standing.FullStanding
			for _, turn := range s.Turns {
				sum += turn.Points
			}
			if len(m.turns[member{club, mallory}]) < standing.MaxChanges && sum != s.Score || s.Score != m.score(mallory) || s.Tier != standing.TierOf(s.Score) {
				t.Fatalf("stands at %+v, which adds up to %d; kept are %d", s, sum, m.score(mallory))
			}
			if !slices.IsSortedFunc(s.Turns, func(a, b standing.Change) int { return int(b.Day - a.Day) }) {
				t.Fatalf("turns %+v", s.Turns)
			}
		}
	})
}

// A point that is counted by a case's being reversed lifts what it lifts, like one that is counted by a message.
func TestTierIsLiftedByADayThatAReversalCounts(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.stand(mallory, 59)
	k := m.manually(41, "warn") // 49: restricted
	m.now = m.now.Add(day)
	m.writes(mallory, true)
	m.now = m.now.Add(day) // 50 by now, but nothing has carried that out
	m.carried()
	m.must(m.overturn(k))
	m.want("tier", "news mallory overturned warn", "admins overturned by Dora")
	if got := m.standingOf(mallory, true); got.Score != 60 {
		t.Errorf("stands at %+v", got)
	}
}

// Who is one point short, and earned it by a day that is not counted yet, needs nothing more.
func TestAppointedWithADayThatIsToBeCounted(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.stand(anna, 99)
	m.writes(anna, true)
	m.now = m.now.Add(day)
	m.must(m.court.Appointed(t.Context(), m.next(), club, moderation.Supergroup, anna, true))
	want := []standing.Change{{Day: today, Points: 1, Cause: standing.CauseDays}}
	if got := m.standingOf(anna, true).Turns; !slices.Equal(got, want) {
		t.Errorf("turns %+v, want %+v", got, want)
	}
}

// Whom the owner makes an admin has full standing, also when they are an admin no more.
func TestAppointedHaveFullStanding(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.stand(anna, 30)
	m.writes(anna, true)
	m.now = m.now.Add(day)
	m.must(m.court.Appointed(t.Context(), m.next(), club, moderation.Supergroup, anna, false))
	if got := m.score(anna); got != 31 {
		t.Errorf("who is an admin no more has %d", got)
	}
	for _, admin := range []bool{true, true, false} {
		m.must(m.court.Appointed(t.Context(), m.next(), club, moderation.Supergroup, anna, admin))
		if got := m.records[member{club, anna}]; got != (moderation.Record{}) {
			t.Errorf("admin %v: record %+v", admin, got)
		}
	}
	want := []standing.Change{{Day: today + 1, Points: 69, Cause: standing.CauseAppointed}, {Day: today, Points: 1, Cause: standing.CauseDays}}
	if got := m.standingOf(anna, true); got.Score != standing.FullStanding || !slices.Equal(got.Turns, want) {
		t.Errorf("stands at %+v, want %+v", got, want)
	}
	m.want()
}
