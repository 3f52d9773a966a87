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
)

// press is the data of a button, taken apart.
type press struct {
	kind, subject, choice string
}

// parsePress takes a button's data apart. It says false for what no button of ours carries.
func parsePress(data string) (press, bool) {
	parts := strings.Split(data, ":")
	if len(data) > 64 || len(parts) < 2 || len(parts) > 3 || parts[1] == "" {
		return press{}, false
	}
	p := press{kind: parts[0], subject: parts[1]}
	if len(parts) == 3 {
		p.choice = parts[2]
	}
	return p, true
}

func voteData(id string, side moderation.Side) string {
	return dataVote + ":" + id + ":" + string(side)
}

func undoData(id string) string { return dataUndo + ":" + id }

func ruleData(id string, rule moderation.RuleID) string {
	return dataRule + ":" + id + ":" + string(rule)
}

func pickedData(message int64, rule moderation.RuleID) string {
	return dataPicked + ":" + strconv.FormatInt(message, 10) + ":" + string(rule)
}
