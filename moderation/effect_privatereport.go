package moderation

import "time"

// LookupMessage finds the message that somebody reports in private, and reports it.
type LookupMessage struct {
	Waiting
	To       Person // who reports
	Message  MessageRef
	Typed    string  // the category, as they typed it
	Messages []int64 // what they sent, in the private chat
}

// Kind implements [Effect].
func (LookupMessage) Kind() EffectKind { return EffectLookup }

// Key implements [Effect].
func (LookupMessage) Key() string { return "" }

// Class implements [Effect].
func (LookupMessage) Class() Class { return Personal }

// Whom implements [Effect].
func (e LookupMessage) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (LookupMessage) String() string { return "find the message that somebody reports in private" }

func (e LookupMessage) stored() storedEffect {
	return storedEffect{Kind: EffectLookup, To: e.To, Message: &e.Message, Name: e.Typed, Messages: e.Messages}
}

// TellReporter answers who reported in private, and deletes there what they sent if it counts.
type TellReporter struct {
	Waiting
	To       Person
	Receipt  PrivateReceipt
	Messages []int64   // what they sent, in the private chat
	Asked    time.Time // when the bot began to look for the message: who wiped since is not told
}

// Kind implements [Effect].
func (TellReporter) Kind() EffectKind { return EffectReceipt }

// Key implements [Effect].
func (TellReporter) Key() string { return "" }

// Class implements [Effect].
func (TellReporter) Class() Class { return Personal }

// Whom implements [Effect].
func (e TellReporter) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e TellReporter) String() string { return "answer a report in private" + ofCase(e.Receipt.Case) }

func (e TellReporter) stored() storedEffect {
	return storedEffect{Kind: EffectReceipt, To: e.To, Receipt: &e.Receipt, Messages: e.Messages, Cast: e.Asked}
}
