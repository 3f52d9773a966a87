package moderation

import "time"

// AnnouncePause tells the group that votes decide nothing for a while, or that they do again.
type AnnouncePause struct {
	Waiting
	Until time.Time // zero if the pause is over
}

// Kind implements [Effect].
func (AnnouncePause) Kind() EffectKind { return EffectPause }

// Key implements [Effect].
func (AnnouncePause) Key() string { return string(EffectPause) }

// Class implements [Effect].
func (AnnouncePause) Class() Class { return Public }

// Whom implements [Effect].
func (AnnouncePause) Whom() int64 { return 0 }

// String implements [Effect].
func (AnnouncePause) String() string { return "tell the group of a pause" }

func (e AnnouncePause) stored() storedEffect {
	return storedEffect{Kind: EffectPause, Until: e.Until}
}

// Introduce brings the bot's introduction into line with its rights.
type Introduce struct{ Waiting }

// Kind implements [Effect].
func (Introduce) Kind() EffectKind { return EffectIntro }

// Key implements [Effect].
func (Introduce) Key() string { return string(EffectIntro) }

// Class implements [Effect].
func (Introduce) Class() Class { return Public }

// Whom implements [Effect].
func (Introduce) Whom() int64 { return 0 }

// String implements [Effect].
func (Introduce) String() string { return "introduce the bot" }

func (Introduce) stored() storedEffect {
	return storedEffect{Kind: EffectIntro}
}

// AnnounceBots tells the group how to report beside another bot.
type AnnounceBots struct{ Waiting }

// Kind implements [Effect].
func (AnnounceBots) Kind() EffectKind { return EffectBots }

// Key implements [Effect].
func (AnnounceBots) Key() string { return string(EffectBots) }

// Class implements [Effect].
func (AnnounceBots) Class() Class { return Public }

// Whom implements [Effect].
func (AnnounceBots) Whom() int64 { return 0 }

// String implements [Effect].
func (AnnounceBots) String() string { return "tell the group how to report beside another bot" }

func (AnnounceBots) stored() storedEffect {
	return storedEffect{Kind: EffectBots}
}

// LeaveGroup has the bot leave a group in which the operator does not want it, with a word.
type LeaveGroup struct {
	Waiting
	Silent bool // it said so there within a day
}

// Kind implements [Effect].
func (LeaveGroup) Kind() EffectKind { return EffectLeave }

// Key implements [Effect].
func (LeaveGroup) Key() string { return string(EffectLeave) }

// Class implements [Effect].
func (LeaveGroup) Class() Class { return Public }

// Whom implements [Effect].
func (LeaveGroup) Whom() int64 { return 0 }

func (LeaveGroup) String() string { return "leave a group that the operator did not choose" }

func (e LeaveGroup) stored() storedEffect {
	return storedEffect{Kind: EffectLeave, Silent: e.Silent}
}
