package storage_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// about is a docket that is looked for by a message.
func (d *desk) about(message int64, album string) moderation.Docket {
	d.t.Helper()
	return d.docket(moderation.Key{Chat: chess, Message: message, Album: album, Actor: anna, Author: mallory})
}

// expired is a case about a message for whose card nobody voted.
func (d *desk) expired(r moderation.Report) string {
	d.t.Helper()
	got, err := d.court.Report(d.t.Context(), r)
	d.must(err)
	d.pass(2 * time.Hour)
	if n, err := d.court.ExpireDue(d.t.Context()); n != 1 || err != nil {
		d.t.Fatalf("%d expired, %v", n, err)
	}
	return got.Case
}

// quick is a group whose cases expire within the hour.
func quick(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.enter(chess)
	d.set(chess, func(c *moderation.Chat) { c.Policy.Window = time.Hour })
	return d
}

// after is a later report of the same message.
func (d *desk) after(r moderation.Report, who int64) moderation.Report {
	r.Update, r.Reporter = d.next(), person(who)
	return r
}

// A final case is not in the way of another about the same message: the latest counts, with its own evidence.
func TestCaseAfterAnother(t *testing.T) {
	t.Parallel()
	d := quick(t)
	r := d.reportBy(person(anna), 41)
	r.Evidence = moderation.Evidence{Text: "Buy pills"}
	first := d.expired(r)
	got := d.about(41, "")
	if got.Case == nil || got.Case.ID != first || got.FreshID == "" || got.FreshID == first || got.Captured == nil || got.Captured.Text != "Buy pills" {
		t.Fatalf("case %+v, fresh %q, captured %+v", got.Case, got.FreshID, got.Captured)
	}
	if byID := d.docket(moderation.Key{Chat: chess, Case: first}); byID.Captured != nil || byID.FreshID != "" {
		t.Errorf("looked for by its id it has captured %+v, fresh %q", byID.Captured, byID.FreshID)
	}
	next, err := d.court.Report(t.Context(), d.after(r, bob))
	d.must(err)
	if next.Case == first || next.Case == "" {
		t.Fatalf("reported again it is case %q", next.Case)
	}
	got = d.about(41, "")
	if got.Case == nil || got.Case.ID != next.Case || got.FreshID != "" || got.Captured != nil || len(got.Ballots) != 1 || got.Ballots[0].Voter != bob {
		t.Errorf("then it is %+v", got)
	}
	edited := d.wrote(mallory, 41)
	edited.Edited, edited.Said.Text = true, "Buy more pills"
	d.observe(edited)
	if e, _ := d.evidence(first); len(e.Edits) != 0 || e.Text != "Buy pills" {
		t.Errorf("what the first captured is %+v", e)
	}
	if e, _ := d.evidence(next.Case); len(e.Edits) != 1 || e.Edits[0].Text != "Buy more pills" {
		t.Errorf("what the next captured is %+v", e)
	}
	d.takeBack(next.Case, bob) // and without the next it is the first again
	if got := d.about(41, ""); got.Case == nil || got.Case.ID != first || got.Withdrawn == nil || got.Withdrawn.ID != next.Case {
		t.Errorf("in the end it is %+v", got.Case)
	}
}

// What is written after a verdict is not what the case was about.
func TestEditAfterTheVerdict(t *testing.T) {
	t.Parallel()
	d := quick(t)
	r := d.reportBy(person(anna), 41)
	r.Evidence = moderation.Evidence{Text: "Buy pills"}
	id := d.expired(r)
	edited := d.wrote(mallory, 41)
	edited.Edited, edited.Said.Text = true, "I love you all"
	d.observe(edited)
	if e, found := d.evidence(id); !found || len(e.Edits) != 0 {
		t.Errorf("captured is %+v, %t", e, found)
	}
}

// The next case about an album has all of it, from the index and from the case before it.
func TestAlbumAfterAnother(t *testing.T) {
	t.Parallel()
	d := quick(t)
	part := func(message int64, words string) {
		s := d.wrote(mallory, message)
		s.Album, s.Said = "A", moderation.Evidence{Text: words, Files: []moderation.Medium{{Kind: "photo", Unique: words}}}
		d.observe(s)
	}
	part(41, "one")
	part(42, "two")
	r := d.reportBy(person(anna), 42)
	r.Target.Album, r.Evidence = "A", moderation.Evidence{Text: "two", Files: []moderation.Medium{{Kind: "photo", Unique: "two"}}}
	first := d.expired(r)
	part(43, "three")
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Removed: []int64{41}}) // out of the index, not of the case
	r.Target.Message, r.Evidence = 43, moderation.Evidence{Text: "three", Files: []moderation.Medium{{Kind: "photo", Unique: "three"}}}
	if got := d.about(43, "A").Messages; len(got) != 3 || got[0] != 43 {
		t.Errorf("the album is %v; want the message that is asked for first", got)
	}
	got, err := d.court.Report(t.Context(), d.after(r, bob))
	d.must(err)
	if got.Case == first {
		t.Fatalf("it is case %s again", first)
	}
	part(44, "four")
	messages := d.docket(moderation.Key{Chat: chess, Case: got.Case}).Messages
	if slices.Sort(messages); !slices.Equal(messages, []int64{41, 42, 43, 44}) {
		t.Errorf("the case is about %v", messages)
	}
	if before := d.docket(moderation.Key{Chat: chess, Case: first}).Messages; slices.Contains(before, 44) {
		t.Errorf("the one before is about %v", before)
	}
	if e, _ := d.evidence(got.Case); e.Text != "three" || !slices.Contains(e.Rest, "two") {
		t.Errorf("captured is %+v", e)
	}
	d.uphold(got.Case)
	part(45, "five")
	if got := d.recent(9); slices.Contains(got, 45) {
		t.Errorf("a part of the album that came after the verdict is offered: %v", got)
	}
}

// Somebody's case is nobody's once they are forgotten; what they are reported for next is theirs.
func TestCaseAfterOneThatIsForgotten(t *testing.T) {
	t.Parallel()
	d := quick(t)
	r := d.reportBy(person(anna), 41)
	d.expired(r)
	d.decide(moderation.Key{Chat: chess, Author: mallory}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Conduct: &standing.Conduct{Lost: 20}}})
	_, err := d.ForgetPerson(t.Context(), mallory, "", func(k moderation.Kept) moderation.Erasure {
		return moderation.Erasure{Cases: []string{k.Cases[0].ID}}
	})
	d.must(err)
	if got := d.about(41, ""); got.Case == nil || got.Case.Author.ID != 0 || got.Conduct.Lost != 20 || got.Author.Conduct.Lost != 20 {
		t.Errorf("case %+v, conduct %+v", got.Case, got.Conduct)
	}
	next, err := d.court.Report(t.Context(), d.after(r, bob))
	d.must(err)
	d.uphold(next.Case)
	if got := d.about(41, ""); got.Author.Conduct.Lost <= 20 || len(got.History) != 1 {
		t.Errorf("after the verdict: %+v, %+v", got.Author, got.History)
	}
}

// Of several who report the same message at once, one opens a case, and so again after that has ended.
func TestManyReportAtOnce(t *testing.T) {
	t.Parallel()
	d := quick(t)
	d.set(chess, func(c *moderation.Chat) { c.Policy.Threshold, c.Policy.CardAfter = 50, 0 })
	desks := []*desk{d}
	if cluster != nil {
		desks = append(desks, d.replica(), d.replica())
	}
	for round := range 2 {
		var all sync.WaitGroup
		reports := make([]moderation.Report, 9)
		for i := range reports {
			reports[i] = d.reportBy(person(anna+int64(100*round+i)), 41)
			reports[i].Target.SentAt = noon.Add(-time.Minute)
		}
		errs := make(chan error, len(reports))
		for i, r := range reports {
			all.Go(func() {
				at := desks[i%len(desks)]
				at.clock.set(d.now())
				_, err := at.court.Report(t.Context(), r)
				errs <- err
			})
		}
		all.Wait()
		close(errs)
		for err := range errs {
			d.must(err)
		}
		if n := d.number(`SELECT count(*) FROM cases WHERE verdict = 'open'`); n != 1 || d.number(`SELECT count(*) FROM cases`) != int64(round)+1 {
			t.Fatalf("round %d: %d open cases of %d", round, n, d.number(`SELECT count(*) FROM cases`))
		}
		got := d.about(41, "")
		orders := map[int]bool{}
		for _, b := range got.Ballots {
			orders[b.Order] = true
		}
		if len(got.Ballots) != 9 || len(orders) != 9 {
			t.Errorf("round %d: %d ballots in the order %v", round, len(got.Ballots), orders)
		}
		d.pass(2 * time.Hour)
		if n, err := d.court.ExpireDue(t.Context()); n != 1 || err != nil {
			t.Fatalf("%d expired, %v", n, err)
		}
	}
}

// reopened is a case about message 41 that opens a dismissed one again, in which Bob and Carl voted and Boss took it back.
func reopened(t *testing.T) (d *desk, first, second string) {
	t.Helper()
	d = newDesk(t)
	d.enter(chess)
	first = d.report(bob, 41)
	key := moderation.Key{Chat: chess, Case: first}
	for _, who := range []int64{carl, boss} {
		d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: first, Voter: person(who), Side: moderation.Fine}))
	}
	d.takeBack(first, boss)
	over := *d.docket(key).Case
	over.Verdict, over.Decided = moderation.Dismissed, d.now()
	d.decide(key, moderation.Outcome{Case: &over})
	r := d.reportBy(person(anna), 41)
	got, err := d.court.Report(t.Context(), r)
	d.must(err)
	if c := d.cs(got.Case); c.Reopens != first || c.Verdict != moderation.Open {
		t.Fatalf("reported again it is %+v", c)
	}
	return d, first, got.Case
}

func TestWhatWasSaidBefore(t *testing.T) {
	t.Parallel()
	d, first, second := reopened(t)
	for name, key := range map[string]moderation.Key{"by its id": {Chat: chess, Case: second}, "by its message": {Chat: chess, Message: 41}, "for a jury": {Chat: chess, Case: second, Want: moderation.Want{Pool: true}}} {
		got := d.docket(key)
		var who []int64
		for _, b := range got.Earlier {
			who = append(who, b.Voter)
		}
		slices.Sort(who)
		if !slices.Equal(who, []int64{bob, carl}) || len(got.Ballots) != 1 || got.Ballots[0].Voter != anna {
			t.Errorf("%s: before %v, now %+v", name, who, got.Ballots)
		}
	}
	if got := d.docket(moderation.Key{Chat: chess, Case: first}).Earlier; got != nil {
		t.Errorf("before the first there was %+v", got)
	}
	if _, err := d.court.Report(t.Context(), d.reportBy(person(bob), 41)); !isRefused(err, moderation.RefuseVotedBefore) {
		t.Errorf("who voted before: %v", err)
	}
	n, err := d.destroy(t.Context(), d.now().Add(day)) // the first one's
	if n != 1 || err != nil {
		t.Errorf("%d destroyed, %v", n, err)
	}
	if got := d.docket(moderation.Key{Chat: chess, Case: second}); got.Case == nil || got.Earlier != nil {
		t.Errorf("of ballots that are destroyed there is %+v", got.Earlier)
	}
}

// A dismissed case whose verdict turns out to be wrong says so, and proves it to who voted in it.
func TestWrongVerdict(t *testing.T) {
	t.Parallel()
	d, first, second := reopened(t)
	d.pass(time.Hour)
	d.must(d.court.Do(t.Context(), chess, nil))
	c := d.cs(second)
	c.Listed = true
	d.decide(moderation.Key{Chat: chess, Case: second}, moderation.Outcome{Case: &c})
	d.uphold(second)
	wrong := d.cs(first)
	if wrong.Verdict != moderation.Dismissed || wrong.Reversed != moderation.Overturned || !wrong.ReversedAt.Equal(d.now()) {
		t.Errorf("the first is %+v", wrong)
	}
	if right := d.cs(second); right.Reversed != "" || right.Verdict != moderation.Upheld {
		t.Errorf("the second is %+v", right)
	}
	d.period()
	d.gets(chess, first, carl, "ballot", "overturned admin")
	closed, err := d.Closed(t.Context(), chess, noon, d.now().Add(day))
	d.must(err)
	if len(closed) != 2 || d.number(`SELECT count(*) FROM offence`) != 1 {
		t.Errorf("closed are %+v, with %d offences", closed, d.number(`SELECT count(*) FROM offence`))
	}
	taught := map[int64]float64{}
	d.settled(func(cl moderation.Closing) moderation.Settlement {
		s := cl.Settle(moderation.DayOf(d.now()))
		if cl.Case.ID == first {
			taught[bob], taught[carl] = s.VoteRecords[bob].Right, s.VoteRecords[carl].Wrong
		}
		return s
	})
	if taught[bob] != 1 || taught[carl] != 1 {
		t.Errorf("it teaches that Bob was right by %v and Carl wrong by %v", taught[bob], taught[carl])
	}
}

// Who judged a case that was opened again is known when its author appeals.
func TestJuryOfACaseOpenedAgain(t *testing.T) {
	t.Parallel()
	d, _, second := reopened(t)
	key := moderation.Key{Chat: chess, Case: second}
	c := d.cs(second)
	j := jury.New(jury.Reopened, nil, noon)
	j.Ask([]jury.Juror{{ID: boss}}, noon)
	c.Appeal, c.Jury, c.JuryDue = moderation.BeforeJury, jury.Reopened, noon
	d.decide(key, moderation.Outcome{Case: &c, CaseChanges: moderation.CaseChanges{Jury: j}})
	if due, err := d.JuriesDue(t.Context(), noon, 9); err != nil || len(due) != 1 || due[0].ID != second {
		t.Errorf("due are %v, %v", due, err)
	}
	c.Appeal, c.Jury, c.JuryDue, c.Verdict, c.Decided = moderation.NoAppeal, jury.NoJury, time.Time{}, moderation.Upheld, noon
	d.decide(key, moderation.Outcome{Case: &c})
	if got := d.docket(key).Jury; got == nil || len(got.Seats) != 1 || got.Seats[0].Juror.ID != boss {
		t.Errorf("of the jury there is %+v", got)
	}
}

func TestOpenCasesTheOldestFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var want []moderation.CaseRef
	for m := range int64(3) {
		want = append(want, moderation.CaseRef{Chat: chess, ID: d.report(anna+m, 41+m)})
		d.pass(time.Minute)
	}
	d.uphold(d.report(carl, 51))
	d.reportIn(chess-1, anna, 41)
	if got, err := d.Open(t.Context(), chess); err != nil || !slices.Equal(got, want) {
		t.Errorf("open are %v, %v; want %v", got, err, want)
	}
	if got, err := d.Open(t.Context(), chess-9); err != nil || got != nil {
		t.Errorf("in a group that was never seen: %v, %v", got, err)
	}
}

func TestPausesThatAreOver(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i := range int64(3) {
		d.set(chess-i, func(c *moderation.Chat) { c.Paused = noon.Add(time.Duration(i) * time.Hour) })
	}
	d.enter(chess - 3)
	for _, c := range []struct {
		after time.Duration
		limit int
		want  []int64
	}{{-time.Second, 9, nil}, {0, 9, []int64{chess}}, {time.Hour, 9, []int64{chess, chess - 1}}, {day, 2, []int64{chess, chess - 1}}, {day, 9, []int64{chess, chess - 1, chess - 2}}} {
		if got, err := d.PausesDue(t.Context(), noon.Add(c.after), c.limit); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("after %s: %v, %v; want %v", c.after, got, err, c.want)
		}
	}
}

// A pause moves the deadlines of the open cases of its group, and when it is over their ballots decide.
func TestPause(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	open, elsewhere, final := d.report(anna, 41), d.reportIn(chess-1, anna, 41), d.report(carl, 42)
	d.uphold(final)
	deadlines := []time.Time{d.cs(open).Deadline, d.cs(final).Deadline}
	other, err := d.Case(t.Context(), chess-1, elsewhere)
	d.must(err)
	owner := admin(boss)
	owner.Owner = true
	_, err = d.court.Pause(t.Context(), d.next(), chess, owner, 3*time.Hour)
	d.must(err)
	if c := d.cs(open); !c.Deadline.Equal(deadlines[0].Add(3 * time.Hour)) {
		t.Errorf("the open case ends at %s", c.Deadline)
	}
	if c := d.cs(final); !c.Deadline.Equal(deadlines[1]) {
		t.Errorf("a final case ends at %s", c.Deadline)
	}
	if c, err := d.Case(t.Context(), chess-1, elsewhere); err != nil || !c.Deadline.Equal(other.Deadline) {
		t.Errorf("a case elsewhere ends at %s, %v", c.Deadline, err)
	}
	for _, who := range []int64{bob, carl, boss} {
		d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: open, Voter: person(who), Side: moderation.Breaks}))
	}
	if c := d.cs(open); c.Verdict != moderation.Open {
		t.Errorf("in the pause it is %+v", c)
	}
	d.pass(3 * time.Hour)
	if n, err := d.court.PausesDue(t.Context()); n != 1 || err != nil {
		t.Errorf("%d pauses ended, %v", n, err)
	}
	if c := d.cs(open); c.Verdict != moderation.Upheld || c.ByAdmin {
		t.Errorf("after it, it is %+v", c)
	}
	if chat, err := d.Chat(t.Context(), chess); err != nil || !chat.Paused.IsZero() {
		t.Errorf("paused until %s, %v", chat.Paused, err)
	}
}
