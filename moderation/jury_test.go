package moderation_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// waiting are the jurors who have yet to vote.
func (r *fixture) waiting(k *kept) []int64 {
	var ids []int64
	for _, s := range k.appeal.Seats {
		if s.Ballot == "" && !s.Gone {
			ids = append(ids, s.Juror.ID)
		}
	}
	return ids
}

// jurors are some of those who can be drawn.
func jurors(which ...int) []int64 {
	var ids []int64
	for _, i := range which {
		ids = append(ids, juror(i))
	}
	return ids
}

// sits compares who has yet to vote with who should.
func (r *fixture) sits(k *kept, which ...int) {
	r.t.Helper()
	if got := r.waiting(k); !slices.Equal(got, jurors(which...)) {
		r.t.Errorf("yet to vote: %v, want %v; seats: %+v", got, jurors(which...), k.appeal.Seats)
	}
}

// Of the first six in the order of chance one cannot judge, so that the others do.
func TestWhoCanBeAJuror(t *testing.T) {
	t.Parallel()
	scored := func(score int) func(*fixture, *kept, *moderation.Candidate) {
		return func(_ *fixture, _ *kept, c *moderation.Candidate) { c.Record.Conduct.Lost = 100 - score }
	}
	joined := func(ago time.Duration, messages int) func(*fixture, *kept, *moderation.Candidate) {
		return func(_ *fixture, _ *kept, c *moderation.Candidate) {
			c.Record.Joined, c.Record.Messages = noon.Add(-ago), messages
		}
	}
	is := func(who int64) func(*fixture, *kept, *moderation.Candidate) {
		return func(_ *fixture, _ *kept, c *moderation.Candidate) { c.Person.ID = who }
	}
	for name, test := range map[string]struct {
		change func(*fixture, *kept, *moderation.Candidate)
		can    bool
	}{
		"a member":                         {func(*fixture, *kept, *moderation.Candidate) {}, true},
		"one in good standing, just so":    {scored(80), true},
		"one who is watched":               {scored(79), false},
		"one who is restricted":            {scored(30), false},
		"one with a last chance":           {scored(0), false},
		"one who came yesterday and wrote": {joined(day, 5), true},
		"one who came today":               {joined(day-time.Second, 5), false},
		"one who never writes":             {joined(30*day, 4), false},
		"an admin":                         {func(_ *fixture, _ *kept, c *moderation.Candidate) { c.Admin = true }, false},
		"the author":                       {is(mallory), false},
		"who reported it":                  {is(anna), false},
		"who thought it fine":              {is(bob), false},
		"who decided it, an admin no more": {is(dora), false},
		"who is listed twice":              {is(juror(0)), false}, // is one all the same
		"who made the penalty harder": {func(m *fixture, k *kept, c *moderation.Candidate) {
			harden(m, k)
			m.carried()
			c.Person.ID = carl
		}, false},
		"who earned enough back by now": {func(_ *fixture, _ *kept, c *moderation.Candidate) {
			c.Record.Conduct = standing.Conduct{Lost: 21, Wrote: moderation.DayOf(noon) - 1}
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := contested(t, 30, "mute 1h")
			test.change(m, k, &m.pool[2])
			m.must(m.appeal(k))
			third := m.pool[2].Person.ID
			if test.can {
				m.sits(k, 0, 1, 2, 3, 4)
				return
			}
			m.sits(k, 0, 1, 3, 4, 5)
			if third != juror(0) && slices.ContainsFunc(k.appeal.Seats, func(s jury.Seat) bool { return s.Juror.ID == third }) {
				t.Errorf("seats %+v", k.appeal.Seats)
			}
		})
	}
}

// Nineteen of whom one is listed twice are nineteen.
func TestWhoIsListedTwiceIsOne(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 19, "warn")
	m.pool = append(m.pool, m.pool[3])
	m.must(m.appeal(k))
	if k.Appeal != moderation.BeforeAdmins {
		t.Errorf("case %+v", k.Case)
	}
}

// Who took their report or their vote back touched the case too.
func TestWhoVotedForAWhileIsNoJuror(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 20, "warn")
	k.retracted = append(k.retracted, juror(3))
	m.must(m.appeal(k))
	m.sits(k, 0, 1, 2, 4, 5)
}

// Jurors are asked in the group, and in private if they opened that chat. Nothing in it says who wrote the message.
func TestSummons(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 20, "mute 1h")
	m.pool[1].Person = moderation.Person{ID: juror(1), Language: "es", Private: true}
	m.must(m.appeal(k))
	want := []moderation.Effect{
		moderation.SendSummons{Waiting: moderation.Waiting{Chat: club}, Case: k.ID, To: moderation.Person{ID: juror(0), Language: "en"}, Cast: m.now},
		moderation.SendSummons{Waiting: moderation.Waiting{Chat: club}, Case: k.ID, To: moderation.Person{ID: juror(1), Language: "es"}, Cast: m.now},
		moderation.SendSummons{Waiting: moderation.Waiting{Chat: club}, Case: k.ID, To: moderation.Person{ID: juror(1), Language: "es", Private: true}, Cast: m.now},
	}
	if got := m.inQueue()[:3]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("summons %+v\nwant %+v", got, want)
	}
}

func TestRuleIsRefused(t *testing.T) {
	t.Parallel()
	left := person(juror(0))
	left.Present = false
	promoted := person(juror(0))
	promoted.Admin = true
	over := func(how jury.Ballot) func(*fixture, *kept) {
		return func(m *fixture, k *kept) {
			for i := range jury.Majority {
				m.must(m.rule(k, juror(i+2), how))
			}
		}
	}
	for name, test := range map[string]struct {
		who    moderation.Member
		how    jury.Ballot
		before func(*fixture, *kept)
		want   moderation.Code
	}{
		"by who has no seat":         {person(juror(5)), jury.Uphold, func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"by the author":              {person(mallory), jury.Overturn, func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"by an admin":                {boss, jury.Uphold, func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"that means nothing":         {person(juror(0)), "maybe", func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"that says nothing":          {person(juror(0)), "", func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"in a case of another group": {person(juror(0)), jury.Uphold, elsewhere, moderation.RefuseUnknown},
		"again after the jury's time": {person(juror(0)), jury.Uphold, func(m *fixture, k *kept) {
			m.must(m.rule(k, juror(0), jury.Uphold))
			m.hours(12, 1)
			m.hours(36, 1)
		}, moderation.RefuseJurorVoted},
		"the other way after the jury's time": {person(juror(0)), jury.Overturn, func(m *fixture, k *kept) {
			m.must(m.rule(k, juror(0), jury.Uphold))
			m.hours(12, 1)
			m.hours(36, 1)
		}, moderation.RefuseJurorVoted},
		"by who left the group":      {left, jury.Uphold, func(*fixture, *kept) {}, moderation.RefuseOutsider},
		"by who is an admin now":     {promoted, jury.Uphold, func(*fixture, *kept) {}, moderation.RefuseSeatGone},
		"by whose seat went on":      {person(juror(0)), jury.Uphold, func(m *fixture, _ *kept) { m.hours(12, 1) }, moderation.RefuseSeatGone},
		"after the jury's time":      {person(juror(5)), jury.Uphold, func(m *fixture, _ *kept) { m.hours(12, 1); m.hours(36, 1) }, moderation.RefuseSeatGone},
		"after it was upheld":        {person(juror(0)), jury.Overturn, over(jury.Uphold), moderation.RefuseAppealOver},
		"after it was overturned":    {person(juror(0)), jury.Uphold, over(jury.Overturn), moderation.RefuseAppealOver},
		"after an admin did that":    {person(juror(0)), jury.Uphold, func(m *fixture, k *kept) { m.must(m.overturn(k)) }, moderation.RefuseAppealOver},
		"after it lapsed":            {person(juror(0)), jury.Uphold, func(m *fixture, _ *kept) { m.hours(48, 1); m.hours(7*24, 1) }, moderation.RefuseAppealOver},
		"after who reviewed it left": {left, jury.Uphold, over(jury.Uphold), moderation.RefuseAppealOver},
		"by who acted in it since": {person(juror(0)), jury.Uphold, func(m *fixture, k *kept) {
			k.Judges = append(k.Judges, juror(0))
		}, moderation.RefuseSeatGone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := judged(t)
			test.before(m, k)
			m.unchanged(test.want, func() error { return m.court.VoteAsJuror(t.Context(), m.of(k), test.who, test.how) })
		})
	}
	t.Run("of what nobody contests", func(t *testing.T) {
		t.Parallel()
		m, k := contested(t, 30, "warn")
		m.unchanged(moderation.RefuseUnknown, func() error { return m.rule(k, juror(0), jury.Uphold) })
	})
}

// A juror may change their word until three agree, and what they said last counts. The same word again is taken like another.
func TestJurorMayChangeTheirVote(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	for _, how := range []jury.Ballot{jury.Uphold, jury.Overturn, jury.Overturn, jury.Uphold, jury.Overturn} {
		m.must(m.rule(k, juror(0), how))
	}
	m.must(m.rule(k, juror(1), jury.Overturn))
	if !k.Case.Appeal.Open() {
		t.Fatal("two words, and it is over")
	}
	m.must(m.rule(k, juror(2), jury.Overturn))
	if k.Case.Appeal != moderation.AppealGranted {
		t.Errorf("it is %s", k.Case.Appeal)
	}
}

// Three agree, whatever the others say and whenever.
func TestThreeDecide(t *testing.T) {
	t.Parallel()
	const u, o = jury.Uphold, jury.Overturn
	for name, test := range map[string]struct {
		votes []jury.Ballot // of the jurors, one after the other; the last decides
		want  moderation.AppealState
	}{
		"three to nothing":      {[]jury.Ballot{u, u, u}, moderation.AppealStands},
		"three to one":          {[]jury.Ballot{u, o, u, u}, moderation.AppealStands},
		"three to two":          {[]jury.Ballot{o, u, o, u, u}, moderation.AppealStands},
		"nothing to three":      {[]jury.Ballot{o, o, o}, moderation.AppealGranted},
		"one to three":          {[]jury.Ballot{o, u, o, o}, moderation.AppealGranted},
		"two to three":          {[]jury.Ballot{u, o, u, o, o}, moderation.AppealGranted},
		"two to nothing is not": {[]jury.Ballot{u, u}, moderation.BeforeJury},
		"nor is two to two":     {[]jury.Ballot{u, o, o, u}, moderation.BeforeJury},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := judged(t)
			for i, how := range test.votes {
				if k.Appeal != moderation.BeforeJury {
					t.Errorf("vote %d: %+v", i, k.Case)
				}
				m.must(m.rule(k, juror(i), how))
			}
			if k.Appeal != test.want || k.AppealDue.IsZero() || !k.Appeal.Open() && !k.AppealDue.Equal(m.now) {
				t.Errorf("case %+v", k.Case)
			}
			words := m.carried()
			if thanked := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w != "thanks somebody "+string(test.want) }); !test.want.Open() && len(thanked) != len(test.votes) {
				t.Errorf("done: %q; all of the %d who voted should be thanked", words, len(test.votes))
			}
			if test.want.Open() && len(words) > 0 {
				t.Errorf("done: %q, though nothing is decided", words)
			}
			if test.want == moderation.AppealStands && (words[0] != "news mallory stands mute 30d" || words[len(words)-1] != "admins appeal_stands") {
				t.Errorf("done: %q", words)
			}
		})
	}
}

// A seat that was not used in twelve hours goes to another; what a juror said stays, and the clock of a new juror
// begins when they are asked.
func TestSeatsAreRefilled(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.must(m.rule(k, juror(1), jury.Overturn))
	m.hours(11, 0)
	m.must(m.rule(k, juror(3), jury.Uphold))
	m.hours(1, 1)
	m.want("summons somebody", "summons somebody", "summons somebody")
	m.sits(k, 5, 6, 7)
	m.now = m.now.Add(12*time.Hour - time.Second)
	m.must(m.rule(k, juror(6), jury.Overturn)) // in the last second
	m.now = m.now.Add(time.Second)
	m.hours(0, 1)
	m.sits(k, 8, 9)
	m.hours(0, 0)
	if !k.AppealDue.Equal(m.now.Add(12*time.Hour)) || !k.appeal.Deadline.Equal(noon.Add(48*time.Hour)) {
		t.Errorf("case %+v, appeal %+v", k.Case, k.appeal)
	}
	m.must(m.rule(k, juror(9), jury.Overturn))
	if k.Appeal != moderation.AppealGranted || k.Reversed != moderation.Overturned {
		t.Errorf("case %+v", k.Case)
	}
}

// Who had a seat gets no other, and who could not judge at first may by now.
func TestNobodyIsDrawnTwice(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.members(9)
	m.pool[5].Admin = true
	m.hours(12, 1)
	m.sits(k, 6, 7, 8)
	m.pool[5].Admin = false
	m.hours(12, 1)
	m.sits(k)
	if last := k.appeal.Seats[len(k.appeal.Seats)-1]; last.Juror.ID != juror(5) || k.Appeal != moderation.BeforeAdmins {
		t.Errorf("case %+v, seats %+v", k.Case, k.appeal.Seats)
	}
}

// A jury of which too few are left is sent home at once, and the admins are asked.
func TestAJuryThatCannotAgreeAnyMore(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.must(m.rule(k, juror(0), jury.Uphold))
	m.must(m.rule(k, juror(1), jury.Overturn))
	m.members(6)
	m.hours(12, 1) // three seats are empty, and there is one to fill them
	m.want("summons somebody", "admins appeal_asks")
	m.sits(k)
	if k.Appeal != moderation.BeforeAdmins || !k.AppealDue.Equal(m.now.Add(7*day)) || !k.appeal.Deadline.Equal(k.AppealDue) {
		t.Errorf("case %+v, appeal %+v", k.Case, k.appeal)
	}
	m.unchanged(moderation.RefuseSeatGone, func() error { return m.rule(k, juror(5), jury.Uphold) })
	m.must(m.confirm(k, cara))
	m.want("news mallory stands mute 30d", "thanks somebody stands", "thanks somebody stands", "admins appeal_stands by Cara")
}

// The last vote of a jury with an empty seat may leave it without a majority.
func TestAVoteAfterWhichTheyCannotAgree(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.must(m.rule(k, juror(0), jury.Uphold))
	m.must(m.rule(k, juror(1), jury.Overturn))
	m.members(7)
	m.hours(12, 1) // three seats are empty, and there are two to fill them
	m.want("summons somebody", "summons somebody")
	m.must(m.rule(k, juror(5), jury.Uphold))
	m.want()
	m.must(m.rule(k, juror(6), jury.Overturn))
	m.hours(0, 0)
	m.want() // the admins do not see when a juror votes
	m.tenMinutes(1)
	m.want("admins appeal_asks")
	if k.Appeal != moderation.BeforeAdmins || !k.AppealDue.Equal(m.now.Add(7*day)) {
		t.Errorf("case %+v", k.Case)
	}
}

// After two days the admins decide, whoever of the jury is still thinking.
func TestTheJurysTimeIsOver(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.must(m.rule(k, juror(0), jury.Uphold))
	m.hours(47, 1) // seats are refilled, for an hour
	m.carried()
	m.sits(k, 5, 6, 7, 8)
	if !k.AppealDue.Equal(noon.Add(48 * time.Hour)) {
		t.Errorf("case %+v", k.Case)
	}
	m.hours(1, 1)
	m.want("admins appeal_asks")
	m.sits(k)
	m.hours(7*24, 1)
	m.want("news mallory lapsed mute 30d", "thanks somebody lapsed", "admins appeal_lapsed")
}

func TestVacate(t *testing.T) {
	t.Parallel()
	gone := func(m *fixture, k *kept, who int64) {
		m.must(m.court.Vacate(m.ctx, club, k.ID, who))
	}
	t.Run("gives the seat to another", func(t *testing.T) {
		t.Parallel()
		m, k := judged(t)
		m.now = m.now.Add(time.Hour)
		gone(m, k, juror(2))
		m.want("summons somebody")
		m.sits(k, 0, 1, 3, 4, 5)
		if !k.AppealDue.Equal(noon.Add(12 * time.Hour)) {
			t.Errorf("case %+v", k.Case)
		}
		gone(m, k, juror(2)) // as often as they are found to be gone
		m.want()
		m.unchanged(moderation.RefuseSeatGone, func() error { return m.rule(k, juror(2), jury.Uphold) })
	})
	t.Run("of too many", func(t *testing.T) {
		t.Parallel()
		m, k := judged(t)
		m.members(5)
		for i := range 3 {
			gone(m, k, juror(i))
		}
		m.want("admins appeal_asks")
		if k.Appeal != moderation.BeforeAdmins || !k.AppealDue.Equal(m.now.Add(7*day)) {
			t.Errorf("case %+v", k.Case)
		}
		gone(m, k, juror(4))
		m.want()
	})
	for name, before := range map[string]func(*fixture, *kept) int64{
		"of who has no seat":       func(*fixture, *kept) int64 { return bob },
		"of who has voted":         func(m *fixture, k *kept) int64 { m.must(m.rule(k, juror(0), jury.Uphold)); return juror(0) },
		"of a case somewhere":      func(m *fixture, k *kept) int64 { elsewhere(m, k); return juror(0) },
		"after it was judged":      func(m *fixture, k *kept) int64 { m.must(m.overturn(k)); return juror(0) },
		"after it was forgiven":    func(m *fixture, _ *kept) int64 { _, err := m.pardon(human); m.must(err); return juror(0) },
		"of which nothing is left": func(_ *fixture, k *kept) int64 { k.appeal = nil; return juror(0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := judged(t)
			who := before(m, k)
			was := m.state()
			gone(m, k, who)
			if is := m.state(); is != was {
				t.Errorf("changed\n%s\nto\n%s", was, is)
			}
		})
	}
}

// Everybody can count who else could judge. That there is a jury, or none, does not tell whether one of them voted.
func TestWhetherThereIsAJuryTellsNoVoter(t *testing.T) {
	t.Parallel()
	for _, many := range []int{jury.FewestEligible - 1, jury.FewestEligible} {
		var states []moderation.AppealState
		for _, who := range []int64{anna, 990} { // Anna reported the message, and the other is nobody
			m, k := contested(t, many, "warn")
			m.pool[0].Person.ID = who
			m.must(m.appeal(k))
			states = append(states, k.Appeal)
			if k.Appeal == moderation.BeforeJury && slices.Contains(m.waiting(k), anna) {
				t.Error("who reported the message is to judge it")
			}
		}
		if states[0] != states[1] {
			t.Errorf("of %d: %v", many, states)
		}
	}
}
