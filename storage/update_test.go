package storage_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// everything is an outcome that touches all there is; what it ends and takes back is there.
func everything(d *desk) (moderation.Key, moderation.Outcome) {
	yes := true
	d.sentence("0LD1", ladder.Step{Kind: ladder.Mute, For: time.Hour})
	cs := moderation.Case{
		ID: "7KQ2", Chat: chess, CaseMessage: moderation.CaseMessage{Message: 41, SentAt: d.now(), Author: moderation.Author{ID: mallory}},
		Verdict: moderation.Open, Opened: d.now(), Deadline: d.now().Add(moderation.DefaultPolicy().Window),
	}
	return moderation.Key{Update: d.next(), Chat: chess, Message: 41, Actor: anna}, moderation.Outcome{
		Case: &cs, ActorChanges: moderation.ActorChanges{Private: &yes, Bucket: &moderation.Bucket{Spent: 1, At: d.now()}, Record: &moderation.Record{Joined: d.now(), Messages: 2}, Against: 41, Admin: &yes},
		Chat:          &moderation.Chat{ID: chess, Kind: moderation.Supergroup, Policy: moderation.DefaultPolicy(), Linked: -100999},
		CaseChanges:   moderation.CaseChanges{Cast: &moderation.Ballot{Ballot: weight.Ballot{Voter: anna, Side: moderation.Breaks, Weight: 1, At: d.now()}}, Evidence: &moderation.Evidence{Name: "Mallory", Text: "Buy pills"}},
		AuthorChanges: moderation.AuthorChanges{Silence: &moderation.Silence{Author: mallory, Until: d.now().Add(moderation.MaxAge)}, Offence: &moderation.Offence{Case: "7KQ2", Steps: 1, At: d.now()}},
		OtherCases:    moderation.OtherCases{Taken: "0LD1", Pardoned: "0LD1", Ended: []string{"0LD1"}}, Admins: []int64{carl},
		Removed: []int64{41},
		Effects: []moderation.Effect{moderation.DrawCard{Case: "7KQ2"}},
	}
}

var errPower = errors.New("the power is gone")

func TestUpdateIsAllOrNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want []string // tables that have grown or changed
	}{
		"committed": {nil, []string{
			"admin", "arrival", "ballot", "bucket", "cases", "chat", "complained", "complaint", "evidence", "handled", "member", "offence", "outbox", "private",
		}},
		"an error":              {errPower, nil},
		"a refusal":             {&moderation.Refusal{Code: moderation.RefuseSelf}, []string{"handled"}},
		"a refusal, wrapped up": {errors.Join(&moderation.Refusal{Code: moderation.RefuseOld}), []string{"handled"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.observe(d.wrote(mallory, 41))
			d.must(d.FlushLog(t.Context()))
			key, out := everything(d)
			before := d.dump()
			_, err := d.Update(t.Context(), key, func(moderation.Docket) (moderation.Outcome, error) { return out, c.err })
			if !errors.Is(err, c.err) {
				t.Errorf("Update = %v; want %v", err, c.err)
			}
			if got := tablesOf(added(before, d.dump())); !slices.Equal(got, c.want) {
				t.Errorf("changed %v; want %v", got, c.want)
			}
		})
	}
}

func tablesOf(lines []string) []string {
	var tables []string
	for _, line := range lines {
		table, _, _ := strings.Cut(line, ":")
		if table != "sqlite_sequence" && table != "shape" && !slices.Contains(tables, table) {
			tables = append(tables, table)
		}
	}
	return tables
}

// What the last statement of a transaction cannot do, the first has not done.
func TestUpdateThatFailsHalfWayLeavesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.observe(d.wrote(mallory, 41))
	key, out := everything(d)
	before := d.dump()
	out.Offence = &moderation.Offence{Case: "7KQ2", Steps: 1, At: d.now()}
	d.alter(`CREATE TRIGGER no_outbox BEFORE INSERT ON outbox BEGIN SELECT raise(ABORT, 'no'); END`)
	if _, err := d.Update(t.Context(), key, func(moderation.Docket) (moderation.Outcome, error) { return out, nil }); err == nil {
		t.Fatal("Update says that it worked")
	}
	if got := d.dump(); !slices.Equal(got, before) {
		t.Errorf("left behind: %q", added(before, got))
	}
	d.alter(`DROP TRIGGER no_outbox`)
	d.decide(key, out) // the update was not marked
}

func TestUpdateIsHandledOnce(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]error{"granted": nil, "refused": &moderation.Refusal{Code: moderation.RefuseLimit}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			key := moderation.Key{Update: d.next(), Chat: chess}
			runs := 0
			decide := func(moderation.Docket) (moderation.Outcome, error) {
				runs++
				return moderation.Outcome{}, first
			}
			for _, want := range []error{first, moderation.ErrSeen, moderation.ErrSeen} {
				if _, err := d.Update(t.Context(), key, decide); !errors.Is(err, want) {
					t.Errorf("Update = %v; want %v", err, want)
				}
				d.close()
				d.open() // also after a start
			}
			if runs != 1 {
				t.Errorf("decided %d times", runs)
			}
		})
	}
}

// What the clock causes has no number and may happen as often as it likes.
func TestUpdateWithoutNumberIsAlwaysRun(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 2 {
		d.docket(moderation.Key{Chat: chess})
	}
	if n := d.number(`SELECT count(*) FROM handled`); n != 0 {
		t.Errorf("%d marks", n)
	}
}

// twice is a store that runs every decision twice, as it may.
type twice struct{ moderation.Store }

func (s twice) Update(ctx context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	return s.Store.Update(ctx, key, func(d moderation.Docket) (moderation.Outcome, error) {
		_, _ = decide(d)
		return decide(d)
	})
}

func TestDecidingTwiceIsDecidingOnce(t *testing.T) {
	t.Parallel()
	once, again := newDesk(t), newDesk(t)
	again.court = moderation.NewCourt(showing{twice{again.Store}}, again.opts.Now)
	for _, d := range []*desk{once, again} {
		id := d.report(anna, 41)
		d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(bob), Side: moderation.Fine}))
		d.must(d.court.Undo(t.Context(), d.next(), chess, id, bob))
		d.report(bob, 41)
		d.uphold(id)
		d.must(d.court.Private(t.Context(), d.next(), anna, true))
		d.must(d.court.Status(t.Context(), d.next(), chess, moderation.Supergroup, moderation.Rights{Member: true, Admin: true}))
	}
	if a, b := once.dump(), again.dump(); !slices.Equal(a, b) {
		t.Errorf("once: %q\ntwice: %q", added(b, a), added(a, b))
	}
}

func TestWakeFollowsWhatIsCommitted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	woken := 0
	d.Wake = func() { woken++ }
	d.docket(moderation.Key{Chat: chess})
	if woken != 0 {
		t.Error("woken though there is nothing to do")
	}
	d.report(anna, 41)
	if woken != 1 {
		t.Errorf("woken %d times; want 1", woken)
	}
}

// The bot goes on after a panic of what decides: see bot.Receiver.
func TestPanicIsRolledBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	before := d.dump()
	func() {
		defer func() { _ = recover() }()
		_, _ = d.Update(t.Context(), moderation.Key{Update: 77, Chat: chess}, func(moderation.Docket) (moderation.Outcome, error) {
			panic("at the disco")
		})
		t.Error("no panic")
	}()
	if got := added(before, d.dump()); len(got) != 0 {
		t.Errorf("left behind: %q", got)
	}
	d.enter(chess) // another transaction can begin
}
