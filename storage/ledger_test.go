package storage_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// period lets the present period of the ledger end, so that all before is covered by a checkpoint.
func (d *desk) period() {
	d.clock.set(d.now().Truncate(storage.LedgerPeriod).Add(storage.LedgerPeriod))
}

// entries is how many entries the ledger has.
func (d *desk) entries() int64 {
	d.t.Helper()
	return d.number(`SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM meta WHERE name = 'ledger size'`)
}

// checkpoint is the newest head of the ledger; false if there is none yet.
func (d *desk) checkpoint() (ledger.Checkpoint, bool) {
	d.t.Helper()
	text, err := d.Checkpoint(d.t.Context())
	d.must(err)
	if text == "" {
		return ledger.Checkpoint{}, false
	}
	c, err := ledger.ParseCheckpoint(text, d.LedgerKey())
	d.must(err)
	return c, true
}

// receipt is what a person can be given about a case, verified.
func (d *desk) receipt(chat int64, id string, who int64) (r ledger.Receipt, given bool) {
	d.t.Helper()
	data, found, err := d.Receipt(d.t.Context(), chat, id, who)
	d.must(err)
	if data == nil || !found {
		if data != nil {
			d.t.Errorf("nothing is found, and given %s", data)
		}
		return r, false
	}
	if r, err = ledger.ParseReceipt(data); err == nil {
		_, err = r.Verify(d.LedgerKey())
	}
	d.must(err)
	return r, true
}

// says is what the entries of a receipt say, in short.
func says(t testing.TB, r ledger.Receipt) []string {
	t.Helper()
	var all []string
	for _, e := range r.Entries {
		var line struct{ Kind, Group, Case, Side, Verdict, Penalty, Appeal, By string } // none has a side but what an earlier release wrote
		if err := json.Unmarshal([]byte(e.Event), &line); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Join(strings.Fields(strings.Join([]string{line.Kind, line.Side, line.Verdict, line.Penalty, line.Appeal, line.By}, " ")), " "))
	}
	return all
}

// gets compares what a receipt says with what it should; with nothing there should be none.
func (d *desk) gets(chat int64, id string, who int64, want ...string) {
	d.t.Helper()
	r, given := d.receipt(chat, id, who)
	if got := says(d.t, r); given != (want != nil) || !slices.Equal(got, want) {
		d.t.Errorf("%s gets %q, %v; want %q", names[who], got, given, want)
	}
}

// telling is a store that notes how many events it was given.
type telling struct {
	moderation.Store
	events []moderation.Event
}

func (s *telling) Update(ctx context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	out, err := s.Store.Update(ctx, key, decide)
	if err == nil {
		s.events = append(s.events, out.Events...)
	}
	return out, err
}

// Each event becomes one entry, and the tree has all its hashes. What an entry says is kept once: a ballot's with the
// ballot, and everything else beside.
func TestEveryEventIsAnEntry(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	s := &telling{Store: d.Store}
	d.court = moderation.NewCourt(showing{s}, d.opts.Now)
	id := d.report(anna, 41)
	d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(bob), Side: moderation.Fine}))
	if again, err := d.court.Report(t.Context(), d.reportBy(person(anna), 41)); err != nil || !again.Again {
		t.Errorf("reported twice: %+v, %v", again, err)
	}
	d.uphold(id)
	d.contest(chess, id)
	d.punish(chess, 43)
	_, err := d.court.Pardon(t.Context(), moderation.Key{Update: d.next(), Chat: chess}, moderation.Author{ID: mallory}, admin(carl))
	d.must(err)
	d.must(d.court.Purge(t.Context(), d.next(), chess, admin(carl), []int64{1}))
	n := int64(len(s.events))
	if pending := d.number(`SELECT count(*) FROM ledger_pending`); n < 10 || pending != n || d.entries() != 0 {
		t.Errorf("%d wait of %d events, and there are %d entries", pending, n, d.entries())
	}
	d.period()
	d.must(d.CloseLedger(t.Context()))
	if left := d.number(`SELECT count(*) FROM ledger_pending`); left != 0 || d.entries() != (n+7)/8*8 {
		t.Errorf("%d entries of %d events, and %d wait", d.entries(), n, left)
	}
	if hashes := d.number(`SELECT count(*) FROM ledger_hash`); hashes != tlog.StoredHashCount(d.entries()) {
		t.Errorf("%d hashes; want %d", hashes, tlog.StoredHashCount(d.entries()))
	}
	if places := d.number(`SELECT count(*) FROM ledger_place WHERE entry < ?`, n); places != 2 {
		t.Errorf("%d places; want one for each of 2 ballots", places)
	}
	if kept := d.number(`SELECT count(*) FROM ledger_opening`); kept != n-2 {
		t.Errorf("%d openings; want one for each of %d, without two ballots", kept, n)
	}
	type about struct{ concerns, id string }
	told := map[about]int64{}
	for _, e := range s.events {
		if e.Concerns != moderation.ConcernsVoter {
			told[about{string(e.Concerns), e.Case}]++
		}
	}
	for a, want := range told {
		if got := d.number(`SELECT count(*) FROM ledger_opening LEFT JOIN cases ON cases.id = case_id
			WHERE entry >= 0 AND entry < ? AND concerns = ? AND coalesce(short, '') = ?`, n, a.concerns, a.id); got != want {
			t.Errorf("%d openings of %v, want %d", got, a, want)
		}
	}
}

// What the last statement of an update cannot do, the ledger does not tell of.
func TestAnUpdateThatFailsLeavesNoEntry(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	before := d.dump()
	d.alter(`CREATE TRIGGER no_outbox BEFORE INSERT ON outbox BEGIN SELECT raise(ABORT, 'no'); END`)
	_, err := d.court.Decide(t.Context(), moderation.Key{Update: d.next(), Chat: chess, Case: id}, admin(carl), moderation.Upheld)
	if err == nil {
		t.Fatal("upheld")
	}
	if got := d.dump(); !slices.Equal(got, before) {
		t.Errorf("left behind: %q", added(before, got))
	}
	d.alter(`DROP TRIGGER no_outbox`)
	d.uphold(id)
	d.period()
	d.gets(chess, id, mallory, "verdict upheld admin", "penalty warn")
}

// Nor is there an update without its entries.
func TestAnEntryThatFailsLeavesNoUpdate(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	before := d.dump()
	for _, what := range []string{
		`CREATE TRIGGER broken BEFORE INSERT ON ledger_pending BEGIN SELECT raise(ABORT, 'no'); END`,
		`CREATE TRIGGER broken BEFORE INSERT ON ledger_opening BEGIN SELECT raise(ABORT, 'no'); END`,
	} {
		d.alter(what)
		if _, err := d.court.Report(t.Context(), d.reportBy(person(anna), 41)); err == nil {
			t.Errorf("reported in spite of: %s", what)
		}
		d.alter(`DROP TRIGGER broken`)
		if got := d.dump(); !slices.Equal(got, before) {
			t.Errorf("%s left behind: %q", what, added(before, got))
		}
	}
	d.report(anna, 41)
}

// Who can prove what, at each stage of a case.
func TestReceipts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	for range 2 {
		d.gets(chess, id, anna) // no checkpoint covers it yet
		if _, found, err := d.Receipt(t.Context(), chess, id, anna); !found || err != nil {
			t.Errorf("there is something for her later: %v, %v", found, err)
		}
		d.pass(storage.LedgerPeriod - time.Second)
	}
	d.clock.set(d.now().Truncate(storage.LedgerPeriod))
	d.gets(chess, id, anna, "ballot")
	nobody := func(who ...int64) {
		t.Helper()
		for _, w := range who {
			d.gets(chess, id, w)
			if _, found, err := d.Receipt(t.Context(), chess, id, w); found || err != nil {
				t.Errorf("%s: %v, %v", names[w], found, err)
			}
		}
	}
	nobody(mallory, bob, carl, 0)
	d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(bob), Side: moderation.Fine}))
	d.gets(chess, id, bob)
	d.uphold(id)
	d.period()
	verdict := []string{"verdict upheld admin", "penalty warn"}
	d.gets(chess, id, anna, slices.Concat([]string{"ballot"}, verdict)...)
	d.gets(chess, id, bob, slices.Concat([]string{"ballot"}, verdict)...)
	d.gets(chess, id, mallory, verdict...)
	nobody(carl, boss, 0)
	d.contest(chess, id)
	d.gets(chess, id, mallory, verdict...) // of what is not covered yet it says nothing
	_, err := d.court.Overturn(t.Context(), moderation.Key{Update: d.next(), Chat: chess, Case: id}, admin(carl))
	d.must(err)
	d.period()
	all := slices.Concat(verdict, []string{"appeal admins", "appeal granted", "overturned admin"})
	d.gets(chess, id, mallory, all...)
	d.pass(9 * day)
	if n, err := d.court.Settle(t.Context()); n != 1 || err != nil {
		t.Errorf("settled %d, %v", n, err)
	}
	nobody(anna, bob, carl)
	d.gets(chess, id, mallory, all...)
	d.close()
	d.open()
	d.gets(chess, id, mallory, all...)
	d.must(d.court.Migrate(t.Context(), d.next(), chess, super))
	d.gets(super, id, mallory, all...)
	nobody(mallory) // of a group that is not there any more
}

// What came of it in no way to be punished for is no concern of its author's.
func TestAuthorsOfWhatWasNotUpheld(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		end  func(*desk, string)
		anna []string // what the reporter gets
	}{
		"open": {func(*desk, string) {}, []string{"ballot"}},
		"dismissed": {func(d *desk, id string) {
			_, err := d.court.Decide(d.t.Context(), moderation.Key{Update: d.next(), Chat: chess, Case: id}, admin(carl), moderation.Dismissed)
			d.must(err)
		}, []string{"ballot", "verdict dismissed admin"}},
		"expired": {func(d *desk, _ string) {
			d.pass(2 * day)
			_, err := d.court.ExpireDue(d.t.Context())
			d.must(err)
		}, []string{"ballot", "verdict expired time"}},
		"withdrawn": {func(d *desk, id string) { d.takeBack(id, anna) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			id := d.report(anna, 41)
			test.end(d, id)
			d.period()
			d.gets(chess, id, mallory)
			if _, found, err := d.Receipt(t.Context(), chess, id, mallory); found || err != nil {
				t.Errorf("found %v, %v", found, err)
			}
			d.gets(chess, id, anna, test.anna...)
		})
	}
}

// A channel is nobody who could ask, whatever number asks.
func TestChannelsGetNoReceipt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.reportBy(person(anna), 41)
	r.Target.Author = moderation.Author{ID: mallory, Channel: true}
	got, err := d.court.Report(t.Context(), r)
	d.must(err)
	d.uphold(got.Case)
	d.period()
	d.gets(chess, got.Case, mallory)
}

// The number of an entry does not tell when in its half hour it was made.
func TestEntriesAreInNoOrder(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var ids []string
	for m := range int64(20) {
		ids = append(ids, d.report(9000+m, 41+m))
		d.uphold(ids[m])
		d.pass(time.Minute)
	}
	d.period()
	var numbers []int64
	for m, id := range ids {
		r, _ := d.receipt(chess, id, 9000+int64(m))
		if got := says(t, r); !slices.Equal(got, []string{"ballot", "verdict upheld admin", "penalty " + line(t, r, 2)}) {
			t.Errorf("a receipt says %q", got)
		}
		numbers = append(numbers, r.Entries[0].Index)
	}
	if slices.IsSorted(numbers) { // once in 20! times it may be
		t.Errorf("ballots have the numbers %v", numbers)
	}
}

// line is the penalty in a receipt.
func line(t testing.TB, r ledger.Receipt, entry int) string {
	t.Helper()
	var e struct{ Penalty string }
	if err := json.Unmarshal([]byte(r.Entries[entry].Event), &e); err != nil {
		t.Fatal(err)
	}
	return e.Penalty
}

// In each period the ledger grows once, and by whole blocks, whatever happened, so that its size says nothing.
func TestPeriodsOfTheLedger(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	closes := func(want int64) {
		t.Helper()
		d.must(d.CloseLedger(t.Context()))
		c, there := d.checkpoint()
		if there != (want > 0) || c.Size != want {
			t.Errorf("shown are %d entries, want %d", c.Size, want)
		}
	}
	d.pass(time.Second)
	d.report(anna, 41)
	closes(0)
	d.clock.set(noon.Add(storage.LedgerPeriod - time.Second))
	closes(0)
	d.clock.set(noon.Add(storage.LedgerPeriod))
	closes(8)
	d.report(bob, 41)
	d.pass(storage.LedgerPeriod - time.Second)
	closes(8)
	if n := d.entries(); n != 8 {
		t.Errorf("%d entries; want no more than are shown", n)
	}
	d.pass(time.Second)
	closes(16)
	closes(16)
	d.period()
	closes(24) // though nothing happened
	for m := range int64(4) {
		d.report(anna, 51+m) // two entries each: just a block
	}
	d.period()
	closes(32)
	for m := range int64(5) {
		d.report(anna, 61+m)
	}
	d.period()
	closes(48)
	d.pass(3 * day) // of periods in which nobody was there it shows one
	closes(56)
	d.close()
	d.open()
	closes(56)
	d.pass(-day) // a clock that was set back
	closes(56)
}

// Whoever asks first, also for a receipt or a copy, ends the period; and of two replicas one does.
func TestOnePeriodForTwoReplicas(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := deskAt(t, d.path)
	other.opts = d.opts
	other.open()
	if other.LedgerKey() != d.LedgerKey() {
		t.Fatal("two replicas, two ledgers")
	}
	id := d.report(anna, 41)
	d.period()
	if data, found, err := other.Receipt(t.Context(), chess, id, anna); data == nil || !found || err != nil {
		t.Errorf("no receipt: %v, %v", found, err)
	}
	d.must(d.CloseLedger(t.Context()))
	d.must(other.CloseLedger(t.Context()))
	if n := d.entries(); n != 8 {
		t.Errorf("%d entries; want one block", n)
	}
}
