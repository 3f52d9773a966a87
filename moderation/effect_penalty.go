package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// PutPenalty puts the penalty of a case on its author.
type PutPenalty struct {
	Waiting
	Case   string
	Author Author
	Step   ladder.Step
	Until  time.Time // zero if it has no end
}

// Kind implements [Effect].
func (PutPenalty) Kind() EffectKind { return EffectPunish }

// Key implements [Effect].
func (PutPenalty) Key() string { return "" }

// Class implements [Effect].
func (PutPenalty) Class() Class { return Urgent }

// Whom implements [Effect].
func (e PutPenalty) Whom() int64 { return e.Author.ID }

// String implements [Effect].
func (e PutPenalty) String() string {
	return "put a penalty (" + e.Step.String() + ") on the author" + ofCase(e.Case)
}

func (e PutPenalty) stored() storedEffect {
	return storedEffect{Kind: EffectPunish, Case: e.Case, Author: e.Author, Step: e.Step, Until: e.Until}
}

// LiftBan ends the ban of a channel, or the short ban that a kick is made of.
type LiftBan struct {
	Waiting
	Case   string
	Author Author
}

// Kind implements [Effect].
func (LiftBan) Kind() EffectKind { return EffectLift }

// Key implements [Effect].
func (LiftBan) Key() string { return "" }

// Class implements [Effect].
func (LiftBan) Class() Class { return Urgent }

// Whom implements [Effect].
func (e LiftBan) Whom() int64 { return e.Author.ID }

// String implements [Effect].
func (e LiftBan) String() string { return "lift the ban" + ofCase(e.Case) }

func (e LiftBan) stored() storedEffect {
	return storedEffect{Kind: EffectLift, Case: e.Case, Author: e.Author}
}

// ShortenPenalty ends the mute or ban of a case at Until, if it is still the one that ends at From.
type ShortenPenalty struct {
	Waiting
	Case   string
	Author Author
	Step   ladder.Step
	Until  time.Time
	From   time.Time // zero if it had no end
}

// Kind implements [Effect].
func (ShortenPenalty) Kind() EffectKind { return EffectShorten }

// Key implements [Effect].
func (ShortenPenalty) Key() string { return "" }

// Class implements [Effect].
func (ShortenPenalty) Class() Class { return Urgent }

// Whom implements [Effect].
func (e ShortenPenalty) Whom() int64 { return e.Author.ID }

// String implements [Effect].
func (e ShortenPenalty) String() string {
	return "shorten a penalty (" + e.Step.String() + ")" + ofCase(e.Case)
}

func (e ShortenPenalty) stored() storedEffect {
	return storedEffect{
		Kind: EffectShorten, Case: e.Case, Author: e.Author, Step: e.Step, Until: e.Until, From: e.From,
	}
}

// EndPenalty ends the mute or ban that the bot put on somebody.
type EndPenalty struct {
	Waiting
	Case    string // empty if an admin ends it, whatever it came from
	Author  Author
	Step    ladder.Step // a mute or a ban
	Name    string      // the author's, for the admins
	Whoever bool        // also what others put
}

// Kind implements [Effect].
func (EndPenalty) Kind() EffectKind { return EffectFree }

// Key implements [Effect].
func (EndPenalty) Key() string { return "" }

// Class implements [Effect].
func (EndPenalty) Class() Class { return Urgent }

// Whom implements [Effect].
func (e EndPenalty) Whom() int64 { return e.Author.ID }

// String implements [Effect].
func (e EndPenalty) String() string {
	return "end a penalty (" + string(e.Step.Kind) + ")" + ofCase(e.Case)
}

func (e EndPenalty) stored() storedEffect {
	return storedEffect{
		Kind: EffectFree, Case: e.Case, Author: e.Author, Step: e.Step, Name: e.Name, Whoever: e.Whoever,
	}
}

// CheckManual tells the admins if what others than the bot put on somebody is in force.
type CheckManual struct {
	Waiting
	Case   string
	Author Author
}

// Kind implements [Effect].
func (CheckManual) Kind() EffectKind { return EffectLook }

// Key implements [Effect].
func (CheckManual) Key() string { return "" }

// Class implements [Effect].
func (CheckManual) Class() Class { return Personal }

// Whom implements [Effect].
func (CheckManual) Whom() int64 { return 0 }

// String implements [Effect].
func (e CheckManual) String() string {
	return "look for a manual penalty of the author" + ofCase(e.Case)
}

func (e CheckManual) stored() storedEffect {
	return storedEffect{Kind: EffectLook, Case: e.Case, Author: e.Author}
}

// LimitSending brings what somebody may send into line with their standing.
type LimitSending struct {
	Waiting
	Author Author
}

// Kind implements [Effect].
func (LimitSending) Kind() EffectKind { return EffectTier }

// Key implements [Effect].
func (LimitSending) Key() string { return "" }

// Class implements [Effect].
func (LimitSending) Class() Class { return Urgent }

// Whom implements [Effect].
func (e LimitSending) Whom() int64 { return e.Author.ID }

// String implements [Effect].
func (LimitSending) String() string {
	return "bring what a member may send into line with their standing"
}

func (e LimitSending) stored() storedEffect {
	return storedEffect{Kind: EffectTier, Author: e.Author}
}
