package storage_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// super is the group that chess becomes.
const super = chess - 5

func (d *desk) migrate() {
	d.t.Helper()
	d.must(d.court.Migrate(d.t.Context(), d.next(), chess, super))
}

// tuned is chess as a basic group with a setting of its own, a case with a card and a banned member.
func tuned(t *testing.T) (d *desk, open string) {
	t.Helper()
	d = newDesk(t)
	d.must(d.court.Status(t.Context(), d.next(), chess, moderation.Basic, moderation.Rights{Member: true}))
	_, err := d.court.Tune(t.Context(), moderation.Tuning{
		Update: d.next(), Chat: chess, By: admin(carl),
		Changes: func(before, after moderation.Policy) []moderation.Change {
			return []moderation.Change{{Setting: "threshold", From: fmt.Sprint(before.Threshold), To: fmt.Sprint(after.Threshold)}}
		},
		Change: func(p moderation.Policy) (moderation.Policy, error) { p.Threshold = 7; return p, nil },
	})
	d.must(err)
	d.must(d.court.Joined(t.Context(), d.next(), chess, moderation.Basic, []moderation.Person{{ID: bob}}, d.now()))
	d.uphold(d.report(anna, 40))
	d.observe(d.wrote(carl, 42))
	open = d.report(anna, 41)
	d.must(d.court.CardShown(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: chess}, Case: open}, 50, 1))
	return d, open
}

// checkKept says what is not as tuned left it.
func (d *desk) checkKept(open string) {
	d.t.Helper()
	chat, err := d.Chat(d.t.Context(), super)
	d.must(err)
	if chat.Kind != moderation.Supergroup || chat.Policy.Threshold != 7 {
		d.t.Errorf("the group is %+v", chat)
	}
	got := d.docket(moderation.Key{Chat: super, Case: open, Actor: bob})
	if got.Case == nil || got.Case.Verdict != moderation.Open || len(got.Ballots) != 1 || got.Ballots[0].Voter != anna {
		d.t.Errorf("case %v, ballots %v", got.Case, got.Ballots)
	}
	if len(got.History) != 1 {
		d.t.Errorf("offences %v; want one", got.History)
	}
	if !got.Record.Joined.Equal(noon) {
		d.t.Errorf("joined %s; want %s", got.Record.Joined, noon)
	}
	if got := d.docket(moderation.Key{Chat: super, Actor: anna}).Bucket.Spent; got != 2 {
		d.t.Errorf("the reporter has spent %v; want 2", got)
	}
}

func TestMigrationKeepsEverything(t *testing.T) {
	t.Parallel()
	d, open := tuned(t)
	d.migrate()
	d.checkKept(open)
	if n := d.number(`SELECT count(*) FROM chat`); n != 1 {
		t.Errorf("%d groups; want 1", n)
	}
	if _, err := d.Case(t.Context(), chess, open); !errors.Is(err, moderation.ErrNoCase) {
		t.Errorf("the old group still has it: %v", err)
	}
}

func TestMigrationLeavesOldMessagesBehind(t *testing.T) {
	t.Parallel()
	d, open := tuned(t)
	d.migrate()
	c, err := d.Case(t.Context(), super, open)
	if err != nil || c.Message != 0 || c.Card != 0 || !c.CardEdited.IsZero() || !c.CardWanted {
		t.Errorf("case %+v, %v", c, err)
	}
	if s, found, err := d.SeenMessage(t.Context(), super, 42); found || err != nil {
		t.Errorf("still known: %+v, %v", s, err)
	}
	r := d.reportBy(person(bob), 41)
	r.Chat = super
	r.Target.SentAt = d.now()
	got, err := d.court.Report(t.Context(), r)
	if err != nil || got.Case == open {
		t.Errorf("message 41 of the new group is case %s, %v; want a new one", got.Case, err)
	}
}

func TestMigrationTakesWhatWaitsAlong(t *testing.T) {
	t.Parallel()
	d, open := tuned(t)
	d.do(removal(60), moderation.PutPenalty{Case: open})
	d.must(d.PutCall(t.Context(), storage.Deferred{Chat: chess, Class: moderation.Urgent, Body: []byte("deleteMessage")}))
	d.migrate()
	for len(d.waiting()) > 0 {
		r := d.row()
		if e := d.effect(r); r.Chat != super || e.Kind == moderation.EffectDelete || e.Kind == "" {
			t.Errorf("%s waits for %d", e.Kind, r.Chat)
		}
		d.must(d.Drop(t.Context(), r))
	}
}

func TestMigrationBringsANewCard(t *testing.T) {
	t.Parallel()
	d, open := tuned(t)
	for len(d.waiting()) > 0 {
		d.must(d.Drop(t.Context(), d.row()))
	}
	d.migrate()
	d.want("card " + open)
}

func TestMigrationAgainChangesNothing(t *testing.T) {
	t.Parallel()
	d, open := tuned(t)
	update := d.next()
	d.must(d.court.Migrate(t.Context(), update, chess, super))
	d.must(d.court.CardShown(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: super}, Case: open}, 9, 1))
	before := d.dump()
	if err := d.court.Migrate(t.Context(), update, chess, super); !errors.Is(err, moderation.ErrSeen) {
		t.Errorf("Migrate again = %v; want ErrSeen", err)
	}
	d.migrate() // told by the other of the two service messages
	if got := tablesOf(added(before, d.dump())); !slices.Equal(got, []string{"handled"}) {
		t.Errorf("changed %v; want the mark only", got)
	}
}

func TestMigrationOfAStranger(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.migrate()
	if n := d.number(`SELECT count(*) FROM chat`); n != 0 {
		t.Errorf("%d groups; want none", n)
	}
}

// early makes the new group known, with a case and an offence, before Telegram says what it was.
func (d *desk) early() string {
	d.t.Helper()
	d.must(d.court.Status(d.t.Context(), d.next(), super, moderation.Supergroup, moderation.Rights{Member: true, Admin: true}))
	s := d.wrote(bob, 3)
	s.Chat = super
	d.observe(s)
	r := d.reportBy(person(bob), 3)
	r.Chat = super
	got, err := d.court.Report(d.t.Context(), r)
	d.must(err)
	d.must(d.court.CardShown(d.t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: super}, Case: got.Case}, 4, 1))
	return got.Case
}

func TestMigrationMergesWhatCameFirst(t *testing.T) {
	t.Parallel()
	d, open := tuned(t)
	first := d.early()
	d.migrate()
	d.checkKept(open)
	c, err := d.Case(t.Context(), super, first)
	if err != nil || c.Verdict != moderation.Open {
		t.Fatalf("the early case is %+v, %v", c, err)
	}
	if c.Message != 3 || c.Card != 4 {
		t.Errorf("the early case has lost its message (%d) or its card (%d), which are within reach", c.Message, c.Card)
	}
	if _, found, err := d.SeenMessage(t.Context(), super, 3); !found || err != nil {
		t.Errorf("the early message is not known: %v", err)
	}
	if chat, err := d.Chat(t.Context(), super); err != nil || !chat.Rights.Admin {
		t.Errorf("rights %+v, %v; want those in the new group", chat.Rights, err)
	}
}

// Telegram tells of a migration twice, once in each group, and in between the old group may speak
// up: that the bot left it, say. The second word must not put what is hardly known in the place of
// what is well known.
func TestLateWordOfTheOldGroup(t *testing.T) {
	t.Parallel()
	d, open := tuned(t)
	d.migrate()
	d.must(d.court.CardShown(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: super}, Case: open}, 9, 1))
	d.must(d.court.Status(t.Context(), d.next(), super, moderation.Supergroup, moderation.Rights{Member: true, Admin: true}))
	d.must(d.court.Status(t.Context(), d.next(), chess, moderation.Basic, moderation.Rights{}))
	d.pass(time.Second)
	d.migrate()
	d.checkKept(open)
	if c, err := d.Case(t.Context(), super, open); err != nil || c.Card != 9 {
		t.Errorf("card %d, %v; want the new one", c.Card, err)
	}
	if chat, err := d.Chat(t.Context(), super); err != nil || !chat.Rights.Admin {
		t.Errorf("rights %+v, %v; want those in the new group", chat.Rights, err)
	}
	if n := d.number(`SELECT count(*) FROM chat`); n != 1 {
		t.Errorf("%d groups; want 1", n)
	}
}

// Two groups may have drawn the same id; as one group they need two.
func TestMigrationTellsCasesApart(t *testing.T) {
	t.Parallel()
	d, open := tuned(t)
	first := d.early()
	d.alter(`UPDATE cases SET short = '` + open + `' WHERE short = '` + first + `'`)
	d.migrate()
	d.checkKept(open)
	if n := d.number(`SELECT count(DISTINCT short) FROM cases`); n != 3 {
		t.Errorf("%d ids; want 3", n)
	}
	if n := d.number(`SELECT count(*) FROM ballot`); n != 3 {
		t.Errorf("%d ballots; want 3", n)
	}
}

// A group that is the log of another is so afterwards, by its new number.
func TestMigrationOfALogGroup(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.observe(d.wrote(anna, 40))
	const knitting = chess - 1
	d.set(knitting, func(c *moderation.Chat) { c.Log = chess })
	d.docket(moderation.Key{Chat: knitting}) // which remembers it
	d.migrate()
	c, err := d.Chat(t.Context(), knitting)
	d.must(err)
	if c.Log != super {
		t.Errorf("the log is %d; want %d", c.Log, super)
	}
}

// Who wrote in both groups is one, who was first there when they first wrote in either.
func TestMigrationMergesWhenSomebodyWrote(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	first := moderation.DayOf(d.now())
	write := func(chat int64, who ...int64) {
		t.Helper()
		for _, w := range who {
			s := d.wrote(w, d.next())
			s.Chat = chat
			d.observe(s)
		}
		d.pass(day)
	}
	write(chess, anna, bob)
	write(chess, anna)
	d.enter(super)
	since := d.now()
	write(super, bob, carl)
	write(super, carl)
	d.decide(moderation.Key{Chat: chess, Message: 41, Actor: anna, Author: mallory}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Brought: &moderation.CardsBrought{d.now()}}})
	d.migrate()
	for who, want := range map[int64]moderation.Presence{
		anna: {First: first, Days: 2}, bob: {First: first, Days: 1}, carl: {First: first + 2, Days: 2}, mallory: {},
	} {
		if got := d.docket(moderation.Key{Chat: super, Author: who}).Presence; got != want {
			t.Errorf("%s: %+v; want %+v", names[who], got, want)
		}
	}
	if n := d.number(`SELECT count(*) FROM active`); n != 3 {
		t.Errorf("%d rows; want one for each", n)
	}
	d.could(super, anna, bob, carl)
	chat, err := d.Chat(t.Context(), super)
	d.must(err)
	if !chat.Since.Equal(noon) || chat.Since.Equal(since) {
		t.Errorf("watched since %s", chat.Since)
	}
	if got := d.docket(moderation.Key{Chat: super, Message: 41, Actor: anna, Author: mallory}).Brought; len(got) != 1 {
		t.Errorf("cards that were brought: %v", got)
	}
}

// What the bot knew of how it watches is not lost when it was no admin in the old group.
func TestMigrationKeepsSinceWhenItWatches(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(d.court.Status(t.Context(), d.next(), chess, moderation.Basic, moderation.Rights{Member: true}))
	d.set(chess, func(c *moderation.Chat) { c.Paused = noon.Add(day) })
	d.pass(time.Hour)
	d.enter(super)
	d.set(super, func(c *moderation.Chat) { c.GapEnded = noon })
	d.migrate()
	c, err := d.Chat(t.Context(), super)
	d.must(err)
	if !c.Since.Equal(d.now()) || !c.GapEnded.Equal(noon) || !c.Paused.Equal(noon.Add(day)) {
		t.Errorf("the group is %+v", c)
	}
}

// Of two groups with an open case each, both cases are found by their messages afterwards.
func TestMigrationKeepsOpenCasesApart(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	old := d.reportAlbum(anna, 41, "A")
	d.enter(super)
	r := d.reportBy(person(anna), 41)
	r.Chat, r.Target.Album = super, "A"
	fresh, err := d.court.Report(t.Context(), r)
	d.must(err)
	d.migrate()
	for _, id := range []string{old, fresh.Case} {
		if c, err := d.Case(t.Context(), super, id); err != nil || c.Verdict != moderation.Open {
			t.Errorf("case %+v, %v", c, err)
		}
	}
}
