package moderation

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Standing is where a member stands.
type Standing struct {
	Score int // 0 to 100
	Tier  standing.Tier
	Turns []standing.Change // what it changed by, the newest first

	Level int         // on the ladder
	Next  ladder.Step // what the next offence of severity 1 would bring
	Most  ladder.Step // the most of it that votes alone may bring; zero if all of it
	Jury  bool        // a jury may bring more than that, and not only an admin
	Lapse time.Time   // when the next step is taken back; zero at level 0

	History []Offence // in the order of time

	// What only they are told.

	Paused   time.Time // until when they may not report
	Declines bool      // they do not want to be asked to be jurors
	Willing  time.Time // from when on they may be asked again; zero if they never declined
}

// Standing tells where a member stands: themselves, or an admin. What follows from their reports, only
// they are told.
func (c *Members) Standing(ctx context.Context, update, chat, member int64, own bool) (Standing, error) {
	var s Standing
	key := Key{Update: update, Chat: chat, Actor: member, Author: member, Want: Want{Turns: true, Juror: own}}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		turns, err := d.Turns.Read()
		if err != nil {
			return Outcome{}, err
		}
		p, day := d.Chat.Policy, DayOf(now)
		s.Score, s.Tier, s.Turns = d.Conduct.Score(day), d.Conduct.Tier(day), withPending(turns, d.Conduct, day)
		s.Level = min(Level(d.History, p.Lapse, now), len(p.Ladder))
		s.Next = p.Ladder.At(s.Level + 1)
		if s.Tier == standing.TierLastChance {
			s.Next = ladder.Step{Kind: ladder.Ban}
		}
		if most := (Case{CaseMessage: CaseMessage{Author: Author{ID: member}}}).limit(d, false, now); most != nil && s.Next.HarderThan(most.step) {
			s.Most, s.Jury = most.step, most.pends == HeavyJury
		}
		s.Lapse, s.History = NextLapse(d.History, p.Lapse, now), d.History
		if own {
			err = s.tellOwn(d, member, now)
		}
		return Outcome{}, err
	})
	return s, err
}

// tellOwn adds what only the member is told.
func (s *Standing) tellOwn(d Docket, member int64, now time.Time) error {
	juror, err := d.Juror.Read()
	if err != nil {
		return err
	}
	s.Paused = d.Ties.Records[member].Abuse.Paused(now)
	if s.Declines = juror.Declines; !juror.Declines && !juror.willing(now) {
		s.Willing = juror.Willing.Add(WillingAfter)
	}
	return nil
}

// withPending adds the day that is over and will be counted when they write again.
func withPending(turns []standing.Change, c standing.Conduct, day int64) []standing.Change {
	pending := c.Earned(day)
	if pending == nil || len(turns) == 0 || turns[0].Cause != standing.CauseDays {
		return append(pending, turns...)
	}
	pending[0].Points += turns[0].Points
	return append(pending, turns[1:]...)
}
