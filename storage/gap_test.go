package storage_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
	"github.com/ostrakon-bot/ostrakon/storage/transfer"
)

// watched is a bot that watches one group since a month ago, and knows another that it never could watch.
func watched(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.set(chess, func(c *moderation.Chat) {
		c.Rights, c.Since = moderation.Rights{Member: true, Admin: true}, noon.Add(-30*day)
	})
	d.set(chess-1, func(c *moderation.Chat) { c.Rights = moderation.Rights{Member: true} })
	return d
}

// watch notes that the bot watches, and checks when the last gap ended.
func (d *desk) watch(gap time.Time) {
	d.t.Helper()
	d.must(d.Watch(d.t.Context(), d.now()))
	d.wantGap(gap)
}

func (d *desk) wantGap(gap time.Time) {
	d.t.Helper()
	for chat, want := range map[int64]time.Time{chess: gap, chess - 1: {}} {
		if c, err := d.Chat(d.t.Context(), chat); err != nil || !c.GapEnded.Equal(want) {
			d.t.Errorf("the gap in %d ended at %s, %v; want %s", chat, c.GapEnded, err, want)
		}
		if c := d.docket(moderation.Key{Chat: chat}).Chat; !c.GapEnded.Equal(want) {
			d.t.Errorf("in a decision it ended at %s", c.GapEnded)
		}
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	d := watched(t)
	none := time.Time{}
	d.watch(none) // for the first time
	d.pass(10 * time.Minute)
	d.watch(none)
	d.pass(day) // for so long Telegram keeps what comes
	d.close()
	d.open()
	d.watch(none)
	d.pass(day + time.Second)
	d.wantGap(none) // it is known by now, and not before it is looked for
	gap := d.now()
	d.watch(gap)
	d.pass(10 * time.Minute)
	d.watch(gap)
	d.close()
	d.open()
	d.watch(gap)
	d.pass(-9 * day) // a clock that was wrong
	d.watch(gap)
	d.pass(2 * day)
	d.watch(d.now())
}

// Several replicas find the same gap, and it ends once.
func TestReplicasFindTheSameGap(t *testing.T) {
	t.Parallel()
	d := watched(t)
	desks := []*desk{d}
	if cluster != nil {
		desks = append(desks, d.replica(), d.replica(), d.replica())
	}
	var all sync.WaitGroup
	run := func(at time.Time) {
		for i, one := range desks {
			one.clock.set(at.Add(time.Duration(i) * time.Second))
			all.Go(func() { one.must(one.Watch(context.Background(), one.now())) })
		}
		all.Wait()
	}
	run(noon)
	d.wantGap(time.Time{})
	run(noon.Add(3 * day))
	c, err := d.Chat(t.Context(), chess)
	d.must(err)
	if late := c.GapEnded.Sub(noon.Add(3 * day)); late < 0 || late > 3*time.Second {
		t.Errorf("the gap ended at %s", c.GapEnded)
	}
	run(noon.Add(3*day + time.Hour))
	d.wantGap(c.GapEnded)
}

// Who runs on a backup has missed what came since, however soon it is restored. The database itself has not.
func TestRestoredBackupIsAGap(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := watched(t)
	d.watch(time.Time{})
	copied := d.path + ".copy"
	d.must(storage.Backup(t.Context(), d.opts.DSN, copied))
	d.pass(10 * time.Minute)
	d.watch(time.Time{})
	d.close()
	d.opts.DSN, d.path = "sqlite:"+copied, copied
	again := copied + ".again"
	d.must(storage.Backup(t.Context(), d.opts.DSN, again)) // of one on which no bot ran yet
	for _, path := range []string{copied, again} {
		d.opts.DSN, d.path = "sqlite:"+path, path
		d.open()
		d.wantGap(time.Time{})
		gap := d.now()
		d.watch(gap)
		d.pass(10 * time.Minute)
		d.watch(gap)
		d.close()
		d.open()
		d.watch(gap)
		if n := d.number(`SELECT count(*) FROM meta WHERE name = 'backup'`); n != 0 {
			t.Error("the mark is there still")
		}
		d.close()
	}
}

// A copy to a database of each kind is no gap, and the bot goes on with it.
func TestCopyIsNoGap(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			if kind == "postgres" && cluster == nil {
				t.Skip("there is no PostgreSQL in this run")
			}
			d := watched(t)
			d.watch(time.Time{})
			open := d.report(carl, 41)
			d.close()
			there := d.elsewhere(kind)
			_, err := transfer.Copy(t.Context(), d.opts.DSN, there.opts.DSN, func(int64, int64) {})
			d.must(err)
			there.pass(time.Hour)
			there.open()
			there.watch(time.Time{})
			there.uphold(open)
			there.report(bob, 42)
			there.pass(2 * day)
			there.watch(there.now())
		})
	}
}

// elsewhere is a desk at an empty database of a kind, with the same key.
func (d *desk) elsewhere(kind string) *desk {
	d.t.Helper()
	path := filepath.Join(scratch.Dir(d.t), "other.db")
	other := &desk{t: d.t, path: path, clock: newClock(d.now()), update: d.update, opts: d.opts}
	other.opts.Now = other.now
	other.opts.DSN = "sqlite:" + path
	if kind == "postgres" {
		other.opts.DSN = cluster.Schema(d.t)
	}
	return other
}

// A new member's ballot after a gap: whoever is first seen then decides nothing.
func TestWatchMakesStrangersNew(t *testing.T) {
	t.Parallel()
	d := watched(t)
	d.observe(d.wrote(anna, 41))
	d.watch(time.Time{})
	d.pass(2 * day)
	d.watch(d.now())
	id := d.report(anna, 42)
	d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(bob), Side: moderation.Fine}))
	for _, b := range d.docket(moderation.Key{Chat: chess, Case: id}).Ballots {
		if b.New != (b.Voter == bob) {
			t.Errorf("%s has cast %+v", names[b.Voter], b)
		}
	}
}
