package moderation

import (
	"fmt"
	"strconv"
)

// DrawCard brings the vote card of a case into line with the case.
type DrawCard struct {
	Waiting
	Case string
	Open bool // the case was open when this was decided; once it is final, another effect draws the card
}

// Kind implements [Effect].
func (DrawCard) Kind() EffectKind { return EffectCard }

// Key implements [Effect].
func (e DrawCard) Key() string { return string(EffectCard) + "/" + e.Case }

// Class implements [Effect].
func (DrawCard) Class() Class { return Public }

// Whom implements [Effect].
func (DrawCard) Whom() int64 { return 0 }

func (e DrawCard) String() string { return "draw the card of case " + e.Case }

func (e DrawCard) stored() storedEffect {
	s := storedEffect{Kind: EffectCard, Case: e.Case}
	if e.Open {
		s.Verdict = Open
	}
	return s
}

// RemoveCard takes the card of a case away.
type RemoveCard struct {
	Waiting
	Case string
}

// Kind implements [Effect].
func (RemoveCard) Kind() EffectKind { return EffectCardGone }

// Key implements [Effect].
func (e RemoveCard) Key() string { return string(EffectCardGone) + "/" + e.Case }

// Class implements [Effect].
func (RemoveCard) Class() Class { return Public }

// Whom implements [Effect].
func (RemoveCard) Whom() int64 { return 0 }

func (e RemoveCard) String() string { return "remove the card of case " + e.Case }

func (e RemoveCard) stored() storedEffect { return storedEffect{Kind: EffectCardGone, Case: e.Case} }

// DeleteMessages removes messages.
type DeleteMessages struct {
	Waiting
	Case     string // empty if they belong to none
	Messages []int64
}

// Kind implements [Effect].
func (DeleteMessages) Kind() EffectKind { return EffectDelete }

// Key implements [Effect].
func (e DeleteMessages) Key() string {
	if e.Case == "" && len(e.Messages) == 1 {
		return string(EffectDelete) + "/" + strconv.FormatInt(e.Messages[0], 10)
	}
	return ""
}

// Class implements [Effect].
func (DeleteMessages) Class() Class { return Urgent }

// Whom implements [Effect].
func (DeleteMessages) Whom() int64 { return 0 }

func (e DeleteMessages) String() string {
	if len(e.Messages) == 1 {
		return "delete a message" + ofCase(e.Case)
	}
	return fmt.Sprintf("delete %d messages%s", len(e.Messages), ofCase(e.Case))
}

func (e DeleteMessages) stored() storedEffect {
	return storedEffect{Kind: EffectDelete, Case: e.Case, Messages: e.Messages}
}

// FetchFiles keeps the files of the evidence of a case.
type FetchFiles struct {
	Waiting
	Case string
}

// Kind implements [Effect].
func (FetchFiles) Kind() EffectKind { return EffectFetch }

// Key implements [Effect].
func (FetchFiles) Key() string { return "" }

// Class implements [Effect].
func (FetchFiles) Class() Class { return Personal }

// Whom implements [Effect].
func (FetchFiles) Whom() int64 { return 0 }

func (e FetchFiles) String() string { return "fetch the files of case " + e.Case }

func (e FetchFiles) stored() storedEffect { return storedEffect{Kind: EffectFetch, Case: e.Case} }
