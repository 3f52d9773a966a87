package moderation

import (
	"context"
	"time"
)

// AskKept has a person sent all that is kept of them, once a day.
func (c *Members) AskKept(ctx context.Context, update int64, to Person) error {
	return c.ask(ctx, update, SendKept{To: to}, DailyKept)
}

// AskCases has a person sent a list of their cases.
func (c *Members) AskCases(ctx context.Context, update int64, to Person) error {
	return c.ask(ctx, update, SendCases{To: to}, "")
}

// AskErase has deleted what is kept of a person and can be, once a day, and wipes as [Members.AskWipe] does. Handle is their
// present @username.
func (c *Members) AskErase(ctx context.Context, update int64, to Person, handle string) error {
	return c.ask(ctx, update, DeleteKept{To: to, Handle: handle}, DailyErase)
}

// AskWipe wipes what a person was shown of their own reports and votes until now. They are shown no more of it. What they
// reported and voted counts as before. Pressed is the message on which they asked for it, if only they see that.
func (c *Members) AskWipe(ctx context.Context, update int64, to Person, pressed Shown) error {
	_, err := c.update(ctx, Key{Update: update, Actor: to.ID}, func(Docket, time.Time) (Outcome, error) {
		out := Outcome{ActorChanges: ActorChanges{Wipes: true}, Effects: []Effect{WipeShown{To: to}}}
		if pressed != (Shown{}) {
			out.Pressed = &pressed
		}
		return out, nil
	})
	return err
}

// ReportPrivately queues a report in private, until the message is found.
func (c *Members) ReportPrivately(ctx context.Context, update int64, report LookupMessage) error {
	return c.ask(ctx, update, report, "")
}

// ask queues what a person asks for in the private chat, which is open then.
func (c *Members) ask(ctx context.Context, update int64, e Effect, daily Daily) error {
	key := Key{Update: update, Actor: e.Whom(), Want: Want{Daily: daily}}
	_, err := c.update(ctx, key, func(d Docket, _ time.Time) (Outcome, error) {
		if daily != "" {
			asked, err := d.Asked.Read()
			if err != nil {
				return Outcome{}, err
			}
			if asked {
				return Outcome{}, refuse(RefuseToday, "")
			}
		}
		opened := true
		return Outcome{ActorChanges: ActorChanges{Private: &opened, Daily: daily, Wipes: daily == DailyErase}, Effects: []Effect{e}}, nil
	})
	return err
}
