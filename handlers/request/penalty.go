package request

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What is said of a time that is not understood, or that a command does not take. They are keys of the locale.
const (
	wrongTime = "hand.wrong_time"
	NoTime    = "hand.no_time"
)

// ReadPenalty reads what is typed beside the member: a time, for a mute or a ban, and a reason, which may begin with a rule.
// What could mean a time and is not understood is asked about: wrong is the key of what is said then.
func ReadPenalty(book moderation.Book, deed moderation.Deed, typed string) (step moderation.Step, rule moderation.RuleID, wrong string) {
	rule, reason, named := FindRule(book, typed) // whose name may have numbers in it
	if !named {
		reason = typed
	}
	words := strings.Fields(reason)
	time, err := moderation.ReadTime(words)
	step = moderation.Step{Deed: deed, For: time.For}
	timed := deed == moderation.Mute || deed == moderation.Ban
	switch {
	case !timed && (time.Given() || moderation.TimeWords(words) > 0):
		return step, "", NoTime
	case !timed:
	case err != nil, time.Ever && deed == moderation.Mute:
		return step, "", wrongTime
	}
	if !timed || named {
		return step, rule, ""
	}
	rule, _, named = FindRule(book, strings.Join(time.Words, " "))
	if time.Given() && !named && moderation.GoesOn(time.Words) {
		return step, "", wrongTime // two times, or a time in two parts
	}
	return step, rule, ""
}
