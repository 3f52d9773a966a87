package moderation_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// summon is how long these groups wait.
const summon = 30 * time.Minute

// stalls is a case that Anna reported and nobody else voted on. So many could be asked.
func stalls(t *testing.T, eligible int) (*fixture, *kept) {
	t.Helper()
	m := newFixture(t)
	m.members(eligible)
	k := m.reports(41, anna)
	if !k.JuryDue.Equal(m.now.Add(summon)) {
		t.Fatalf("case %+v", k.Case)
	}
	m.carried()
	return m, k
}

// stalled is such a case for which jurors were asked.
func stalled(t *testing.T) (*fixture, *kept) {
	t.Helper()
	m, k := stalls(t, 60)
	m.passes(summon-time.Second, 0)
	m.want()
	m.passes(time.Second, 1)
	m.want("summons somebody", "summons somebody", "summons somebody", "summons somebody", "summons somebody")
	return m, k
}

// newReports has as many new members report a message, and lets the clock of its case start, which has no card.
func (r *fixture) newReports(message, n int64) *kept {
	r.t.Helper()
	k := r.reports(message, r.fresh(n)...)
	r.now = k.ClockDue
	_, err := r.court.StartDue(r.ctx)
	r.must(err)
	return k
}

func only(words []string, prefix string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !strings.HasPrefix(w, prefix) })
}

// What jurors answer are ballots of the case, at its threshold: the first that is enough decides.
func TestStalledVoteIsDecidedByJurors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		how     jury.Ballot
		answers int
		want    moderation.Verdict
	}{
		"it breaks the rules": {jury.Uphold, 2, moderation.Upheld},
		"it is fine":          {jury.Overturn, 4, moderation.Dismissed}, // Anna says that it breaks them
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := stalled(t)
			for i := range test.answers {
				if k.Verdict != moderation.Open || k.Votes != i+1 {
					t.Fatalf("case %+v", k.Case)
				}
				m.must(m.rule(k, juror(i), test.how))
			}
			if k.Verdict != test.want || k.Jury != jury.NoJury || k.ByJury() {
				t.Errorf("case %+v", k.Case)
			}
			defer m.rested(k, test.want != moderation.Upheld)
			words := m.carried()
			if got := only(words, "thanks"); len(got) != test.answers || got[0] != "thanks somebody "+string(test.want) {
				t.Errorf("done: %q", words)
			}
			if got := only(words, "outcome"); len(got) != 1 || !strings.HasPrefix(got[0], "outcome anna") {
				t.Errorf("jurors are told what reporters are: %q", words)
			}
			m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(4), jury.Uphold) })
			m.unchanged(moderation.RefuseJurorVoted, func() error { return m.rule(k, juror(0), jury.Uphold) })
		})
	}
}

// Five more are asked each ten minutes, or when all have answered. Who answers late is heard as long as the case is open.
func TestRoundsOfAStalledVote(t *testing.T) {
	t.Parallel()
	m, k := stalled(t)
	m.must(m.rule(k, juror(0), jury.Overturn))
	m.passes(10*time.Minute-time.Second, 0)
	m.passes(time.Second, 1)
	m.sits(k, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	for i, who := range m.waiting(k) {
		m.must(m.rule(k, who, []jury.Ballot{jury.Uphold, jury.Overturn}[i%2]))
	}
	if k.Verdict != moderation.Open {
		t.Fatalf("case %+v", k.Case)
	}
	m.passes(0, 1)
	m.sits(k, 10, 11, 12, 13, 14)
	m.must(m.rule(k, juror(0), jury.Uphold)) // of the first round, who thought better of it
	if k.Verdict != moderation.Upheld {
		t.Errorf("case %+v, jury %+v", k.Case, k.jury)
	}
}

// rested checks whether Anna, whose report brought the jury of an ended case, brings none for a week.
func (r *fixture) rested(k *kept, want bool) {
	r.t.Helper()
	r.looks(0)
	rests := r.juryRecords[member{club, anna}].Rests
	if !k.JuryDue.IsZero() || want != rests.Equal(r.now.Add(7*day)) || !want && !rests.IsZero() {
		r.t.Errorf("Anna rests until %v, want %v; case %+v", rests, want, k.Case)
	}
}

// When its window ends a case expires as any other, whoever sits. Who answered is thanked.
func TestStalledVoteExpires(t *testing.T) {
	t.Parallel()
	m, k := stalled(t)
	m.must(m.rule(k, juror(0), jury.Uphold))
	for range 8 {
		m.looks(3 * time.Hour)
	}
	m.carried()
	_, err := m.court.ExpireDue(m.ctx)
	m.must(err)
	if words := m.carried(); k.Verdict != moderation.Expired || k.Jury != jury.NoJury || !slices.Equal(only(words, "thanks"), []string{"thanks somebody expired"}) {
		t.Errorf("done: %q, case %+v", words, k.Case)
	}
	m.rested(k, true)
	m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(1), jury.Uphold) })
}

// No juror is heard when the window is over, though nobody has noted yet that it is.
func TestAnswerAfterTheWindow(t *testing.T) {
	t.Parallel()
	m, k := stalled(t)
	m.now = k.Deadline
	m.passes(0, 1) // nobody is asked any more either
	m.sits(k, 0, 1, 2, 3, 4)
	m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(1), jury.Uphold) })
}

// Forty are asked at most, and then the clock looks at it no more.
func TestStalledVoteAsksFortyAtMost(t *testing.T) {
	t.Parallel()
	m, k := stalls(t, 120)
	for m.looks(summon); m.now.Before(noon.Add(2 * time.Hour)); m.looks(10 * time.Minute) {
	}
	if len(k.jury.Seats) != jury.MostAsked {
		t.Errorf("%d asked", len(k.jury.Seats))
	}
	for i, who := range m.waiting(k) {
		m.must(m.rule(k, who, []jury.Ballot{jury.Overturn, jury.Uphold}[i%2]))
	}
	m.looks(10 * time.Minute)
	if k.Verdict != moderation.Open || !k.JuryDue.IsZero() || len(k.jury.Seats) != jury.MostAsked {
		t.Errorf("case %+v", k.Case)
	}
}

// A case that only new members reported has no card. It is brought to members all the same, some time after its clock started.
func TestNewMembersAreHeard(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	k := m.newReports(41, 1)
	if k.CardWanted || !k.JuryDue.Equal(m.now.Add(summon)) {
		t.Fatalf("case %+v", k.Case)
	}
	m.looks(summon)
	for i := range 3 {
		if k.Verdict != moderation.Open {
			t.Fatalf("case %+v", k.Case)
		}
		m.must(m.rule(k, juror(i), jury.Uphold))
	}
	if k.Verdict != moderation.Upheld || k.Carded() {
		t.Errorf("case %+v", k.Case)
	}
}

// When a jury comes is for the group to say, and a case keeps what held when its clock started.
func TestWhenAVoteIsStalled(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		summon time.Duration
		want   time.Time
	}{
		"never":       {0, time.Time{}},
		"very soon":   {10 * time.Second, noon.Add(10 * time.Second)},
		"after a day": {day, noon.Add(day)},
		"as at first": {moderation.DefaultSummon, noon.Add(summon)},
	} {
		m := newFixture(t)
		m.members(60)
		m.tune(func(p *moderation.Policy) { p.Summon = test.summon })
		k := m.reports(41, anna)
		m.tune(func(p *moderation.Policy) { p.Summon = time.Minute })
		if !k.JuryDue.Equal(test.want) {
			t.Errorf("%s: at %v", name, k.JuryDue)
		}
	}
}

// With too few who are eligible nobody is asked. An hour later there may be more.
func TestStalledVoteWithoutAJury(t *testing.T) {
	t.Parallel()
	m, k := stalls(t, jury.FewestEligible-1)
	m.passes(summon, 1)
	m.want()
	if k.Jury != jury.NoJury || !k.JuryDue.Equal(m.now.Add(time.Hour)) || k.Verdict != moderation.Open || len(m.juryRecords) != 0 {
		t.Errorf("case %+v, records %v", k.Case, m.juryRecords)
	}
}

// A reporter who votes otherwise by now brings a jury all the same: else they could tell by that whether somebody else says that the
// message breaks the rules. Where nobody ever said so, there is nothing to ask.
func TestReporterWhoChangedTheirVoteBringsAJury(t *testing.T) {
	t.Parallel()
	m, k := stalls(t, 60)
	m.must(m.vote(k, anna, moderation.Fine))
	m.passes(summon, 1)
	m.sits(k, 0, 1, 2, 3, 4)
	m, k = stalls(t, 60)
	m.must(m.vote(k, bob, moderation.Fine))
	m.must(m.court.Undo(m.ctx, m.next(), club, k.ID, anna))
	m.passes(summon, 1)
	if k.Jury != jury.NoJury || len(m.juryRecords) != 0 {
		t.Errorf("case %+v, records %v", k.Case, m.juryRecords)
	}
}

// A juror who taps the card, or reports the message, has answered by that. It counts once.
func TestJurorAnswersOnTheCard(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(*fixture, *kept, int64) error{
		"by a tap":    func(m *fixture, k *kept, who int64) error { return m.vote(k, who, moderation.Breaks) },
		"by a report": func(m *fixture, _ *kept, who int64) error { return m.reportSaying(who, 41, moderation.Evidence{}) },
		"by both": func(m *fixture, k *kept, who int64) error {
			m.must(m.rule(k, who, jury.Overturn))
			return m.vote(k, who, moderation.Breaks)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := stalled(t)
			m.must(answer(m, k, juror(3)))
			m.sits(k, 0, 1, 2, 4)
			if s := k.jury.Seats[3]; s.Ballot != jury.Uphold || s.Weight != 1 || k.Votes != 2 || k.Breaks != 2 || !k.ballots[1].Drawn {
				t.Errorf("seat %+v, ballots %+v", s, k.ballots)
			}
			m.must(m.rule(k, juror(3), jury.Overturn))
			if s := k.jury.Seats[3]; s.Ballot != jury.Overturn || k.Votes != 2 || k.Breaks != 1 {
				t.Errorf("seat %+v, ballots %+v", s, k.ballots)
			}
		})
	}
}

// Who left and came back since they were asked is a new member. Their vote on the card decides nothing, and is no juror's answer.
func TestJurorWhoCameBack(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	m.settled(mallory)
	m.tune(func(p *moderation.Policy) { p.Threshold, p.Ladder = 4, ladder.Ladder{step("mute 1d")} })
	k := m.reports(41, anna)
	m.looks(summon)
	m.records[member{club, juror(0)}] = moderation.Record{Joined: noon.Add(-2 * time.Minute), Messages: 9} // before the message
	m.unchanged(moderation.RefuseSeatGone, func() error { return m.rule(k, juror(0), jury.Uphold) })
	for i := range 4 {
		m.must(m.vote(k, juror(i), moderation.Breaks))
	}
	if k.Verdict != moderation.Upheld || !k.Waits(m.now) || k.Jury != jury.Heavy {
		t.Errorf("case %+v", k.Case)
	}
}

// A juror may take their answer back as anybody their vote, and give another.
func TestJurorTakesTheirAnswerBack(t *testing.T) {
	t.Parallel()
	m, k := stalled(t)
	m.must(m.rule(k, juror(0), jury.Uphold))
	m.must(m.undo(k, juror(0)))
	m.must(m.rule(k, juror(1), jury.Uphold))
	if k.Verdict != moderation.Open || k.Votes != 2 {
		t.Errorf("case %+v", k.Case)
	}
	m.must(m.rule(k, juror(0), jury.Uphold))
	if k.Verdict != moderation.Upheld {
		t.Errorf("case %+v", k.Case)
	}
}

// With the last ballot goes the case, and its jury.
func TestStalledVoteIsWithdrawn(t *testing.T) {
	t.Parallel()
	m, k := stalled(t)
	m.must(m.undo(k, anna))
	m.withdraws(k)
	m.carried()
	if k.Verdict != moderation.Withdrawn || k.Jury != jury.NoJury || !k.JuryDue.IsZero() {
		t.Fatalf("case %+v", k.Case)
	}
	m.passes(10*time.Minute, 0)
	m.want()
	m.refusedAs(m.rule(k, juror(0), jury.Uphold), moderation.RefuseAppealOver)
}

// An admin may decide it meanwhile.
func TestAdminDecidesAStalledVote(t *testing.T) {
	t.Parallel()
	m, k := stalled(t)
	m.must(m.rule(k, juror(0), jury.Overturn))
	m.carried()
	m.must(m.admin(k, moderation.Dismissed))
	if words := m.carried(); !slices.Equal(only(words, "thanks"), []string{"thanks somebody dismissed"}) || k.Jury != jury.NoJury {
		t.Errorf("done: %q, case %+v", words, k.Case)
	}
}

// What is heavy waits for another jury, unless the answers of this one are enough by themselves.
func TestHeavyPenaltyAfterAStalledVote(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		threshold int
		penalty   string
	}{
		"by two who were drawn, and Anna": {3, "mute 1h"},
		"by three, and Anna":              {4, "mute 1h"},
		"by four, and Anna":               {5, "mute 1d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.members(60)
			m.settled(mallory)
			m.tune(func(p *moderation.Policy) { p.Threshold, p.Ladder = test.threshold, ladder.Ladder{step("mute 1d")} })
			k := m.reports(41, anna)
			m.looks(summon)
			for i := range test.threshold - 1 {
				m.must(m.rule(k, juror(i), jury.Uphold))
			}
			if k.Verdict != moderation.Upheld || k.Penalty.String() != test.penalty {
				t.Fatalf("case %+v", k.Case)
			}
			if test.penalty == "mute 1d" {
				if k.Waits(m.now) || k.Jury != jury.NoJury {
					t.Errorf("case %+v", k.Case)
				}
				return
			}
			if k.Jury != jury.Heavy || k.jury.Reason != jury.Heavy || len(k.jury.Seats) != 0 || !k.Waits(m.now) {
				t.Fatalf("case %+v, jury %+v", k.Case, k.jury)
			}
			m.looks(0)
			m.sits(k, 5, 6, 7, 8, 9) // nobody judges twice
			m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(0), jury.Overturn) })
			m.all(k, jury.Uphold)
			if k.Penalty.String() != "mute 1d" {
				t.Errorf("case %+v", k.Case)
			}
		})
	}
}

// A card that comes while jurors are asked starts the clocks of the case anew. Their round is over when it was to be.
func TestCardComesWhileJurorsAreAsked(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	m.tune(func(p *moderation.Policy) { p.CardAfter, p.Threshold = 2, 4 })
	k := m.reports(41, anna)
	m.now = k.ClockDue
	_, err := m.court.StartDue(m.ctx)
	m.must(err)
	m.looks(summon)
	m.passes(5*time.Minute, 0)
	m.reports(41, bob)
	if !k.Carded() || !k.Deadline.Equal(m.now.Add(day)) {
		t.Fatalf("case %+v", k.Case)
	}
	m.passes(5*time.Minute, 1)
	m.sits(k, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
}

// In a pause nobody is asked, what jurors say decides nothing, and their round stands still.
func TestStalledVoteInAPause(t *testing.T) {
	t.Parallel()
	t.Run("before anybody was asked", func(t *testing.T) {
		t.Parallel()
		m, k := stalls(t, 60)
		m.now = m.now.Add(10 * time.Minute)
		m.must(m.pause(day))
		m.passes(day-time.Second, 0)
		m.now = m.now.Add(time.Second)
		m.resumed(1)
		m.passes(20*time.Minute-time.Second, 0)
		m.passes(time.Second, 1)
		m.sits(k, 0, 1, 2, 3, 4)
	})
	t.Run("which ends sooner", func(t *testing.T) {
		t.Parallel()
		m, k := stalls(t, 60)
		m.must(m.pause(day))
		m.now = m.now.Add(time.Hour)
		m.must(m.pause(0))
		m.resumed(1)
		m.passes(summon-time.Second, 0)
		m.passes(time.Second, 1)
		m.sits(k, 0, 1, 2, 3, 4)
	})
	t.Run("while jurors are asked", func(t *testing.T) {
		t.Parallel()
		m, k := stalled(t)
		m.now = m.now.Add(time.Minute)
		m.must(m.pause(day))
		for i := range 5 {
			m.must(m.rule(k, juror(i), jury.Uphold))
		}
		m.looks(time.Hour)
		if k.Verdict != moderation.Open || len(k.jury.Seats) != jury.PerRound || k.Votes != 6 {
			t.Fatalf("case %+v, jury %+v", k.Case, k.jury)
		}
		m.now = m.now.Add(23 * time.Hour)
		m.resumed(1)
		if k.Verdict != moderation.Upheld || k.Jury != jury.NoJury {
			t.Errorf("case %+v", k.Case)
		}
	})
	t.Run("and a round that was not over", func(t *testing.T) {
		t.Parallel()
		m, k := stalled(t)
		m.now = m.now.Add(time.Minute)
		m.must(m.pause(day))
		m.now = m.now.Add(day)
		m.resumed(1)
		m.passes(9*time.Minute-time.Second, 0)
		m.passes(time.Second, 1)
		m.sits(k, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	})
}

// A group that becomes a supergroup keeps the jury: who has yet to answer sees the question again.
func TestStalledVoteInAGroupThatMoves(t *testing.T) {
	t.Parallel()
	m, k := stalled(t)
	m.must(m.rule(k, juror(0), jury.Uphold))
	m.carried()
	m.must(m.court.Migrate(m.ctx, m.next(), club, -500))
	if words := m.carried(); len(only(words, "summons")) != 4 || len(only(words, "card")) != 1 {
		t.Errorf("done: %q", words)
	}
	if k.Chat != -500 || k.Jury != jury.Stalled {
		t.Errorf("case %+v", k.Case)
	}
}
