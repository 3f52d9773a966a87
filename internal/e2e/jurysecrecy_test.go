package e2e

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// juryScene is a group with admins, a log channel, an author, members who report, and many who may be drawn. Of them, only those who
// write can be, so that whoever looks on is never drawn.
const juryScene = `
group "Chess club" supergroup, owner Olga
members Adam Anna Bob Carl Dan Vera Max
24 regulars
channel "Log", owner Olga
the bot joins as admin
the bot is made admin of channel "Log"
Adam is made admin
Olga starts the bot
Max starts the bot
Anna starts the bot
Olga posts "Hello" in channel "Log"
Olga forwards "Hello" from channel "Log"
Olga: /logchannel (reply to "Hello")
Olga: /ladder mute 1d, ban
Olga: /digest daily 09:00
the regulars write
Max: I will find you
`

// juryLooks are what those can do who want to know whom the bot asked, and what they said.
const juryLooks = `
Olga: /case $case
Adam: /case $case
Olga: /standing $who[Max]
Olga: /stats
Olga: /export
Olga: /health
Olga: /settings
Max: /me
Anna: /me
Max writes "/mycases" to the bot
Anna writes "/mycases" to the bot
Olga sends j:$ref:$case:uphold
Max sends j:$ref:$case:overturn
Anna sends j:$ref:$case:uphold
wait 20s
`

// juryEnd is what they can do when all is over.
const juryEnd = juryLooks + `
wait 1d
Olga: /digest now
wait 10d
Olga: /case $case
Olga: /export
Olga: /stats month
Anna writes "/mydata" to the bot
Max writes "/mydata" to the bot
wait 1m
`

const (
	votesUphold = `
Anna: /report violence (reply to "find you")
Bob: /report violence (reply to "find you")
Carl presses "🚩" on the card
wait 2s
`
	votesDismiss = `
Anna: /report violence (reply to "find you")
Bob presses "👌" on the card
Vera presses "👌" on the card
Anna presses "👌" on the card
wait 2s
`
)

// juryPairs are stories of juries in two worlds. In both chance draws others, and in {this|that} they answer otherwise. No answer
// makes another verdict, or makes it at another time.
var juryPairs = map[string]string{
	"a heavy penalty is confirmed": votesUphold + juryLooks + `
		{wait 1s|1 jurors press "🚩"}
		{1 jurors press "👌"|1 jurors press "👌"}
		{1 jurors press "🚩"|wait 1s}
		wait 31m
		` + juryLooks + `
		4 jurors press "🚩"
		wait 31m
	`,
	"a heavy penalty is found wrong": votesUphold + juryLooks + `
		{wait 1s|2 jurors press "🚩"}
		{wait 1s|2 jurors press "👌"}
		wait 31m
		` + juryLooks + `
		4 jurors press "👌"
		wait 31m
	`,
	"a heavy penalty stays undecided": votesUphold + juryLooks + `
		{3 jurors press "👌"|wait 1s}
		wait 31m
		{wait 1s|3 jurors press "🚩"}
		` + juryLooks + `
		wait 12h
	`,
	"an appeal succeeds": "Olga: /heavy votes\n" + votesUphold + `
		Max presses "⚖️" on "⚖️" in private
		Max presses "⚖️ Appeal without" on "Why was it wrong" in private
		` + juryLooks + `
		{1 jurors press "🚩"|wait 1s}
		{1 jurors press "👌"|wait 1s}
		wait 25h
		` + juryLooks + `
		5 jurors press "👌"
		wait 12h
	`,
	"an appeal is left to the admins": "Olga: /heavy votes\n" + votesUphold + `
		Max presses "⚖️" on "⚖️" in private
		Max presses "⚖️ Appeal without" on "Why was it wrong" in private
		` + juryLooks + `
		{3 jurors press "🚩"|3 jurors press "👌"}
		wait 25h
		` + juryLooks + `
		wait 24h
		` + juryLooks + `
		Adam: /case $case
		Adam presses "👌" on "$case"
	`,
	"a message is looked at again": votesDismiss + `
		Carl: /report violence (reply to "find you")
		Adam: /case $case
		wait 1m
		Dan: /report violence (reply to "find you")
		wait 11m
		` + juryLooks + `
		{1 jurors press "🚩"|2 jurors press "👌"}
		wait 2h
		` + juryLooks + `
		wait 15h
	`,
	"a vote stalls": `
		Anna: /report violence (reply to "find you")
		Bob presses "👌" on the card
		wait 31m
		` + juryLooks + `
		{1 jurors press "🚩"|1 jurors press "👌"}
		wait 20s
		{1 jurors press "👌"|1 jurors press "🚩"}
		wait 20s
		` + juryLooks + `
		3 jurors press "🚩"
	`,
	"a vote is a juror's or not": `
		Anna: /report violence (reply to "find you")
		Bob presses "👌" on the card
		wait 31m
		{1 jurors press "🚩"|Vera presses "🚩" on the card}
		wait 20s
		` + juryLooks + `
		3 jurors press "🚩"
	`,
	"a stalled vote expires": `
		Anna: /report violence (reply to "find you")
		wait 31m
		{1 jurors press "🚩"|1 jurors press "👌"}
		wait 10m
		` + juryLooks + `
		wait 24h
	`,
	"somebody does not want to be asked": `
		{RegularA: /me|wait 1s}
		{RegularA presses "🎲" on "Your standing here"|wait 1s}
		{wait 1s|RegularB: /me}
		` + votesUphold + juryLooks + `
		4 jurors press "🚩"
		wait 31m
	`,
	"a newcomer's report is heard": `
		Nina joins
		Max: I will find you too
		Nina: /report violence (reply to "find you too")
		wait 42m
		{1 jurors press "🚩"|1 jurors press "👌"}
		{1 jurors press "👌"|1 jurors press "🚩"}
		` + juryLooks + `
		3 jurors press "🚩"
		wait 1m
	`,
}

// TestNobodySeesWhoSits plays each story in two worlds. Everybody who is not drawn must be shown the same in both, to the byte and
// the second: the author, reporters, admins and the log channel.
func TestNobodySeesWhoSits(t *testing.T) {
	t.Parallel()
	for _, name := range played(juryPairs) {
		p := pair{script: juryScene + juryPairs[name] + juryEnd, victims: append(regularNames(24), "Vera"), alone: true}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := p.jurorsTell(t)
			for again := 0; len(found) > 0 && again < 2; again++ {
				more := p.jurorsTell(t)
				maps.DeleteFunc(found, func(step int, _ string) bool { return more[step] == "" })
			}
			for _, step := range slices.Sorted(maps.Keys(found)) {
				t.Error(found[step])
			}
		})
	}
}

// jurorsTell plays both worlds, in which all must be possible that the story has jurors do.
func (p pair) jurorsTell(t *testing.T) map[int]string {
	t.Helper()
	one, two := watch(t, p, 0).steps, watch(t, p, 1).steps
	for _, s := range append(one[:len(one):len(one)], two...) {
		if strings.Contains(s.saw, "it cannot be") && (strings.Contains(s.line, "jurors") || strings.Contains(s.line, "Max presses")) {
			t.Errorf("%s: it cannot be", s.line)
		}
	}
	return differ(one, two)
}

// regularNames are the names of so many who are there to be many.
func regularNames(n int) (names []string) {
	for i := range n {
		names = append(names, "Regular"+string(rune('A'+i)))
	}
	return names
}

// jurorDemands are what somebody makes Judith do who wants to know whether she was drawn.
var jurorDemands = []string{
	`Judith: /me`,
	`Judith: /help`,
	`Judith writes "/mycases" to the bot`,
	`Judith writes "/mydata" to the bot`,
	`wait 1m`,
	`Judith forges "j:$ref:$case:uphold" on "👋 See a message"`,
	`Judith forges "j:$ref:$case:overturn" on "👋 See a message"`,
	`Judith forges "v:$case@$ref:breaks" on "👋 See a message"`,
	`Judith forges "k:$ref:$case" on "👋 See a message"`,
	`4 jurors press "🚩"`,
	`wait 31m`,
	`Judith forges "j:$ref:$case:uphold" on "👋 See a message"`,
	`Judith writes "/mycases" to the bot`,
	`wait 1h`,
	`wait 9d`,
	`Judith writes "/mydata" to the bot`,
	`Judith writes "/forgetme" to the bot`,
	`Judith presses "🗑" on "That cannot be undone" in private`,
	`wait 1m`,
}

// TestWipedJurorShowsNothing plays a story twice. In one world Judith is drawn for a jury, may answer, and wipes that. In the other
// she is not drawn. Then she is made to do all that could tell.
func TestWipedJurorShowsNothing(t *testing.T) {
	t.Parallel()
	for name, did := range map[string][]string{
		"asked":                   {`Judith presses "🧹" on "picked at random"`},
		"answered":                {`Judith presses "🚩" on "picked at random"`, `Judith presses "🧹" on "picked at random"`},
		"answered some time ago":  {`Judith presses "👌" on "picked at random"`, "wait 10m", `Judith presses "🧹" on "picked at random"`},
		"wiped and answered then": {`Judith presses "🧹" on "picked at random"`, `Judith forges "j:$ref:$case:uphold" on "👋 See a message"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one, other := sameTwice(func(which int) string {
				w := newWorld(t, tgsim.Options{})
				w.play("story", strings.Split(juryScene+votesUphold, "\n"))
				w.callJudith(which == 0)
				for _, line := range append([]string{"Judith starts the bot"}, did...) {
					if which == 1 && strings.Contains(line, "picked at random") {
						line = "wait 1s"
					}
					if err := w.run(line); err != nil {
						t.Fatalf("%s: %v", line, err)
					}
				}
				defer w.down()
				return withoutChance(w.demand(jurorDemands, "Judith"))
			})
			if one != other {
				one, other = difference(one, other)
				t.Errorf("a phone tells that its owner was drawn:\n%s\nand if not:\n%s", one, other)
			}
		})
	}
}

// callJudith gives somebody that name who was drawn, or who was not.
func (w *world) callJudith(drawn bool) {
	w.t.Helper()
	jurors := w.jurors()
	for _, u := range w.regulars {
		if jurors[u.ID()] == drawn {
			w.people["Judith"] = u
			return
		}
	}
	w.t.Fatal(fmt.Sprint("nobody is drawn: ", drawn))
}
