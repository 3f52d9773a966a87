package moderation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// Appealing takes what authors and jurors say of verdicts.
type Appealing struct{ *runner }

// Plea is an author's word that the verdict about them is wrong.
type Plea struct {
	Update int64
	Chat   int64
	Case   string
	Author int64
	Words  string // one sentence, or none
}

// AskWhy notes that the author is asked for their sentence, so that what they answer is known to be one. It
// returns the case.
func (c *Appealing) AskWhy(ctx context.Context, p Plea) (Case, error) {
	var cs Case
	key := p.key()
	key.Pool = false
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayAppeal(d, p.Author, now); err != nil {
			return Outcome{}, err
		}
		cs = *d.Case
		return Outcome{ActorChanges: ActorChanges{Asks: cs.ID}}, nil
	})
	return cs, err
}

// Appeal files an appeal: before a jury if the group has one, else before its admins. It returns the case.
func (c *Appealing) Appeal(ctx context.Context, p Plea) (Case, error) {
	out, err := c.update(ctx, p.key(), func(d Docket, now time.Time) (Outcome, error) { return appeal(d, p, now) })
	if err != nil {
		return Case{}, err
	}
	return *out.Case, nil
}

func (p Plea) key() Key {
	return Key{Update: p.Update, Chat: p.Chat, Case: p.Case, Actor: p.Author, Want: Want{Pool: true}}
}

func mayAppeal(d Docket, author int64, now time.Time) error {
	switch {
	case d.Case == nil || d.Case.Verdict != Upheld || !d.Case.Author.Reachable() || d.Case.Author.ID != author:
		return refuse(RefuseNotYours, "")
	case d.Case.Reversed != "":
		return refuse(RefuseReversed, d.Case.ID)
	case d.Case.Appeal != NoAppeal:
		return refuse(RefuseAppealed, d.Case.ID)
	case d.Case.Jury == jury.Heavy:
		return refuse(RefuseJurySits, d.Case.ID)
	case !now.Before(d.Case.AppealEnds()):
		return refuse(RefuseAppealLate, d.Case.ID)
	}
	return nil
}

func appeal(d Docket, p Plea, now time.Time) (Outcome, error) {
	if err := mayAppeal(d, p.Author, now); err != nil {
		return Outcome{}, err
	}
	cs := *d.Case
	cs.Appealed = now
	out := Outcome{Case: &cs, CaseChanges: CaseChanges{Appeal: &Appeal{Words: p.Words, Filed: now}}}
	out.Jury = jury.New(jury.Appeal, d.Jury, now)
	if err := openAppeal(&out, d, now); err != nil {
		return Outcome{}, err
	}
	return out, nil
}

// openAppeal draws the jury of an appeal, or leaves it to the admins: where the group wants that, where too few are eligible, or
// where appeals have used up what they may ask of people.
func openAppeal(out *Outcome, d Docket, now time.Time) error {
	got, err := d.drawRound(jury.Appeal, jury.PerRound)
	if err != nil {
		return err
	}
	pool, err := d.Pool.Read()
	if err != nil {
		return err
	}
	cs, author := out.Case, pool.Records[out.Case.Author.ID]
	often := !author.Appealed.IsZero() && now.Sub(author.Appealed) < AppealEvery
	if d.Chat.Policy.Appeals != AppealsJury || got.few || got.spent || often || len(got.jurors) == 0 {
		toAdmins(out, now)
		return nil
	}
	author.Appealed = now
	out.remember(cs.Author.ID, author)
	cs.Appeal, cs.Jury = BeforeJury, jury.Appeal
	out.summon(out.Jury, got.jurors, now)
	cs.JuryDue = out.Jury.Due()
	tellAppeal(out, TopicAppealed, Member{})
	return nil
}

// UpholdAppeal is an admin's word that the verdict stands. Whoever decided or punished in this case themselves
// cannot say so; they may still overturn it.
func (c *Appealing) UpholdAppeal(ctx context.Context, key Key, by Member) (Case, error) {
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayReview(d, by); err != nil {
			return Outcome{}, err
		}
		switch {
		case d.Case.Appeal != BeforeAdmins || d.Appeal == nil:
			return Outcome{}, refuse(RefuseNoAppeal, d.Case.ID)
		case d.Case.judgedBy(by):
			return Outcome{}, refuse(RefuseOwnCase, d.Case.ID)
		}
		return stands(d, AppealStands, by), nil
	})
	if err != nil {
		return Case{}, err
	}
	return *out.Case, nil
}

// AppealsDue ends what the admins did not decide in time: appeals, and cases that are opened again. One that fails is in no other's
// way.
func (c *Clock) AppealsDue(ctx context.Context) (int, error) {
	const batch = 100
	done := 0
	for {
		due, err := c.agenda.AppealsDue(ctx, c.now(), batch)
		if err != nil {
			return done, fmt.Errorf("list appeals that are due: %w", err)
		}
		var failed error
		for _, ref := range due {
			_, err := c.update(ctx, Key{Chat: ref.Chat, Case: ref.ID}, pursue)
			if errors.Is(err, ErrUnavailable) {
				return done, err
			}
			if failed = errors.Join(failed, err); err == nil {
				done++
			}
		}
		if failed != nil || len(due) < batch {
			return done, failed
		}
	}
}

// pursue does what is due about an appeal, or a case that is opened again, that is before the admins.
func pursue(d Docket, now time.Time) (Outcome, error) {
	if d.Case == nil || d.Case.Appeal != BeforeAdmins || d.Case.AppealDue.After(now) {
		return Outcome{}, nil // another replica was faster
	}
	cs := *d.Case
	out := Outcome{Case: &cs}
	switch {
	case cs.Reversed != "": // forgiven meanwhile
		granted(&out, d)
		dissolve(&out, d, AppealGranted, "")
	case cs.Verdict == Open:
		pursueAgain(&out, d, now)
	case d.Appeal == nil: // it was lost with the case's key, and nobody found that the verdict was wrong
		cs.Appeal, cs.AppealDue = AppealLapsed, now
	default:
		out = stands(d, AppealLapsed, Member{})
	}
	return out, nil
}
