package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// Nobody is asked more than twice a day: once about a stalled vote, once about heavier matters.
func TestNobodyIsAskedMoreThanTwiceADay(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(20)
	m.settled(mallory)
	for i := 8; i < 20; i++ { // they were asked today about a heavy penalty
		m.juryRecords[member{club, juror(i)}] = moderation.JuryRecord{Asked: []moderation.Summons{{At: noon, Reason: jury.Heavy}}}
	}
	m.tune(func(p *moderation.Policy) { p.Ladder = p.Ladder[4:] })
	first := m.reports(41, anna, bob, carl)
	m.looks(0)
	m.sits(first, 0, 1, 2, 3, 4)
	second := m.manually(42, "mute 1h")
	m.must(m.appeal(second))
	m.sits(second, 5, 6, 7) // nobody else has patience left
	third := m.reports(43, dora, erin, frank)
	m.looks(0)
	m.sits(third)
	stalled := m.reports(44, erin)
	m.looks(summon)
	m.sits(stalled, 0, 1, 2, 3, 4) // the other time
	for _, i := range []int{0, 1, 2, 3, 4} {
		if r := m.juryRecords[member{club, juror(i)}]; len(r.Asked) != 2 || r.Asked[0].Reason != jury.Heavy || r.Asked[1].Reason != jury.Stalled {
			t.Errorf("juror %d: %+v", i, r)
		}
	}
}

// A member is asked about one stalled vote a day. For a heavy penalty they can still be drawn.
func TestOneStalledVoteADay(t *testing.T) {
	t.Parallel()
	m, k := stalled(t)
	m.settled(mallory)
	other := m.reports(42, bob)
	m.looks(summon)
	for _, s := range other.jury.Seats {
		if k.jury.Seats.Of(s.Juror.ID) >= 0 {
			t.Errorf("%d is asked about two", s.Juror.ID)
		}
	}
	m.tune(func(p *moderation.Policy) { p.Ladder = p.Ladder[4:] })
	heavy := m.reports(43, carl, dora, erin)
	m.looks(0)
	m.sits(heavy, 0, 1, 2, 3, 4)
}

// What is remembered of members and juries is forgotten when it limits nothing any more.
func TestJuryRecordIsForgotten(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		record moderation.JuryRecord
		until  time.Time
	}{
		"nothing":                   {moderation.JuryRecord{}, time.Time{}},
		"they were asked":           {moderation.JuryRecord{Asked: []moderation.Summons{{At: noon, Reason: jury.Heavy}}}, noon.Add(day)},
		"they were asked twice":     {moderation.JuryRecord{Asked: []moderation.Summons{{At: noon}, {At: noon.Add(time.Hour)}}}, noon.Add(25 * time.Hour)},
		"their reports brought one": {moderation.JuryRecord{Caused: []time.Time{noon}}, noon.Add(day)},
		"new members' reports did":  {moderation.JuryRecord{Accused: noon}, noon.Add(day)},
		"their appeal did":          {moderation.JuryRecord{Appealed: noon}, noon.Add(7 * day)},
		"they are willing again":    {moderation.JuryRecord{Willing: noon}, noon.Add(8 * day)},
		"several, the longest":      {moderation.JuryRecord{Appealed: noon, Caused: []time.Time{noon.Add(time.Hour)}}, noon.Add(7 * day)},
	} {
		if got := test.record.Until(); !got.Equal(test.until) {
			t.Errorf("%s: until %v, want %v", name, got, test.until)
		}
		if test.record.None(test.until.Add(-time.Second)) && !test.until.IsZero() || !test.record.None(test.until.Add(time.Second)) {
			t.Errorf("%s: forgotten at another time than %v", name, test.until)
		}
		test.record.Declines = true
		if test.record.None(noon.Add(1000 * day)) {
			t.Errorf("%s: that they decline is forgotten", name)
		}
	}
}

// Who does not want to be asked is counted no more among the eligible, so that there is no jury that nobody wants.
func TestNobodyWantsToBeAsked(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 20, "warn")
	m.juryRecords[member{club, juror(7)}] = moderation.JuryRecord{Declines: true}
	m.must(m.appeal(k))
	if k.Appeal != moderation.BeforeAdmins {
		t.Errorf("case %+v", k.Case)
	}
}

// Who is asked already may decline from then on, and may answer all the same.
func TestJurorDeclinesMeanwhile(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	r := m.juryRecords[member{club, juror(0)}]
	r.Declines = true
	m.juryRecords[member{club, juror(0)}] = r
	m.must(m.rule(k, juror(0), jury.Uphold))
	if k.jury.Seats[0].Ballot != jury.Uphold {
		t.Errorf("jury %+v", k.jury)
	}
}

// contestedBy is a case about a message of somebody, who can appeal.
func (r *fixture) contestedBy(author int64, message int64) (*kept, moderation.Plea) {
	r.t.Helper()
	p := r.manualOf(message, "mute 1h")
	p.Target.Author.ID = author
	k := r.punished(p)
	return k, moderation.Plea{Update: r.next(), Chat: club, Case: k.ID, Author: author}
}

// appeals files an appeal of somebody against a penalty of their own, and returns who judges it.
func (r *fixture) appeals(author, message int64) (*kept, moderation.AppealState) {
	r.t.Helper()
	k, p := r.contestedBy(author, message)
	cs, err := r.court.Appeal(r.ctx, p)
	r.must(err)
	return k, cs.Appeal
}

// One author's appeals have one jury a week; the others go to the admins.
func TestOneJuryAWeekForOneAuthor(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(200)
	for i, test := range []struct {
		later time.Duration
		want  moderation.AppealState
	}{
		{0, moderation.BeforeJury}, {2 * day, moderation.BeforeAdmins}, {5*day - time.Second, moderation.BeforeAdmins}, {time.Second, moderation.BeforeJury},
	} {
		m.now = m.now.Add(test.later)
		m.chance()
		if _, got := m.appeals(mallory, int64(41+i)); got != test.want {
			t.Errorf("appeal %d is before %q, want %q", i, got, test.want)
		}
	}
	if _, got := m.appeals(gina, 60); got != moderation.BeforeJury {
		t.Errorf("another's is before %q", got)
	}
}

// All appeals together ask a quarter of the eligible in a day, in whichever round. The others go to the admins.
func TestAppealsAskAQuarterADay(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(47) // of whom eleven are a quarter
	first, got := m.appeals(901, 41)
	if got != moderation.BeforeJury {
		t.Fatalf("the first is before %q", got)
	}
	m.chance()
	if _, got := m.appeals(902, 42); got != moderation.BeforeJury {
		t.Fatalf("the second is before %q", got)
	}
	m.chance()
	if _, got := m.appeals(903, 43); got != moderation.BeforeAdmins {
		t.Fatalf("the third is before %q", got)
	}
	m.looks(12 * time.Hour) // the first jury to be looked at gets the one who is left
	asked := 0
	for _, r := range m.juryRecords {
		asked += len(r.Asked)
	}
	if asked != 11 || len(first.jury.Seats) != 6 {
		t.Errorf("%d were asked; jury %+v", asked, first.jury)
	}
	if m.looks(12 * time.Hour); len(first.jury.Seats) != 11 {
		t.Errorf("jury %+v", first.jury)
	}
}

// An appeal is no concern of a jury if nobody can be asked just now.
func TestNobodyCanBeAskedAboutAnAppeal(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 20, "warn")
	for i := range 20 {
		m.juryRecords[member{club, juror(i)}] = moderation.JuryRecord{Asked: []moderation.Summons{{At: noon, Reason: jury.Heavy}, {At: noon, Reason: jury.Stalled}}}
	}
	m.must(m.appeal(k))
	if k.Appeal != moderation.BeforeAdmins || !m.juryRecords[member{club, mallory}].Appealed.IsZero() {
		t.Errorf("case %+v", k.Case)
	}
}
