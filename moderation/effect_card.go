package moderation

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

// String implements [Effect].
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
	Case    string
	Message int64 // the card; 0 for the one that the case has when this is delivered
}

// Kind implements [Effect].
func (RemoveCard) Kind() EffectKind { return EffectCardGone }

// Key implements [Effect].
func (e RemoveCard) Key() string { return string(EffectCardGone) + "/" + e.Case }

// Class implements [Effect].
func (RemoveCard) Class() Class { return Public }

// Whom implements [Effect].
func (RemoveCard) Whom() int64 { return 0 }

// String implements [Effect].
func (e RemoveCard) String() string { return "remove the card of case " + e.Case }

func (e RemoveCard) stored() storedEffect {
	s := storedEffect{Kind: EffectCardGone, Case: e.Case}
	if e.Message != 0 {
		s.Messages = []int64{e.Message}
	}
	return s
}

// WithdrawCase withdraws a case in which there is no ballot any more, unless there is one by then.
type WithdrawCase struct {
	Waiting
	Case string
}

// Kind implements [Effect].
func (WithdrawCase) Kind() EffectKind { return EffectWithdraw }

// Key implements [Effect].
func (e WithdrawCase) Key() string { return string(EffectWithdraw) + "/" + e.Case }

// Class implements [Effect]. It needs no call, and waits for nothing.
func (WithdrawCase) Class() Class { return Urgent }

// Whom implements [Effect].
func (WithdrawCase) Whom() int64 { return 0 }

// String implements [Effect].
func (e WithdrawCase) String() string { return "withdraw case " + e.Case }

func (e WithdrawCase) stored() storedEffect {
	return storedEffect{Kind: EffectWithdraw, Case: e.Case}
}
