package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// lift ends a kind of penalty in the world, of which the author's other offences brought none that lasts.
// A ban hid the mute that one of those brought; if that lasts it holds again.
func lift(out *Outcome, d Docket, end EndPenalty, others []Offence, now time.Time) {
	a, penalty := end.Author, end.Step.Kind
	if penalty == ladder.Mute {
		out.Silence = hush(d, a, others, now)
	}
	if d.Chat.Kind == Basic && !a.Channel {
		return // who was removed from a basic group is banned from nothing
	}
	out.Effects = append(out.Effects, end)
	if mute, lasts := running(others, ladder.Mute, now); lasts && penalty == ladder.Ban {
		out.Effects = append(out.Effects, PutPenalty{Case: mute.Case, Author: a, Step: mute.Penalty, Until: mute.Until})
	}
}

// hush is what is left of a silence: as much as the author's other offences bring. In a supergroup that
// is for Telegram to keep, and the silence is from when it was a basic group.
func hush(d Docket, a Author, others []Offence, now time.Time) *Silence {
	s := &Silence{Author: a.ID, Shorten: true}
	if mute, lasts := running(others, ladder.Mute, now); lasts && d.Chat.Kind == Basic {
		s.Until = mute.Until
	}
	return s
}
