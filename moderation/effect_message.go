package moderation

import (
	"fmt"
	"strconv"
)

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

// String implements [Effect].
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

// String implements [Effect].
func (e FetchFiles) String() string { return "fetch the files of case " + e.Case }

func (e FetchFiles) stored() storedEffect { return storedEffect{Kind: EffectFetch, Case: e.Case} }
