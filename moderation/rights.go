package moderation

import (
	"context"
	"slices"
	"time"
)

// Has reports whether a right is there.
func (r Rights) Has(right Right) bool {
	return map[Right]bool{RightAdmin: r.Admin, RightDelete: r.Delete, RightRestrict: r.Restrict}[right]
}

// Needs is the right that an effect needs in a group of this kind: admins of a basic group have all or none.
func (k Kind) Needs(r Right) Right {
	if k == Basic {
		return RightAdmin
	}
	return r
}

// RightsCalm is the least time between two words about rights to the admins, so that somebody who tries the switches in
// Telegram is told how it ended, and not each step.
const RightsCalm = 10 * time.Second

// RightsTold is what the admins know of the bot's rights. It is kept as JSON.
type RightsTold struct {
	Missing []Right   `json:"missing,omitempty"` // they were told that these are missing
	Lacked  []Right   `json:"lacked,omitempty"`  // never there since the introduction, which says so
	Refused []Right   `json:"refused,omitempty"` // Telegram says that they are there, and refuses what needs them
	At      time.Time `json:"at,omitzero"`       // when they were told last
	Turn    int       `json:"turn,omitempty"`    // grows whenever Telegram says what the rights are
}

// Missing lists the rights that the bot lacks in the group: none, or what Telegram says, and what it refuses all the same.
func (c Chat) Missing() []Right {
	var missing []Right
	for _, r := range []Right{RightAdmin, RightDelete, RightRestrict} {
		if c.Kind.Needs(r) == r && (!c.Rights.Has(r) || slices.Contains(c.Told.Refused, r)) {
			missing = append(missing, r)
		}
	}
	return missing
}

// present lists the rights that the bot has and Telegram does not refuse.
func (c Chat) present() []Right {
	return slices.DeleteFunc([]Right{RightAdmin, RightDelete, RightRestrict}, func(r Right) bool {
		return !c.Rights.Has(r) || slices.Contains(c.Told.Refused, r)
	})
}

// minus is what of some rights is not among others.
func minus(some, others []Right) []Right {
	return slices.DeleteFunc(slices.Clone(some), func(r Right) bool { return slices.Contains(others, r) })
}

// untold is what the admins do not know yet: what they are to be told as missing, and what is back.
func (c Chat) untold() (gone, back []Right) {
	missing := c.Missing()
	return minus(minus(missing, c.Told.Missing), c.Told.Lacked), minus(c.Told.Missing, missing)
}

// tellRights has the admins told, if there is something that they do not know, and not too soon after the last time.
func (c Chat) tellRights(out *Outcome, now time.Time) {
	if gone, back := c.untold(); len(gone)+len(back) == 0 {
		return
	}
	told := TellAdmins{News: RightsDue{}}
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

// Await notes that Telegram refused an effect for want of a right, and what it says of the bot's rights. The effect waits
// for that right, and the admins are told if they do not know. It says false if Telegram has said something else of the
// rights since turn, see [RightsTold]: then the effect is worth another try.
func (c *Deliveries) Await(ctx context.Context, e Effect, need Right, rights Rights, turn int) (waits bool, err error) {
	_, err = c.update(ctx, Key{Chat: e.Waits().Chat, Case: CaseOf(e), Held: e.Waits().Ref}, func(d Docket, now time.Time) (Outcome, error) {
		if waits = d.Chat.Told.Turn == turn; !waits {
			return Outcome{}, nil
		}
		if rights.Has(need) && e.Class() == Personal { // not for want of a right, but it may go when something changes
			return Outcome{Waits: need}, nil
		}
		refused := d.Chat.Told.Refused
		if rights.Has(need) && !slices.Contains(refused, need) {
			refused = append(slices.Clip(refused), need)
		}
		d.Chat.Told.Lacked = minus(d.Chat.Told.Lacked, []Right{need}) // the introduction was not enough
		noted := Outcome{}
		d.progress(&noted, e, ProgressWaits)
		out := status(d, rights, slices.DeleteFunc(slices.Clone(refused), func(r Right) bool { return !rights.Has(r) }), now)
		out.Waits, out.Case, out.Effects = need, noted.Case, append(out.Effects, noted.Effects...)
		return out, nil
	})
	return waits, err
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
	_, err := c.update(ctx, Key{Chat: e.Chat, Done: e.Ref, Bare: true}, func(d Docket, now time.Time) (Outcome, error) {
		chat := d.Chat
		gone, back := chat.untold()
		if len(gone)+len(back) == 0 || !chat.Rights.Member {
			return Outcome{}, nil
		}
		missing := chat.Missing()
		chat.Told.Missing, chat.Told.At = minus(missing, chat.Told.Lacked), now
		news := RightsNews{Back: back, Missing: missing}
		return Outcome{Chat: &chat, Effects: []Effect{TellAdmins{News: news}}}, nil
	})
	return err
}
