package handlers

import (
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What buttons carry: a letter, what it is about, and a choice. Any app can read and forge it, so it
// names nobody and grants nothing.
const (
	// Those for members are shown in the group. Behind what they are about stands the group's own number, in case that
	// Telegram does not say where they were pressed.
	dataVote   = "v" // v:7KQ2@1f:breaks
	dataUndo   = "u" // u:7KQ2@1f
	dataRule   = "r" // r:7KQ2@1f:spam
	dataPicked = "p" // p:1234@1f:spam, the rule may be empty

	// Those for admins name the group, by its own number in base 36, since they may be pressed in the
	// log channel or in private.
	dataDecide   = "d" // d:1f:7KQ2:upheld
	dataOverturn = "o" // o:1f:7KQ2
	dataHarsher  = "h" // h:1f:7KQ2:mute 1h, the penalty as it was shown
	dataEvidence = "e" // e:1f:7KQ2
	dataSettings = "s" // s:1f:digest:weekly mon 09:00; less of it for a page or the menu; s:0 for the groups
	dataPurge    = "x" // x:1f:1234:1250, the first message and the last; in a forum with the topic behind
	dataBook     = "b" // b:1f:spam:2; less of it for a rule's page or the book
	dataCorrect  = "c" // c:1f:7KQ2:spam; less of it for the list of rules
	dataConfirm  = "y" // y:1f:7KQ2:mute 1d, the penalty that waits, as it was shown
	dataDrop     = "n" // n:1f:7KQ2:mute 1d, likewise

	// Those for the one person that they concern name the group too: they are pressed in private as well.
	dataAppeal  = "a" // a:1f:7KQ2; a:1f:7KQ2:skip without a sentence
	dataJury    = "j" // j:1f:7KQ2:overturn
	dataReceipt = "k" // k:1f:7KQ2
	dataQuiz    = "q" // q:1f:7KQ2; q:1f:7KQ2:a7x.0.breaks for an answer: the sheet, the question, what was said

	dataForget = "f" // f:now, in private alone, and of no group

	ownKinds   = dataAppeal + dataJury + dataReceipt + dataQuiz
	adminKinds = dataDecide + dataOverturn + dataHarsher + dataEvidence + dataSettings + dataPurge + dataBook + dataCorrect +
		dataConfirm + dataDrop

	// seen stands behind a choice if everybody saw the command that it follows from, so that the
	// warning of it is not forgotten: r:7KQ2@1f:spam:seen
	dataSeen = "seen"
)

// press is the data of a button, taken apart.
type press struct {
	kind  string
	parts []string // one to three, the first not empty
}

// maxData is how much a button can carry, in bytes.
const maxData = 64

// parsePress takes a button's data apart. It says false for what no button of ours carries. The last
// part may hold colons.
func parsePress(data string) (press, bool) {
	parts := strings.SplitN(data, ":", 4)
	if len(data) > maxData || len(parts) < 2 || parts[1] == "" {
		return press{}, false
	}
	// Only what names its group has values of its own behind the third colon.
	if len(parts) == 4 && parts[3] != dataSeen && (parts[3] == "" || len(parts[0]) != 1 || !strings.Contains(adminKinds+ownKinds, parts[0])) {
		return press{}, false
	}
	return press{kind: parts[0], parts: parts[1:]}, true
}

// part is one of the parts, empty if there are not so many.
func (p press) part(i int) string {
	if i >= len(p.parts) {
		return ""
	}
	return p.parts[i]
}

func voteData(ref int64, id string, side moderation.Side) string {
	return dataVote + ":" + inGroup(id, ref) + ":" + string(side)
}

func undoData(ref int64, id string) string { return dataUndo + ":" + inGroup(id, ref) }

func ruleData(ref int64, id string, rule moderation.RuleID, seen bool) string {
	return markSeen(dataRule+":"+inGroup(id, ref)+":"+string(rule), seen)
}

func pickedData(ref, message int64, rule moderation.RuleID, seen bool) string {
	return markSeen(dataPicked+":"+inGroup(strconv.FormatInt(message, 10), ref)+":"+string(rule), seen)
}

// inGroup is what a button for members is about, with its group.
func inGroup(about string, ref int64) string { return about + groupMark + strconv.FormatInt(ref, 36) }

func markSeen(data string, seen bool) string {
	if seen {
		return data + ":" + dataSeen
	}
	return data
}

// adminData is a button for admins of a group.
func adminData(kind string, ref int64, parts ...string) string {
	return strings.Join(append([]string{kind, strconv.FormatInt(ref, 36)}, parts...), ":")
}

func parseRef(text string) int64 {
	ref, err := strconv.ParseInt(text, 36, 64)
	if err != nil {
		return 0
	}
	return ref
}
