package simulate_test

import (
	"os"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/simulate"
)

// answering is the row of groups in which four of ten jurors answer.
const answering = "40 % answer"

// nightly reports whether juries are checked with as many groups as docs/decision-engine.md speaks of. That takes ten minutes. A full
// check has a quarter of them.
func nightly() bool { return os.Getenv("OSTRAKON_TEST_NIGHTLY") != "" }

// carefulJuries is [careful] for juries.
func carefulJuries(repeat int) simulate.Params {
	p := careful(repeat)
	if full() && !nightly() {
		p.Repeat, p.Train = repeat/4, min(p.Train, 2)
	}
	return p
}

// enough checks a bound, if so many cases are there.
func (b bound) enough(t *testing.T, least int) {
	t.Helper()
	if !nightly() {
		least /= 8
	}
	if b.got.Of < least || above(b.got, b.most) {
		t.Errorf("%s: %d of %d, at most %g %%", b.what, b.got.Hits, b.got.Of, 100*b.most)
	}
}

// missed is the part that is not there.
func missed(r simulate.Rate) simulate.Rate { return simulate.Rate{Hits: r.Of - r.Hits, Of: r.Of} }

// Who wants an established innocent punished hard needs a jury for it, and does not get one.
func TestBoundsForHeavyJuries(t *testing.T) {
	t.Parallel()
	all := play(t, carefulJuries(160), "jury, waited", "jury, prepared apart", "jury, clique", "jury, three friends", "jury, packed 10 %")
	of := func(scenario string) simulate.Result { return all.of(t, scenario, answering, "full engine") }
	for _, b := range []bound{
		{"six that only waited: heavier than a mute of an hour", of("jury, waited").Heavy, 0.03},
		{"six that prepared apart: the same", of("jury, prepared apart").Heavy, 0.03},
		{"six established members: the same", of("jury, clique").Heavy, 0.03},
		{"a tenth of the active: the same", of("jury, packed 10 %").Heavy, 0.12},
	} {
		b.enough(t, 50)
	}
	if r := of("jury, three friends").Hurt; nightly() && r.Of < 48 || above(r, 0.06) {
		t.Errorf("three friends, five times: heavier than a mute of an hour for %d of %d", r.Hits, r.Of)
	}
}

// above reports whether even the favourable end of the interval is above what is allowed.
func above(r simulate.Rate, most float64) bool {
	low, _ := r.Interval()
	return low > most
}

// Who broke a hard rule gets what the ladder says, also with friends, and juries decide appeals rightly.
func TestBoundsForJuries(t *testing.T) {
	t.Parallel()
	all := play(t, carefulJuries(480), "jury, guilty", "jury, guilty with friends", "jury, appeals")
	of := func(scenario string) simulate.Result { return all.of(t, scenario, answering, "full engine") }
	alone, helped := of("jury, guilty"), of("jury, guilty with friends")
	for _, b := range []bound{
		{"guilty members who did not get what the ladder says", missed(alone.Fits), 0.15},
		{"the same, with six friends", missed(helped.Fits), 0.25},
		{"guilty members who got less than a mute of an hour", missed(alone.Mild), 0.02},
		{"the same, with six friends", missed(helped.Mild), 0.02},
		{"appeals that a jury decided wrongly", of("jury, appeals").Erred, 0.05},
	} {
		b.enough(t, 50)
	}
}

// What is reached where more is wanted: sixty minutes at the median; that members are asked once a week, and one in twenty three
// times; and that those who use up the members' patience save ten points. docs/decision-engine.md says what stands in the way.
const (
	drainedLost  = 0.75
	quietMinutes = 110
	askedMedian  = 3
	askedOften   = 5
)

// Where few vote, violations are upheld all the same, and members are not asked too often for it.
func TestBoundsForQuietGroups(t *testing.T) {
	t.Parallel()
	p := carefulJuries(48)
	if !nightly() {
		p.Groups = 1
	}
	all := play(t, p, "quiet groups", "summons")
	of := func(row string) simulate.Result { return all.of(t, "quiet groups", row, "full engine") }
	large, small := of("200 members, 1 % vote, 40 % answer"), of("30 members, 3 % vote, 40 % answer")
	for _, b := range []bound{
		{"violations that 200 members do not uphold of whom two vote", missed(large.Caught), 0.08},
		{"violations that 30 members do not uphold of whom one votes", missed(small.Caught), 0.20},
	} {
		if nightly() && b.got.Of < 8 || above(b.got, b.most) {
			t.Errorf("%s: %d of %d, at most %g %%", b.what, b.got.Hits, b.got.Of, 100*b.most)
		}
	}
	if got := large.MedianMinutes(); nightly() && !(got <= quietMinutes) {
		t.Errorf("it takes %g minutes at the median, at most %d", got, quietMinutes)
	}
	asked := all.of(t, "summons", "200 members, 10 % vote, 40 % answer", "full engine")
	if half, most := asked.AskedAWeek(); !(half <= askedMedian && most <= askedOften) {
		t.Errorf("members are asked %g times a week, and one in twenty %g times; at most %d and %d", half, most, askedMedian, askedOften)
	}
}

// Six accounts whose reports use up the members' patience, all day. It takes long, so that only a nightly check looks at it.
func TestBoundsForDrainedGroups(t *testing.T) {
	t.Parallel()
	if !nightly() {
		t.Skip("as part of OSTRAKON_TEST_NIGHTLY")
	}
	const row = "200 members, 1 % vote, 40 % answer"
	all := play(t, carefulJuries(48), "quiet groups", "jury, drained")
	without, with := all.of(t, "quiet groups", row, "full engine").Caught, all.of(t, "jury, drained", row, "full engine").Caught
	if d := less(without, with); with.Of < 50 || d > drainedLost {
		t.Errorf("of %d of %d they save all but %d of %d", without.Hits, without.Of, with.Hits, with.Of)
	}
}
