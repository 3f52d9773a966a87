package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

func TestAnswerIsRefused(t *testing.T) {
	t.Parallel()
	left, promoted, muted := person(juror(0)), person(juror(0)), person(juror(0))
	left.Present, promoted.Admin, muted.Muted = false, true, true
	over := func(how jury.Ballot) func(*fixture, *kept) {
		return func(m *fixture, k *kept) {
			for i := range 4 {
				m.must(m.rule(k, juror(i+1), how))
			}
			m.hours(12, 1)
		}
	}
	undecided := func(m *fixture, _ *kept) {
		m.hours(12, 1)
		m.hours(36, 1)
	}
	for name, test := range map[string]struct {
		who    moderation.Member
		how    jury.Ballot
		before func(*fixture, *kept)
		want   moderation.Code
	}{
		"by who was not asked":       {person(juror(5)), jury.Uphold, func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"by the author":              {person(mallory), jury.Overturn, func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"by an admin":                {boss, jury.Uphold, func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"that means nothing":         {person(juror(0)), "maybe", func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"that says nothing":          {person(juror(0)), "", func(*fixture, *kept) {}, moderation.RefuseUnknown},
		"in a case of another group": {person(juror(0)), jury.Uphold, elsewhere, moderation.RefuseUnknown},
		"again after the jury's time": {person(juror(0)), jury.Uphold, func(m *fixture, k *kept) {
			m.must(m.rule(k, juror(0), jury.Uphold))
			undecided(m, k)
		}, moderation.RefuseJurorVoted},
		"the other way after the jury's time": {person(juror(0)), jury.Overturn, func(m *fixture, k *kept) {
			m.must(m.rule(k, juror(0), jury.Uphold))
			undecided(m, k)
		}, moderation.RefuseJurorVoted},
		"by who left and came back": {person(juror(0)), jury.Uphold, func(m *fixture, _ *kept) {
			m.records[member{club, juror(0)}] = moderation.Record{Joined: m.now, Messages: 9}
		}, moderation.RefuseSeatGone},
		"by who left the group":  {left, jury.Uphold, func(*fixture, *kept) {}, moderation.RefuseOutsider},
		"by who is an admin now": {promoted, jury.Uphold, func(*fixture, *kept) {}, moderation.RefuseSeatGone},
		"by who is muted now":    {muted, jury.Uphold, func(*fixture, *kept) {}, moderation.RefuseSeatGone},
		"by whose messages are removed": {person(juror(0)), jury.Uphold, func(m *fixture, _ *kept) {
			m.records[member{club, juror(0)}] = moderation.Record{Silenced: m.now.Add(time.Minute)}
		}, moderation.RefuseSeatGone},
		"by who was punished since":  {person(juror(0)), jury.Uphold, func(m *fixture, _ *kept) { m.stand(juror(0), 70) }, moderation.RefuseSeatGone},
		"by who could not be asked":  {person(juror(0)), jury.Uphold, func(m *fixture, k *kept) { m.must(m.court.Vacate(m.ctx, club, k.ID, juror(0))) }, moderation.RefuseSeatGone},
		"after the jury's time":      {person(juror(5)), jury.Uphold, undecided, moderation.RefuseAppealOver},
		"after it was upheld":        {person(juror(0)), jury.Overturn, over(jury.Uphold), moderation.RefuseAppealOver},
		"after it was overturned":    {person(juror(0)), jury.Uphold, over(jury.Overturn), moderation.RefuseAppealOver},
		"after an admin did that":    {person(juror(0)), jury.Uphold, func(m *fixture, k *kept) { m.must(m.overturn(k)) }, moderation.RefuseAppealOver},
		"after it was forgiven":      {person(juror(0)), jury.Uphold, func(m *fixture, _ *kept) { _, err := m.pardon(human); m.must(err) }, moderation.RefuseAppealOver},
		"after it lapsed":            {person(juror(0)), jury.Uphold, func(m *fixture, k *kept) { undecided(m, k); m.hours(7*24, 1) }, moderation.RefuseAppealOver},
		"after who reviewed it left": {left, jury.Uphold, over(jury.Uphold), moderation.RefuseAppealOver},
		"by who acted in it since":   {person(juror(0)), jury.Uphold, func(_ *fixture, k *kept) { k.Judges = append(k.Judges, juror(0)) }, moderation.RefuseSeatGone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := judged(t)
			test.before(m, k)
			m.unchanged(test.want, func() error { return m.court.Juries.Answer(t.Context(), m.of(k), test.who, test.how) })
		})
	}
	t.Run("of what nobody contests", func(t *testing.T) {
		t.Parallel()
		m, k := contested(t, 30, "warn")
		m.unchanged(moderation.RefuseUnknown, func() error { return m.rule(k, juror(0), jury.Uphold) })
	})
}

// A juror may change their word until the jury decides, and what they said last counts. The same word again is taken like another.
func TestJurorMayChangeTheirAnswer(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	for _, how := range []jury.Ballot{jury.Uphold, jury.Overturn, jury.Overturn, jury.Uphold, jury.Overturn} {
		m.must(m.rule(k, juror(0), how))
	}
	for i := range 3 {
		m.must(m.rule(k, juror(i+1), jury.Overturn))
	}
	if !k.Case.Appeal.Open() {
		t.Fatal("it is over before the round is")
	}
	m.hours(12, 1)
	if k.Case.Appeal != moderation.AppealGranted {
		t.Errorf("it is %s", k.Case.Appeal)
	}
}

// The same tap that comes twice is one answer.
func TestAnswerThatComesAgain(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	key := m.of(k)
	m.must(m.court.Juries.Answer(t.Context(), key, person(juror(0)), jury.Uphold))
	m.must(m.rule(k, juror(0), jury.Overturn))
	before := m.state()
	if err := m.court.Juries.Answer(t.Context(), key, person(juror(0)), jury.Uphold); err == nil {
		t.Error("it is taken again")
	}
	if after := m.state(); after != before {
		t.Errorf("changed\n%s\nto\n%s", before, after)
	}
}

// What the answers of a first round decide at its end, or before that when all have answered.
func TestWhatARoundDecides(t *testing.T) {
	t.Parallel()
	const u, o = jury.Uphold, jury.Overturn
	for name, test := range map[string]struct {
		answers []jury.Ballot // of the jurors, one after the other
		early   bool          // it is decided when the last has answered
		want    moderation.AppealState
	}{
		"five to nothing":  {[]jury.Ballot{u, u, u, u, u}, true, moderation.AppealStands},
		"nothing to five":  {[]jury.Ballot{o, o, o, o, o}, true, moderation.AppealGranted},
		"four to nothing":  {[]jury.Ballot{u, u, u, u}, false, moderation.AppealStands},
		"nothing to four":  {[]jury.Ballot{o, o, o, o}, false, moderation.AppealGranted},
		"four to one":      {[]jury.Ballot{u, o, u, u, u}, true, moderation.BeforeJury},
		"one to four":      {[]jury.Ballot{o, u, o, o, o}, true, moderation.BeforeJury},
		"three to nothing": {[]jury.Ballot{u, u, u}, false, moderation.BeforeJury},
		"three to two":     {[]jury.Ballot{o, u, o, u, u}, true, moderation.BeforeJury},
		"nothing at all":   {nil, false, moderation.BeforeJury},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := judged(t)
			for i, how := range test.answers {
				if k.Appeal != moderation.BeforeJury || k.Jury != jury.Appeal {
					t.Errorf("answer %d: %+v", i, k.Case)
				}
				m.must(m.rule(k, juror(i), how))
			}
			if !test.early {
				m.want() // nobody sees when a juror answers
				m.passes(12*time.Hour-time.Second, 0)
				m.passes(time.Second, 1)
			} else if test.want.Open() {
				m.want()
				m.passes(0, 1)
			}
			words := m.carried()
			asked := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w != "summons somebody" })
			if test.want.Open() {
				if len(asked) != jury.PerRound || len(words) != len(asked) || k.Appeal != test.want {
					t.Errorf("done: %q; case %+v", words, k.Case)
				}
				return
			}
			if k.Appeal != test.want || !k.AppealDue.Equal(m.now) || k.Jury != jury.NoJury || !k.JuryDue.IsZero() {
				t.Errorf("case %+v", k.Case)
			}
			if thanked := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w != "thanks somebody "+string(test.want) }); len(thanked) != len(test.answers) {
				t.Errorf("done: %q; all of the %d who answered should be thanked", words, len(test.answers))
			}
			if test.want == moderation.AppealStands && (words[0] != "news mallory stands mute 30d" || words[len(words)-1] != "admins appeal_stands") {
				t.Errorf("done: %q", words)
			}
		})
	}
}

// An answer counts as much as a ballot of its juror does.
func TestAnswersWeighAsBallotsDo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		right, wrong float64
		want         moderation.AppealState
	}{
		"of who is right most of the time":  {0, 0, moderation.AppealStands},
		"of who is not":                     {0, 1, moderation.BeforeJury},
		"of who is known to be right":       {50, 0, moderation.AppealStands},
		"of who is wrong as often as right": {0, 2, moderation.BeforeJury},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := judged(t)
			for i := range 4 {
				votes := m.voteRecords[member{club, juror(i)}]
				votes.Right, votes.Wrong, votes.Day = test.right, test.wrong, moderation.DayOf(m.now)
				m.voteRecords[member{club, juror(i)}] = votes
				m.must(m.rule(k, juror(i), jury.Uphold))
			}
			m.hours(12, 1)
			if k.Appeal != test.want {
				t.Errorf("case %+v, jury %+v", k.Case, k.jury)
			}
		})
	}
}
