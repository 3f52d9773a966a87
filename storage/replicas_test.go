package storage_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// replica is another desk at the same database.
func (d *desk) replica() *desk {
	d.t.Helper()
	if cluster == nil {
		d.t.Skip("SQLite has one at a time")
	}
	other := &desk{t: d.t, path: d.path, opts: d.opts, clock: newClock(d.now()), update: d.update + 100000}
	other.opts.Now = other.now
	other.open()
	return other
}

func (d *desk) takes(limit int) []outbox.Row {
	d.t.Helper()
	rows, _, err := d.Ready(d.t.Context(), d.now(), outbox.Want{Classes: allClasses, Limit: limit, Rationed: limit})
	d.must(err)
	return rows
}

// A row is one replica's at a time; the rows behind it wait; and what a replica leaves behind is another's after a while.
func TestRowsAreTakenOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.replica()
	d.do(card("A"), card("B"))
	d.must(d.court.Do(t.Context(), chess-1, []moderation.Effect{card("C")}))
	mine, theirs := d.takes(1), other.takes(9)
	if len(mine) != 1 || len(theirs) != 1 || mine[0].Chat == theirs[0].Chat {
		t.Fatalf("taken are %v and %v", mine, theirs)
	}
	if more := append(d.takes(9), other.takes(9)...); len(more) != 0 {
		t.Fatalf("taken twice, or out of order: %v", more)
	}
	d.must(d.Drop(t.Context(), mine[0]))
	d.must(other.Drop(t.Context(), theirs[0]))
	behind := other.takes(9)
	if len(behind) != 1 {
		t.Fatalf("behind them are %v", behind)
	}
	d.pass(59 * time.Second)
	if rows := d.takes(9); len(rows) != 0 {
		t.Errorf("taken from who has it: %v", rows)
	}
	d.pass(time.Second)
	if rows := d.takes(9); len(rows) != 1 || rows[0].ID != behind[0].ID {
		t.Errorf("nobody sees to what was left behind: %v", rows)
	}
}

// What is given back can be had again: at once, at its time, or when it is released.
func TestRowsAreGivenBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.replica()
	d.do(card("A"))
	soon := d.now().Add(5 * time.Second)
	for name, give := range map[string]func(outbox.Row) error{
		"wait":  func(r outbox.Row) error { return d.Wait(t.Context(), r, soon) },
		"retry": func(r outbox.Row) error { return d.Retry(t.Context(), r, soon) },
	} {
		rows := d.takes(9)
		if len(rows) != 1 {
			t.Fatalf("%s: taken are %v", name, rows)
		}
		d.must(give(rows[0]))
		other.clock.set(soon.Add(-time.Second))
		if early := other.takes(9); len(early) != 0 {
			t.Errorf("%s: too early", name)
		}
		other.clock.set(soon)
		late := other.takes(9)
		if len(late) != 1 {
			t.Fatalf("%s: not there when its time has come", name)
		}
		d.must(other.Wait(t.Context(), late[0], d.now()))
		d.clock.set(soon)
	}
	rows := d.takes(9)
	d.do(card("A")) // takes the place of what is being delivered
	d.must(d.Drop(t.Context(), rows[0]))
	if again := other.takes(9); len(again) != 1 || again[0].Revision == rows[0].Revision {
		t.Errorf("what took its place is not delivered: %v", again)
	}
}

// Many replicas handle the same updates, each of them several times and in any order: it is as if one had, and each once.
func TestReplicasDecideAsOne(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(d.court.Do(t.Context(), chess, nil))
	const replicas, voters = 4, 12
	desks := []*desk{d}
	for range replicas - 1 {
		desks = append(desks, d.replica())
	}
	reports := make([]moderation.Report, voters)
	for i := range reports {
		reports[i] = d.reportBy(person(anna+int64(i)*1000), 41)
		reports[i].Target.SentAt = d.now()
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	counted := map[int64]int{}
	for n, at := range desks {
		all.Go(func() {
			for i := range reports {
				r := reports[(i*5+n*7)%voters]
				_, err := at.court.Report(t.Context(), r)
				mu.Lock()
				if err == nil {
					counted[r.Reporter.ID]++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	ballots := d.number(`SELECT count(*) FROM ballot`)
	if cases := d.number(`SELECT count(*) FROM cases`); cases != 1 || d.number(`SELECT count(*) FROM offence`) != 1 {
		t.Errorf("%d cases, %d offences; want one of each", cases, d.number(`SELECT count(*) FROM offence`))
	}
	if len(counted) < int(ballots) || ballots < 3 {
		t.Errorf("%d were told that they count, %d are there", len(counted), ballots)
	}
	for who, n := range counted {
		if n != 1 {
			t.Errorf("%d counted %d times", who-anna, n)
		}
	}
	d.pass(time.Hour)
	d.must(d.CloseLedger(t.Context()))
	if _, err := d.ProveLedger(t.Context(), 8, 0); err != nil {
		t.Errorf("the ledger: %v", err)
	}
}

// What counts against a limit, all count together, and none is lost.
func TestPaceIsShared(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	desks := []*desk{d}
	if cluster != nil {
		desks = append(desks, d.replica(), d.replica())
	}
	var all sync.WaitGroup
	for _, at := range desks {
		all.Go(func() {
			for range 20 {
				at.must(at.BookLimits(t.Context(), []int64{0, chess}, func(kept [][]byte) ([][]byte, error) {
					for i, raw := range kept {
						n := 0
						if raw != nil {
							if err := json.Unmarshal(raw, &n); err != nil {
								return nil, err
							}
						}
						kept[i] = fmt.Append(nil, n+1)
					}
					return kept, nil
				}))
			}
		})
	}
	all.Wait()
	d.must(d.BookLimits(t.Context(), []int64{chess, 0, -5}, func(kept [][]byte) ([][]byte, error) {
		want := fmt.Sprint(20 * len(desks))
		if got := []string{string(kept[0]), string(kept[1])}; !slices.Equal(got, []string{want, want}) || kept[2] != nil {
			t.Errorf("booked are %s and %q; want %s each", got, kept[2], want)
		}
		return nil, nil
	}))
	until := d.now().Add(time.Minute)
	d.must(d.HoldChat(t.Context(), chess, until))
	d.must(d.HoldChat(t.Context(), chess, until.Add(-time.Second))) // is no shorter for that
	holds, err := d.Holds(t.Context(), d.now())
	d.must(err)
	if len(holds) != 1 || !holds[chess].Equal(until) {
		t.Errorf("held are %v", holds)
	}
	if holds, err = d.Holds(t.Context(), until); err != nil || len(holds) != 0 {
		t.Errorf("still held are %v, %v", holds, err)
	}
}
