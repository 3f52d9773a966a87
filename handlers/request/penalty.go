package request

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// What is said of a time that is not understood, or that a command does not take. They are keys of the locale.
const (
	wrongTime = "hand.wrong_time"
	NoTime    = "hand.no_time"
)

// ReadPenalty reads what is typed beside the member: a time, for a mute or a ban, and a reason, which may begin with a rule.
// What could mean a time and is not understood is asked about: wrong is the key of what is said then.
func ReadPenalty(book rulebook.Book, penalty ladder.Penalty, typed string) (step ladder.Step, rule rulebook.RuleID, wrong string) {
	rule, reason, named := FindRule(book, typed) // whose name may have numbers in it
	if !named {
		reason = typed
	}
	words := strings.Fields(reason)
	time, err := ladder.ReadTime(words)
	step = ladder.Step{Kind: penalty, For: time.For}
	timed := penalty == ladder.Mute || penalty == ladder.Ban
	switch {
	case !timed && (time.Given() || ladder.TimeWords(words) > 0):
		return step, "", NoTime
	case !timed:
	case err != nil, time.Ever && penalty == ladder.Mute:
		return step, "", wrongTime
	}
	if !timed || named {
		return step, rule, ""
	}
	rule, _, named = FindRule(book, strings.Join(time.Words, " "))
	if time.Given() && !named && ladder.GoesOn(time.Words) {
		return step, "", wrongTime // two times, or a time in two parts
	}
	return step, rule, ""
}
