package moderation_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

func TestCostOfRules(t *testing.T) {
	for _, r := range rulebook.DefaultBook() {
		if got, want := standing.CostOf(r.Severity), 5<<r.Severity; got != want {
			t.Errorf("%s costs %d, want %d", r.ID, got, want)
		}
	}
	if got := standing.CostOf(rulebook.DefaultBook().Rule("a rule of old").Severity); got != 10 {
		t.Errorf("what is no rule any more costs %d", got)
	}
}

// stand gives somebody a standing.
func (r *fixture) stand(who int64, score int) {
	record := r.records[member{club, who}]
	record.Conduct = standing.Conduct{Lost: standing.FullStanding - score}
	r.records[member{club, who}] = record
}

// score is somebody's standing now.
func (r *fixture) score(who int64) int {
	return r.records[member{club, who}].Conduct.Score(moderation.DayOf(r.now))
}

func (r *fixture) standingOf(who int64, own bool) moderation.Standing {
	r.t.Helper()
	s, err := r.court.Standing(r.ctx, r.next(), club, who, own)
	r.must(err)
	return s
}

func TestUpheldCaseCostsStanding(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rule         rulebook.RuleID
		before, cost int
	}{
		"of severity 1":             {rulebook.Spam, 100, 10},
		"of severity 2":             {rulebook.Scam, 100, 20},
		"of severity 3":             {rulebook.Violence, 100, 40},
		"which nobody named":        {"", 100, 10},
		"as much as there is":       {rulebook.Violence, 25, 25},
		"which may be nothing":      {rulebook.Violence, 0, 0},
		"from there to the edge":    {rulebook.Hate, 40, 20},
		"and one beneath that edge": {rulebook.Hate, 39, 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.stand(mallory, test.before)
			m.reportsAs(41, test.rule, anna, bob)
			m.reports(41, carl)
			k, after := m.about(41), test.before-test.cost
			if k.Verdict != moderation.Upheld || m.score(mallory) != after || m.history[member{club, mallory}][0].Cost != test.cost {
				t.Errorf("case %+v, standing %d, offences %+v", k.Case, m.score(mallory), m.history)
			}
			want := []standing.Change{{Day: today, Points: -test.cost, Cause: standing.CauseUpheld, Case: k.ID}}
			if test.cost == 0 {
				want = nil
			}
			if got := m.standingOf(mallory, false); got.Score != after || got.Tier != standing.TierOf(after) || !slices.Equal(got.Turns, want) {
				t.Errorf("stands at %+v, want %d by %+v", got, after, want)
			}
			told := 0
			for _, e := range m.effects {
				if e.Kind == moderation.EffectNotice {
					told++
					if want := (moderation.Score{Cost: test.cost, Now: after, Tier: standing.TierOf(after)}); e.Standing == nil || *e.Standing != want {
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
	for name, end := range map[string]func(*fixture, *kept){
		"dismissed": decided,
		"dismissed by votes": func(m *fixture, k *kept) {
			m.must(errors.Join(m.vote(k, 21, moderation.Fine), m.vote(k, 22, moderation.Fine), m.vote(k, 23, moderation.Fine), m.vote(k, 24, moderation.Fine)))
		},
		"withdrawn": withdrawn,
		"expired":   func(m *fixture, _ *kept) { m.now = m.now.Add(2 * day); _, err := m.court.ExpireDue(m.ctx); m.must(err) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
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
		decide func(*fixture) // what ends it; votes if nil
		kind   moderation.Kind
		want   string
	}{
		"above it":                   {20, nil, moderation.Supergroup, "warn"},
		"the next case is a ban":     {19, nil, moderation.Supergroup, "ban"},
		"when nothing is left":       {0, nil, moderation.Supergroup, "ban"},
		"if an admin decides, too":   {19, func(m *fixture) { m.must(m.admin(m.about(41), moderation.Upheld)) }, moderation.Supergroup, "ban"},
		"but they may choose":        {19, func(m *fixture) { m.manually(41, "mute 2h") }, moderation.Supergroup, "mute 2h"},
		"where there is no real ban": {19, nil, moderation.Basic, "kick"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.chats[club].Kind = test.kind
			m.stand(mallory, test.score)
			if next := m.standingOf(mallory, true).Next.String(); (next == "ban") != (test.score < 20) {
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
		conduct standing.Conduct
		weight  float64 // 0 if it is refused
	}{
		"full":              {standing.Conduct{}, 1},
		"good":              {standing.Conduct{Lost: 20}, 1},
		"watched":           {standing.Conduct{Lost: 21}, 0.5},
		"watched, barely":   {standing.Conduct{Lost: 50}, 0.5},
		"restricted":        {standing.Conduct{Lost: 51}, 0},
		"so until tomorrow": {standing.Conduct{Lost: 51, Wrote: today}, 0},
		"so until today":    {standing.Conduct{Lost: 51, Wrote: yesterday}, 0.5},
		"or not":            {standing.Conduct{Lost: 51, Wrote: yesterday, Fell: yesterday}, 0},
		"a last chance":     {standing.Conduct{Lost: 81}, 0},
		"none":              {standing.Conduct{Lost: 100}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
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
	m := newFixture(t)
	k := m.reports(41, bob)
	m.voteRecords[member{club, anna}] = weight.VoteRecord{Day: today, Abuse: weight.ReportAbuse{Cast: 12, Missed: 6, Noted: true, Pauses: 1, Until: today + 3}}
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
			if got := m.standingOf(anna, own).Paused; !got.Equal(want) {
				t.Errorf("to themselves: %v; paused until %v, want %v", own, got, want)
			}
		}
		if later == 0 {
			m.must(m.vote(k, anna, moderation.Breaks))
		}
	}
	if got := m.standingOf(anna, true).Paused; !got.IsZero() {
		t.Errorf("paused until %v, though it is over", got)
	}
}

// What somebody may send is brought into line with their standing as soon as that matters: at once, when a
// mute is over, when they come back. It is again when that matters no more.
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
			m := newFixture(t)
			m.stand(test.author.ID, test.score)
			h := m.manualOf(41, test.step)
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
		m := newFixture(t)
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
				m := newFixture(t)
				m.stand(mallory, test.before)
				h := m.manualOf(41, "warn")
				h.Rule = rulebook.Scam
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
				cause := map[moderation.Reversal]standing.Cause{moderation.Overturned: standing.CauseOverturned, moderation.Pardoned: standing.CausePardoned}[kind]
				turn := standing.Change{Day: moderation.DayOf(m.now), Points: test.points, Cause: cause, Case: k.ID}
				got := m.standingOf(mallory, true)
				if got.Score != test.after || got.Score-before != test.points || slices.Contains(got.Turns, turn) != (test.points > 0) {
					t.Errorf("from %d to %+v, want %d", before, got, test.after)
				}
			})
		}
	}
}

// Whom an admin frees is bound all the same: with a mute end all restrictions.
func TestFreedAreBoundAgain(t *testing.T) {
	t.Parallel()
	for score, want := range map[int][]string{
		59: {"free mute", "tier", "news mallory mute", "admins freed mute by Dora"},
		60: {"free mute", "news mallory mute", "admins freed mute by Dora"},
	} {
		m := newFixture(t)
		m.stand(mallory, score)
		m.manually(41, "mute 1d") // which takes ten
		m.carried()
		m.must(m.court.Free(t.Context(), moderation.Release{Update: m.next(), Chat: club, By: boss, Author: human, Penalty: ladder.Mute}))
		m.want(want...)
	}
}

// What somebody bound may not send is removed; plain text stays, and counts.
func TestRestrictedSendPlainTextOnly(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		conduct standing.Conduct
		plain   bool
		author  moderation.Author
		kept    bool
	}{
		"a link of a member":         {standing.Conduct{}, false, human, true},
		"of who is watched":          {standing.Conduct{Lost: 50}, false, human, true},
		"of who is restricted":       {standing.Conduct{Lost: 51}, false, human, false},
		"of who has a last chance":   {standing.Conduct{Lost: 90}, false, human, false},
		"their plain text":           {standing.Conduct{Lost: 90}, true, human, true},
		"a link when a day is over":  {standing.Conduct{Lost: 51, Wrote: today - 1}, false, human, true},
		"of a channel, as it likes":  {standing.Conduct{Lost: 90}, false, moderation.Author{ID: mallory, Channel: true}, true},
		"not before the day is over": {standing.Conduct{Lost: 51, Wrote: today}, false, human, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.records[member{club, mallory}] = moderation.Record{Conduct: test.conduct}
			s := m.wrote(mallory, 41)
			s.Plain, s.Author = test.plain, test.author
			m.must(m.court.Observe(t.Context(), []moderation.SeenMessage{s}))
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

// Admins can neither by low standing nor by a pause be spared complaints: those are no votes.
func TestComplaintsNeedNoStanding(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.stand(anna, 0)
	m.voteRecords[member{club, bob}] = weight.VoteRecord{Day: today, Abuse: weight.ReportAbuse{Until: today + 7}}
	for _, who := range []int64{anna, bob} {
		if got := m.complains(who, 41); got != (moderation.Receipt{Complaint: true}) {
			t.Errorf("receipt of %s: %+v", names[who], got)
		}
	}
	if len(m.against) != 2 {
		t.Errorf("complaints %+v", m.against)
	}
}
