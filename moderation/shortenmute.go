package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// shortenMute ends the mute of a case after half of what is left of it. Another mute of the author's that lasts
// longer stays in force.
func shortenMute(out *Outcome, d Docket, cs *Case, now time.Time) {
	was := cs.Until
	cs.Until, cs.Learned = now.Add(was.Sub(now)/2).Truncate(time.Second), now
	if cs.Until.Sub(now) < WorthWhile {
		cs.Until = now
	}
	out.Case = cs
	cutMute(out, d, was, d.Record.Silenced, now)
}

// cutMute carries out that the mute of a case ends sooner than it did. Silenced is until when its author's messages are removed.
func cutMute(out *Outcome, d Docket, was, silenced, now time.Time) {
	cs := out.Case
	i := slices.IndexFunc(d.History, func(o Offence) bool { return o.Case == cs.ID })
	if i < 0 {
		return // without an offence there is no penalty either
	}
	in := ShortenPenalty{Case: cs.ID, Author: cs.Author, Step: cs.Penalty, Until: cs.Until, From: was}
	if other, lasts := running(except(d.History, i), ladder.Mute, now); lasts && (other.Until.IsZero() || other.Until.After(cs.Until)) {
		if other.Until.IsZero() || !other.Until.Before(was) {
			return // that one was in force anyway
		}
		in.Case, in.Step, in.Until = other.Case, other.Penalty, other.Until
	}
	if silenced.After(now) {
		out.Silence = &Silence{Author: cs.Author.ID, Until: in.Until, Shorten: true}
	}
	if d.Chat.Kind != Basic {
		out.Effects = append(out.Effects, in)
		if cs.Put == ProgressWaits || cs.Put == ProgressNone && d.waits() { // the one that waits is no longer what its case brings
			again := PutPenalty{Case: in.Case, Author: in.Author, Step: in.Step, Until: in.Until}
			out.Effects = append(out.Effects, again)
		}
	}
	bind(out, d, cs.Author, in.Until, now)
}
