package deliver

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// penalties puts penalties on members and ends them.
type penalties struct{ restrainer }

func (h penalties) punish(ctx context.Context, e moderation.PutPenalty) error {
	if due, err := h.stillDue(ctx, e.Chat, e.Case, e.Step, e.Until); err != nil || !due {
		return err
	}
	if !e.Until.IsZero() && e.Until.Sub(h.now()) < moderation.WorthWhile { // it waited for a right until it was over
		return h.delivered(ctx, e, moderation.ProgressLate)
	}
	if announced, err := h.announce(ctx, e); err != nil || announced {
		return cmp.Or(err, outbox.ErrNoted)
	}
	if e.Author.Channel {
		was, err := h.store.Restraint(ctx, e.Chat, e.Author.ID)
		if err != nil {
			return err
		}
		return h.put(ctx, e, e.Author, restraint{Restraint: was}, moderation.Restriction{Banned: true}) // which Telegram never ends
	}
	r, err := h.restraintNow(ctx, e.Chat, e.Author.ID)
	if err != nil {
		return err
	}
	want := moderation.Restriction{Banned: true, Until: e.Until}
	switch e.Step.Kind {
	case ladder.Kick:
		want.Until = h.now().Add(kickFor).Truncate(time.Second)
	case ladder.Mute:
		want = moderation.Restriction{Denied: wire.PermissionNames(), Until: e.Until}
	}
	switch {
	case !atLeast(r.now, want):
		return h.put(ctx, e, e.Author, r, want)
	case r.ours():
		return h.delivered(ctx, e, moderation.ProgressDone) // it is put already, or that of another case lasts longer
	}
	return h.delivered(ctx, e, moderation.ProgressManual) // ours would only shorten it
}

// stillDue reports whether a penalty is still what its case brings: while it waited for a right an admin
// may have overturned, ended or changed it.
func (h penalties) stillDue(ctx context.Context, chat int64, id string, step ladder.Step, until time.Time) (bool, error) {
	cs, err := h.store.Case(ctx, chat, id)
	if errors.Is(err, moderation.ErrNoCase) {
		return false, nil
	}
	return err == nil && cs.Reversed == "" && cs.Penalty == step && cs.Until.Equal(until), err
}

// kickFor is how long the ban lasts that a kick is made of, if nothing ends it before.
const kickFor = time.Minute

// lift ends the ban of a channel, unless another case bans it for longer; or the short one that a
// kick is made of, and no other.
func (h penalties) lift(ctx context.Context, e moderation.LiftBan) error {
	if e.Author.Channel {
		if may, err := h.court.MayLift(ctx, e.Chat, e.Case); err != nil || !may {
			return err
		}
		cs, err := h.store.Case(ctx, e.Chat, e.Case)
		if err != nil {
			return err
		}
		// Of what an earlier release put nothing is noted if it was over before this one began.
		return h.unbanChannel(ctx, e, e.Author, cs.Put == moderation.ProgressNone && cs.Reversed == "")
	}
	r, err := h.restraint(ctx, e.Chat, e.Author.ID)
	if err != nil || !r.ours() || !r.now.Banned || r.now.Until.IsZero() || r.now.Until.After(h.now().Add(kickFor)) {
		return err
	}
	return h.give(ctx, e, e.Author, r, r.below(h.now()))
}

// shorten ends a mute or ban sooner, with the one call that begins it, so that nobody is free in between. Whom an
// admin freed, or muted for another time, with Telegram's own tools is left so.
func (h penalties) shorten(ctx context.Context, e moderation.ShortenPenalty) error {
	if due, err := h.stillDue(ctx, e.Chat, e.Case, e.Step, e.Until); err != nil || !due || e.Author.Channel {
		return err // a channel's ban is lifted by the bot when it is over
	}
	r, err := h.restraint(ctx, e.Chat, e.Author.ID)
	if err != nil || !r.ours() || !r.now.Until.Equal(e.From) || r.now.Banned != (e.Step.Kind == ladder.Ban) || !r.now.Mutes() {
		return err
	}
	if e.Until.Sub(h.now()) < moderation.WorthWhile {
		return h.give(ctx, e, e.Author, r, r.below(h.now()))
	}
	return h.put(ctx, e, e.Author, r, moderation.Restriction{Banned: r.now.Banned, Denied: r.now.Denied, Until: e.Until})
}

// setFree ends a mute or ban: the bot's own, or, if an admin wants that, whoever put it. Another penalty that an admin put
// stays or comes back, and the admins are told so.
func (h penalties) setFree(ctx context.Context, e moderation.EndPenalty) error {
	if e.Author.Channel {
		return h.unbanChannel(ctx, e, e.Author, e.Whoever)
	}
	r, err := h.restraint(ctx, e.Chat, e.Author.ID)
	if err != nil {
		return err
	}
	meant := r.now.Mutes() && r.now.Banned == (e.Step.Kind == ladder.Ban)
	left := r.now
	switch {
	case meant && e.Whoever:
		if left = r.below(h.now()); left.Mutes() || !r.ours() {
			left = moderation.Restriction{}
		}
	case meant && r.ours():
		left = r.below(h.now())
	}
	if !left.Equal(r.now) {
		err = h.give(ctx, e, e.Author, r, left)
	}
	if err != nil || left.None() || left.Equal(r.now) && r.ours() {
		return err
	}
	return h.tellManualKept(ctx, e.Chat, moderation.ManualPenaltyKept{Case: e.Case, Name: e.Name})
}

// look has the admins told if somebody is kept from writing by an admin, though the bot's penalty is over or kept them from
// nothing.
func (h penalties) look(ctx context.Context, e moderation.CheckManual) error {
	held, err := h.heldManually(ctx, e.Chat, e.Author.ID)
	if err != nil || !held {
		return err
	}
	return h.tellManualKept(ctx, e.Chat, moderation.ManualPenaltyKept{Case: e.Case})
}

// tellManualKept has the admins told that what others than the bot put on somebody stays.
func (h penalties) tellManualKept(ctx context.Context, chat int64, n moderation.ManualPenaltyKept) error {
	return h.court.Do(ctx, chat, []moderation.Effect{moderation.TellAdmins{Entry: n}})
}

// bind brings what a member may send into line with their standing, and with what an admin had put on them before
// a penalty of the bot's that is over. Whoever is muted or banned is left so until that is over, since restrictions
// replace each other; in basic groups Telegram knows none.
func (h penalties) bind(ctx context.Context, e moderation.LimitSending) error {
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil || chat.Kind == moderation.Basic {
		return err
	}
	conduct, err := h.store.Conduct(ctx, e.Chat, e.Author.ID)
	if err != nil {
		return err
	}
	r, err := h.restraint(ctx, e.Chat, e.Author.ID)
	if err != nil {
		return err
	}
	now := h.now()
	bound := conduct.Tier(moderation.DayOf(now)).Bound()
	below := r.below(now)
	switch waits := r.ours() && !below.None() || bound && !r.now.Banned; {
	case r.now.Mutes() && r.now.Until.IsZero():
		return nil
	case r.now.Mutes() && waits:
		e.Due = r.now.Until
		if soon := now.Add(time.Minute); e.Due.Before(soon) { // Telegram's clock may be behind ours
			e.Due = soon
		}
		return h.court.Do(ctx, e.Chat, []moderation.Effect{e})
	case r.now.Mutes(), r.gone && r.now.None() && below.None(): // who is out is bound when they come back
		return nil
	}
	want := below
	if bound && !below.Banned {
		want = join(below, moderation.Restriction{Denied: wire.BeyondWords()})
	}
	switch {
	case want.Equal(r.now), bound && same(want, r.now):
		return nil
	case bound && !below.Banned:
		return h.put(ctx, e, e.Author, r, want)
	}
	return h.give(ctx, e, e.Author, r, want)
}

// announce has the author of a case told, while they can still read it, of a ban that had to wait: it is put when that is done.
// It says false if there is nothing to announce, or the right for it is not there yet.
func (h penalties) announce(ctx context.Context, e moderation.PutPenalty) (bool, error) {
	cs, err := h.store.Case(ctx, e.Chat, e.Case)
	if err != nil || cs.Put != moderation.ProgressWaits || !leaves(e.Step) || !cs.Author.Reachable() {
		return false, err
	}
	if can, err := h.canPunish(ctx, e.Chat, e.Author.ID); err != nil || !can {
		return false, err
	}
	return true, h.court.Announce(ctx, e)
}

// leaves reports whether the author is out of the group then.
func leaves(s ladder.Step) bool {
	return s.Kind == ladder.Kick || s.Kind == ladder.Ban
}
