package moderation

import (
	"encoding/json"
	"fmt"
)

// WriteEffect writes an effect as it is stored.
func WriteEffect(e Effect) ([]byte, error) {
	plain, err := json.Marshal(e.stored())
	if err != nil {
		return nil, fmt.Errorf("write effect %s: %w", e.Kind(), err)
	}
	return plain, nil
}

// ReadEffect reads an effect that this release or an earlier one stored.
func ReadEffect(plain []byte, w Waiting) (Effect, error) {
	var s storedEffect
	if err := json.Unmarshal(plain, &s); err != nil {
		return nil, fmt.Errorf("read an effect: %w", err)
	}
	if read := readers[s.Kind]; read != nil {
		return read(s, w), nil
	}
	return UnknownEffect{w, s}, nil
}

// readers make an effect of each kind from what is stored.
var readers = map[EffectKind]func(storedEffect, Waiting) Effect{
	EffectCard: func(s storedEffect, w Waiting) Effect {
		return DrawCard{Waiting: w, Case: s.Case, Open: s.Verdict == Open}
	},
	EffectCardGone: func(s storedEffect, w Waiting) Effect {
		gone := RemoveCard{Waiting: w, Case: s.Case}
		if len(s.Messages) > 0 {
			gone.Message = s.Messages[0]
		}
		return gone
	},
	EffectWithdraw: func(s storedEffect, w Waiting) Effect { return WithdrawCase{w, s.Case} },
	EffectDelete:   func(s storedEffect, w Waiting) Effect { return DeleteMessages{w, s.Case, s.Messages} },
	EffectSweep: func(s storedEffect, w Waiting) Effect {
		return SweepMessages{w, s.Case, s.Author, s.All, s.Later, s.Tells, s.By}
	},
	EffectEndSwept: func(s storedEffect, w Waiting) Effect { return EndSwept{w, s.Case, s.With, s.Rule, s.Tells} },
	EffectFetch:    func(s storedEffect, w Waiting) Effect { return FetchFiles{w, s.Case} },
	EffectPunish: func(s storedEffect, w Waiting) Effect {
		return PutPenalty{w, s.Case, s.Author, s.Step, s.Until}
	},
	EffectLift: func(s storedEffect, w Waiting) Effect { return LiftBan{w, s.Case, s.Author} },
	EffectShorten: func(s storedEffect, w Waiting) Effect {
		return ShortenPenalty{w, s.Case, s.Author, s.Step, s.Until, s.From}
	},
	EffectFree: func(s storedEffect, w Waiting) Effect {
		return EndPenalty{w, s.Case, s.Author, s.Step, s.Name, s.Whoever}
	},
	EffectLook:          func(s storedEffect, w Waiting) Effect { return CheckManual{w, s.Case, s.Author} },
	EffectTier:          func(s storedEffect, w Waiting) Effect { return LimitSending{w, s.Author} },
	EffectNotice:        func(s storedEffect, w Waiting) Effect { return SendNotice{w, readNotice(s)} },
	EffectPrivateNotice: func(s storedEffect, w Waiting) Effect { return SendPrivateNotice{w, readNotice(s)} },
	EffectOutcome: func(s storedEffect, w Waiting) Effect {
		return SendOutcome{w, s.Case, s.Step, s.To, s.Rule, s.Verdict, s.Reversal, s.Cast}
	},
	EffectLaterNotice: func(s storedEffect, w Waiting) Effect {
		return SendLaterNotice{w, s.Case, s.Step, s.To, s.Rule, s.Reversal, s.Appeal, s.Standing, s.Until}
	},
	EffectRegained: func(s storedEffect, w Waiting) Effect { return SendRegained{w, s.To} },
	EffectCaution:  func(s storedEffect, w Waiting) Effect { return SendCaution{w, s.To, s.Until, s.Cast} },
	EffectSummons:  func(s storedEffect, w Waiting) Effect { return SendSummons{w, s.Case, s.To, s.Cast} },
	EffectThanks: func(s storedEffect, w Waiting) Effect {
		return SendThanks{w, s.Case, s.To, s.Jury, s.Appeal, s.Verdict, s.Cast}
	},
	EffectInvite:  func(s storedEffect, w Waiting) Effect { return SendInvite{w, s.Case, s.To} },
	EffectWelcome: func(s storedEffect, w Waiting) Effect { return SendWelcome{w, s.To, s.Until} },
	EffectPause:   func(s storedEffect, w Waiting) Effect { return AnnouncePause{w, s.Until} },
	EffectIntro:   func(_ storedEffect, w Waiting) Effect { return Introduce{w} },
	EffectBots:    func(_ storedEffect, w Waiting) Effect { return AnnounceBots{w} },
	EffectLeave:   func(s storedEffect, w Waiting) Effect { return LeaveGroup{w, s.Silent} },
	EffectKept:    func(s storedEffect, w Waiting) Effect { return SendKept{w, s.To} },
	EffectCases:   func(s storedEffect, w Waiting) Effect { return SendCases{w, s.To} },
	EffectErase:   func(s storedEffect, w Waiting) Effect { return DeleteKept{w, s.To, s.Name} },
	EffectWipe:    func(s storedEffect, w Waiting) Effect { return WipeShown{w, s.To} },
	EffectLookup: func(s storedEffect, w Waiting) Effect {
		return LookupMessage{w, s.To, valueOf(s.Message), s.Name, s.Messages}
	},
	EffectReceipt: func(s storedEffect, w Waiting) Effect {
		return TellReporter{w, s.To, valueOf(s.Receipt), s.Messages, s.Cast}
	},
	EffectPractice: func(_ storedEffect, w Waiting) Effect { return DrawPractice{w} },
	EffectPracticeOutcome: func(s storedEffect, w Waiting) Effect {
		return SendPracticeOutcome{w, s.To, s.Verdict, s.Rule}
	},
	EffectPracticeOwner: func(_ storedEffect, w Waiting) Effect { return SendPracticeAudit{w} },
	EffectAdmins:        func(s storedEffect, w Waiting) Effect { return TellAdmins{w, readEntry(s), s.Log} },
	EffectAdmin:         func(s storedEffect, w Waiting) Effect { return TellAdmin{w, readEntry(s), s.To} },
	EffectGather:        func(s storedEffect, w Waiting) Effect { return GatherEntries{w, readSeveral(s), s.Each} },
}

// valueOf is what p points to, or nothing.
func valueOf[T any](p *T) (value T) {
	if p != nil {
		value = *p
	}
	return value
}

func readNotice(s storedEffect) Notice {
	return Notice{s.Case, s.Step, s.Until, s.To, s.Rule, s.Harsher, s.Jury, s.Waited, s.Standing, s.First}
}

// Topics of earlier releases. A case that was left to the admins is undecided like any other. That no right is missing any
// more is told with what else there is to tell of rights.
const (
	topicHanded     Topic = "handed"
	topicRightsBack Topic = "rights_back"
)

func readEntry(s storedEffect) Entry {
	switch s.Topic {
	case topicHanded:
		return CaseEntry{TopicUndecided, s.Case, s.By}
	case topicRightsBack, TopicRights:
		if s.Rights == nil {
			return RightsDue{}
		}
		return *s.Rights
	case TopicTargetAdmin, TopicTooOld, TopicFailed, TopicBasicMute, TopicLogLost, TopicLogPublic, TopicLogForeign:
		return Trouble{s.Topic, s.Case}
	case TopicManualKept:
		return ManualPenaltyKept{s.Case, s.Name}
	case TopicFreed:
		return PenaltyEnded{s.Step, s.By, s.Name}
	case TopicPurged:
		return MessagesPurged{s.By, s.Count}
	case TopicSetting:
		return SettingChanged{s.By, s.Change}
	case TopicRule:
		return RuleChanged{s.By, s.Amended}
	case TopicSeveral:
		return readSeveral(s)
	}
	switch {
	case caseTopics[s.Topic]:
		return CaseEntry{s.Topic, s.Case, s.By}
	case s.Topic == TopicDigest && s.Digest != nil:
		return DigestEntry{*s.Digest}
	case s.Topic == TopicComplaints && s.Digest != nil:
		return ComplaintsEntry{s.Count, *s.Digest}
	}
	return Trouble{s.Topic, s.Case}
}

func readSeveral(s storedEffect) Several {
	n := Several{More: s.Count}
	for _, one := range s.Entries {
		n.Entries = append(n.Entries, readEntry(one))
	}
	return n
}

// caseTopics are those of [CaseEntry].
var caseTopics = map[Topic]bool{
	TopicDecided: true, TopicUndecided: true, TopicAgain: true, TopicAgainAsks: true, TopicConfirmed: true, TopicDropped: true,
	TopicManual: true, TopicOverturned: true, TopicPardoned: true, TopicHarsher: true, TopicCorrected: true, TopicAppealed: true,
	TopicAppealAsks: true, TopicAppealStands: true, TopicAppealLapsed: true, TopicJury: true, TopicDelivered: true,
}

// UnknownEffect is an effect of a later release. Nobody here knows what it means.
type UnknownEffect struct {
	Waiting
	row storedEffect
}

// Kind implements [Effect].
func (e UnknownEffect) Kind() EffectKind { return e.row.Kind }

// Key implements [Effect].
func (UnknownEffect) Key() string { return "" }

// Class implements [Effect].
func (UnknownEffect) Class() Class { return Personal }

// Whom implements [Effect].
func (UnknownEffect) Whom() int64 { return 0 }

// String implements [Effect].
func (e UnknownEffect) String() string {
	return "do what a later release wants (" + string(e.row.Kind) + ")"
}

func (e UnknownEffect) stored() storedEffect { return e.row }
