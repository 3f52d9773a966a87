package storage_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// active has so many established members write something today, numbered from bob on.
func (d *desk) active(chat int64, n int) {
	d.t.Helper()
	var seen []moderation.SeenMessage
	for i := range n {
		s := d.wrote(bob+int64(i), 1000+int64(i))
		s.Chat = chat
		seen = append(seen, s)
	}
	d.observe(seen...)
	d.known()
}

// contest has Mallory appeal.
func (d *desk) contest(chat int64, id string) moderation.Case {
	d.t.Helper()
	p := moderation.Plea{Update: d.next(), Chat: chat, Case: id, Author: mallory, Words: "It was a joke."}
	c, err := d.court.Appeal(d.t.Context(), p)
	d.must(err)
	return c
}

// appealed is the appeal against a case, as it is read beside decisions and for one.
func (d *desk) appealed(chat int64, id string) *moderation.Appeal {
	d.t.Helper()
	a, found, err := d.Appeal(d.t.Context(), chat, id)
	d.must(err)
	in := d.docket(moderation.Key{Chat: chat, Case: id}).Appeal
	if found != (in != nil) || found && !reflect.DeepEqual(a, *in) {
		d.t.Errorf("read is %+v, %v; in the docket is %+v", a, found, in)
	}
	return in
}

// sits is the jury of a case, as it is read beside decisions and for one.
func (d *desk) sits(chat int64, id string) *jury.Jury {
	d.t.Helper()
	j, found, err := d.Jury(d.t.Context(), chat, id)
	d.must(err)
	in := d.docket(moderation.Key{Chat: chat, Case: id}).Jury
	if found != (in != nil) || found && !reflect.DeepEqual(j, *in) {
		d.t.Errorf("read is %+v, %v; in the docket is %+v", j, found, in)
	}
	return in
}

// answers has a juror answer.
func (d *desk) answers(chat int64, id string, juror int64, b jury.Ballot) {
	d.t.Helper()
	d.must(d.court.Juries.Answer(d.t.Context(), moderation.Key{Update: d.next(), Chat: chat, Case: id}, person(juror), b))
}

func TestAppealIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.uphold(id)
	cs := d.cs(id)
	cs.Appeal, cs.Appealed, cs.AppealDue = moderation.BeforeJury, d.now().Add(time.Second), d.now().Add(time.Hour)
	cs.Judges = []int64{carl, 0, boss}
	cs.Jury, cs.JuryDue, cs.Unlearned = jury.Appeal, d.now().Add(2*time.Hour), true
	appeal := moderation.Appeal{Words: "It was <a> joke.", Filed: d.now(), Deadline: d.now().Add(48 * time.Hour), Ends: d.now().Add(72 * time.Hour)}
	j := jury.Jury{
		Reason: jury.Appeal, Payer: boss, Former: []int64{boss, anna}, Round: time.Hour, RoundEnds: d.now().Add(3 * time.Hour), Ends: d.now().Add(time.Hour), Noted: d.now(),
		Seats: []jury.Seat{
			{Juror: jury.Juror{ID: bob, Language: "es", Private: true}, Drawn: d.now().Add(time.Minute), Ballot: jury.Overturn, Weight: 1.25, Gone: true},
			{Juror: jury.Juror{ID: carl}, Drawn: d.now().Add(time.Hour)},
		},
	}
	whole(t, appeal)
	whole(t, j)
	whole(t, j.Seats[0])
	whole(t, j.Seats[0].Juror)
	key := moderation.Key{Chat: chess, Case: id}
	d.decide(key, moderation.Outcome{Case: &cs, CaseChanges: moderation.CaseChanges{Jury: &j}})
	if a := d.appealed(chess, id); a != nil || !reflect.DeepEqual(d.sits(chess, id), &j) {
		t.Errorf("kept are %+v and %+v; want the jury alone", a, d.sits(chess, id))
	}
	d.decide(key, moderation.Outcome{Case: &cs, CaseChanges: moderation.CaseChanges{Appeal: &appeal}})
	for _, when := range []string{"now", "after a start"} {
		if a, sits := d.appealed(chess, id), d.sits(chess, id); !reflect.DeepEqual(a, &appeal) || !reflect.DeepEqual(sits, &j) {
			t.Errorf("%s: kept %+v and %+v\nwant %+v and %+v", when, a, sits, appeal, j)
		}
		if got := d.cs(id); !reflect.DeepEqual(got, cs) {
			t.Errorf("%s: case %+v\nwant %+v", when, got, cs)
		}
		d.close()
		d.open()
	}
	appeal.Words, j = "", jury.Jury{Reason: jury.Stalled}
	d.decide(key, moderation.Outcome{Case: &cs, CaseChanges: moderation.CaseChanges{Appeal: &appeal, Jury: &j}})
	if a, sits := d.appealed(chess, id), d.sits(chess, id); !reflect.DeepEqual(a, &appeal) || !reflect.DeepEqual(sits, &j) {
		t.Errorf("kept %+v and %+v\nwant %+v and %+v", a, sits, appeal, j)
	}
}

func TestNoAppeal(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	for _, c := range []string{id, "ZZZZ"} {
		if a, found, err := d.Appeal(t.Context(), chess, c); found || err != nil {
			t.Errorf("%s: %+v, %v, %v", c, a, found, err)
		}
	}
	if _, found, err := d.Appeal(t.Context(), chess-1, id); found || err != nil {
		t.Errorf("in another group: %v, %v", found, err)
	}
	d.uphold(id)
	d.contest(chess, id)
	d.alter(`UPDATE appeal SET sealed = 'x'`)
	if _, found, err := d.Appeal(t.Context(), chess, id); found || err == nil {
		t.Errorf("one that was damaged: %v, %v", found, err)
	}
}

// The sentence and the jury can be read by nobody once the ballots cannot.
func TestAppealGoesWithTheKey(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.uphold(id)
	d.contest(chess, id)
	_, err := d.court.Overturn(t.Context(), moderation.Key{Update: d.next(), Chat: chess, Case: id}, admin(carl))
	d.must(err)
	sealed := d.blobs(`SELECT sealed FROM appeal`)
	if d.appealed(chess, id) == nil || len(sealed) != 1 {
		t.Fatal("there is no appeal to destroy")
	}
	d.pass(9 * day)
	if n, err := d.court.Settle(t.Context()); n != 1 || err != nil {
		t.Errorf("settled %d, %v", n, err)
	}
	if a := d.appealed(chess, id); a != nil || d.number(`SELECT count(*) FROM appeal`) != 0 || d.left(sealed) != 0 {
		t.Errorf("left is %+v", a)
	}
	if c := d.cs(id); c.Appeal != moderation.AppealGranted || !c.Appealed.Equal(noon) {
		t.Errorf("case %+v; how it ended is to be known", c)
	}
}

// Ballots are kept as long as somebody may have to judge by them.
func TestSettlementLeavesOpenAppealsAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	asked, judged, other := d.report(anna, 41), d.report(anna, 42), d.report(anna, 43)
	for _, id := range []string{asked, judged, other} {
		d.uphold(id)
	}
	d.pass(6 * day)
	d.contest(chess, asked)
	d.active(chess, 20)
	if c := d.contest(chess, judged); c.Appeal != moderation.BeforeJury {
		t.Fatalf("case %+v", c)
	}
	d.pass(3 * day)
	settle := func(want int) {
		t.Helper()
		if n, err := d.court.Settle(t.Context()); n != want || err != nil {
			t.Errorf("settled %d, %v; want %d", n, err, want)
		}
	}
	settle(1)
	settle(0)
	if n := d.number(`SELECT count(*) FROM ballot`); n != 2 || d.appealed(chess, judged) == nil {
		t.Errorf("%d ballots are left; want those of the two", n)
	}
	_, err := d.court.Overturn(t.Context(), moderation.Key{Update: d.next(), Chat: chess, Case: judged}, admin(carl))
	d.must(err)
	settle(0) // not at once, or it would be settled by itself
	d.pass(day)
	settle(1)
	d.pass(3 * day)
	if n, err := d.court.AppealsDue(t.Context()); n != 1 || err != nil {
		t.Errorf("due were %d, %v", n, err)
	}
	settle(0)
	d.pass(day)
	settle(1)
	if n := d.number(`SELECT (SELECT count(*) FROM ballot) + (SELECT count(*) FROM appeal) + (SELECT count(*) FROM cases WHERE key IS NOT NULL)`); n != 0 {
		t.Errorf("%d ballots, appeals and keys are left", n)
	}
}

// What was said, and how many jurors there were, is not to be read off a length.
func TestAppealsAreAllOfALength(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.uphold(id)
	full := jury.Jury{Reason: jury.Appeal, Round: 12 * time.Hour, RoundEnds: d.now(), Ends: d.now(), Noted: d.now()}
	for i := range int64(jury.MostAsked) {
		full.Seats = append(full.Seats, jury.Seat{
			Juror: jury.Juror{ID: 1<<52 - i, Language: "zh-hans-sg", Private: true}, Drawn: d.now(), Ballot: jury.Overturn, Weight: 1.2345678901234567, Gone: true,
		})
		full.Former = append(full.Former, 1<<52+i, 1<<51+i)
	}
	cs, key, lengths := d.cs(id), moderation.Key{Chat: chess, Case: id}, map[int64]bool{}
	saved := func(out moderation.CaseChanges) {
		d.decide(key, moderation.Outcome{Case: &cs, CaseChanges: out})
		lengths[d.number(`SELECT length(sealed) FROM appeal`)] = true
	}
	saved(moderation.CaseChanges{Jury: &jury.Jury{Reason: jury.Heavy}})
	saved(moderation.CaseChanges{Appeal: &moderation.Appeal{}})
	saved(moderation.CaseChanges{Appeal: &moderation.Appeal{Words: "No!", Filed: d.now(), Deadline: d.now()}})
	for _, sign := range []string{"法", "😀", "<", "\u2028"} {
		words := strings.Repeat(sign, moderation.MaxSentence)
		saved(moderation.CaseChanges{Jury: &full, Appeal: &moderation.Appeal{Words: words, Filed: d.now(), Deadline: d.now(), Ends: d.now()}})
	}
	if len(lengths) != 1 {
		t.Errorf("lengths %v; want one", lengths)
	}
	for _, judges := range [][]int64{{1}, {carl, boss, bob}} {
		cs.Judges = judges
		d.decide(key, moderation.Outcome{Case: &cs})
		lengths[-d.number(`SELECT length(judges) FROM cases`)] = true
	}
	if len(lengths) != 2 {
		t.Errorf("lengths %v; want one for appeals and one for judges", lengths)
	}
}

func TestAppealsDue(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, c := range []struct {
		id    string
		state moderation.AppealState
		due   time.Duration
	}{
		{"AAAA", moderation.BeforeAdmins, 3 * time.Hour}, {"BBBB", moderation.BeforeAdmins, 2 * time.Hour}, {"CCCC", moderation.BeforeAdmins, 4 * time.Hour},
		{"HHHH", moderation.BeforeJury, time.Hour},
		{"DDDD", moderation.AppealStands, time.Hour}, {"EEEE", moderation.AppealGranted, time.Hour}, {"FFFF", moderation.AppealLapsed, time.Hour},
		{"GGGG", moderation.NoAppeal, time.Hour},
	} {
		d.keep(moderation.Case{ID: c.id, CaseMessage: moderation.CaseMessage{Message: int64(41 + i)}, Verdict: moderation.Upheld, CaseReview: moderation.CaseReview{Appeal: c.state, AppealDue: d.now().Add(c.due)}, Opened: d.now(), Decided: d.now()})
	}
	for _, c := range []struct {
		at    time.Duration
		limit int
		want  []string
	}{
		{2*time.Hour - time.Second, 9, nil}, {2 * time.Hour, 9, []string{"BBBB"}}, {3 * time.Hour, 9, []string{"BBBB", "AAAA"}},
		{day, 9, []string{"BBBB", "AAAA", "CCCC"}}, {day, 2, []string{"BBBB", "AAAA"}},
	} {
		refs, err := d.AppealsDue(t.Context(), d.now().Add(c.at), c.limit)
		if got := ids(refs, chess); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("after %s due are %v, %v; want %v", c.at, got, err, c.want)
		}
	}
}

// ids are the cases, if they are all of that group.
func ids(refs []moderation.CaseRef, chat int64) []string {
	var all []string
	for _, r := range refs {
		if r.Chat != chat {
			return []string{"of another group"}
		}
		all = append(all, r.ID)
	}
	return all
}

func (d *desk) ask(id string) {
	d.t.Helper()
	_, err := d.court.AskWhy(d.t.Context(), moderation.Plea{Update: d.next(), Chat: chess, Case: id, Author: mallory})
	d.must(err)
}

// wantAsked compares about which case somebody was asked; none if it is empty.
func (d *desk) wantAsked(who int64, want string) {
	d.t.Helper()
	ref, found, err := d.Asked(d.t.Context(), who)
	if err != nil || found != (want != "") || found && ref != (moderation.CaseRef{Chat: chess, ID: want}) {
		d.t.Errorf("asked about %+v, %v, %v; want %q", ref, found, err, want)
	}
}

func TestAsked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first, second := d.report(anna, 41), d.report(anna, 42)
	d.uphold(first)
	d.uphold(second)
	d.wantAsked(mallory, "")
	d.ask(first)
	d.ask(second)
	for range 2 {
		d.wantAsked(mallory, second) // the last counts
		d.wantAsked(anna, "")
		d.close()
		d.open()
	}
	d.contest(chess, second)
	d.wantAsked(mallory, "") // they answered
	d.ask(first)
	d.must(d.Forget(t.Context(), d.now().Add(7*day)))
	d.wantAsked(mallory, first)
	d.must(d.Forget(t.Context(), d.now().Add(8*day)))
	d.wantAsked(mallory, "")
}

// A juror who is asked for a sentence of their own is still, when they vote.
func TestJurorsAreStillAsked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.active(chess, 20)
	id := d.report(anna, 41)
	d.uphold(id)
	d.contest(chess, id)
	who := d.sits(chess, id).Seats[0].Juror.ID
	d.decide(moderation.Key{Chat: chess, Actor: who}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Asks: "7KQ2"}})
	d.answers(chess, id, who, jury.Uphold)
	d.wantAsked(who, "7KQ2")
	if seat := d.sits(chess, id).Seats[0]; seat.Weight != 1 || seat.Ballot != jury.Uphold || seat.Juror.ID != who {
		t.Errorf("seat %+v", seat)
	}
}

func TestAbout(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess - 1)
	open := d.report(anna, 41)
	first := d.punish(chess, 42)
	d.pass(time.Minute)
	second := d.punish(chess-1, 43)
	d.pass(time.Minute)
	third := d.report(bob, 44)
	d.uphold(third)
	other := d.reportBy(person(anna), 45)
	other.Target.Author.ID = carl
	got, err := d.court.Report(t.Context(), other)
	d.must(err)
	d.uphold(got.Case)
	all := []moderation.CaseRef{{Chat: chess, ID: third}, {Chat: chess - 1, ID: second}, {Chat: chess, ID: first}}
	check := func(who int64, limit int, want ...moderation.CaseRef) {
		t.Helper()
		if got, err := d.About(t.Context(), who, limit); err != nil || !slices.Equal(got, want) {
			t.Errorf("about %s: %v, %v; want %v", names[who], got, err, want)
		}
	}
	check(mallory, 10, all...)
	check(mallory, 2, all[:2]...)
	check(carl, 10, moderation.CaseRef{Chat: chess, ID: got.Case})
	check(anna, 10)
	check(0, 10)
	d.pass(time.Minute)
	d.uphold(open) // it was reported before the others, which is not to be seen
	check(mallory, 10, append([]moderation.CaseRef{{Chat: chess, ID: open}}, all...)...)
}

// A group that moves takes appeals, questions and the jury along.
func TestMigrationKeepsAppeals(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]func(*desk){
		"alone":                       func(*desk) {},
		"where the new one was known": func(d *desk) { d.early(); d.reportIn(super, anna, 7) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.active(chess, 20)
			id, next := d.report(anna, 41), d.report(anna, 42)
			d.uphold(id)
			d.uphold(next)
			was := d.contest(chess, id)
			d.ask(next)
			appeal, sits := d.appealed(chess, id), d.sits(chess, id)
			before(d)
			d.migrate()
			d.pass(time.Hour)
			if a, j := d.appealed(super, id), d.sits(super, id); !reflect.DeepEqual(a, appeal) || !reflect.DeepEqual(j, sits) || len(j.Seats) != jury.PerRound {
				t.Errorf("kept %+v and %+v\nwant %+v and %+v", a, j, appeal, sits)
			}
			c, err := d.Case(t.Context(), super, id)
			if err != nil || c.Appeal != moderation.BeforeJury || !c.JuryDue.Equal(was.JuryDue) || !slices.Equal(c.Judges, []int64{carl}) {
				t.Errorf("case %+v, %v", c, err)
			}
			if ref, found, err := d.Asked(t.Context(), mallory); !found || err != nil || ref != (moderation.CaseRef{Chat: super, ID: next}) {
				t.Errorf("asked about %+v, %v, %v", ref, found, err)
			}
			for _, s := range sits.Seats {
				d.answers(super, id, s.Juror.ID, jury.Overturn)
			}
			if c, err := d.Case(t.Context(), super, id); err != nil || c.Reversed != moderation.Overturned || c.Appeal != moderation.AppealGranted {
				t.Errorf("case %+v, %v", c, err)
			}
			if refs, err := d.About(t.Context(), mallory, 9); err != nil || !slices.Equal(slices.Sorted(slices.Values(ids(refs, super))), slices.Sorted(slices.Values([]string{next, id}))) {
				t.Errorf("about them: %v, %v", refs, err)
			}
		})
	}
}
