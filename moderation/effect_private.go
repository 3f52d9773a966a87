package moderation

// Effects about one person in all groups. Each looks up much about them, and answers them in private or deletes what they were
// shown. They belong to no group.

// SendKept sends a person a file with all that is kept of them.
type SendKept struct {
	Waiting
	To Person
}

// Kind implements [Effect].
func (SendKept) Kind() EffectKind { return EffectKept }

// Key implements [Effect].
func (SendKept) Key() string { return "" }

// Class implements [Effect].
func (SendKept) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendKept) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (SendKept) String() string { return "send somebody what is kept of them" }

func (e SendKept) stored() storedEffect { return storedEffect{Kind: EffectKept, To: e.To} }

// SendCases sends a person a list of the cases in which they voted and of those about them.
type SendCases struct {
	Waiting
	To Person
}

// Kind implements [Effect].
func (SendCases) Kind() EffectKind { return EffectCases }

// Key implements [Effect].
func (SendCases) Key() string { return "" }

// Class implements [Effect].
func (SendCases) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendCases) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (SendCases) String() string { return "send somebody their cases" }

func (e SendCases) stored() storedEffect { return storedEffect{Kind: EffectCases, To: e.To} }

// DeleteKept deletes what is kept of a person and can be, and tells them what stays.
type DeleteKept struct {
	Waiting
	To     Person
	Handle string // their @username when they asked for it, by which they are known too
}

// Kind implements [Effect].
func (DeleteKept) Kind() EffectKind { return EffectErase }

// Key implements [Effect].
func (DeleteKept) Key() string { return "" }

// Class implements [Effect].
func (DeleteKept) Class() Class { return Personal }

// Whom implements [Effect].
func (e DeleteKept) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (DeleteKept) String() string { return "delete what is kept of somebody" }

func (e DeleteKept) stored() storedEffect {
	return storedEffect{Kind: EffectErase, To: e.To, Name: e.Handle}
}

// WipeShown deletes what a person was shown of their own reports and votes.
type WipeShown struct {
	Waiting
	To Person
}

// Kind implements [Effect].
func (WipeShown) Kind() EffectKind { return EffectWipe }

// Key implements [Effect].
func (WipeShown) Key() string { return "" }

// Class implements [Effect].
func (WipeShown) Class() Class { return Personal }

// Whom implements [Effect].
func (e WipeShown) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (WipeShown) String() string {
	return "wipe what somebody was shown of their own reports and votes"
}

func (e WipeShown) stored() storedEffect { return storedEffect{Kind: EffectWipe, To: e.To} }
