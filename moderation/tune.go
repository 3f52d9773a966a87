package moderation

import (
	"context"
	"slices"
	"time"
)

// Settings takes what admins change about a group.
type Settings struct{ *runner }

// Tuning is what an admin changes at once: a setting, or those of a preset.
type Tuning struct {
	Update  int64
	Chat    int64
	By      Member
	Judges  bool                                // it bears on who is punished, which an admin must have the right to do
	Changes func(before, after Policy) []Change // which settings that changes, with their values as admins type them
	Change  func(Policy) (Policy, error)        // an error is given back as it is, and nothing changes
}

// ChangedPolicy is what a [Tuning] came to.
type ChangedPolicy struct {
	Policy  Policy   // what holds now
	Changes []Change // what was changed; none if all of it held before
	Number  int64    // by which [Settings.TakeBackSettings] knows it; 0 if nothing was changed
}

// Tune changes a group's settings and has the other admins told who did it. The last of two changes wins.
func (c *Settings) Tune(ctx context.Context, t Tuning) (ChangedPolicy, error) {
	var done ChangedPolicy
	_, err := c.update(ctx, Key{Update: t.Update, Chat: t.Chat}, func(d Docket, now time.Time) (out Outcome, err error) {
		if err := mayTune(t.By, t.Judges); err != nil {
			return Outcome{}, err
		}
		after, err := t.Change(d.Chat.Policy)
		if err != nil {
			return Outcome{}, err
		}
		done, out, err = c.retune(d, after, t, now)
		if err == nil && out.Chat != nil {
			out.Chat.Changed, done.Number = noteChanges(out.Chat.Changed, done.Changes, now)
		}
		return out, err
	})
	return done, err
}

// mayTune refuses who may not change such a setting.
func mayTune(by Member, judges bool) error {
	switch {
	case !by.Admin:
		return refuse(RefuseNotAdmin, "")
	case judges && !by.Restrict:
		return refuse(RefuseRights, "")
	}
	return nil
}

// retune is the outcome by which a group has other settings.
func (c *Settings) retune(d Docket, after Policy, t Tuning, now time.Time) (ChangedPolicy, Outcome, error) {
	if err := after.Validate(); err != nil {
		return ChangedPolicy{}, Outcome{}, err
	}
	before := d.Chat.Policy
	if delay := after.CardDelay; delay != before.CardDelay && delay < MinReadersDelay && d.Chat.Size.ShowsReaders() {
		return ChangedPolicy{}, Outcome{}, refuse(RefuseReaders, "")
	}
	done := ChangedPolicy{Policy: after, Changes: t.Changes(before, after)}
	if len(done.Changes) == 0 {
		return done, Outcome{}, nil
	}
	d.Chat.Policy = after
	if before.Digest != after.Digest || before.Timezone != after.Timezone {
		c.plan(&d.Chat, now)
	}
	return done, Outcome{Chat: &d.Chat, Effects: []Effect{gatherChange(now, settingEntries(t.By, done.Changes)...)}}, nil
}

// settingEntries tell what an admin changed, one for each setting: whoever words them puts them into one line.
func settingEntries(by Member, changes []Change) (told []Entry) {
	for _, c := range changes {
		told = append(told, SettingChanged{By: by.Named(), Change: c})
	}
	return told
}

// SettingsReversal is a change of settings that an admin takes back.
type SettingsReversal struct {
	Update  int64
	Chat    int64
	By      Member
	Number  int64                                      // of the change, see [ChangedPolicy]
	Judges  func([]Change) bool                        // whether one of them bears on who is punished
	Changes func(before, after Policy) []Change        // as in [Tuning]
	Restore func(Policy, []Change) (p Policy, ok bool) // gives settings their former values; false if one was changed again since
}

// TakeBackSettings gives settings the values that they had before a change. If one of them was changed again, nothing happens.
func (c *Settings) TakeBackSettings(ctx context.Context, t SettingsReversal) (ChangedPolicy, error) {
	var done ChangedPolicy
	_, err := c.update(ctx, Key{Update: t.Update, Chat: t.Chat}, func(d Docket, now time.Time) (out Outcome, err error) {
		if !t.By.Admin {
			return Outcome{}, refuse(RefuseNotAdmin, "")
		}
		i := slices.IndexFunc(d.Chat.Changed, func(s ChangedSettings) bool { return s.Number == t.Number })
		if i < 0 || !d.Chat.Changed[i].At.Add(TakeBackFor).After(now) {
			return Outcome{}, refuse(RefuseUndoLate, "")
		}
		change := d.Chat.Changed[i]
		if err := mayTune(t.By, t.Judges(change.Changes)); err != nil {
			return Outcome{}, err
		}
		if change.Undone {
			return Outcome{}, refuse(RefuseUndone, "")
		}
		after, ok := t.Restore(d.Chat.Policy, change.Changes)
		if !ok {
			return Outcome{}, refuse(RefuseChangedSince, "")
		}
		done, out, err = c.retune(d, after, Tuning{By: t.By, Changes: t.Changes}, now)
		if err != nil || out.Chat == nil {
			return out, err
		}
		out.Chat.Changed = slices.Clone(out.Chat.Changed)
		out.Chat.Changed[i].Undone = true
		return out, nil
	})
	return done, err
}
