package moderation

import (
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// decision is how a case ends, and what an admin, if one rules, wants of it.
type decision struct {
	verdict Verdict
	by      Member          // the admin who rules; zero if votes, a jury or time do
	jury    bool            // members drawn by lot decide, and are enough for that by themselves
	step    ladder.Step     // the penalty they chose; zero = what the ladder brings
	rule    rulebook.RuleID // the rule they named; empty = what the ballots name
}
