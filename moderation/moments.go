package moderation

import "time"

// CaseMoments is what the moments depend on at which others can see that something happened in a case: that its card comes,
// changes and goes. They lie on grids that follow from the seed, which is drawn when the case opens. What people do decides
// only whether anything is shown at a moment, and never when that is. So whoever saw a card learns that somebody reported
// within the card delay before it, however often they report the message themselves and take it back.
//
// docs/adr/0040-moments.md says why.
type CaseMoments struct {
	Seed      uint64        // secret; 0 once the case is over for good
	CardDelay time.Duration // how long after the report the card may come: the group's at the report that brings it
	CardAfter int           // 0 if the admins are shown the case without a card. Below 0 in cases of earlier releases
}

// Card edits come so far from each other: 9 seconds, and 3 more or less at either end.
const (
	editEvery  = 9 * time.Second
	editSpread = 3 * time.Second
)

// fewestToWithdraw is within how long a case without ballots is withdrawn at least. With no card delay, the moment of an
// undo shall still not be that at which its card goes.
const fewestToWithdraw = 3 * time.Second

// cardDue is when the card comes that is wanted since now; zero for at once.
func (m CaseMoments) cardDue(now time.Time) time.Time { return m.next(forCard, m.CardDelay, now) }

// withdrawnDue is when a case is withdrawn that has had no ballot since now.
func (m CaseMoments) withdrawnDue(now time.Time) time.Time {
	return m.next(forWithdrawal, max(m.CardDelay, fewestToWithdraw), now)
}

// next is the first moment after now of a grid with a random phase. Since nobody knows the phase, the time until then is
// as likely to be short as long. All moments are whole seconds, and so is now: what is shown right at now would say which
// part of that second it was.
func (m CaseMoments) next(grid purpose, every time.Duration, now time.Time) time.Time {
	step := int64((every + time.Second - 1) / time.Second)
	if step <= 0 {
		return time.Time{}
	}
	phase := int64(m.draw(grid, 0) % uint64(step)) //nolint:gosec // it is less than step
	passed := now.Unix() - phase
	return time.Unix(passed-passed%step+step+phase, 0).UTC()
}

// editDue is the first moment after now at which the card may be edited that appeared then.
func (m CaseMoments) editDue(appeared, now time.Time) time.Time {
	for k := max(1, int64(now.Sub(appeared)/editEvery)-1); ; k++ {
		if at := m.edit(appeared, k); at.After(now) {
			return at
		}
	}
}

// NextEdit is the first moment at which the card may be edited after it was sent or edited last. A vote that fell into that
// moment would else be followed at once by an edit of its own.
func (c Case) NextEdit() time.Time {
	if c.CardEdited.IsZero() {
		return time.Time{}
	}
	return c.editDue(c.Appeared, c.CardEdited)
}

// edit is the moment of the k-th edit, if there is anything to show by then.
func (m CaseMoments) edit(appeared time.Time, k int64) time.Time {
	const spread = int64(editSpread / time.Second)
	aside := int64(m.draw(forEdit, k)%uint64(2*spread+1)) - spread //nolint:gosec // it is less than ten
	return appeared.Add(time.Duration(k)*editEvery + time.Duration(aside)*time.Second)
}

// purpose is what a moment is for.
type purpose uint64

const (
	forCard purpose = iota + 1
	forEdit
	forWithdrawal
)

// draw is a number that nobody can foresee who does not know the seed, always the same for the same purpose. Of each number only
// a few bits are ever seen, and whoever had all of them would know moments that they see anyway.
func (m CaseMoments) draw(p purpose, n int64) uint64 {
	return mix(mix(m.Seed^mix(uint64(p))) + uint64(n)) //nolint:gosec // any number will do
}

// mix is the finalizer of SplitMix64: each bit of x changes half of the result.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Telegram shows the members of groups of up to so many who read a message, and when.
const readersShown = 100

// In such groups a card delay is at least so long, unless the operator wants cards nearly at once, which no command can.
const (
	MinTypedDelay   = 10 * time.Second
	MinReadersDelay = 30 * time.Second
)

// ShowsReaders reports whether Telegram shows in a group of that size who read a message. It does if nobody knows the size.
func (s Size) ShowsReaders() bool { return s.Members <= readersShown }

// CardDelay is the card delay of a case that opens now. A group that has become small has no shorter one than it could set.
func (c Chat) CardDelay() time.Duration {
	delay := c.Policy.CardDelay
	if delay >= MinTypedDelay && c.Size.ShowsReaders() {
		return max(delay, MinReadersDelay)
	}
	return delay
}
