package moderation

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Groups notes what is seen of groups.
type Groups struct {
	*runner
	migrator Migrator
}

// Joined notes that members were seen joining, and welcomes each.
func (c *Members) Joined(ctx context.Context, update, chat int64, kind Kind, members []Person, at time.Time) error {
	for i, m := range members {
		key := Key{Chat: chat, Kind: kind, Actor: m.ID, Want: Want{Queue: true}}
		if i == len(members)-1 {
			// The update is handled when the last of them is; the others are the same if repeated.
			key.Update = update
		}
		_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
			r := d.Record
			if !at.After(r.Joined) {
				return Outcome{}, nil // told twice, by the service message and by the membership update
			}
			r.Joined, r.Presumed, r.Messages = at, false, 0
			out := Outcome{ActorChanges: ActorChanges{Record: &r}}
			if err := welcome(&out, d, &r, m, at, now); err != nil {
				return Outcome{}, err
			}
			if r.Conduct.Tier(DayOf(now)).Bound() { // whoever was banned comes back with all permissions
				out.Effects = append(out.Effects, LimitSending{Author: Author{ID: m.ID}})
			}
			return out, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Appointed notes that a member became an admin, or is one no more. Whom Telegram lets nobody mute is
// not silenced either, and whom the owner trusts so much has full standing.
func (c *Members) Appointed(ctx context.Context, update, chat int64, kind Kind, member int64, admin bool) error {
	key := Key{Update: update, Chat: chat, Kind: kind, Actor: member, Author: member}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		out := Outcome{ActorChanges: ActorChanges{Admin: &admin}}
		if !admin {
			return out, nil
		}
		if r := d.Record; !r.Silenced.IsZero() {
			r.Silenced = time.Time{}
			out.Record = &r
		}
		day := DayOf(now)
		if d.Conduct != (standing.Conduct{}) {
			out.Conduct, out.Turns = &standing.Conduct{}, d.Conduct.Earned(day)
			if lost := standing.FullStanding - d.Conduct.Score(day); lost > 0 {
				out.Turns = append(out.Turns, standing.Change{Day: day, Points: lost, Cause: standing.CauseAppointed})
			}
		}
		return out, nil
	})
	return err
}

// Administered notes who all the admins of a group are, so that they find it among their groups.
func (c *Members) Administered(ctx context.Context, chat int64, admins []int64) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(Docket, time.Time) (Outcome, error) {
		return Outcome{Admins: append([]int64{}, admins...)}, nil
	})
	return err
}

// Standing is where a member stands.
type Standing struct {
	Score int // 0 to 100
	Tier  standing.Tier
	Turns []standing.Change // what it changed by, the newest first

	Level int         // on the ladder
	Next  ladder.Step // what the next offence of severity 1 would bring
	Most  ladder.Step // the most of it that votes alone may bring; zero if all of it
	Lapse time.Time   // when the next step is taken back; zero at level 0

	History []Offence // in the order of time

	Paused time.Time // until when they may not report; only for their own eyes
}

// Standing tells where a member stands: themselves, or an admin. What follows from their reports, only
// they are told.
func (c *Members) Standing(ctx context.Context, update, chat, member int64, own bool) (Standing, error) {
	var s Standing
	key := Key{Update: update, Chat: chat, Actor: member, Author: member, Want: Want{Turns: true}}
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
		if most := (Case{CaseMessage: CaseMessage{Author: Author{ID: member}}}).limit(d, now); most != nil && s.Next.HarderThan(most.step) {
			s.Most = most.step
		}
		s.Lapse, s.History = NextLapse(d.History, p.Lapse, now), d.History
		if own {
			s.Paused = d.Ties.Records[member].Abuse.Paused(now)
		}
		return Outcome{}, nil
	})
	return s, err
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

// Note marks an update as handled that changes nothing, and returns the group it came from, so
// that an answer can be given once.
func (c *Groups) Note(ctx context.Context, update, chat int64) (Chat, error) {
	var found Chat
	_, err := c.update(ctx, Key{Update: update, Chat: chat}, func(d Docket, _ time.Time) (Outcome, error) {
		found = d.Chat
		return Outcome{}, nil
	})
	return found, err
}

// Private notes whether somebody can be written to in private: they opened that chat, or blocked
// the bot.
func (c *Members) Private(ctx context.Context, update, person int64, opened bool) error {
	_, err := c.update(ctx, Key{Update: update, Actor: person}, func(Docket, time.Time) (Outcome, error) {
		return Outcome{ActorChanges: ActorChanges{Private: &opened}}, nil
	})
	return err
}

// Link notes which channel's posts are the group's own.
func (c *Groups) Link(ctx context.Context, chat, channel int64) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, _ time.Time) (Outcome, error) {
		if d.Chat.Linked == channel {
			return Outcome{}, nil
		}
		d.Chat.Linked = channel
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}

// Migrator gives a group another number.
type Migrator interface {
	// Migrate gives everything of the group from to its new number to, in one transaction. For each open case, and
	// for each on which a jury sits, it commits what reopen makes of it. The appeal is nil if there is none. Doing
	// it again changes nothing.
	Migrate(ctx context.Context, update, from, to int64, reopen func(Case, *Appeal) (Case, []Effect)) error
}

// Migrate moves a basic group to the supergroup it became. Its old messages and cards are out of
// reach; every open case gets a new card, and voting goes on. So it is with the cards of jurors.
func (c *Groups) Migrate(ctx context.Context, update, from, to int64) error {
	return c.migrator.Migrate(ctx, update, from, to, func(cs Case, a *Appeal) (Case, []Effect) {
		cs.Message, cs.Thread, cs.Card, cs.CardEdited = 0, 0, 0, time.Time{}
		switch {
		case a != nil:
			return cs, a.askAgain(cs)
		case cs.CardWanted && !cs.Verdict.Final():
			return cs, []Effect{DrawCard{Case: cs.ID, Open: true}}
		}
		return cs, nil
	})
}

// Sized notes how many members Telegram counts in a group.
func (c *Groups) Sized(ctx context.Context, chat int64, members int) error {
	_, err := c.update(ctx, Key{Chat: chat, Want: Want{Size: true}}, func(d Docket, now time.Time) (Outcome, error) {
		d.Chat.Size.Members, d.Chat.Size.Asked = members, now
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}
