package handlers

import (
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What buttons carry: a letter, the case or message, and a choice. Any app can read and forge it,
// so it names nobody and grants nothing.
const (
	dataVote   = "v" // v:7KQ2:breaks
	dataUndo   = "u" // u:7KQ2
	dataRule   = "r" // r:7KQ2:spam
	dataPicked = "p" // p:1234:spam, the rule may be empty

	// seen stands behind a choice if everybody saw the command that it follows from, so that the
	// warning of it is not forgotten: r:7KQ2:spam:seen
	dataSeen = "seen"
)

// press is the data of a button, taken apart.
type press struct {
	kind, subject, choice string

	seen bool
}

// parsePress takes a button's data apart. It says false for what no button of ours carries.
func parsePress(data string) (press, bool) {
	parts := strings.Split(data, ":")
	if len(data) > 64 || len(parts) < 2 || len(parts) > 4 || parts[1] == "" {
		return press{}, false
	}
	p := press{kind: parts[0], subject: parts[1]}
	if len(parts) >= 3 {
		p.choice = parts[2]
	}
	if len(parts) == 4 {
		p.seen = parts[3] == dataSeen
	}
	return p, len(parts) < 4 || p.seen
}

func voteData(id string, side moderation.Side) string {
	return dataVote + ":" + id + ":" + string(side)
}

func undoData(id string) string { return dataUndo + ":" + id }

func ruleData(id string, rule moderation.RuleID, seen bool) string {
	return markSeen(dataRule+":"+id+":"+string(rule), seen)
}

func pickedData(message int64, rule moderation.RuleID, seen bool) string {
	return markSeen(dataPicked+":"+strconv.FormatInt(message, 10)+":"+string(rule), seen)
}

func markSeen(data string, seen bool) string {
	if seen {
		return data + ":" + dataSeen
	}
	return data
}
