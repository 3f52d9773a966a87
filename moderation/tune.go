package moderation

import (
	"context"
	"time"
)

// Settings takes what admins change about a group.
type Settings struct{ *runner }

// Tuning is one setting that an admin changes.
type Tuning struct {
	Update  int64
	Chat    int64
	By      Member
	Setting string                       // what it is called
	Judges  bool                         // it bears on who is punished, which an admin must have the right to do
	Show    func(Policy) string          // its value, as admins type it
	Change  func(Policy) (Policy, error) // an error is given back as it is, and nothing changes
}

// Tune changes a group's settings, tells the other admins who did it, and returns what holds now.
// The last of two changes wins.
func (c *Settings) Tune(ctx context.Context, t Tuning) (Policy, error) {
	var p Policy
	_, err := c.update(ctx, Key{Update: t.Update, Chat: t.Chat}, func(d Docket, now time.Time) (Outcome, error) {
		if !t.By.Admin {
			return Outcome{}, refuse(RefuseNotAdmin, "")
		}
		if t.Judges && !t.By.Restrict {
			return Outcome{}, refuse(RefuseRights, "")
		}
		changed, err := t.Change(d.Chat.Policy)
		if err != nil {
			return Outcome{}, err
		}
		if err := changed.Validate(); err != nil {
			return Outcome{}, err
		}
		if delay := changed.CardDelay; delay != d.Chat.Policy.CardDelay && delay < MinReadersDelay && d.Chat.Size.ShowsReaders() {
			return Outcome{}, refuse(RefuseReaders, "")
		}
		p = changed
		from, to := t.Show(d.Chat.Policy), t.Show(changed)
		if from == to {
			return Outcome{}, nil
		}
		before := d.Chat.Policy
		d.Chat.Policy = changed
		if before.Digest != changed.Digest || before.Timezone != changed.Timezone {
			c.plan(&d.Chat, now)
		}
		told := gatherChange(SettingChanged{By: t.By.Named(), Change: Change{t.Setting, from, to}}, now)
		return Outcome{Chat: &d.Chat, Effects: []Effect{told}}, nil
	})
	return p, err
}
