package storage_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/testdb"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/storage"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// The group of these tests, and who is in it. The numbers are found nowhere else by chance.
const (
	chess   int64 = -1007311111111
	anna    int64 = 7322222222
	bob     int64 = 7333333333
	carl    int64 = 7344444444
	mallory int64 = 7355555555
	boss    int64 = 7366666666
)

const day = 24 * time.Hour

var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

// desk is a store with a court before it, a clock that stands still, and updates to number.
type desk struct {
	*storage.Store
	t      testing.TB
	court  *moderation.Court
	opts   storage.Options
	path   string
	clock  *clock
	update int64
	thief  *rawDB // see [desk.sql]
}

// clock stands still until it is set. The store reads it beside the test, when it puts down what waits.
type clock struct{ at atomic.Pointer[time.Time] }

func newClock(at time.Time) *clock {
	var c clock
	c.set(at)
	return &c
}

func (c *clock) set(at time.Time) { c.at.Store(&at) }

func (d *desk) now() time.Time { return *d.clock.at.Load() }

// pass lets time go by.
func (d *desk) pass(long time.Duration) { d.clock.set(d.now().Add(long)) }

func newDesk(t testing.TB) *desk {
	t.Helper()
	path := filepath.Join(scratch.Dir(t), "ostrakon.db")
	if cluster == nil {
		testdb.New(t, path)
	}
	return newDeskAt(t, path)
}

func newDeskAt(t testing.TB, path string) *desk {
	t.Helper()
	dsn := "sqlite:" + path
	if cluster != nil {
		dsn = cluster.Lend(t, testdb.Migrate)
	}
	d := deskOf(t, path, dsn)
	d.open()
	return d
}

// deskAt is a desk whose database is new and not open yet: the file there, or one in the cluster.
func deskAt(t testing.TB, path string) *desk {
	dsn := "sqlite:" + path
	if cluster != nil {
		dsn = cluster.Schema(t)
	}
	return deskOf(t, path, dsn)
}

func deskOf(t testing.TB, path, dsn string) *desk {
	d := &desk{t: t, path: path, clock: newClock(noon)}
	d.opts = storage.Options{DSN: dsn, KeyFile: path + ".key", Defaults: moderation.DefaultPolicy(), Now: d.now, EvidenceLimit: 2e9}
	d.opts.Defaults.CardDelay = 0
	return d
}

// takeBack takes a report back, and has done what comes some time after that.
func (d *desk) takeBack(id string, who int64) {
	d.t.Helper()
	d.must(d.court.Undo(d.t.Context(), d.next(), chess, id, who))
	d.must(d.court.Withdraw(d.t.Context(), moderation.WithdrawCase{Waiting: moderation.Waiting{Chat: chess}, Case: id}))
}

// showing is a store whose cards appear as soon as they may. Their rows stay in the outbox.
type showing struct{ moderation.Store }

func (s showing) Update(ctx context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	out, err := s.Store.Update(ctx, key, decide)
	for _, e := range out.Effects {
		card, draws := e.(moderation.DrawCard)
		if err != nil || out.Case == nil || !draws || !card.Open || !card.Due.IsZero() || out.Case.Carded() {
			continue
		}
		_, err = s.Store.Update(ctx, moderation.Key{Chat: key.Chat, Case: card.Case}, func(d moderation.Docket) (moderation.Outcome, error) {
			cs := *d.Case
			cs.Appeared, cs.ClockDue, cs.CardVotes = cs.Opened, time.Time{}, cs.Votes
			cs.Terms, cs.Deadline = d.Chat.Terms(), cs.Opened.Add(d.Chat.Policy.Window)
			return moderation.Outcome{Case: &cs}, nil
		})
	}
	return out, err
}

// open opens the database, again if it was closed.
func (d *desk) open() {
	d.t.Helper()
	d.must(d.tryOpen())
}

func (d *desk) tryOpen() error {
	s, err := storage.Open(d.t.Context(), d.opts)
	if err != nil {
		return err
	}
	d.Store, d.court = s, moderation.NewCourt(showing{s}, d.opts.Now)
	d.t.Cleanup(func() {
		if wrong, err := s.RemembersWrongly(context.Background()); err == nil && len(wrong) > 0 { // it may be closed, or broken by now
			d.t.Errorf("groups %v are not as they are remembered", wrong)
		}
		_ = s.Close()
	})
	return nil
}

func (d *desk) close() { d.must(d.Close()) }

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// next is the number of a new update.
func (d *desk) next() int64 {
	d.update++
	return 880000 + d.update
}

// decide commits an outcome.
func (d *desk) decide(key moderation.Key, out moderation.Outcome) {
	d.t.Helper()
	_, err := d.Update(d.t.Context(), key, func(moderation.Docket) (moderation.Outcome, error) { return out, nil })
	d.must(err)
}

// docket is what a decision about key would be based on.
func (d *desk) docket(key moderation.Key) moderation.Docket {
	d.t.Helper()
	var found moderation.Docket
	_, err := d.Update(d.t.Context(), key, func(dk moderation.Docket) (moderation.Outcome, error) {
		found = dk
		return moderation.Outcome{}, nil
	})
	d.must(err)
	return found
}

func person(id int64) moderation.Member {
	return moderation.Member{ID: id, Language: "en", Present: true}
}

func admin(id int64) moderation.Member {
	return moderation.Member{ID: id, Name: names[id], Present: true, Admin: true, Restrict: true, Delete: true}
}

// reportBy is somebody's report of a message of Mallory's.
func (d *desk) reportBy(who moderation.Member, message int64) moderation.Report {
	return moderation.Report{
		Update: d.next(), Chat: chess, Kind: moderation.Supergroup, Reporter: who, Rule: rulebook.Scam,
		Target: moderation.Target{
			Message: message, SentAt: d.now().Add(-time.Minute), Role: moderation.RoleMember,
			Author: moderation.Author{ID: mallory, Language: "en"},
		},
	}
}

// report reports a message of Mallory's and returns the case's id.
func (d *desk) report(who, message int64) string {
	d.t.Helper()
	r, err := d.court.Report(d.t.Context(), d.reportBy(person(who), message))
	d.must(err)
	return r.Case
}

// reportAlbum does the same for a message of an album.
func (d *desk) reportAlbum(who, message int64, album string) string {
	d.t.Helper()
	r := d.reportBy(person(who), message)
	r.Target.Album = album
	got, err := d.court.Report(d.t.Context(), r)
	d.must(err)
	return got.Case
}

// uphold has an admin end a case.
func (d *desk) uphold(id string) {
	d.t.Helper()
	_, err := d.court.Decide(d.t.Context(), moderation.Key{Update: d.next(), Chat: chess, Case: id}, admin(carl), moderation.Upheld)
	d.must(err)
}

// keep keeps a case in the group, as it is.
func (d *desk) keep(c moderation.Case) {
	d.t.Helper()
	c.Chat = chess
	if c.Author.ID == 0 {
		c.Author.ID = mallory
	}
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Case: &c})
}

// enter has the bot come into a group.
func (d *desk) enter(chat int64) {
	d.t.Helper()
	d.must(d.court.Status(d.t.Context(), d.next(), chat, "", moderation.Rights{Member: true, Admin: true}))
}

// wrote is an ordinary message as it is seen.
func (d *desk) wrote(who, message int64) moderation.SeenMessage {
	return moderation.SeenMessage{
		Update: d.next(), Chat: chess, Kind: moderation.Supergroup, Message: message, At: d.now(),
		Author: moderation.Author{ID: who, Language: "en"}, Name: "Somebody", Said: moderation.Evidence{Text: "Good evening"},
		Role: moderation.RoleMember, Counts: true,
	}
}

func (d *desk) observe(seen ...moderation.SeenMessage) {
	d.t.Helper()
	d.must(d.court.Observe(d.t.Context(), seen))
}

// written notes messages and has all that they tell written.
func (d *desk) written(seen ...moderation.SeenMessage) {
	d.t.Helper()
	d.observe(seen...)
	d.must(d.FlushLog(d.t.Context()))
}

// sql opens the database as a thief would: with no key. Connections to a server cost more than most questions, and are kept; a
// file may be another by the next time.
func (d *desk) sql() rawDB {
	d.t.Helper()
	if d.thief != nil {
		return *d.thief
	}
	db, err := openRaw(d.opts.DSN)
	d.must(err)
	d.t.Cleanup(func() { _ = db.Close() })
	if sqldb.IsPostgres(d.opts.DSN) {
		d.thief = &db
	}
	return db
}

// number is the one number that a query gives.
func (d *desk) number(query string, args ...any) int64 {
	d.t.Helper()
	var n int64
	d.must(d.sql().QueryRowContext(d.t.Context(), spoken(query), args...).Scan(&n))
	return n
}

// alter changes the database behind the store's back.
func (d *desk) alter(query string) {
	d.t.Helper()
	_, err := d.sql().ExecContext(d.t.Context(), spoken(query))
	d.must(err)
}

// raw is every byte that lies on the disk; with PostgreSQL, every byte of every row.
func (d *desk) raw() []byte {
	d.t.Helper()
	var all []byte
	if cluster != nil {
		for _, r := range d.rows() {
			for _, v := range r.values {
				all = fmt.Appendf(all, "%s ", v)
			}
		}
		return all
	}
	for _, end := range []string{"", "-wal", "-journal"} {
		part, err := os.ReadFile(d.path + end)
		if err != nil && !os.IsNotExist(err) {
			d.t.Fatal(err)
		}
		all = append(all, part...)
	}
	return all
}

// destroy settles the cases decided before then, on whatever day it is.
func (d *desk) destroy(ctx context.Context, before time.Time) (int, error) {
	return d.Settle(ctx, before, func(cl moderation.Closing) moderation.Settlement { return cl.Settle(moderation.DayOf(d.now())) })
}
