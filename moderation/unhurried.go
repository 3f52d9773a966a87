package moderation

import "time"

// ListedAfter is when an undecided case is shown to the admins: so long after its card, whatever its ballots.
const ListedAfter = 10 * time.Minute

// Unhurried is when admins may see something that follows from a ballot cast now. It tells nobody when that was.
func Unhurried(now time.Time) time.Time { return now.Truncate(ListedAfter).Add(2 * ListedAfter) }

// nextPeriod is the next full ten minutes, when what has no card shows.
func nextPeriod(now time.Time) time.Time { return now.Truncate(ListedAfter).Add(ListedAfter) }
