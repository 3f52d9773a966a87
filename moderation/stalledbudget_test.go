package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// sat reports which of some cases have had jurors asked.
func sat(cases ...*kept) []bool {
	var all []bool
	for _, k := range cases {
		all = append(all, k.jury != nil)
	}
	return all
}

// crowded is a group in which many could be asked. All cases get their card at once, and no author is known.
func crowded(t *testing.T) *fixture {
	t.Helper()
	m := newFixture(t)
	m.members(200)
	m.tune(func(p *moderation.Policy) { p.ReportLimit = moderation.MaxReportLimit })
	return m
}

// One reporter brings one jury a day. What they report beyond that waits for another's voice, or for the next day.
func TestReporterBringsOneJuryADay(t *testing.T) {
	t.Parallel()
	m := crowded(t)
	first, second, third := m.reports(41, anna), m.reports(42, anna), m.reports(43, anna)
	m.looks(summon)
	if got := sat(first, second, third); !slices.Equal(got, []bool{true, false, false}) {
		t.Fatalf("juries: %v", got)
	}
	if !second.JuryDue.After(m.now) || second.JuryDue.Sub(m.now) > 10*time.Minute {
		t.Errorf("looked at again at %v", second.JuryDue)
	}
	m.must(m.vote(second, bob, moderation.Breaks))
	m.looks(80 * time.Minute) // at first it is at the expense of reporters alone
	if got := sat(second); got[0] {
		t.Fatal("a passer-by pays at once")
	}
	m.looks(20 * time.Minute)
	if got := sat(first, second, third); !slices.Equal(got, []bool{true, true, false}) {
		t.Fatalf("juries, since Bob says so too: %v", got)
	}
	if a, b := m.juryRecords[member{club, anna}], m.juryRecords[member{club, bob}]; len(a.Caused) != 1 || len(b.Caused) != 1 {
		t.Errorf("caused: %v and %v", a.Caused, b.Caused)
	}
	m.must(m.admin(third, moderation.Dismissed))
	m.tune(func(p *moderation.Policy) { p.Window = 3 * day })
	later := m.reports(44, anna)
	m.looks(noon.Add(day + 20*time.Minute).Sub(m.now))
	m.chance()
	if got := sat(later); got[0] {
		t.Fatal("a second within a day")
	}
	m.looks(10 * time.Minute)
	if got := sat(later); !got[0] {
		t.Errorf("none the next day: %+v", later.Case)
	}
}

// Who is known to report rightly brings three.
func TestWhoReportsRightlyBringsThreeJuries(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		record weight.VoteRecord
		want   int
	}{
		"nobody knows them":              {weight.VoteRecord{}, 1},
		"twenty times right":             {weight.VoteRecord{Right: 20}, 3},
		"never wrong, but seldom there":  {weight.VoteRecord{Right: 19.9}, 1},
		"often right, and often wrong":   {weight.VoteRecord{Right: 40, Wrong: 10}, 1},
		"right long ago":                 {weight.VoteRecord{Right: 30, Day: moderation.DayOf(noon) - 180}, 1},
		"nearly always right, for years": {weight.VoteRecord{Right: 40, Wrong: 4}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := crowded(t)
			if test.record.Day == 0 {
				test.record.Day = moderation.DayOf(noon)
			}
			m.voteRecords[member{club, anna}] = test.record
			var cases []*kept
			for i := range int64(5) {
				cases = append(cases, m.reports(41+i, anna))
			}
			m.looks(summon)
			m.looks(10 * time.Minute)
			juries := 0
			for _, there := range sat(cases...) {
				if there {
					juries++
				}
			}
			if juries != test.want {
				t.Errorf("%d juries, want %d", juries, test.want)
			}
		})
	}
}

// Nor does one new member bring more than one a day, whoever wrote what they report.
func TestNewMemberBringsOneJuryADay(t *testing.T) {
	t.Parallel()
	m := crowded(t)
	who := m.fresh(1)[0]
	var cases []*kept
	for i := range int64(3) {
		r := m.reportOf(who, 41+i)
		r.Target.Author.ID = 900 + i
		_, err := m.court.Report(m.ctx, r)
		m.must(err)
		cases = append(cases, m.about(r.Target.Message))
	}
	m.now = noon.Add(10 * time.Minute)
	_, err := m.court.StartDue(m.ctx)
	m.must(err)
	m.looks(summon)
	for range 2 * 6 {
		m.looks(10 * time.Minute)
		m.chance()
	}
	if got := sat(cases...); !slices.Equal(got, []bool{true, false, false}) {
		t.Errorf("juries: %v", got)
	}
}

// New members together bring one jury an hour, and one a day about the same author.
func TestNewMembersBringAJuryAnHour(t *testing.T) {
	t.Parallel()
	m := crowded(t)
	newcomers := m.fresh(8)
	var cases []*kept
	for i, who := range newcomers[:4] {
		r := m.reportOf(who, 41+int64(i))
		r.Target.Author.ID = 900 + int64(i/2) // two messages each of two authors
		_, err := m.court.Report(m.ctx, r)
		m.must(err)
		cases = append(cases, m.about(r.Target.Message))
	}
	m.now = noon.Add(10 * time.Minute)
	_, err := m.court.StartDue(m.ctx)
	m.must(err)
	m.looks(summon)
	first := m.now
	if got := sat(cases...); !slices.Equal(got, []bool{true, false, false, false}) {
		t.Fatalf("juries: %v", got)
	}
	for m.now.Before(first.Add(50 * time.Minute)) {
		m.looks(10 * time.Minute)
	}
	if got := sat(cases...); !slices.Equal(got, []bool{true, false, false, false}) {
		t.Fatalf("juries within the hour: %v", got)
	}
	m.chance()
	m.looks(10 * time.Minute)
	if got := sat(cases...); !slices.Equal(got, []bool{true, false, true, false}) {
		t.Fatalf("juries after an hour: %v", got)
	}
	m.looks(first.Add(day - 20*time.Minute).Sub(m.now))
	if got := sat(cases...); !slices.Equal(got, []bool{true, false, true, false}) {
		t.Errorf("juries within the day: %v", got)
	}
	m.chance()
	m.voiceNeverWaits(901)
}

// voiceNeverWaits says that the report of a voice brings a jury about an author, whatever new members brought.
func (r *fixture) voiceNeverWaits(author int64) {
	r.t.Helper()
	report := r.reportOf(anna, 77)
	report.Target.Author.ID = author
	_, err := r.court.Report(r.ctx, report)
	r.must(err)
	r.looks(summon)
	if k := r.about(77); k.jury == nil {
		r.t.Errorf("a voice waits: %+v", k.Case)
	}
}

// A voice who has brought all that they may is in no new member's way: else a friend of the author would say 🚩 to keep it quiet.
func TestSpentVoiceIsInNobodysWay(t *testing.T) {
	t.Parallel()
	m := crowded(t)
	m.reports(41, anna)
	m.looks(summon)
	k := m.newReports(42, 1)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 5 })
	m.must(m.vote(k, anna, moderation.Breaks))
	m.looks(summon)
	if k.jury == nil || len(m.juryRecords[member{club, anna}].Caused) != 1 || m.chats[club].NewCaused.IsZero() {
		t.Errorf("case %+v, records %+v", k.Case, m.juryRecords)
	}
}

// A wipe, or a ballot that is changed, gives nobody another jury.
func TestWhoWipesBringsNoOtherJury(t *testing.T) {
	t.Parallel()
	m := crowded(t)
	m.reports(41, anna)
	m.looks(summon)
	m.wipes(anna)
	k := m.reports(42, anna)
	m.looks(summon)
	if k.jury != nil {
		t.Errorf("case %+v", k.Case)
	}
}

// While fewer than half of the eligible may still be asked about anything, a stalled vote waits. Heavy penalties do not.
func TestDrainedPoolWaits(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(30)
	m.settled(mallory)
	for i := range 16 {
		m.juryRecords[member{club, juror(29 - i)}] = moderation.JuryRecord{Asked: []moderation.Summons{{At: noon, Reason: jury.Stalled}, {At: noon, Reason: jury.Heavy}}}
	}
	k := m.reports(41, anna)
	m.looks(summon)
	if k.jury != nil || !k.JuryDue.After(m.now) || len(m.juryRecords[member{club, anna}].Caused) != 0 {
		t.Fatalf("case %+v", k.Case)
	}
	m.tune(func(p *moderation.Policy) { p.Ladder = nil; p.Ladder = append(p.Ladder, step("ban")) })
	heavy := m.reports(42, bob, carl, dora)
	m.looks(0)
	m.sits(heavy, 0, 1, 2, 3, 4)
	m.tune(func(p *moderation.Policy) { p.Window = 3 * day })
	delete(m.juryRecords, member{club, juror(29)}) // fifteen of thirty
	m.looks(10 * time.Minute)
	if len(m.waiting(k)) != jury.PerRound {
		t.Errorf("case %+v", k.Case)
	}
	m.looks(10 * time.Minute) // now it is drained, and its next round waits
	m.looks(10 * time.Minute)
	if len(m.waiting(k)) != jury.PerRound {
		t.Errorf("jury %+v", k.jury)
	}
	for i := range 10 {
		delete(m.juryRecords, member{club, juror(20 + i)})
	}
	m.looks(10 * time.Minute)
	if len(m.waiting(k)) != 2*jury.PerRound {
		t.Errorf("jury %+v", k.jury)
	}
}

// Those that most voices brought come first, whatever else is due, and what was decided already before all.
func TestMostVoicesFirst(t *testing.T) {
	t.Parallel()
	m := crowded(t)
	m.tune(func(p *moderation.Policy) { p.Threshold = 9 })
	m.chat(-200, moderation.Supergroup).Policy.Threshold = 9
	voter := int64(2000)
	var want []string
	for i, voices := range []int64{1, 3, 2, 4} {
		for range voices {
			m.reports(int64(41+i), voter)
			voter++
		}
		other := m.reportOf(voter, int64(81+i)) // of another group in between
		other.Chat = -200
		_, err := m.court.Report(m.ctx, other)
		m.must(err)
	}
	for _, message := range []int64{44, 42, 43, 41} {
		want = append(want, m.about(message).ID)
	}
	m.carried()
	m.looks(summon)
	var got []string
	for _, e := range m.inQueue() {
		if s, ok := e.(moderation.SendSummons); ok && s.Chat == club && !slices.Contains(got, s.Case) {
			got = append(got, s.Case)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("asked about %v, want %v", got, want)
	}
}

// What was decided already has a jury before what is open, as people may be asked twice and no more.
func TestHeavyPenaltiesComeBeforeStalledVotes(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	m.settled(mallory)
	m.tune(func(p *moderation.Policy) { p.Ladder = p.Ladder[4:] })
	open := m.reports(41, anna)
	m.now = m.now.Add(summon)
	heavy := m.reports(42, bob, carl, dora)
	m.carried()
	m.looks(time.Minute)
	for i, e := range m.inQueue()[:2*jury.PerRound] {
		want := map[bool]string{true: heavy.ID, false: open.ID}[i < jury.PerRound]
		if s, ok := e.(moderation.SendSummons); !ok || s.Case != want {
			t.Errorf("summons %d is about %+v", i, e)
		}
	}
}

// What must wait is looked at again until its window ends, and goes with it.
func TestWhatWaitsGoesWithItsWindow(t *testing.T) {
	t.Parallel()
	m := crowded(t)
	m.reports(41, anna)
	k := m.reports(42, anna)
	for m.now.Before(k.Deadline.Add(-2 * time.Hour)) {
		if m.looks(time.Hour); !k.JuryDue.After(m.now) {
			t.Fatalf("at %v nobody looks at it: %+v", m.now, k.Case)
		}
	}
	m.now = k.Deadline
	if _, err := m.court.ExpireDue(m.ctx); err != nil || k.Verdict != moderation.Expired || !k.JuryDue.IsZero() || k.jury != nil {
		t.Errorf("%v, case %+v", err, k.Case)
	}
}
