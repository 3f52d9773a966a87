package simulate

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// measure compares a verdict with what it would have been without what attackers said.
func (s *store) measure(c *entry) {
	honest := slices.DeleteFunc(slices.Clone(c.ballots), func(b moderation.Ballot) bool { return !s.honest(b) })
	if len(honest) == len(c.ballots) {
		return
	}
	c.attacked = true
	ties := s.ties()
	for _, side := range []moderation.Side{moderation.Breaks, moderation.Fine} {
		with, without := moderation.VoicesOf(only(c.ballots, side), ties), moderation.VoicesOf(only(honest, side), ties)
		if with.Count < without.Count || with.Weight < without.Weight-1e-9 {
			c.cost = true
		}
	}
	if c.Verdict != moderation.Upheld || c.ByAdmin || !aDay(c.Penalty) && !aDay(c.Pending) {
		return
	}
	_, severity := c.Terms.Charge(c.ballots, ties)
	mute := slices.Clone(c.ballots)
	for i := range mute {
		if !s.honest(mute[i]) {
			mute[i].Rule = ""
		}
	}
	if _, without := c.Terms.Charge(mute, ties); without < severity {
		c.named = true
		c.alone = !slices.ContainsFunc(honest, func(b moderation.Ballot) bool { return b.Side == moderation.Breaks && b.Rule == c.Rule })
	}
}

func (s *store) honest(b moderation.Ballot) bool { return s.g.script.Members[b.Voter].Honest }

func only(ballots []moderation.Ballot, side moderation.Side) []moderation.Ballot {
	return slices.DeleteFunc(slices.Clone(ballots), func(b moderation.Ballot) bool { return b.Side != side })
}

// aDay reports whether a penalty is a step of a day or more.
func aDay(s ladder.Step) bool {
	return s.Kind == ladder.Ban || s.Kind == ladder.Mute && s.For >= day
}

// heavy reports whether a penalty is heavier than a mute of an hour.
func heavy(s ladder.Step) bool {
	return s.Kind == ladder.Ban || s.Kind == ladder.Kick || s.Kind == ladder.Mute && s.For > time.Hour
}
