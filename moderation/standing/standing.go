package standing

// FullStanding is where everybody starts.
const FullStanding = 100

// Tier is what a standing comes to.
type Tier string

// The tiers, and the least standing of each.
const (
	TierGood       Tier = "good"
	TierWatched    Tier = "watched"     // votes count half
	TierRestricted Tier = "restricted"  // no vote; no links, media, polls or forwards
	TierLastChance Tier = "last_chance" // the same, and the next upheld case is a ban

	GoodFrom       = 80
	WatchedFrom    = 50
	RestrictedFrom = 20
)

// TierOf is the tier of a standing of 0 to 100.
func TierOf(score int) Tier {
	switch {
	case score >= GoodFrom:
		return TierGood
	case score >= WatchedFrom:
		return TierWatched
	case score >= RestrictedFrom:
		return TierRestricted
	default:
		return TierLastChance
	}
}

// Weight is what is left of a member's weight in votes.
func (t Tier) Weight() float64 {
	switch t {
	case TierGood:
		return 1
	case TierWatched:
		return 0.5
	default:
		return 0
	}
}

// Bound reports whether members of the tier may send plain text only.
func (t Tier) Bound() bool { return t == TierRestricted || t == TierLastChance }

// costs are what an upheld case costs, by its rule's severity.
var costs = map[int]int{1: 10, 2: 20, 3: 40}

// CostOf is what an upheld case under a rule of a severity costs, in points of standing.
func CostOf(severity int) int { return costs[severity] }

// Conduct is a member's standing in a group. It falls with upheld cases, and a point of it comes back for
// each day on which they wrote something and had none. The zero Conduct is full standing. Nothing in it
// depends on reports or votes of their own: a fall after a dismissed case would tell whose report it was.
//
// A day counts when it is over: until then a case may still spoil it.
type Conduct struct {
	Lost  int   // points missing, but for the day that is to be counted yet
	Wrote int64 // the day that is to be counted yet; 0 = none. In days since 1970
	Fell  int64 // the last day with an upheld case
}

// Score is the standing on a day, 0 to 100.
func (c Conduct) Score(day int64) int { return FullStanding - c.Counted(day).Lost }

// Tier is the tier on a day.
func (c Conduct) Tier(day int64) Tier { return TierOf(c.Score(day)) }

// Counted counts the day that is over, if it earned a point.
func (c Conduct) Counted(day int64) Conduct {
	if c.Wrote == 0 || c.Wrote >= day {
		return c
	}
	if c.Wrote != c.Fell && c.Lost > 0 {
		c.Lost--
	}
	c.Wrote = 0
	if c.Lost == 0 {
		return Conduct{}
	}
	return c
}

// Earned is the change of the day that is over, if it is counted now and earned a point.
func (c Conduct) Earned(day int64) []Change {
	if c.Counted(day).Lost == c.Lost {
		return nil
	}
	return []Change{{Day: c.Wrote, Points: 1, Cause: CauseDays}}
}

// Write notes that the member wrote something on a day.
func (c Conduct) Write(day int64) Conduct {
	c = c.Counted(day)
	if c.Lost > 0 {
		c.Wrote = max(c.Wrote, day) // a clock that was set back makes no day count twice
	}
	return c
}

// Fall takes points away, and says how many there were to take.
func (c Conduct) Fall(points int, day int64) (Conduct, int) {
	c = c.Counted(day)
	taken := min(points, FullStanding-c.Lost)
	c.Lost, c.Fell = c.Lost+taken, day
	return c, taken
}

// Rise gives back points that were taken, for a case that should not have been.
func (c Conduct) Rise(points int, day int64) Conduct {
	c = c.Counted(day)
	if c.Lost <= points {
		return Conduct{}
	}
	c.Lost -= points
	return c
}

// Cause is why a standing changed.
type Cause string

// The causes. Each is about a case, but for the last two.
const (
	CauseUpheld     Cause = "upheld"
	CauseOverturned Cause = "overturned"
	CausePardoned   Cause = "pardoned"
	CauseCorrected  Cause = "corrected" // the case was put under a rule of another severity
	CauseAppointed  Cause = "appointed" // they were made an admin
	CauseDays       Cause = "days"      // days on which they wrote and had no case; several in a row are one change
)

// Change is a change of somebody's standing.
type Change struct {
	Day    int64
	Points int // negative for a fall
	Cause  Cause
	Case   string
}

// MaxChanges is how many of a member's latest changes are kept.
const MaxChanges = 20
