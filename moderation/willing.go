package moderation

import (
	"context"
	"time"
)

// SetWilling ends that a member is asked to be a juror, or has them asked again. Who says what they said before changes nothing: else
// a second tap would make them wait anew. Who wants to be asked again is drawn from the eighth day on; see [WillingAfter].
func (c *Juries) SetWilling(ctx context.Context, key Key, member Member, willing bool) error {
	key.Actor, key.Juror = member.ID, true
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		r, err := d.Juror.Read()
		switch {
		case err != nil:
			return Outcome{}, err
		case !member.Present:
			return Outcome{}, refuse(RefuseAway, "")
		case willing != r.Declines:
			return Outcome{}, nil
		}
		var out Outcome
		out.remember(member.ID, r.set(willing, now))
		return out, nil
	})
	return err
}

// set notes whether the member wants to be asked.
func (r JuryRecord) set(willing bool, now time.Time) JuryRecord {
	r.Declines = !willing
	if willing {
		r.Willing = now
	}
	return r
}
