package moderation

import (
	"context"
	"time"
)

// LinkCodeFor is how long a code that links a log group can be used.
const LinkCodeFor = 15 * time.Minute

// OfferLink notes a code that links a log group, when an admin of this group posts it there.
func (c *Settings) OfferLink(ctx context.Context, update, chat int64, code string) error {
	_, err := c.update(ctx, Key{Update: update, Chat: chat}, func(d Docket, now time.Time) (Outcome, error) {
		d.Chat.LinkCode, d.Chat.LinkEnds = code, now.Add(LinkCodeFor)
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}

// LinkLog makes another chat the group's log channel; 0 ends that there is one. From and to are what
// admins call the old and the new; two may be called the same. It is for the caller to know that by is an admin of both.
// Who reads the old one is told there at once, for the next entry goes elsewhere.
func (c *Settings) LinkLog(ctx context.Context, update, chat, log int64, by Member, from, to string) error {
	_, err := c.update(ctx, Key{Update: update, Chat: chat}, func(d Docket, now time.Time) (Outcome, error) {
		if !by.Admin {
			return Outcome{}, refuse(RefuseNotAdmin, "")
		}
		before := d.Chat.Log
		d.Chat.Log, d.Chat.LogLost, d.Chat.LinkCode, d.Chat.LinkEnds = log, false, "", time.Time{}
		out := Outcome{Chat: &d.Chat}
		if log == before {
			return out, nil
		}
		changed := SettingChanged{By: by.Named(), Change: Change{SettingLog, from, to}}
		out.Effects = []Effect{gatherChange(now, changed)}
		if before != 0 {
			out.Effects = append(out.Effects, TellAdmins{Entry: changed, Log: before})
		}
		return out, nil
	})
	return err
}

// LoseLog notes that the log channel could not be written to, and why: [TopicLogLost], [TopicLogForeign] or [TopicLogPublic].
// The admins are told once, until it can be written to again. That it is public ends that it is one: nobody else may read what
// is written there.
func (c *Settings) LoseLog(ctx context.Context, chat, log int64, why Topic) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, _ time.Time) (Outcome, error) {
		switch {
		case log == 0, d.Chat.Log != log: // another was linked meanwhile
			return Outcome{}, nil
		case why == TopicLogPublic:
			d.Chat.Log, d.Chat.LogLost = 0, false
		case d.Chat.LogLost:
			return Outcome{}, nil
		default:
			d.Chat.LogLost = true
		}
		return Outcome{Chat: &d.Chat, Effects: []Effect{TellAdmins{Entry: Trouble{What: why}}}}, nil
	})
	return err
}

// FindLog notes that the log channel can be written to.
func (c *Settings) FindLog(ctx context.Context, chat, log int64) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, _ time.Time) (Outcome, error) {
		if d.Chat.Log != log {
			return Outcome{}, nil
		}
		d.Chat.LogLost = false
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}

// MoveLog notes that the log channel, a basic group, has become a supergroup.
func (c *Settings) MoveLog(ctx context.Context, chat, from, to int64) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, _ time.Time) (Outcome, error) {
		if from == 0 || d.Chat.Log != from {
			return Outcome{}, nil
		}
		d.Chat.Log = to
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}
