package moderation

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Members notes what is seen of members.
type Members struct {
	*runner
	observer Observer
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

// Private notes whether somebody can be written to in private: they opened that chat, or blocked
// the bot.
func (c *Members) Private(ctx context.Context, update, person int64, opened bool) error {
	_, err := c.update(ctx, Key{Update: update, Actor: person}, func(Docket, time.Time) (Outcome, error) {
		return Outcome{ActorChanges: ActorChanges{Private: &opened}}, nil
	})
	return err
}

// Restrain notes what the bot puts on somebody, before it does, and queues what follows from it. A restraint of none
// means that it put nothing, or lifted it.
func (c *Members) Restrain(ctx context.Context, chat, person int64, r Restraint, effects []Effect) error {
	_, err := c.update(ctx, Key{Chat: chat, Author: person, Want: Want{Restraint: true}}, func(d Docket, now time.Time) (Outcome, error) {
		out := Outcome{Effects: effects}
		before, err := d.Restraint.Read()
		if err != nil || r.None() && before.None() {
			return out, err
		}
		r.At = now
		out.Restraint = &r
		return out, nil
	})
	return err
}

// RestrainedManually notes that somebody else than the bot changed what keeps a person from writing. What the bot had put
// is no longer in force then, and it has nothing to lift or to bring back. Doing it again does no harm.
func (c *Members) RestrainedManually(ctx context.Context, chat, person int64, to Restriction, at time.Time) error {
	_, err := c.update(ctx, Key{Chat: chat, Author: person, Want: Want{Restraint: true}}, func(d Docket, _ time.Time) (Outcome, error) {
		r, err := d.Restraint.Read()
		// The bot found it already, when it put its own in the place of it.
		before := at.Before(r.At) || to.Equal(r.Found)
		if err != nil || r.None() || before {
			return Outcome{}, err
		}
		return Outcome{AuthorChanges: AuthorChanges{Restraint: &Restraint{}}}, nil
	})
	return err
}
