package moderation

import "github.com/ostrakon-bot/ostrakon/moderation/standing"

// Moved: goes when its users follow.

// Cause is [standing.Cause].
type Cause = standing.Cause

// CauseAppointed is [standing.CauseAppointed].
const CauseAppointed = standing.CauseAppointed

// CauseCorrected is [standing.CauseCorrected].
const CauseCorrected = standing.CauseCorrected

// CauseDays is [standing.CauseDays].
const CauseDays = standing.CauseDays

// CauseOverturned is [standing.CauseOverturned].
const CauseOverturned = standing.CauseOverturned

// CausePardoned is [standing.CausePardoned].
const CausePardoned = standing.CausePardoned

// CauseUpheld is [standing.CauseUpheld].
const CauseUpheld = standing.CauseUpheld

// Conduct is [standing.Conduct].
type Conduct = standing.Conduct

// CostOf is [standing.CostOf].
func CostOf(severity int) int { return standing.CostOf(severity) }

// FullStanding is [standing.FullStanding].
const FullStanding = standing.FullStanding

// MaxTurns is [standing.MaxChanges].
const MaxTurns = standing.MaxChanges

// Tier is [standing.Tier].
type Tier = standing.Tier

// TierGood is [standing.TierGood].
const TierGood = standing.TierGood

// TierLastChance is [standing.TierLastChance].
const TierLastChance = standing.TierLastChance

// TierRestricted is [standing.TierRestricted].
const TierRestricted = standing.TierRestricted

// TierWatched is [standing.TierWatched].
const TierWatched = standing.TierWatched

// Turn is [standing.Change].
type Turn = standing.Change
