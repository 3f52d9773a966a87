package moderation

import "github.com/ostrakon-bot/ostrakon/moderation/rulebook"

// SweepMessages removes what goes along with the message of a case. What that is, is found when it is delivered. It waits behind
// the penalty of its author, who then writes no more.
type SweepMessages struct {
	Waiting
	Case   string
	Author Author
	All    bool  // all that the author wrote lately goes, else copies alone
	Later  bool  // a copy came after the others
	Tells  bool  // afterwards the admins are told of the case
	By     Admin // who decided it, to be told then
}

// Kind implements [Effect].
func (SweepMessages) Kind() EffectKind { return EffectSweep }

// Key implements [Effect].
func (e SweepMessages) Key() string {
	if e.Later {
		return string(EffectSweep) + "/" + e.Case
	}
	return ""
}

// Class implements [Effect].
func (SweepMessages) Class() Class { return Urgent }

// Whom implements [Effect].
func (e SweepMessages) Whom() int64 { return e.Author.ID }

// String implements [Effect].
func (e SweepMessages) String() string {
	return "remove what goes along with the message" + ofCase(e.Case)
}

func (e SweepMessages) stored() storedEffect {
	return storedEffect{Kind: EffectSweep, Case: e.Case, Author: e.Author, All: e.All, Later: e.Later, Tells: e.Tells, By: e.By}
}

// EndSwept ends an open case whose message was removed along with that of another.
type EndSwept struct {
	Waiting
	Case  string
	With  string          // the case along with whose message
	Rule  rulebook.RuleID // of that case
	Tells bool            // the author is told, since they know nothing of that case
}

// Kind implements [Effect].
func (EndSwept) Kind() EffectKind { return EffectEndSwept }

// Key implements [Effect].
func (EndSwept) Key() string { return "" }

// Class implements [Effect].
func (EndSwept) Class() Class { return Public }

// Whom implements [Effect].
func (EndSwept) Whom() int64 { return 0 }

// String implements [Effect].
func (e EndSwept) String() string {
	return "end case " + e.Case + ", whose message was removed along with that of case " + e.With
}

func (e EndSwept) stored() storedEffect {
	return storedEffect{Kind: EffectEndSwept, Case: e.Case, With: e.With, Rule: e.Rule, Tells: e.Tells}
}
