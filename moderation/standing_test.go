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
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

func TestTiers(t *testing.T) {
	const good, watched, restricted, last = moderation.TierGood, moderation.TierWatched, moderation.TierRestricted, moderation.TierLastChance
	for score := range moderation.FullStanding + 1 {
		want := good
		switch {
		case score < 20:
			want = last
		case score < 50:
			want = restricted
		case score < 80:
			want = watched
		}
		if got := moderation.TierOf(score); got != want {
			t.Errorf("%d is %s, want %s", score, got, want)
		}
	}
	for tier, want := range map[moderation.Tier]struct {
		weight float64
		bound  bool
	}{good: {1, false}, watched: {0.5, false}, restricted: {0, true}, last: {0, true}} {
		if tier.Weight() != want.weight || tier.Bound() != want.bound {
			t.Errorf("%s weighs %v, bound: %v; want %+v", tier, tier.Weight(), tier.Bound(), want)
		}
	}
}

func TestCostOf(t *testing.T) {
	for _, r := range moderation.DefaultBook() {
		if got, want := moderation.CostOf(r.Severity), 5<<r.Severity; got != want {
			t.Errorf("%s costs %d, want %d", r.ID, got, want)
		}
	}
	if got := moderation.CostOf(moderation.DefaultBook().Rule("a rule of old").Severity); got != 10 {
		t.Errorf("what is no rule any more costs %d", got)
	}
}

// What befell somebody, by days: they wrote (w), a case cost them 10 (f), which was given back (r), or a day
// passed (+).
func TestConduct(t *testing.T) {
	for name, test := range map[string]struct {
		befell string
		want   int
	}{
		"nothing":                            {"", 100},
		"who wrote has no more than all":     {"w+w+w+", 100},
		"a case":                             {"f", 90},
		"of nothing there is nothing taken":  {"ffffffffffff", 0},
		"time alone brings nothing back":     {"f+++++", 90},
		"a day on which they wrote does":     {"f+w+", 91},
		"when it is over":                    {"f+w", 90},
		"though nothing came after it":       {"f+w+++++", 91},
		"however much they wrote":            {"f+wwwwww+", 91},
		"each such day":                      {"f+w+w++w+", 93},
		"but not the day of the case":        {"fw+", 90},
		"nor what they wrote before it":      {"f+wf+", 80},
		"nor after":                          {"f+wfw+", 80},
		"the day before it does":             {"f+w+f", 81},
		"until all is back":                  {"f+w+w+w+w+w+w+w+w+w+w+w+w+", 100},
		"what was given back":                {"fr", 100},
		"of two cases":                       {"ffr", 90},
		"not more than was missing":          {"f+w+r", 100},
		"and what is given back is not more": {"f+w+r+f", 90},
		"a day before it was given back":     {"ff+w+r", 91},
		"and one after":                      {"ff+r+w+", 91},
	} {
		t.Run(name, func(t *testing.T) {
			c, on := moderation.Conduct{}, today
			for _, what := range test.befell {
				switch what {
				case 'w':
					c = c.Write(on)
				case 'f':
					c, _ = c.Fall(10, on)
				case 'r':
					c = c.Rise(10, on)
				case '+':
					on++
				}
			}
			if got := c.Score(on); got != test.want || c.Tier(on) != moderation.TierOf(test.want) {
				t.Errorf("the score is %d, %s; want %d", got, c.Tier(on), test.want)
			}
		})
	}
}

// life is what befell somebody, kept as it happened.
type life struct {
	missing     int
	wrote, fell map[int64]bool
	counted     int64 // days before this are
}

// until counts the days before one, each by itself.
func (l *life) until(day int64) {
	for ; l.counted < day; l.counted++ {
		if l.wrote[l.counted] && !l.fell[l.counted] && l.missing > 0 {
			l.missing--
		}
	}
}

// A conduct says what counting each day by itself would: a point for each that is over, on which they wrote
// and no case was upheld, as long as any is missing. A score is from 0 to 100.
func TestConductCountsDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := today
		c, l := moderation.Conduct{}, life{wrote: map[int64]bool{}, fell: map[int64]bool{}, counted: today}
		for range rapid.IntRange(0, 60).Draw(t, "events") {
			points := rapid.SampledFrom([]int{10, 20, 40}).Draw(t, "points")
			switch rapid.SampledFrom([]string{"write", "write", "fall", "rise", "wait", "wait"}).Draw(t, "what") {
			case "write":
				c = c.Write(on)
				l.wrote[on] = l.wrote[on] || l.missing > 0
			case "fall":
				next, taken := c.Fall(points, on)
				if want := min(points, moderation.FullStanding-l.missing); taken != want {
					t.Fatalf("%d taken, want %d", taken, want)
				}
				c, l.missing, l.fell[on] = next, l.missing+taken, true
			case "rise":
				c, l.missing = c.Rise(points, on), max(0, l.missing-points)
				if l.missing == 0 { // a new life
					l.wrote[on], l.fell[on] = false, false
				}
			case "wait":
				on += rapid.Int64Range(1, 3).Draw(t, "days")
				l.until(on)
			}
			if got := c.Score(on); got != moderation.FullStanding-l.missing {
				t.Fatalf("the score is %d, %d are missing; %+v", got, l.missing, c)
			}
			if c != (moderation.Conduct{}) && c.Lost == 0 {
				t.Fatalf("full standing is kept as %+v", c)
			}
			if back := c.Score(on - 5); back < 0 || back > moderation.FullStanding { // by a clock that was set back
				t.Fatalf("the score was %d", back)
			}
		}
	})
}

// Whatever cases cost, in whatever order they are taken back, as long as no day is counted all of it comes
// back and nothing more: the standing is what it was.
func TestFallsAndRisesMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := moderation.Conduct{Lost: rapid.IntRange(0, moderation.FullStanding).Draw(t, "missing")}
		c, taken := start, []int{}
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			if n := len(taken); n > 0 && rapid.Bool().Draw(t, "back") {
				i := rapid.IntRange(0, n-1).Draw(t, "which")
				c, taken = c.Rise(taken[i], today), slices.Delete(taken, i, i+1)
				continue
			}
			next, points := c.Fall(rapid.SampledFrom([]int{10, 20, 40}).Draw(t, "points"), today)
			c, taken = next, append(taken, points)
		}
		for _, points := range taken {
			c = c.Rise(points, today)
		}
		if c.Lost != start.Lost || c.Score(today) != start.Score(today) {
			t.Fatalf("began with %d points missing, ended with %d", start.Lost, c.Lost)
		}
	})
}

// stand gives somebody a standing.
func (r *room) stand(who int64, score int) {
	record := r.records[member{club, who}]
	record.Conduct = moderation.Conduct{Lost: moderation.FullStanding - score}
	r.records[member{club, who}] = record
}

// score is somebody's standing now.
func (r *room) score(who int64) int {
	return r.records[member{club, who}].Conduct.Score(moderation.DayOf(r.now))
}

func (r *room) standing(who int64, own bool) moderation.Standing {
	r.t.Helper()
	s, err := r.court.Standing(r.ctx, r.next(), club, who, own)
	r.must(err)
	return s
}

func TestUpheldCaseCostsStanding(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rule         moderation.RuleID
		before, cost int
	}{
		"of severity 1":             {moderation.Spam, 100, 10},
		"of severity 2":             {moderation.Scam, 100, 20},
		"of severity 3":             {moderation.Violence, 100, 40},
		"which nobody named":        {"", 100, 10},
		"as much as there is":       {moderation.Violence, 25, 25},
		"which may be nothing":      {moderation.Violence, 0, 0},
		"from there to the edge":    {moderation.Hate, 40, 20},
		"and one beneath that edge": {moderation.Hate, 39, 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRoom(t)
			m.stand(mallory, test.before)
			m.reportsAs(41, test.rule, anna, bob)
			m.reports(41, carl)
			k, after := m.about(41), test.before-test.cost
			if k.Verdict != moderation.Upheld || m.score(mallory) != after || m.history[member{club, mallory}][0].Cost != test.cost {
				t.Errorf("case %+v, standing %d, offences %+v", k.Case, m.score(mallory), m.history)
			}
			want := []moderation.Turn{{Day: today, Points: -test.cost, Cause: moderation.CauseUpheld, Case: k.ID}}
			if test.cost == 0 {
				want = nil
			}
			if got := m.standing(mallory, false); got.Score != after || got.Tier != moderation.TierOf(after) || !slices.Equal(got.Turns, want) {
				t.Errorf("stands at %+v, want %d by %+v", got, after, want)
			}
			told := 0
			for _, e := range m.effects {
				if e.Kind == moderation.EffectNotice {
					told++
					if want := (moderation.Score{Cost: test.cost, Now: after, Tier: moderation.TierOf(after)}); e.Standing == nil || *e.Standing != want {
						t.Errorf("told %+v, want %+v", e.Standing, want)
					}
				} else if e.Standing != nil {
					t.Errorf("told in %+v", e)
				}
			}
			if told != 1 {
				t.Errorf("told %d times", told)
			}
			for _, who := range []int64{anna, bob, carl} {
				if got := m.records[member{club, who}]; got != (moderation.Record{}) {
					t.Errorf("the reporter's record is %+v", got) // reports never touch it
				}
			}
		})
	}
}

// No other end of a case touches anybody's standing: a fall after a dismissed case would tell whose it was.
func TestNothingElseCostsStanding(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*room, *kept){
		"dismissed": decided,
		"dismissed by votes": func(m *room, k *kept) {
			m.must(errors.Join(m.vote(k, 21, moderation.Fine), m.vote(k, 22, moderation.Fine), m.vote(k, 23, moderation.Fine), m.vote(k, 24, moderation.Fine)))
		},
		"withdrawn": withdrawn,
		"expired":   func(m *room, _ *kept) { m.now = m.now.Add(2 * day); _, err := m.court.ExpireDue(m.ctx); m.must(err) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRoom(t)
			k := m.reports(41, anna)
			end(m, k)
			if !k.Verdict.Final() || len(m.records) > 0 || len(m.turns) > 0 {
				t.Errorf("%s: records %+v, turns %+v", k.Verdict, m.records, m.turns)
			}
			m.now = m.now.Add(9 * day)
			_, err := m.court.Settle(t.Context())
			m.must(err)
			if len(m.records) > 0 || len(m.turns) > 0 {
				t.Errorf("when it was settled: records %+v, turns %+v", m.records, m.turns)
			}
		})
	}
}

func TestLastChance(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		score  int
		decide func(*room) // what ends it; votes if nil
		kind   moderation.Kind
		want   string
	}{
		"above it":                   {20, nil, moderation.Supergroup, "warn"},
		"the next case is a ban":     {19, nil, moderation.Supergroup, "ban"},
		"when nothing is left":       {0, nil, moderation.Supergroup, "ban"},
		"if an admin decides, too":   {19, func(m *room) { m.must(m.admin(m.about(41), moderation.Upheld)) }, moderation.Supergroup, "ban"},
		"but they may choose":        {19, func(m *room) { m.byHand(41, "mute 2h") }, moderation.Supergroup, "mute 2h"},
		"where there is no real ban": {19, nil, moderation.Basic, "kick"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRoom(t)
			m.chats[club].Kind = test.kind
			m.stand(mallory, test.score)
			if next := m.standing(mallory, true).Next.String(); (next == "ban") != (test.score < 20) {
				t.Errorf("is told that the next is %s", next)
			}
			m.reports(41, anna)
			if test.decide == nil {
				m.reports(41, bob, carl)
			} else {
				test.decide(m)
			}
			if k := m.about(41); k.Penalty.String() != test.want || k.Until != k.Penalty.Until(m.now) {
				t.Errorf("case %+v, want %s", k.Case, test.want)
			}
		})
	}
}

// Whose standing is low has no vote, neither by report nor on the card; a day that counts by now counts.
func TestStandingGivesTheVote(t *testing.T) {
	t.Parallel()
	yesterday := today - 1
	for name, test := range map[string]struct {
		conduct moderation.Conduct
		weight  float64 // 0 if it is refused
	}{
		"full":              {moderation.Conduct{}, 1},
		"good":              {moderation.Conduct{Lost: 20}, 1},
		"watched":           {moderation.Conduct{Lost: 21}, 0.5},
		"watched, barely":   {moderation.Conduct{Lost: 50}, 0.5},
		"restricted":        {moderation.Conduct{Lost: 51}, 0},
		"so until tomorrow": {moderation.Conduct{Lost: 51, Wrote: today}, 0},
		"so until today":    {moderation.Conduct{Lost: 51, Wrote: yesterday}, 0.5},
		"or not":            {moderation.Conduct{Lost: 51, Wrote: yesterday, Fell: yesterday}, 0},
		"a last chance":     {moderation.Conduct{Lost: 81}, 0},
		"none":              {moderation.Conduct{Lost: 100}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRoom(t)
			k := m.reports(41, bob)
			m.records[member{club, anna}] = moderation.Record{Conduct: test.conduct}
			m.carried()
			_, err := m.court.Report(t.Context(), m.reportOf(anna, 42))
			voted := m.vote(k, anna, moderation.Fine)
			if test.weight == 0 {
				m.refusedAs(err, moderation.RefuseStanding)
				m.refusedAs(voted, moderation.RefuseStanding)
				m.want()
				if m.about(42) != nil || len(k.ballots) != 1 || m.buckets[member{club, anna}].Spent != 0 {
					t.Errorf("ballots %+v, bucket %+v", k.ballots, m.buckets)
				}
				return
			}
			m.must(errors.Join(err, voted))
			for _, b := range []moderation.Ballot{m.about(42).ballots[0], k.ballots[1]} {
				if b.Weight != test.weight {
					t.Errorf("ballot %+v, want %v", b, test.weight)
				}
			}
		})
	}
}

// Whose reports are paused is told until when, and it costs them nothing. On the card they still have a vote.
func TestPausedReporter(t *testing.T) {
	t.Parallel()
	m := newRoom(t)
	k := m.reports(41, bob)
	m.tracks[member{club, anna}] = weight.VoteRecord{Day: today, Abuse: weight.ReportAbuse{Cast: 12, Missed: 6, Noted: true, Pauses: 1, Until: today + 3}}
	until := noon.Truncate(day).Add(3 * day)
	for _, later := range []time.Duration{0, until.Sub(noon) - time.Second, until.Sub(noon)} {
		m.now = noon.Add(later)
		m.carried()
		_, err := m.court.Report(t.Context(), m.reportOf(anna, 42))
		if later == until.Sub(noon) {
			m.must(err)
			break
		}
		var no *moderation.Refusal
		if !errors.As(err, &no) || no.Code != moderation.RefusePaused || !no.Until.Equal(until) {
			t.Errorf("after %v answered %+v, want a pause until %v", later, err, until)
		}
		m.want()
		if m.about(42) != nil || m.buckets[member{club, anna}].Spent != 0 {
			t.Errorf("case %+v, bucket %+v", m.about(42), m.buckets)
		}
		for own, want := range map[bool]time.Time{true: until, false: {}} {
			if got := m.standing(anna, own).Paused; !got.Equal(want) {
				t.Errorf("to themselves: %v; paused until %v, want %v", own, got, want)
			}
		}
		if later == 0 {
			m.must(m.vote(k, anna, moderation.Breaks))
		}
	}
	if got := m.standing(anna, true).Paused; !got.IsZero() {
		t.Errorf("paused until %v, though it is over", got)
	}
}

// What somebody may send is brought into line with their standing as soon as that matters: at once, when a
// mute is over, when they come back; and again when it does no more.
func TestTierIsCarriedOut(t *testing.T) {
	t.Parallel()
	channel := moderation.Author{ID: -7, Channel: true}
	for name, test := range map[string]struct {
		score  int
		author moderation.Author
		step   string
		want   []string
	}{
		"at once beside a warning":       {50, human, "warn", []string{"tier", "notice mallory warn"}},
		"when a mute is over":            {50, human, "mute 2h", []string{"punish mute 2h", "tier in 2h", "notice mallory mute 2h"}},
		"not beside a ban":               {50, human, "ban 7d", []string{"delete [41]", "notice mallory ban 7d first", "punish ban 7d"}},
		"not beside a kick":              {50, human, "kick", []string{"notice mallory kick first", "punish kick", "lift"}},
		"not while they are but watched": {60, human, "warn", []string{"notice mallory warn"}},
		"again when they are restricted": {40, human, "warn", []string{"tier", "notice mallory warn"}},
		"and on the last chance":         {19, human, "mute 1h", []string{"punish mute 1h", "tier in 1h", "notice mallory mute 1h"}},
		"not for channels":               {50, channel, "warn", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRoom(t)
			m.stand(test.author.ID, test.score)
			h := m.handOf(41, test.step)
			h.Target.Author = test.author
			m.punished(h)
			for _, e := range m.effects {
				if e.Kind == moderation.EffectTier && e.Author != test.author {
					t.Errorf("of somebody else: %+v", e)
				}
			}
			m.want(append(test.want, "admins hand by Dora")...)
		})
	}
}

func TestTierOnReturn(t *testing.T) {
	t.Parallel()
	for score, want := range map[int][]string{100: nil, 50: nil, 49: {"tier"}, 10: {"tier"}} {
		m := newRoom(t)
		m.stand(mallory, score)
		for range 2 { // told twice: by the service message and by the membership update
			m.must(m.court.Joined(t.Context(), m.next(), club, moderation.Supergroup, []moderation.Person{{ID: mallory}}, m.now))
			for _, e := range m.effects {
				if e.Author.ID != mallory {
					t.Errorf("of somebody else: %+v", e)
				}
			}
			m.want(want...)
			want = nil
		}
		if got := m.score(mallory); got != score {
			t.Errorf("came back with %d, left with %d", got, score)
		}
	}
}

// A reversal gives back what the case took, and what may be sent with it.
func TestReversalGivesStandingBack(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before int // the case costs 20
		days   int // on which Mallory wrote since
		after  int
		points int // of the turn; 0 if there is none
		want   []string
	}{
		"from the edge of good":       {100, 0, 100, 20, nil},
		"to what it was":              {75, 0, 75, 20, nil},
		"to watched from restricted":  {60, 0, 60, 20, []string{"tier"}},
		"to restricted all the same":  {45, 0, 45, 20, []string{"tier"}},
		"what there was to take":      {15, 0, 15, 15, []string{"tier"}},
		"with the days since":         {75, 4, 79, 20, nil},
		"though they lifted it":       {69, 3, 72, 20, nil},
		"not more than all":           {100, 5, 100, 15, nil},
		"nothing if all is there":     {100, 20, 100, 0, nil},
		"nothing if nothing was left": {0, 0, 0, 0, []string{"tier"}},
	} {
		for _, kind := range []moderation.Reversal{moderation.Overturned, moderation.Pardoned} {
			t.Run(name+", "+string(kind), func(t *testing.T) {
				t.Parallel()
				m := newRoom(t)
				m.stand(mallory, test.before)
				h := m.handOf(41, "warn")
				h.Rule = moderation.Scam
				k := m.punished(h)
				for range test.days {
					m.now = m.now.Add(day)
					m.writes(mallory, true)
				}
				m.now = m.now.Add(day)
				m.writes(mallory, true)
				before := m.score(mallory)
				m.carried()
				if kind == moderation.Overturned {
					m.must(m.overturn(k))
				} else if _, err := m.pardon(human); err != nil {
					t.Fatal(err)
				}
				m.want(append(test.want, "news mallory "+string(kind)+" warn", "admins "+string(kind)+" by Dora")...)
				cause := map[moderation.Reversal]moderation.Cause{moderation.Overturned: moderation.CauseOverturned, moderation.Pardoned: moderation.CausePardoned}[kind]
				turn := moderation.Turn{Day: moderation.DayOf(m.now), Points: test.points, Cause: cause, Case: k.ID}
				got := m.standing(mallory, true)
				if got.Score != test.after || got.Score-before != test.points || slices.Contains(got.Turns, turn) != (test.points > 0) {
					t.Errorf("from %d to %+v, want %d", before, got, test.after)
				}
			})
		}
	}
}

// writes has somebody write a message of which nobody reports anything.
func (r *room) writes(who int64, plain bool) {
	r.t.Helper()
	s := r.wrote(who, 1000+r.update)
	s.Plain = plain
	r.must(r.court.Observe(r.ctx, []moderation.Sighting{s}))
}

// However many penalties an admin gives and takes back within a day, the points that are missing are the
// costs of those that stand.
func TestStandingIsWhatTheOffencesCost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newRoomFor(context.Background(), t)
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"punish", "punish", "overturn", "pardon", "harsher"}).Draw(t, "what") {
			case "punish":
				h := m.handOf(int64(len(m.cases)+41), "mute 1h")
				h.Rule = rapid.SampledFrom([]moderation.RuleID{moderation.Spam, moderation.Scam, moderation.Violence}).Draw(t, "rule")
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
			if got := m.score(mallory); got != moderation.FullStanding-missing || turned != missing {
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
			m := newRoom(t)
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
			want := []moderation.Turn{{Day: today, Points: 1, Cause: moderation.CauseDays}}
			if test.score == 100 {
				want = nil
			}
			if got := m.standing(mallory, true).Turns; !slices.Equal(got, want) {
				t.Errorf("turns %+v, want %+v", got, want)
			}
		})
	}
}

// Days in a row are one turn; one with a case is none.
func TestTurns(t *testing.T) {
	t.Parallel()
	m := newRoom(t)
	var cases []string
	for _, what := range "f+w+w+w+wf+w+w+" {
		switch what {
		case 'w':
			m.writes(mallory, true)
		case 'f':
			cases = append(cases, m.byHand(int64(41+len(cases)), "warn").ID)
		case '+':
			m.now = m.now.Add(day)
		}
	}
	m.writes(mallory, true)
	want := moderation.Standing{
		Score: 85, Tier: moderation.TierGood,
		Turns: []moderation.Turn{
			{Day: today + 6, Points: 2, Cause: moderation.CauseDays}, {Day: today + 4, Points: -10, Cause: moderation.CauseUpheld, Case: cases[1]},
			{Day: today + 3, Points: 3, Cause: moderation.CauseDays}, {Day: today, Points: -10, Cause: moderation.CauseUpheld, Case: cases[0]},
		},
	}
	got := m.standing(mallory, false)
	if got.Score != want.Score || got.Tier != want.Tier || !slices.Equal(got.Turns, want.Turns) {
		t.Errorf("stands at %+v\nwant %+v", got, want)
	}
	if s := m.standing(anna, false); s.Score != moderation.FullStanding || s.Turns != nil {
		t.Errorf("somebody else stands at %+v", s)
	}
}

// A day that is over is told before it is kept, with those before it if they are in a row.
func TestDayThatIsToBeCountedIsTold(t *testing.T) {
	t.Parallel()
	type turn = moderation.Turn
	fell := turn{Day: today, Points: -40, Cause: moderation.CauseUpheld, Case: "0001"}
	days := func(last int64, points int) turn { return turn{Day: last, Points: points, Cause: moderation.CauseDays} }
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
			m := newRoom(t)
			for _, what := range test.befell {
				switch what {
				case 'f':
					h := m.handOf(41, "warn")
					h.Rule = moderation.Violence
					m.punished(h)
				case 'w':
					m.writes(mallory, true)
				case '+':
					m.now = m.now.Add(day)
				}
			}
			for range 2 { // to ask changes nothing
				if got := m.standing(mallory, true).Turns; !slices.Equal(got, test.want) {
					t.Errorf("turns %+v, want %+v", got, test.want)
				}
			}
		})
	}
}

// Whom an admin frees is bound all the same: with a mute end all restrictions.
func TestFreedAreBoundAgain(t *testing.T) {
	t.Parallel()
	for score, want := range map[int][]string{
		59: {"free mute", "tier", "news mallory mute", "admins freed mute by Dora"},
		60: {"free mute", "news mallory mute", "admins freed mute by Dora"},
	} {
		m := newRoom(t)
		m.stand(mallory, score)
		m.byHand(41, "mute 1d") // which takes ten
		m.carried()
		m.must(m.court.Free(t.Context(), moderation.Release{Update: m.next(), Chat: club, By: boss, Author: human, Deed: ladder.Mute}))
		m.want(want...)
	}
}

// What somebody bound may not send is removed; plain text stays, and counts.
func TestRestrictedSendPlainTextOnly(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		conduct moderation.Conduct
		plain   bool
		author  moderation.Author
		kept    bool
	}{
		"a link of a member":         {moderation.Conduct{}, false, human, true},
		"of who is watched":          {moderation.Conduct{Lost: 50}, false, human, true},
		"of who is restricted":       {moderation.Conduct{Lost: 51}, false, human, false},
		"of who has a last chance":   {moderation.Conduct{Lost: 90}, false, human, false},
		"their plain text":           {moderation.Conduct{Lost: 90}, true, human, true},
		"a link when a day is over":  {moderation.Conduct{Lost: 51, Wrote: today - 1}, false, human, true},
		"of a channel, as it likes":  {moderation.Conduct{Lost: 90}, false, moderation.Author{ID: mallory, Channel: true}, true},
		"not before the day is over": {moderation.Conduct{Lost: 51, Wrote: today}, false, human, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRoom(t)
			m.records[member{club, mallory}] = moderation.Record{Conduct: test.conduct}
			s := m.wrote(mallory, 41)
			s.Plain, s.Author = test.plain, test.author
			m.must(m.court.Observe(t.Context(), []moderation.Sighting{s}))
			if kept := len(m.seen) == 1; kept != test.kept {
				t.Errorf("kept: %v, want %v", kept, test.kept)
			}
			if got := m.carried(); slices.Contains(got, "delete [41]") == test.kept {
				t.Errorf("to be done: %q", got)
			}
			wrote := m.records[member{club, mallory}].Conduct.Wrote
			if counts := wrote == today; counts != (test.kept && test.conduct.Lost > 0) && test.conduct.Wrote != today {
				t.Errorf("the day counts: %v", counts)
			}
		})
	}
}

// Whom the owner makes an admin has full standing, also when they are an admin no more.
func TestAppointedHaveFullStanding(t *testing.T) {
	t.Parallel()
	m := newRoom(t)
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
	want := []moderation.Turn{{Day: today + 1, Points: 69, Cause: moderation.CauseAppointed}, {Day: today, Points: 1, Cause: moderation.CauseDays}}
	if got := m.standing(anna, true); got.Score != moderation.FullStanding || !slices.Equal(got.Turns, want) {
		t.Errorf("stands at %+v, want %+v", got, want)
	}
	m.want()
}

// Who is one point short, and earned it by a day that is not counted yet, needs nothing more.
func TestAppointedWithADayThatIsToBeCounted(t *testing.T) {
	t.Parallel()
	m := newRoom(t)
	m.stand(anna, 99)
	m.writes(anna, true)
	m.now = m.now.Add(day)
	m.must(m.court.Appointed(t.Context(), m.next(), club, moderation.Supergroup, anna, true))
	want := []moderation.Turn{{Day: today, Points: 1, Cause: moderation.CauseDays}}
	if got := m.standing(anna, true).Turns; !slices.Equal(got, want) {
		t.Errorf("turns %+v, want %+v", got, want)
	}
}

// Admins can neither by low standing nor by a pause be spared complaints: those are no votes.
func TestComplaintsNeedNoStanding(t *testing.T) {
	t.Parallel()
	m := newRoom(t)
	m.stand(anna, 0)
	m.tracks[member{club, bob}] = weight.VoteRecord{Day: today, Abuse: weight.ReportAbuse{Until: today + 7}}
	for _, who := range []int64{anna, bob} {
		if got := m.complains(who, 41); got != (moderation.Receipt{Complaint: true}) {
			t.Errorf("receipt of %s: %+v", names[who], got)
		}
	}
	if len(m.against) != 2 {
		t.Errorf("complaints %+v", m.against)
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
			m := newRoom(t)
			m.stand(mallory, 60)
			k := m.byHand(41, "warn")
			for i := range test.others {
				m.byHand(int64(42+i), "warn")
			}
			m.writes(mallory, true)
			m.now = m.now.Add(day)
			m.must(m.overturn(k))
			if got := m.standing(mallory, true); got.Score != test.want || got.Turns[0].Points != 10 {
				t.Errorf("stands at %+v, want %d", got, test.want)
			}
		})
	}
}

// Whatever befalls a member, their standing is all that there is and what its turns add up to, to anybody
// who asks, on any day.
func TestStandingIsWhatItsTurnsAddUpTo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newRoomFor(context.Background(), t)
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"punish", "overturn", "pardon", "write", "write", "wait", "wait", "appoint"}).Draw(t, "what") {
			case "punish":
				h := m.handOf(int64(len(m.cases)+41), "warn")
				h.Rule = rapid.SampledFrom([]moderation.RuleID{moderation.Spam, moderation.Scam, moderation.Violence}).Draw(t, "rule")
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
			s := m.standing(mallory, rapid.Bool().Draw(t, "own"))
			sum := moderation.FullStanding
			for _, turn := range s.Turns {
				sum += turn.Points
			}
			if len(m.turns[member{club, mallory}]) < moderation.MaxTurns && sum != s.Score || s.Score != m.score(mallory) || s.Tier != moderation.TierOf(s.Score) {
				t.Fatalf("stands at %+v, which adds up to %d; kept are %d", s, sum, m.score(mallory))
			}
			if !slices.IsSortedFunc(s.Turns, func(a, b moderation.Turn) int { return int(b.Day - a.Day) }) {
				t.Fatalf("turns %+v", s.Turns)
			}
		}
	})
}

// A point that is counted by a case's being reversed lifts what it lifts, like one that is counted by a message.
func TestTierIsLiftedByADayThatAReversalCounts(t *testing.T) {
	t.Parallel()
	m := newRoom(t)
	m.stand(mallory, 59)
	k := m.byHand(41, "warn") // 49: restricted
	m.now = m.now.Add(day)
	m.writes(mallory, true)
	m.now = m.now.Add(day) // 50 by now, but nothing has carried that out
	m.carried()
	m.must(m.overturn(k))
	m.want("tier", "news mallory overturned warn", "admins overturned by Dora")
	if got := m.standing(mallory, true); got.Score != 60 {
		t.Errorf("stands at %+v", got)
	}
}
