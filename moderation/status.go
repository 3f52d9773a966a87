package moderation

import (
	"context"
	"slices"
	"time"
)

// RightsCalm is the least time between two messages about rights to the admins. So somebody who tries the switches in
// Telegram is told how it ended, and not each step.
const RightsCalm = 10 * time.Second

// tellRights has the admins told, if there is something that they do not know, and not too soon after the last time.
func (c Chat) tellRights(out *Outcome, now time.Time) {
	if gone, back := c.untold(); len(gone)+len(back) == 0 {
		return
	}
	told := TellAdmins{Entry: RightsDue{}}
	if soonest := c.Told.At.Add(RightsCalm); soonest.After(now) {
		told.Due = soonest
	}
	out.Effects = append(out.Effects, told)
}

// Status notes what the bot may do in a group, and has what is missing told: to the group when it is
// new there, to the admins later. What waited for a right is done when that right is back.
func (c *Groups) Status(ctx context.Context, update, chat int64, kind Kind, rights Rights) error {
	key := Key{Update: update, Chat: chat, Kind: kind}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		out := status(d, rights, nil, now)
		if rights.Member && out.Chat.DigestDue.IsZero() {
			c.plan(out.Chat, now)
		}
		return out, nil
	})
	return err
}

func status(d Docket, rights Rights, refused []Right, now time.Time) Outcome {
	chat, before := d.Chat, d.Chat.Rights
	chat.Rights = rights
	chat.watched(before, now)
	out := Outcome{Chat: &chat}
	chat.Told.Turn++
	if !rights.Member {
		chat.Told = RightsTold{Turn: chat.Told.Turn}
		chat.Bots.Known = nil // nobody tells the bot any more who comes and goes
		out.Dropped = GatherKeys()
		return out
	}
	if !before.Member {
		chat.DigestDue = time.Time{} // to be planned anew; what happened before is told then
	}
	chat.Told.Refused = refused
	switch {
	case chat.Greeted.IsZero(), !before.Member:
		out.Effects = append(out.Effects, greet(&chat, now)...)
		chat.Told.Missing, chat.Told.Lacked = nil, minus(chat.Missing(), refused)
	case rights != before && now.Sub(chat.Greeted) < Greeting:
		out.Effects = append(out.Effects, Introduce{})
	}
	chat.Told.Lacked = minus(minus(chat.Told.Lacked, chat.present()), refused)
	out.Release = chat.present()
	chat.tellRights(&out, now)
	return out
}

// greet has the bot introduce itself, anew if it was asked back. What it said then still stands there, for who is put
// out leaves their messages behind; it is taken away if Telegram still lets us.
func greet(chat *Chat, now time.Time) []Effect {
	effects := []Effect{Introduce{}}
	if chat.Intro != 0 && now.Sub(chat.Greeted) < MaxAge {
		effects = append(effects, DeleteMessages{Messages: []int64{chat.Intro}})
	}
	chat.Intro, chat.Greeted = 0, now
	return effects
}

// Look notes what Telegram says of the bot's rights in a group where something waits for one. What Telegram refused though the
// right is there is tried again; whether it works now, shows then.
func (c *Groups) Look(ctx context.Context, chat int64, rights Rights) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, now time.Time) (Outcome, error) {
		out := Outcome{}
		if rights != d.Chat.Rights {
			refused := slices.DeleteFunc(slices.Clone(d.Chat.Told.Refused), func(r Right) bool { return !rights.Has(r) })
			out = status(d, rights, refused, now)
		}
		out.Release = slices.DeleteFunc([]Right{RightAdmin, RightDelete, RightRestrict}, func(r Right) bool { return !rights.Has(r) })
		return out, nil
	})
	return err
}

// TellRights has the admins told what they do not know of the bot's rights, as they are now: e, which came due, is done with that.
func (c *Groups) TellRights(ctx context.Context, e TellAdmins) error {
	_, err := c.update(ctx, Key{Chat: e.Chat, Rows: Rows{Done: e.Ref}, Want: Want{Bare: true}}, func(d Docket, now time.Time) (Outcome, error) {
		chat := d.Chat
		gone, back := chat.untold()
		if len(gone)+len(back) == 0 || !chat.Rights.Member {
			return Outcome{}, nil
		}
		missing := chat.Missing()
		chat.Told.Missing, chat.Told.At = minus(missing, chat.Told.Lacked), now
		entry := RightsEntry{Back: back, Missing: missing}
		return Outcome{Chat: &chat, Effects: []Effect{TellAdmins{Entry: entry}}}, nil
	})
	return err
}

// Greeting is how long the bot's introduction is kept up to date with its rights; after that a
// change is worth a word to the admins, not to the group.
const Greeting = 24 * time.Hour

// greetingLasts is for how long after the bot introduced itself an app may still send what it sends when it adds a bot.
const greetingLasts = time.Minute

// GreetedAbout reports whether the bot had introduced itself only just at this time, or not yet.
func (c Chat) GreetedAbout(at time.Time) bool {
	return !c.Rights.Member || c.Greeted.IsZero() || at.Before(c.Greeted.Add(greetingLasts))
}

// Introduced notes the message in which the bot introduced itself.
func (c *Groups) Introduced(ctx context.Context, chat, message int64) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, _ time.Time) (Outcome, error) {
		d.Chat.Intro = message
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}

// Lost notes that the bot is in a group no more, though nobody told it: the group was deleted, or
// Telegram says so when something is to be done there.
func (c *Groups) Lost(ctx context.Context, chat int64) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, now time.Time) (Outcome, error) {
		if !d.Chat.Rights.Member {
			return Outcome{}, nil
		}
		return status(d, Rights{}, nil, now), nil
	})
	return err
}
