package view

import (
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// The first part of what a button carries. Behind it stand what the button is about and a choice. Any app can read and forge
// this, so it names nobody and grants nothing.
const (
	// Buttons for members are shown in the group. They carry the group's number behind what they are about, because Telegram may
	// not say where they were pressed.
	ButtonVote   = "v" // v:7KQ2@1f:breaks
	ButtonUndo   = "u" // u:7KQ2@1f
	ButtonRule   = "r" // r:7KQ2@1f:spam
	ButtonPicked = "p" // p:1234@1f:spam, the rule may be empty

	ButtonPractice = "t" // t:go@1f begins one; t:1k2@1f:breaks votes in it, and so on: see ParsePractice

	ButtonRules = "l" // l:all@1f shows the rules to who pressed

	// Buttons for admins name the group by its number in base 36, because they may be pressed in the log channel or in private.
	ButtonDecide   = "d" // d:1f:7KQ2:upheld
	ButtonOverturn = "o" // o:1f:7KQ2
	ButtonHarsher  = "h" // h:1f:7KQ2:mute 1h, the penalty as it was shown
	ButtonEvidence = "e" // e:1f:7KQ2; e:1f:7KQ2:case for the case itself
	ButtonSettings = "s" // s:1f:digest:weekly mon 09:00; less of it for a page or the menu; s:1f:preset:calm; s:1f:undo:12; s:0 for the groups
	ButtonPurge    = "x" // x:1f:1234:1250, the first message and the last; in a forum with the topic behind
	ButtonBook     = "b" // b:1f:spam:2; less of it for a rule's page or the book
	ButtonCorrect  = "c" // c:1f:7KQ2:spam; less of it for the list of rules
	ButtonConfirm  = "y" // y:1f:7KQ2:mute 1d, the penalty that waits, as it was shown
	ButtonDrop     = "n" // n:1f:7KQ2:mute 1d, likewise
	ButtonForgive  = "z" // z:1f:7KQ2:mute 1h, below the answer to a manual penalty, which it names

	// Buttons for a single person name the group too, because they are pressed in private as well.
	ButtonAppeal  = "a" // a:1f:7KQ2; a:1f:7KQ2:skip without a sentence
	ButtonJury    = "j" // j:1f:7KQ2:overturn
	ButtonReceipt = "k" // k:1f:7KQ2
	ButtonExplain = "g" // g:1f:7KQ2
	ButtonQuiz    = "q" // q:1f:7KQ2; q:1f:7KQ2:a7x.0.breaks for an answer: the sheet, the question, what was said
	ButtonJuror   = "m" // m:1f:off ends that who presses is asked to be a juror; m:1f:on

	ButtonForget = "f" // f:now, in private alone, and of no group
	ButtonWipe   = "w" // w:now, wherever only one person sees it, and of no group

	ownKinds   = ButtonAppeal + ButtonJury + ButtonReceipt + ButtonExplain + ButtonQuiz + ButtonJuror
	adminKinds = ButtonDecide + ButtonOverturn + ButtonHarsher + ButtonEvidence + ButtonSettings + ButtonPurge + ButtonBook + ButtonCorrect +
		ButtonConfirm + ButtonDrop + ButtonForgive

	// ChoiceSeen follows a choice if everybody saw the command before it, so that the answer can warn of it: r:7KQ2@1f:spam:seen
	ChoiceSeen = "seen"
)

// CallbackData is what a button carries, split into its parts.
type CallbackData struct {
	Button string
	Parts  []string // one to three, the first not empty
}

// maxCallbackData is how many bytes a button can carry.
const maxCallbackData = 64

// ParseCallbackData reads what a button carries. It returns false for what no button of ours carries. The last part may
// contain colons.
func ParseCallbackData(data string) (CallbackData, bool) {
	parts := strings.SplitN(data, ":", 4)
	if len(data) > maxCallbackData || len(parts) < 2 || parts[1] == "" {
		return CallbackData{}, false
	}
	// Only what names its group has values of its own behind the third colon.
	if len(parts) == 4 && parts[3] != ChoiceSeen && (parts[3] == "" || len(parts[0]) != 1 || !strings.Contains(adminKinds+ownKinds, parts[0])) {
		return CallbackData{}, false
	}
	return CallbackData{Button: parts[0], Parts: parts[1:]}, true
}

// Part is one of the parts, empty if there are not so many.
func (p CallbackData) Part(i int) string {
	if i >= len(p.Parts) {
		return ""
	}
	return p.Parts[i]
}

// VoteData is a vote on the card.
func VoteData(ref int64, id string, side moderation.Side) string {
	return ButtonVote + ":" + inGroup(id, ref) + ":" + string(side)
}

// VotesOn reports whether the data of a button votes in a case.
func VotesOn(data, id string) bool {
	rest, found := strings.CutPrefix(data, ButtonVote+":"+id)
	return found && (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "@"))
}

// UndoData takes a report back.
func UndoData(ref int64, id string) string { return ButtonUndo + ":" + inGroup(id, ref) }

// RuleData names the rule that a reported message breaks.
func RuleData(ref int64, id string, rule rulebook.RuleID, seen bool) string {
	return markSeen(ButtonRule+":"+inGroup(id, ref)+":"+string(rule), seen)
}

// PickedData reports the message that was picked.
func PickedData(ref, message int64, rule rulebook.RuleID, seen bool) string {
	return markSeen(ButtonPicked+":"+inGroup(strconv.FormatInt(message, 10), ref)+":"+string(rule), seen)
}

// inGroup is what a button for members is about, with its group.
func inGroup(about string, ref int64) string { return about + groupMark + strconv.FormatInt(ref, 36) }

func markSeen(data string, seen bool) string {
	if seen {
		return data + ":" + ChoiceSeen
	}
	return data
}

// GroupData carries the number of the group and what the button is about.
func GroupData(kind string, ref int64, parts ...string) string {
	return strings.Join(append([]string{kind, strconv.FormatInt(ref, 36)}, parts...), ":")
}

// ParseRef reads the number of a group in base 36; 0 if it is none.
func ParseRef(text string) int64 {
	ref, err := strconv.ParseInt(text, 36, 64)
	if err != nil {
		return 0
	}
	return ref
}

// groupMark stands between what a button is about and the number of its group, in base 36: v:7KQ2@1f:breaks. Buttons of
// earlier releases have neither, so that they work with their message only.
const groupMark = "@"

// CutGroup splits the subject of a button from the number of its group.
func CutGroup(subject string) (about, ref string) {
	about, ref, _ = strings.Cut(subject, groupMark)
	return about, ref
}
