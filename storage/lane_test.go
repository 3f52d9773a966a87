package storage_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// toldTo queues words to people, in their order.
func (d *desk) toldTo(people ...int64) {
	d.t.Helper()
	var effects []moderation.Effect
	for _, p := range people {
		effects = append(effects, moderation.SendRegained{To: moderation.Person{ID: p}})
	}
	d.must(d.court.Do(d.t.Context(), chess, effects))
}

// canGo is for how many people something is ready.
func (d *desk) canGo() int {
	d.t.Helper()
	rows, _ := d.ready(allClasses...)
	return len(rows)
}

// lanesUsed are the lanes in which something waits, in the order of the rows.
func (d *desk) lanesUsed() (all []int64) {
	d.t.Helper()
	rows, err := d.sql().QueryContext(d.t.Context(), `SELECT lane FROM outbox ORDER BY id`)
	d.must(err)
	defer rows.Close()
	for rows.Next() {
		var lane int64
		d.must(rows.Scan(&lane))
		all = append(all, lane)
	}
	d.must(rows.Err())
	return all
}

// Who is told something waits for nobody else who is, and is told one thing after the other.
func TestEachPersonHasALane(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.toldTo(anna, bob, anna, carl)
	if n := d.canGo(); n != 3 {
		t.Errorf("%d are told something at once, want 3", n)
	}
	lanes := d.lanesUsed()
	if lanes[0] != lanes[2] || lanes[0] == lanes[1] || lanes[1] == lanes[3] {
		t.Errorf("lanes %v", lanes)
	}
}

// However many are to be told something, there are not more lanes than can be looked through at once, and each person's
// words stay in one.
func TestManyShareLanes(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var persons []int64
	for i := range int64(400) {
		persons = append(persons, 10_000+i)
	}
	d.toldTo(persons...)
	d.toldTo(persons...)
	lanes, used := d.lanesUsed(), map[int64]bool{}
	for i, lane := range lanes {
		used[lane] = true
		if lane != lanes[i%len(persons)] {
			t.Fatalf("what one person is told is in two lanes")
		}
	}
	if len(lanes) != 2*len(persons) || len(used) < 100 || len(used) > 150 {
		t.Errorf("%d words in %d lanes", len(lanes), len(used))
	}
}

// The lanes that many share are others the next time, too: who has the database cannot follow anybody by them.
func TestSharedLanesChange(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var crowd []int64
	for i := range int64(150) {
		crowd = append(crowd, 10_000+i)
	}
	var before map[int64]bool
	for range 2 {
		d.toldTo(crowd...)
		shared := map[int64]bool{}
		for _, lane := range d.lanesUsed()[128:] {
			if shared[lane] = true; before[lane] {
				t.Errorf("lane %d was there before", lane)
			}
		}
		if before = shared; len(shared) > 16 {
			t.Errorf("%d lanes are shared, want 16", len(shared))
		}
		d.alter(`DELETE FROM outbox`)
	}
}

// What waits for somebody since the release before, in a lane that many share, is not overtaken.
func TestSharedLanesOfTheReleaseBefore(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	found := 0
	for lane := int64(2); lane < 18; lane++ {
		d.toldTo(anna)
		d.alter(`UPDATE outbox SET lane = ` + strconv.FormatInt(lane, 10))
		d.toldTo(anna)
		if lanes := d.lanesUsed(); lanes[0] == lanes[1] {
			found++
		}
		d.alter(`DELETE FROM outbox`)
	}
	if found != 1 {
		t.Errorf("what waits is found in %d of 16 lanes, want 1", found)
	}
}

// A penalty that has to wait is in no deletion's way, and those of one author keep their order.
func TestPenaltiesWaitForTheirAuthorAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	punish := moderation.PutPenalty{Author: moderation.Author{ID: mallory}}
	d.must(d.court.Do(t.Context(), chess, []moderation.Effect{
		punish, punish, moderation.DeleteMessages{Case: "AAAA", Messages: []int64{7}}, moderation.PutPenalty{Author: moderation.Author{ID: bob}},
	}))
	if n := d.canGo(); n != 3 {
		t.Errorf("%d may go side by side, want 3", n)
	}
	n := 0
	for ; d.canGo() > 0; n++ {
		d.must(d.Retry(t.Context(), d.row(), d.now().Add(time.Hour)))
	}
	if n != 3 {
		t.Errorf("%d are ready although others of the group wait, want a deletion and a penalty for each of two", n)
	}
}

// Of a group whose share is under way nothing more is listed: it would only be in the way of other groups.
func TestGroupWhoseShareIsTakenIsLeftOut(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for message := range int64(3) {
		d.do(removal(message + 1))
	}
	d.do(card("A"))
	d.must(d.court.Do(t.Context(), chess-1, []moderation.Effect{card("B")}))
	for taken, most := range map[int]int{outbox.Share: 0, outbox.Share - 1: 3} {
		want := outbox.Want{Classes: allClasses, Limit: 4, Rationed: 4, Urgent: map[int64]int{chess: taken}}
		rows, _, err := d.Ready(t.Context(), d.now(), want)
		d.must(err)
		urgent := 0
		for _, r := range rows {
			d.must(d.Wait(t.Context(), r, d.now()))
			if r.Chat == chess && r.Class == 0 {
				urgent++
			}
		}
		if cluster != nil {
			most = min(most, 1) // what is under way there is listed nowhere
		}
		if urgent != most || len(rows) == 0 || rows[len(rows)-1].Chat != chess-1 {
			t.Errorf("of a group with %d under way %d are listed, want %d; in all %d", taken, urgent, most, len(rows))
		}
	}
}

// However many groups have their share under way, or are made to wait by Telegram: others are listed.
func TestManyGroupsWhoseShareIsTaken(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := outbox.Want{Classes: allClasses, Limit: 20, Rationed: 20, Urgent: map[int64]int{}}
	for i := range int64(40) {
		all := make([]moderation.Effect, 12)
		for message := range all {
			all[message] = removal(int64(message + 1))
		}
		want.Urgent[chess-i] = outbox.Share
		d.must(d.court.Do(t.Context(), chess-i, all))
	}
	d.must(d.court.Do(t.Context(), chess-100, []moderation.Effect{removal(1)}))
	rows, _, err := d.Ready(t.Context(), d.now(), want)
	d.must(err)
	if len(rows) == 0 || rows[len(rows)-1].Chat != chess-100 {
		t.Errorf("%d are listed, and not the one of the group that has nothing under way", len(rows))
	}
}

// A person's lane is another each time: who has the database cannot follow anybody by it. What still waits, be it for a right,
// keeps them in the old one.
func TestLanesChange(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.toldTo(anna)
	d.must(d.Hold(t.Context(), d.row()))
	d.pass(24 * time.Hour)
	d.toldTo(anna)
	_, err := d.sql().ExecContext(t.Context(), `UPDATE outbox SET held = 0`)
	d.must(err)
	lanes := d.lanesUsed()
	if lanes[0] != lanes[1] || d.canGo() != 1 {
		t.Errorf("what waits since yesterday is overtaken: lanes %v", lanes)
	}
	first := lanes[0]
	for len(d.waiting()) > 0 {
		d.must(d.Drop(t.Context(), d.row()))
	}
	d.toldTo(anna)
	if lanes := d.lanesUsed(); lanes[0] == first {
		t.Errorf("the next time she is in lane %d again", first)
	}
}

// What follows for somebody who is being answered waits for that, and goes behind an answer that could not be sent.
func TestOutcomeWaitsForTheAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.Answering(anna)
	d.toldTo(bob, anna)
	if n := d.canGo(); n != 1 {
		t.Errorf("%d are ready, want Bob's", n)
	}
	d.must(d.Answered(t.Context(), anna, nil))
	if n := d.canGo(); n != 2 {
		t.Errorf("%d are ready when she is answered, want 2", n)
	}
	for len(d.waiting()) > 0 {
		d.must(d.Drop(t.Context(), d.row()))
	}

	d.Answering(anna)
	d.Answering(anna) // two updates of hers
	d.toldTo(anna)
	d.must(d.Answered(t.Context(), anna, nil))
	if n := d.canGo(); n != 0 {
		t.Errorf("%d are ready while one answer is under way", n)
	}
	d.must(d.Answered(t.Context(), anna, []storage.Deferred{{Chat: chess, Person: anna, Class: moderation.Personal, Body: []byte("the answer")}}))
	rows, _ := d.ready(allClasses...)
	if len(rows) != 1 {
		t.Fatalf("%d are ready, want the answer alone", len(rows))
	}
	if kind, _, err := d.OpenRow(rows[0]); err != nil || kind != storage.KindCall {
		t.Errorf("first goes %q, %v", kind, err)
	}
	d.must(d.Drop(t.Context(), rows[0]))
	if n := d.canGo(); n != 1 {
		t.Errorf("%d are ready after the answer, want the outcome", n)
	}
}

// An answer that nobody can finish any more, since the bot was killed, keeps nothing back.
func TestOutcomeAfterARestart(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.Answering(anna)
	d.toldTo(anna)
	d.close()
	d.open()
	if sqldb.IsPostgres(d.opts.DSN) {
		d.pass(2 * time.Minute) // another replica may be answering her
	}
	if n := d.canGo(); n != 1 {
		t.Errorf("%d are ready after a restart, want 1", n)
	}
}

// What could not be let go, since the disk was full at that moment, is delivered a minute later, by itself.
func TestOutcomeThatCouldNotBeLetGo(t *testing.T) {
	t.Parallel()
	onlySQLite(t)
	d := newDesk(t)
	d.Answering(anna)
	d.toldTo(anna)
	full := func(query string) {
		_, err := d.sql().ExecContext(t.Context(), query)
		d.must(err)
	}
	full(`CREATE TRIGGER full BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END`)
	if err := d.Answered(t.Context(), anna, nil); err == nil {
		t.Fatal("the disk is not full")
	}
	full(`DROP TRIGGER full`)
	rows, next := d.ready(allClasses...)
	if len(rows) > 0 || !next.Equal(d.now().Add(time.Minute)) {
		t.Errorf("%d are ready, others at %v", len(rows), next)
	}
	d.pass(time.Minute)
	if rows, next := d.ready(allClasses...); len(rows) != 1 || !next.IsZero() {
		t.Errorf("%d are ready after a minute, others at %v", len(rows), next)
	}
}

// A row that is put off is in nobody's way, and a vote more does not bring it forward; the outcome does.
func TestPostponedCard(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	show := func(v moderation.Verdict) {
		t.Helper()
		d.must(d.court.Do(t.Context(), chess, []moderation.Effect{moderation.DrawCard{Case: "AAAA", Open: v == moderation.Open}}))
	}
	show(moderation.Open)
	d.must(d.Postpone(t.Context(), d.row(), d.now().Add(3*time.Second)))
	d.must(d.court.Do(t.Context(), chess, []moderation.Effect{moderation.DrawCard{Case: "BBBB", Open: true}}))
	if n := d.canGo(); n != 1 {
		t.Errorf("%d cards are ready, want the other", n)
	}
	d.must(d.Drop(t.Context(), d.row()))
	show(moderation.Open)
	if n := d.canGo(); n != 0 {
		t.Errorf("one more vote brings the card forward")
	}
	show(moderation.Upheld)
	if n := d.canGo(); n != 1 {
		t.Errorf("the outcome waits")
	}
}
