package moderation_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// delayed is a group whose cards come within a time.
func delayed(t failer, fixture *fixture, delay time.Duration) *fixture {
	t.Helper()
	fixture.show = nil
	fixture.tune(func(p *moderation.Policy) { p.CardDelay = delay })
	fixture.chats[club].Size = moderation.Size{Members: 500}
	return fixture
}

// due is when the latest effect of a kind is due; zero if there is none.
func (r *fixture) due(kind moderation.EffectKind) (due time.Time) {
	for _, e := range r.effects {
		if e.Kind == kind {
			due = e.Due
		}
	}
	return due
}

func (r *fixture) appears(k *kept) {
	r.t.Helper()
	r.must(r.court.CardShown(r.ctx, moderation.DrawCard{Waiting: moderation.Waiting{Chat: club}, Case: k.ID}, 77, k.Votes))
}

// drawDelay draws a card delay in whole seconds.
func drawDelay(t *rapid.T) time.Duration {
	return time.Duration(rapid.Int64Range(1, 600).Draw(t, "delay")) * time.Second
}

// The card comes within the delay and later than at once, at any of its seconds with the same chance.
func TestCardComesAtAnySecondOfItsDelay(t *testing.T) {
	t.Parallel()
	const delay, cases = 10, 3000
	m := delayed(t, newFixture(t), delay*time.Second)
	came := map[time.Duration]int{}
	for i := range int64(cases) {
		m.now = m.now.Add(time.Duration(i%7) * time.Second)
		m.reports(100+i, 1000+i)
		came[m.due(moderation.EffectCard).Sub(m.now)]++
		m.effects = nil
	}
	for after := time.Second; after <= delay*time.Second; after += time.Second {
		if n := came[after]; n < cases/delay*3/4 || n > cases/delay*5/4 {
			t.Errorf("%d of %d came after %v", n, cases, after)
		}
	}
	if len(came) != delay {
		t.Errorf("came after %v", came)
	}
}

// Who reports a message themselves and takes it back, as often as they like, learns nothing of the moment at which another
// reports it: the card comes at the same moment for all moments of that report between two of its moments.
func TestCardsMomentDependsOnNoReport(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := delayed(t, newFixtureFor(t.Context(), t), drawDelay(t))
		delay := m.chats[club].Policy.CardDelay
		k := m.reports(41, anna)
		first := m.due(moderation.EffectCard)
		m.must(m.undo(k, anna))
		if rapid.Bool().Draw(t, "withdrawn") {
			m.withdraws(k)
		}
		m.now = m.now.Add(time.Duration(rapid.Int64Range(1, 3000).Draw(t, "later")) * time.Second)
		m.effects = nil
		again := m.reports(41, bob)
		due := m.due(moderation.EffectCard)
		if again.ID != k.ID || due.Sub(first)%delay != 0 || !due.After(m.now) || due.Sub(m.now) > delay {
			t.Fatalf("the card of %s came at %v, and is due at %v for a report at %v", k.ID, first, due, m.now)
		}
	})
}

// Edits come 3 to 15 seconds from each other, whatever people do, and nothing is to be shown if nothing has changed.
func TestEditsComeAtMomentsOfTheirOwn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := delayed(t, newFixtureFor(t.Context(), t), drawDelay(t))
		m.tune(func(p *moderation.Policy) { p.Threshold = 50 })
		k := m.reports(41, anna)
		m.now = m.due(moderation.EffectCard)
		m.appears(k)
		moments := map[time.Time]bool{}
		for i := range int64(40) {
			m.now = m.now.Add(time.Duration(rapid.Int64Range(0, 4).Draw(t, "seconds")) * time.Second)
			m.effects = nil
			m.must(m.vote(k, 1000+i, moderation.Fine))
			due := m.due(moderation.EffectCard)
			if wait := due.Sub(m.now); wait <= 0 || wait > 15*time.Second {
				t.Fatalf("an edit waits for %v", wait)
			}
			moments[due] = true
		}
		last := k.Appeared
		for _, at := range slices.SortedFunc(keys(moments), time.Time.Compare) {
			if apart := at.Sub(last); apart < 3*time.Second {
				t.Fatalf("two edits are %v apart", apart)
			}
			last = at
		}
		m.effects = nil
		m.must(m.vote(k, 1000, moderation.Breaks))
		if len(m.effects) != 0 {
			t.Fatalf("a vote that changes no number brings %+v", m.effects)
		}
	})
}

func keys[K comparable, V any](of map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range of {
			if !yield(k) {
				return
			}
		}
	}
}

// A verdict is carried out at once, whether its card has come or not.
func TestVerdictIsNeverDelayed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := delayed(t, newFixtureFor(t.Context(), t), drawDelay(t))
		k := m.reports(41, anna, bob)
		if rapid.Bool().Draw(t, "appeared") {
			m.appears(k)
		}
		m.effects = nil
		m.reports(41, carl)
		if k.Verdict != moderation.Upheld {
			t.Fatalf("%s", k.Verdict)
		}
		for _, e := range m.effects {
			if !e.Due.IsZero() && e.Kind != moderation.EffectCardGone {
				t.Fatalf("%s waits until %v", m.words(e), e.Due)
			}
		}
	})
}

// All clocks start when the card appears, and with the settings of then.
func TestClocksStartWithTheCard(t *testing.T) {
	t.Parallel()
	m := delayed(t, newFixture(t), 10*time.Minute)
	k := m.reports(41, anna)
	if k.Terms.Set() || k.Carded() || !k.Hidden() || !k.ClockDue.Equal(noon.Add(10*time.Minute)) {
		t.Errorf("case %+v", k.Case)
	}
	m.tune(func(p *moderation.Policy) { p.Window, p.Threshold = time.Hour, 7 })
	m.now = m.due(moderation.EffectCard)
	m.effects = nil
	m.appears(k)
	if k.Terms.Threshold != 7 || !k.Deadline.Equal(m.now.Add(time.Hour)) || !k.Appeared.Equal(m.now) || k.Hidden() || !k.ClockDue.IsZero() {
		t.Errorf("case %+v", k.Case)
	}
	if got := m.due(moderation.EffectAdmins); !got.Equal(m.now.Add(10 * time.Minute)) {
		t.Errorf("the admins are shown it at %v", got)
	}
	before := *k
	m.now = m.now.Add(time.Minute)
	m.tune(func(p *moderation.Policy) { p.Threshold = 9 })
	m.effects = nil
	m.appears(k) // an edit
	if !k.Deadline.Equal(before.Deadline) || k.Terms.Threshold != 7 || len(m.effects) != 0 {
		t.Errorf("an edit starts it anew: %+v, %+v", k.Case, m.effects)
	}
}

// Without a card the clock starts at the next full ten minutes, once. A card that comes later starts it anew.
func TestClockStartsWithoutACard(t *testing.T) {
	t.Parallel()
	m := delayed(t, newFixture(t), 30*time.Second)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 2 })
	m.now = m.now.Add(3 * time.Minute)
	k := m.reports(41, anna)
	m.effects = nil
	starts := func(want int) {
		t.Helper()
		if n, err := m.court.StartDue(m.ctx); n != want || err != nil {
			t.Errorf("%d started, %v; want %d", n, err, want)
		}
	}
	m.now = noon.Add(10*time.Minute - 1)
	starts(0)
	m.tune(func(p *moderation.Policy) { p.Threshold, p.CardAfter = 7, 1 })
	m.now = noon.Add(10 * time.Minute)
	starts(1)
	starts(0)
	if k.Terms.Threshold != 7 || k.CardWanted || !k.Deadline.Equal(m.now.Add(day)) || len(m.effects) != 0 {
		t.Errorf("case %+v, effects %+v", k.Case, m.effects)
	}
	m.now = m.now.Add(time.Hour)
	m.tune(func(p *moderation.Policy) { p.Threshold = 8 })
	m.reports(41, bob)
	if !k.CardWanted || !k.Hidden() {
		t.Errorf("case %+v", k.Case)
	}
	m.now = m.due(moderation.EffectCard)
	m.appears(k)
	if k.Terms.Threshold != 8 || !k.Deadline.Equal(m.now.Add(day)) {
		t.Errorf("case %+v", k.Case)
	}
}

// Where there are no cards, the admins are shown each undecided case ten minutes after its clock started.
func TestEntryWithoutCards(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 0 })
	m.now = m.now.Add(3 * time.Minute)
	k := m.reports(41, anna)
	m.effects = nil
	m.now = noon.Add(10 * time.Minute)
	if _, err := m.court.StartDue(m.ctx); err != nil || len(m.effects) != 1 || !m.effects[0].Due.Equal(noon.Add(20*time.Minute)) {
		t.Fatalf("%v, effects %+v", err, m.effects)
	}
	if open, err := m.court.List(m.ctx, club, k.ID); !open || err != nil || k.Hidden() {
		t.Errorf("%v, %v, case %+v", open, err, k.Case)
	}
}

// A case in which nobody votes any more goes on until it is withdrawn, and a vote that comes meanwhile keeps it, whatever it says.
func TestWithdrawal(t *testing.T) {
	t.Parallel()
	m := delayed(t, newFixture(t), 30*time.Second)
	k := m.reports(41, anna)
	m.appears(k)
	m.effects = nil
	m.must(m.undo(k, anna))
	wait := m.due(moderation.EffectWithdraw).Sub(m.now)
	if k.Verdict != moderation.Open || wait <= 0 || wait > 30*time.Second {
		t.Fatalf("case %+v, withdrawn after %v", k.Case, wait)
	}
	for _, side := range []moderation.Side{moderation.Breaks, moderation.Fine} {
		m.must(m.vote(k, bob, side))
		m.withdraws(k)
		if k.Verdict != moderation.Open {
			t.Errorf("%s, though Bob says %s", k.Verdict, side)
		}
	}
	m.must(m.undo(k, bob))
	m.effects = nil
	m.withdraws(k)
	if k.Verdict != moderation.Withdrawn || k.Votes != 0 {
		t.Errorf("case %+v", k.Case)
	}
	m.want("card_gone [77]")
	m.withdraws(k)
	m.want()
}

// Without a card delay too, a card does not go at the moment of an undo.
func TestWithdrawalTakesThreeSecondsAtLeast(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	latest := time.Duration(0)
	for i := range int64(50) {
		k := m.reports(41+i, 100+i)
		m.effects = nil
		m.must(m.undo(k, 100+i))
		latest = max(latest, m.due(moderation.EffectWithdraw).Sub(m.now))
	}
	if latest != 3*time.Second {
		t.Errorf("they are withdrawn within %v", latest)
	}
}

// Whoever takes a report back and reports again gets the same id, whether or not somebody else reported too.
func TestSameIDAfterUndo(t *testing.T) {
	t.Parallel()
	for _, other := range []bool{false, true} {
		m := delayed(t, newFixture(t), 30*time.Second)
		m.tune(func(p *moderation.Policy) { p.CardAfter, p.Threshold = 5, 20 })
		first := m.reports(41, anna)
		if other {
			m.reports(41, bob)
		}
		id, seed := first.ID, first.Seed
		m.must(m.undo(first, anna))
		m.withdraws(first)
		m.now = m.now.Add(time.Hour)
		again := m.reports(41, anna)
		if again.ID != id || again.Seed != seed || again.Verdict != moderation.Open || len(m.cases) != 1 {
			t.Errorf("Bob reported: %v; case %+v, then %+v", other, first.Case, again.Case)
		}
	}
}

// A card that waits does not appear in a pause, and not for a report that was taken back.
func TestCardThatMayNotAppear(t *testing.T) {
	t.Parallel()
	m := delayed(t, newFixture(t), 30*time.Second)
	k := m.reports(41, anna)
	may := func(want bool) {
		t.Helper()
		if got := k.MayAppear(*m.chats[club], m.now); got != want {
			t.Errorf("it may appear: %v", got)
		}
	}
	may(true)
	m.must(m.pause(time.Hour))
	may(false)
	m.now = m.now.Add(time.Hour)
	m.effects = nil
	m.resumed(1)
	if wait := m.due(moderation.EffectCard).Sub(m.now); wait <= 0 || wait > 30*time.Second {
		t.Errorf("after the pause it comes in %v", wait)
	}
	may(true)
	m.must(m.undo(k, anna))
	may(false)
	m.effects = nil
	m.reports(41, bob)
	if may(true); m.due(moderation.EffectCard).IsZero() {
		t.Errorf("effects %+v", m.effects)
	}
}

// A case does not end before its card may come.
func TestCaseWaitsForItsCard(t *testing.T) {
	t.Parallel()
	m := delayed(t, newFixture(t), 10*time.Minute)
	m.tune(func(p *moderation.Policy) { p.Window = 10 * time.Second })
	k := m.reports(41, anna)
	m.now = m.due(moderation.EffectCard)
	if n, err := m.court.ExpireDue(m.ctx); n != 0 || err != nil || k.Verdict != moderation.Open {
		t.Errorf("%d ended, %v; case %+v", n, err, k.Case)
	}
}

// Nor does it if its clock starts meanwhile, at the next full ten minutes.
func TestCaseWhoseClockRunsWaitsForItsCard(t *testing.T) {
	t.Parallel()
	m := delayed(t, newFixture(t), 10*time.Minute)
	m.tune(func(p *moderation.Policy) { p.Window = 10 * time.Second })
	m.now = noon.Add(10*time.Minute - 2*time.Second)
	k := m.reports(41, anna)
	card := m.due(moderation.EffectCard)
	m.now = noon.Add(10 * time.Minute)
	if n, err := m.court.StartDue(m.ctx); n != 1 || err != nil {
		t.Fatalf("%d started, %v", n, err)
	}
	m.now = card
	if n, err := m.court.ExpireDue(m.ctx); n != 0 || err != nil || k.Verdict != moderation.Open {
		t.Errorf("%d ended, %v; case %+v", n, err, k.Case)
	}
	if m.appears(k); !k.Deadline.Equal(m.now.Add(10 * time.Second)) {
		t.Errorf("its time ends at %v, and its card came at %v", k.Deadline, m.now)
	}
}

// A card that could not come again in a pause, since its group had moved, comes after it.
func TestCardOfAMovedGroupComesAfterThePause(t *testing.T) {
	t.Parallel()
	m := delayed(t, newFixture(t), 30*time.Second)
	k := m.reports(41, anna)
	m.appears(k)
	m.must(m.pause(time.Hour))
	k.Card, k.Message = 0, 0 // it became a supergroup
	m.now = m.now.Add(time.Hour)
	m.effects = nil
	m.resumed(1)
	if m.due(moderation.EffectCard).IsZero() {
		t.Errorf("effects %+v", m.effects)
	}
}

// Where Telegram shows who read a message, cards take half a minute at least, unless the operator wants them nearly at once.
func TestCardDelayOfAGroup(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		set     time.Duration
		members int
		want    time.Duration
	}{
		{30 * time.Second, 0, 30 * time.Second}, {10 * time.Second, 0, 30 * time.Second}, {10 * time.Second, 100, 30 * time.Second},
		{10 * time.Second, 101, 10 * time.Second}, {time.Minute, 5, time.Minute}, {0, 5, 0}, {9 * time.Second, 5, 9 * time.Second},
	} {
		c := moderation.Chat{Policy: moderation.Policy{CardDelay: test.set}, Size: moderation.Size{Members: test.members}}
		if got := c.CardDelay(); got != test.want {
			t.Errorf("%v in a group of %d is %v, want %v", test.set, test.members, got, test.want)
		}
	}
}

// What an admin sets while a card waits does not change when it comes.
func TestSettingsDoNotMoveACardThatWaits(t *testing.T) {
	t.Parallel()
	m := delayed(t, newFixture(t), time.Minute)
	k := m.reports(41, anna)
	due := m.due(moderation.EffectCard)
	m.tune(func(p *moderation.Policy) { p.CardAfter, p.CardDelay = 20, 10*time.Second })
	if m.reports(41, bob); !k.CardWanted || k.CardDelay != time.Minute || !m.due(moderation.EffectCard).Equal(due) {
		t.Errorf("case %+v", k.Case)
	}
}
