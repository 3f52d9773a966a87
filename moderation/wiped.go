package moderation

import "time"

// wiped reports whether the actor wiped what they were shown of something that they did at a time.
func (d Docket) wiped(at time.Time) bool { return IsWiped(at, d.Wiped) }

// own returns the index of the actor's ballot, or -1 if they have none or wiped that they have one.
func (d Docket) own(actor int64) int {
	i := find(d.Ballots, actor)
	if i >= 0 && d.wiped(d.Ballots[i].At) {
		return -1
	}
	return i
}

// forgotten is the actor's ballot if they reported with it and wiped that: whatever they do now, they are answered as if they
// had not.
func (d Docket) forgotten(actor int64) (was Ballot, is bool) {
	i := find(d.Ballots, actor)
	if i < 0 || !d.Ballots[i].Reported || !d.Ballots[i].Quiet && !d.wiped(d.Ballots[i].At) {
		return Ballot{}, false
	}
	return d.Ballots[i], true
}
