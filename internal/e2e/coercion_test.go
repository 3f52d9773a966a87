package e2e

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestNobodyCanShowHowTheyVoted plays random groups twice. What Bert votes in one world, Carl votes in the other, and the other
// way about, so that the group sees the same of it. Then somebody takes Bert's phone, and has him do all that a member can. After
// each of these deeds all that the phone shows must be the same in both worlds, to the byte and the second.
func TestNobodyCanShowHowTheyVoted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		voted := rapid.SampledFrom(secretVotes).Draw(r, "what Bert does unseen")
		compareWorlds(t, r, beginVote+voted, drawCoercion(r))
	})
}

// The same, with deeds that give away most in an earlier release.
func TestWhatCoercionFound(t *testing.T) {
	t.Parallel()
	for name, deeds := range map[string]string{
		"a tap as before":            `Bert presses "🚩" on the card`,
		"a tap on the other side":    `Bert presses "👌" on the card`,
		"the list of cases":          "Bert writes \"/mycases\" to the bot\nwait 1h",
		"all that is kept":           "Bert writes \"/mydata\" to the bot\nwait 1h",
		"a receipt":                  listAndReceipt,
		"a receipt after the end":    "Olga: /uphold (reply to \"Buy pills\")\nwait 1h\n" + listAndReceipt,
		"a second report":            `Bert: /report (reply to "Buy pills")`,
		"a second report in private": "Bert forwards \"Buy pills\" to the bot\nwait 1m",
		"what the end taught of him": "Bert writes \"/mydata\" to the bot\nOlga: /uphold (reply to \"Buy pills\")\nwait 10d\nBert writes \"/mydata\" to the bot\nwait 1h",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, voted := range []string{secretVotes[0], secretVotes[len(secretVotes)-1]} {
				compareWorlds(t, t, beginVote+voted, strings.Split(deeds, "\n"))
			}
		})
	}
}

// TestTakingBackTellsNobodysSide has the only reporter take their report back while there is one other vote. Whether the card stays
// must not tell them what that vote says.
func TestTakingBackTellsNobodysSide(t *testing.T) {
	t.Parallel()
	compareWorlds(t, t, beginVote+"Bert presses \"MINE\" on the card\n", []string{"wait 1m", `Anna presses "↩️" on "Reported."`, "wait 1m", "wait 1h"})
}

// TestNoJurorCanShowHowTheyVoted is the same for a juror. What Judith answers in one world, Jonas answers in the other.
func TestNoJurorCanShowHowTheyVoted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		voted := rapid.SampledFrom(secretRulings).Draw(r, "what Judith does unseen")
		deeds := rapid.SliceOfN(rapid.SampledFrom([]string{
			`Judith presses "🚩" on "You've been picked"`, `Judith presses "👌" on "You've been picked"`,
			"wait 1h", `Judith: /me`, "Judith writes \"/mycases\" to the bot\nwait 1h", "Judith writes \"/mydata\" to the bot\nwait 1h",
		}), 0, 3).Draw(r, "what Judith is made to do")
		// Unseen, she takes back what she was made to say. So the jury ends alike in both worlds.
		deeds = append(deeds, `Judith presses "MINE" on "You've been picked"`, `2 jurors press "👌"`, "wait 1m", `Judith presses "🚩" on "You've been picked"`)
		compareWorlds(t, r, beginJury+voted, strings.Split(strings.Join(deeds, "\n"), "\n"))
	})
}

const beginVote = `
group "Chess club" supergroup, owner Olga
members Anna Bert Carl Dora Mallory
the bot joins as admin
Olga: /threshold 9
Bert starts the bot
Anna: Good evening
Mallory: Buy pills
Anna: /report (reply to "Buy pills")
`

// secretVotes are ways to vote, the last of them after a report.
var secretVotes = []string{
	"Bert presses \"MINE\" on the card\nCarl presses \"OTHER\" on the card\n",
	"Bert presses \"OTHER\" on the card\nCarl presses \"MINE\" on the card\nwait 1h\nBert presses \"MINE\" on the card\nCarl presses \"OTHER\" on the card\n",
	"Bert presses \"MINE\" on the card\nCarl presses \"OTHER\" on the card\nwait 1h\nBert: /report (reply to \"Buy pills\")\nBert presses \"MINE\" on the card\n",
	"Bert presses \"🚩\" on the card\nCarl presses \"👌\" on the card\nwait 1h\n?Bert presses \"👌\" on the card\n?Carl presses \"🚩\" on the card\n",
	"Bert: /report spam (reply to \"Buy pills\")\nwait 1h\nBert presses \"MINE\" on the card\nCarl presses \"OTHER\" on the card\n",
}

const listAndReceipt = "Bert writes \"/mycases\" to the bot\nwait 1h\nBert presses \"🧾\" on \"$case\" in private"

// drawCoercion draws what Bert is made to do before the case ends, how it ends, and what he is made to do then.
func drawCoercion(r *rapid.T) []string {
	deed := rapid.SampledFrom([]string{
		`Bert presses "🚩" on the card`, `Bert presses "👌" on the card`, `Bert: /report (reply to "Buy pills")`, `Bert: /report scam (reply to "Buy pills")`,
		`Bert: /report`, `Bert: /me`, "Bert forwards \"Buy pills\" to the bot\nwait 1m", "Bert presses \"🧹\" on \"Reported.\"\nwait 1m", `Bert: /help`, `Bert: /privacy`, `Bert writes "/help" to the bot`, "wait 1h", listAndReceipt,
		"Bert writes \"/mycases\" to the bot\nwait 1m", "Bert writes \"/mydata\" to the bot\nwait 1m",
		`Bert presses "↩️" on "Reported."`, `Bert presses "Scam" on "Reported."`, `Bert forges "k:$ref:$case" on the card`,
	})
	lines := rapid.SliceOfN(deed, 0, 4).Draw(r, "before the end")
	lines = append(lines, rapid.SampledFrom([]string{
		`Olga: /uphold (reply to "Buy pills")`, `Olga: /dismiss (reply to "Buy pills")`, "wait 25h",
	}).Draw(r, "the end"), "wait 1m")
	lines = append(lines, rapid.SliceOfN(deed, 0, 3).Draw(r, "after it")...)
	lines = append(lines, "wait 10d", `Bert writes "/mydata" to the bot`, `Bert writes "/mycases" to the bot`, "wait 1h", `Bert writes "/forgetme" to the bot`,
		`Bert presses "🗑" on "That cannot be undone" in private`, "wait 1h")
	return strings.Split(strings.Join(lines, "\n"), "\n")
}

const beginJury = `
group "Chess club" supergroup, owner Olga
members Anna Bob Carl Mallory
20 regulars
the bot joins as admin
Olga: /ladder mute 1d
the regulars write
Mallory: My pills are cheap
Anna: /report spam (reply to "My pills")
Olga: /uphold (reply to "My pills")
Mallory presses "⚖️" on "⚖️ Mistake? Appeal"
Mallory presses "⚖️ Appeal without" on "Why was it wrong"
a juror is called Judith
a juror is called Jonas
Judith starts the bot
`

var secretRulings = []string{
	"Judith presses \"MINE\" on \"You've been picked\"\nJonas presses \"OTHER\" on \"You've been picked\"\n",
	"Judith presses \"OTHER\" on \"You've been picked\"\nJonas presses \"MINE\" on \"You've been picked\"\nwait 1h\nJudith presses \"MINE\" on \"You've been picked\"\nJonas presses \"OTHER\" on \"You've been picked\"\n",
}

// failing is a test of either kind.
type failing interface{ Fatalf(string, ...any) }

// compareWorlds plays what nobody sees in two worlds that differ in a side, and then what somebody is made to do.
func compareWorlds(t *testing.T, f failing, unseen string, deeds []string) {
	t.Helper()
	one, other := sameTwice(func(which int) string {
		w := newWorld(t, tgsim.Options{})
		shown := w.coerce(inWorld(which, unseen), strings.Split(inWorld(which, strings.Join(deeds, "\n")), "\n"))
		w.checkInvariants()
		w.down()
		return shown
	})
	if one != other {
		one, other = difference(one, other)
		f.Fatalf("a phone tells which side its owner took.\nIf it says that it breaks the rules:\n%s\nIf it says that it is fine:\n%s\nUnseen:\n%s\nThen:\n%s",
			one, other, unseen, strings.Join(deeds, "\n"))
	}
}

// sameTwice plays two worlds and returns what they show. If that differs they are played again, up to three times: what is due at
// the same moment goes in any order, but what a deed changes, it changes each time.
func sameTwice(play func(which int) string) (one, other string) {
	for range 3 {
		if one, other = play(0), play(1); one == other {
			break
		}
	}
	return one, other
}

// onlyOne is a line that is played in one world only. In the other, the same time passes.
var onlyOne = regexp.MustCompile(`(?m)^\?(.*)$`)

// inWorld is a story as it is played in one of the two worlds.
func inWorld(i int, story string) string {
	mine, other, line := "🚩", "👌", "wait 1s"
	if i == 1 {
		mine, other, line = "👌", "🚩", "$1"
	}
	return strings.NewReplacer("MINE", mine, "OTHER", other).Replace(onlyOne.ReplaceAllString(story, line))
}

// coerce plays a story, and returns all that the phone of the one who is made to do something shows after each deed.
func (w *world) coerce(story string, deeds []string) string {
	w.t.Helper()
	w.play("story", strings.Split(story, "\n"))
	name := "Bert"
	if w.people["Judith"] != nil {
		name = "Judith"
	}
	toasts, shown := len(w.who(name).Toasts()), w.screens(name)
	for i, deed := range deeds {
		if err := w.run(deed); err != nil {
			shown += fmt.Sprintf("deed %d cannot be\n", i+1)
		}
		shown += fmt.Sprintf("after deed %d:\n%s", i+1, w.screens(name))
	}
	for _, toast := range w.who(name).Toasts()[toasts:] {
		shown += "toast: " + toast.Text + "\n"
	}
	return shown
}

// screens are all that stands in somebody's chats, with the times and the contents of files, but for what chance made. What comes
// in the same second is in no order, and without the numbers of messages: deliveries that depend on nothing go side by side.
func (w *world) screens(name string) string {
	var lines []string
	for _, c := range w.sim.Chats() {
		for _, i := range w.who(name).Sees(c) {
			shown := numbers.ReplaceAllString(i.String(), "")
			line := fmt.Sprintf("%s %s: %s %s\n", i.Date.Format(time.DateTime), c.Title(), shown, contents(i.Message.Upload()))
			lines = append(lines, anyCase.ReplaceAllString(withoutChance(line), "${1}7KQ2"))
		}
	}
	slices.Sort(lines) // when chance is out of them
	return strings.Join(lines, "")
}

// What chance makes of a receipt: salts and hashes, and with them the key, the signature and the place in a half hour.
var (
	chanceKey   = regexp.MustCompile(`"key": "[^"]*"`)
	chanceHead  = regexp.MustCompile(`"checkpoint": "[^"]*?\\n(\d+)\\n[^"]*"`)
	chanceEntry = regexp.MustCompile(`"index": \d+`)
	chanceSalt  = regexp.MustCompile(`"salt": "[^"]*"`)
	chanceProof = regexp.MustCompile(`"proof": \[[^]]*\]`)
	// Which juror is drawn, and so who is whose namesake, is chance too.
	chanceName = regexp.MustCompile(`\bRegular[A-Z]\b`)
)

func withoutChance(text string) string {
	text = chanceKey.ReplaceAllString(sizeOfLedger(text), `"key"`)
	text = chanceHead.ReplaceAllString(text, `"checkpoint of $1"`)
	for _, chance := range []*regexp.Regexp{chanceEntry, chanceSalt, chanceProof, chanceName} {
		text = chance.ReplaceAllString(text, "by chance")
	}
	return text
}
