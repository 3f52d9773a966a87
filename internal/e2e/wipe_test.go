package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// whoReported has Bob report, so that there is a case with or without Anna's ballot. What stands in the lines that begin with "+ "
// is done in one world only; in the other a second passes.
var whoReported = map[string]string{
	"a report": `
+ Anna: /report scam (reply to "Buy pills")
wait 1m
+ Anna presses "🧹" on "Reported."`,
	"a visible report": `
+ Anna: /report (reply to "Buy pills") (old app)
wait 1m
+ Anna presses "🧹" on "Reported."`,
	"a pick": `
+ Anna: /report
+ Anna presses "Mallory: Buy pills" on "Which message"
+ Anna presses "🧹" on "Reported."`,
	"a pick that comes to nothing": `
+ Anna: /report
+ Anna presses "🧹" on "Which message"`,
	"a refusal": `
+ Anna: /report (reply to "Good evening")
+ Anna presses "🧹" on "You can't report your own message"`,
	"a vote": `
+ Anna presses "🚩" on the card
+ Anna: /report (reply to "Good evening")
+ Anna presses "🧹" on "You can't report your own message"`,
	"a change of mind": `
+ Anna: /report (reply to "Buy pills")
+ Anna presses "👌" on the card
+ Anna presses "🧹" on "Reported."`,
	"an outcome in the group": `
+ Anna: /report (reply to "Chess is boring")
Olga: /dismiss (reply to "Chess is boring")
wait 1h
+ Anna presses "🧾" on "Your report"
+ Anna presses "🧹" on "Receipt for case"`,
	"an outcome in private": `
Anna starts the bot
+ Anna: /report (reply to "Chess is boring")
+ Anna: /report (reply to "Buy pills")
Olga: /dismiss (reply to "Chess is boring")
wait 1h
+ Anna presses "🧾" on "Your report" in private
+ Anna presses "🧹" on "Receipt for case" in private`,
	"a report in private": `
Anna starts the bot
+ Anna forwards "Buy pills" to the bot
wait 10s
+ Anna presses "🧹" on "Reported" in private
wait 1m`,
	"all that is kept": `
Anna starts the bot
+ Anna: /report (reply to "Buy pills")
+ Anna: /report (reply to "Chess is boring")
Olga: /dismiss (reply to "Chess is boring")
+ Anna presses "🧹" on "Your report" in private
wait 9d
Mallory: Buy pills again
Bob: /report (reply to "pills again")
+ Anna: /report (reply to "pills again")
+ Anna presses "🧹" on "Reported."`,
}

// demands are what somebody makes Anna do who wants to know whether she reported.
var demands = []string{
	`Anna: /me`,
	`Anna: /help`,
	`Anna starts the bot`,
	`Anna writes "/mycases" to the bot`,
	`Anna writes "/mydata" to the bot`,
	`wait 1m`,
	`Anna forges "u:$case@$ref" on the card`,
	`Anna forges "r:$case@$ref:spam" on the card`,
	`Anna forges "k:$ref:$case" on the card`,
	`Anna forges "k:$ref:$case1" on the card`,
	`Anna forges "j:$ref:$case:uphold" on the card`,
	`Anna forges "v:$case@$ref:breaks" on the card`,
	`Anna presses "👌" on the card`,
	`Anna: /report (reply to "Buy pills")`,
	`Anna: /report (reply to "Buy pills")`,
	`wait 1m`,
	`Anna writes "/mycases" to the bot`,
	`wait 1m`,
	`Olga: /dismiss (reply to "Buy pills")`,
	`wait 1h`,
	`Anna forges "k:$ref:$case" on the card`,
	`Anna presses "🧹" on "Your report" in private`,
	`wait 9d`,
	`Anna writes "/mydata" to the bot`,
	`Anna writes "/forgetme" to the bot`,
	`Anna presses "🗑" on "That cannot be undone" in private`,
	`wait 1m`,
}

// TestWipedPhoneShowsNothing plays a story twice. In one world Anna reported and wiped it, in the other she did not report. Then
// she is made to do all that could tell. What her phone shows must be the same in both, to the second.
//
// Three things are left out, which the bot cannot change: the toast of 🧹, which is gone after seconds; what she wrote in private
// herself; and that the card counts one vote more, which does not say whose it is.
func TestWipedPhoneShowsNothing(t *testing.T) {
	t.Parallel()
	for _, name := range played(whoReported) {
		did := whoReported[name]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one, other := sameTwice(func(which int) string {
				w := newWorld(t, tgsim.Options{})
				for _, line := range strings.Split(`group "Chess club" supergroup, owner Olga
members Anna Bob Carl Dora Mallory
the bot joins as admin
Olga: /threshold 5
Anna: Good evening
Mallory: Chess is boring
Bob: /report (reply to "Chess is boring")
Mallory: Buy pills
Bob: /report (reply to "Buy pills")
wait 1m`+did, "\n") {
					done, only := strings.CutPrefix(line, "+ ")
					if only && which == 1 {
						done = "wait 1s"
					}
					if err := w.run(done); err != nil {
						t.Fatalf("%s: %v", line, err)
					}
				}
				defer w.down()
				return w.demand(demands, "Anna")
			})
			if one != other {
				one, other = difference(one, other)
				t.Errorf("a phone tells that Anna reported.\nIf she did:\n%s\nIf she did not:\n%s", one, other)
			}
		})
	}
}

// demand has somebody do what they are told, and returns all that their phone shows before, between and in the end.
func (w *world) demand(lines []string, name string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(w.phone(w.who(name)))
		delete(w.toasts, name)
		err := w.run(line)
		fmt.Fprintf(&b, "%s: %t, %s\n", line, err == nil, w.toasts[name].Text)
	}
	return anyCase.ReplaceAllString(b.String()+w.phone(w.who(name)), "${1}7KQ2")
}

// phone is all that somebody's app shows them alone: in private, and in the group.
func (w *world) phone(u *tgsim.User) string {
	var b strings.Builder
	show := func(items []tgsim.Item, all bool) {
		for _, i := range items {
			if all && i.From != u.Name() || i.Ephemeral {
				fmt.Fprintf(&b, "\t%s %s %s\n", i.Date.Format("2 15:04:05"), numbers.ReplaceAllString(i.String(), ""), proven(contents(i.Message.Upload())))
			}
		}
	}
	show(u.Sees(w.here), false)
	show(u.Private(w.bot), true)
	return b.String()
}

// proven is what a receipt says, without the proof, which is chance. It is any other file as it is.
func proven(file string) string {
	if !strings.Contains(file, "ostrakon.ledger/") {
		return file
	}
	return strings.Join(event.FindAllString(file, -1), "\n")
}

var event = regexp.MustCompile(`"event": .*`)

// numbers of messages, which the whole world counts.
var numbers = regexp.MustCompile(`^\[\d+\]( \(re \d+\))?`)
