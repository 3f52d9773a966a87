package moderation_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// club is the group of these tests, and the others are who is in it.
const (
	club    int64 = -100
	mallory int64 = 1 // who is reported
	anna    int64 = 11
	bob     int64 = 12
	carl    int64 = 13
	dora    int64 = 14
	erin    int64 = 15
	frank   int64 = 16
	gina    int64 = 17
)

// boss is Dora, who is an admin and may do all that an admin can.
var boss = moderation.Member{ID: dora, Language: "en", Present: true, Admin: true, Name: "Dora", Restrict: true, Delete: true}

var names = map[int64]string{mallory: "mallory", anna: "anna", bob: "bob", carl: "carl", dora: "dora", erin: "erin"}

// fixture is a court in session over a [memoryStore], with a clock that stands still.
type fixture struct {
	*memoryStore
	ctx    context.Context
	court  *moderation.Court
	now    time.Time
	update int64
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	return newFixtureFor(t.Context(), t)
}

func newFixtureFor(ctx context.Context, t failer) *fixture {
	r := &fixture{ctx: ctx, now: noon}
	r.memoryStore = newMemoryStore(t, func() time.Time { return r.now })
	r.court = moderation.NewCourt(r.memoryStore, r.clock)
	r.policy.CardDelay = 0
	r.show = func(e moderation.DrawCard) {
		if k := r.find(moderation.Key{Chat: e.Chat, Case: e.Case}); !k.Carded() {
			r.must(r.court.CardShown(ctx, e, 1000+int64(len(r.cases)), k.Votes))
		}
	}
	r.chat(club, moderation.Supergroup)
	return r
}

// tune changes the group's settings.
func (r *fixture) tune(change func(*moderation.Policy)) { change(&r.chats[club].Policy) }

// next is the number of a new update.
func (r *fixture) next() int64 {
	r.update++
	return r.update
}

func (r *fixture) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatalf("%v", err)
	}
}

func person(id int64) moderation.Member {
	return moderation.Member{ID: id, Language: "en", Present: true}
}

// reportOf is somebody's report of a message that Mallory wrote a minute ago.
func (r *fixture) reportOf(who, message int64) moderation.Report {
	return moderation.Report{
		Update: r.next(), Chat: club, Kind: moderation.Supergroup, Reporter: person(who),
		Target: moderation.Target{
			Message: message, SentAt: r.now.Add(-time.Minute), Role: moderation.RoleMember,
			Author: moderation.Author{ID: mallory, Language: "ru"},
		},
	}
}

// reports has people report a message, and returns its case.
func (r *fixture) reports(message int64, who ...int64) *kept {
	r.t.Helper()
	for _, id := range who {
		_, err := r.court.Report(r.ctx, r.reportOf(id, message))
		r.must(err)
	}
	return r.about(message)
}

// reportsAs has people report a message who name a rule, and returns its case.
func (r *fixture) reportsAs(message int64, rule rulebook.RuleID, who ...int64) *kept {
	r.t.Helper()
	for _, id := range who {
		report := r.reportOf(id, message)
		report.Rule = rule
		_, err := r.court.Report(r.ctx, report)
		r.must(err)
	}
	return r.about(message)
}

// about is the latest case about a message.
func (r *fixture) about(message int64) *kept {
	return r.find(moderation.Key{Chat: club, Message: message})
}

func (r *fixture) vote(k *kept, who int64, side moderation.Side) error {
	return r.court.Vote(r.ctx, moderation.Vote{Update: r.next(), Chat: club, Case: k.ID, Voter: person(who), Side: side})
}

func (r *fixture) undo(k *kept, who int64) error {
	return r.court.Undo(r.ctx, r.next(), club, k.ID, who)
}

// withdraws does what comes some time after an undo.
func (r *fixture) withdraws(k *kept) {
	r.t.Helper()
	r.must(r.court.Withdraw(r.ctx, moderation.WithdrawCase{Waiting: moderation.Waiting{Chat: club}, Case: k.ID}))
}

// admin ends a case.
func (r *fixture) admin(k *kept, v moderation.Verdict) error {
	_, err := r.court.Decide(r.ctx, r.of(k), boss, v)
	return err
}

// of names a case in a new update.
func (r *fixture) of(k *kept) moderation.Key {
	return moderation.Key{Update: r.next(), Chat: club, Case: k.ID}
}

// carried takes the effects that wait away, and says them in words. It leaves out the quiet entry that each card brings,
// which has tests of its own.
func (r *fixture) carried() []string {
	var all []string
	for _, e := range r.effects {
		if e.Topic != moderation.TopicUndecided {
			all = append(all, r.words(e))
		}
	}
	r.effects = nil
	return all
}

// words are an effect in words: what, to whom, which, and when if not at once.
func (r *fixture) words(e queuedEffect) string {
	text := string(e.Kind)
	add := func(part string, there bool) {
		if there {
			text += " " + part
		}
	}
	add(cmp.Or(names[e.To.ID], "somebody"), e.To.ID != 0)
	add("privately", e.To.Private)
	add(string(e.Topic), e.Topic != "")
	add(string(e.Appeal), e.Appeal != "")
	add(string(e.Verdict), e.Verdict != "")
	add(string(e.Reversal), e.Reversal != "")
	add(e.Step.String(), e.Step.Kind != "")
	add("for "+ladder.FormatDuration(e.Until.Sub(r.now))+" more", !e.Until.IsZero() && !e.Until.Equal(e.Step.Until(r.now)))
	add("which is harder", e.Harsher)
	add(fmt.Sprint(e.Messages), len(e.Messages) > 0)
	add(fmt.Sprint(e.Count), e.Count > 0)
	add(fmt.Sprintf("%s from %s to %s", e.Change.Setting, e.Change.From, e.Change.To), e.Change.Setting != "")
	add("of "+e.Name, e.Name != "")
	add("by "+e.By.Name, e.By.Name != "")
	add("first", e.First)
	for _, n := range e.Entries {
		text += r.words(n)
	}
	add("in "+ladder.FormatDuration(e.Due.Sub(r.now)), !e.Due.IsZero() && e.Kind != moderation.EffectWithdraw && (e.Kind != moderation.EffectCard || e.Verdict != moderation.Open)) // those have tests of their own
	return text
}

// want compares the effects that wait with what should be there, and takes them away.
func (r *fixture) want(words ...string) {
	r.t.Helper()
	if got := r.carried(); !slices.Equal(got, words) {
		r.t.Errorf("to be done: %q\nwant: %q", got, words)
	}
}

// refusedAs says that err is the refusal of that code.
func (r *fixture) refusedAs(err error, code moderation.Code) {
	r.t.Helper()
	var no *moderation.Refusal
	if !errors.As(err, &no) || no.Code != code {
		r.t.Errorf("answered %v, want a refusal: %s", err, code)
	}
}
