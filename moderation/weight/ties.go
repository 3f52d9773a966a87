package weight

import (
	"math"
	"time"
)

// Ties are what is known of who is tied among the voters of a case. They say in how many final cases
// each voted and, for each two, in how many they voted alike.
type Ties struct {
	Day     int64                // the present day; see [DayOf]
	Cases   Trace                // final cases of the group
	Records map[int64]VoteRecord // by member; those that are missing never voted
	Alike   map[Pair]Trace       // same case, same side; those that are missing never did
}

// Pair is two members, the smaller number first.
type Pair struct{ A, B int64 }

// PairOf is the pair of two members.
func PairOf(a, b int64) Pair { return Pair{min(a, b), max(a, b)} }

// What ties two members.
const (
	// JoinedTogether is how close to each other they joined. Whoever is added in one go joins in the same second.
	JoinedTogether = 10 * time.Minute
	// JoinedFor is for how long after that they are tied: a quarter of a year. So a group that was filled in an hour
	// can decide for itself one day.
	JoinedFor = 90 * 24 * time.Hour

	// tiedFrom is the correlation of their votes from which on they are tied.
	tiedFrom = 0.4
	// alikeShrink is how many common cases it takes for half of a correlation to be believed.
	alikeShrink = 2.0
	// alikeLeast is how many it takes for one of tiedFrom.
	alikeLeast = alikeShrink * tiedFrom / (1 - tiedFrom)
)

// Tied reports whether the voters of two ballots are tied: they joined together, or nearly always voted alike in the
// past. It depends on these two alone, never on who else votes, and it does not run through a third.
func (t Ties) Tied(a, b Ballot) bool { return joinedTogether(a, b) || t.voteAlike(a.Voter, b.Voter) }

// joinedTogether reports whether two voters joined within [JoinedTogether] of each other, the younger of them less than
// [JoinedFor] before the earlier of their ballots.
func joinedTogether(a, b Ballot) bool {
	if a.Joined.IsZero() || b.Joined.IsZero() {
		return false
	}
	apart := a.Joined.Sub(b.Joined).Abs()
	younger, cast := a.Joined, a.At
	if b.Joined.After(younger) {
		younger = b.Joined
	}
	if b.At.Before(cast) {
		cast = b.At
	}
	return apart <= JoinedTogether && cast.Sub(younger) < JoinedFor
}

// voteAlike reports whether two members nearly always voted alike.
func (t Ties) voteAlike(a, b int64) bool {
	alike, known := t.Alike[PairOf(a, b)]
	if !known || alike.Sum < alikeLeast {
		return false
	}
	one, other, all := t.Records[a].On(t.Day), t.Records[b].On(t.Day), t.Cases.On(t.Day)
	return correlation(one.Voted, other.Voted, alike.On(t.Day), all-max(one.Before, other.Before)) >= tiedFrom
}

// correlation is the phi coefficient of two members' votes: how much more often they voted alike than
// chance explains in members who vote as much as they do. The numbers are those of cases since both vote:
// all, those in which each voted, and those in which they voted alike. Shrunk for small numbers. Where
// both vote in every case it is 0: they could not do otherwise.
func correlation(a, b, alike, all float64) float64 {
	all = max(all, alike)
	a, b = min(a, all), min(b, all)
	spread := a * (all - a) * b * (all - b)
	if alike <= 0 || spread <= 0 {
		return 0
	}
	phi := (all*alike - a*b) / math.Sqrt(spread)
	return max(0, min(1, phi)) * alike / (alike + alikeShrink)
}
