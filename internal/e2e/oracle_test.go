package e2e

import (
	"cmp"
	"database/sql"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// pair is two worlds that differ in one ballot of a victim's, or in several at the same place of the story. In a line of the
// script {this|that} is this in the one world and that in the other.
type pair struct {
	script  string
	victims []string // who know what they did
	// told is what may differ, with the reason in docs/privacy.md: it is left out.
	told *regexp.Regexp
	// skip are the rows that are left out, since docs/decision-engine.md says what they tell.
	skip *regexp.Regexp
	// alone says that the script has all that one can do, without oracleRows.
	alone bool
}

// TestNoOracle plays each two worlds that differ in one ballot. Everybody but the victim does everything that one can do in
// them; see oracleRows. They must be shown the same, to the byte and the second, and be answered after the same questions to
// Telegram, which take the time. What is due at the same moment goes in any order, and Telegram's limits then put one of them off;
// so worlds that differ are played again. What a ballot changes, it changes each time.
func TestNoOracle(t *testing.T) {
	t.Parallel()
	for _, name := range played(oraclePairs) {
		p := oraclePairs[name]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := differences(t, p)
			for again := 0; len(found) > 0 && again < 2; again++ {
				more := differences(t, p)
				maps.DeleteFunc(found, func(step int, _ string) bool { return more[step] == "" })
			}
			for _, step := range slices.Sorted(maps.Keys(found)) {
				t.Error(found[step])
			}
		})
	}
}

// played are the names of the stories that a test plays: all, or with the race detector a third. That finds other faults than a
// comparison of two worlds does, and makes it slow.
func played[T any](stories map[string]T) (names []string) {
	for i, name := range slices.Sorted(maps.Keys(stories)) {
		if !underRace || i%3 == 0 {
			names = append(names, name)
		}
	}
	return names
}

// onlooker notes all that everybody but the victims is shown.
type onlooker struct {
	w      *world
	hide   []string
	told   *regexp.Regexp
	last   map[*tgsim.User]map[*tgsim.Message]string // as they saw it last
	toasts map[*tgsim.User]int
	ids    map[string]string // of cases, called by the order in which they were first seen
	guess  string            // the id that is guessed in this line
	steps  []step
}

// step is a line of the script and what was seen after it.
type step struct{ line, saw string }

func (p pair) rows() string {
	if p.alone {
		return ""
	}
	return oracleRows
}

// watch plays one of the two worlds of a pair to its end.
func watch(t *testing.T, p pair, which int) *onlooker {
	t.Helper()
	w := newWorld(t, tgsim.Options{})
	o := &onlooker{
		w: w, hide: p.victims, told: p.told, last: map[*tgsim.User]map[*tgsim.Message]string{}, toasts: map[*tgsim.User]int{}, ids: map[string]string{},
	}
	for line := range strings.Lines(p.script + p.rows()) {
		if line = strings.TrimSpace(line); line == "" || hasPrefix(line, "#") || p.skip != nil && p.skip.MatchString(line) {
			continue
		}
		o.do(either.ReplaceAllStringFunc(line, func(s string) string { return either.FindStringSubmatch(s)[1+which] }))
		o.steps[len(o.steps)-1].line = line
	}
	o.steps = append(o.steps, step{"at the end", o.called(typed.ReplaceAllString(w.sim.VisibleTo(o.others()...), ""))})
	w.checkInvariants()
	return o
}

var (
	either = regexp.MustCompile(`\{([^|{}]*)\|([^|{}]*)\}`)
	sends  = regexp.MustCompile(`^(\p{Lu}\p{L}*) sends (\S.*)$`)
	timed  = regexp.MustCompile(`: /(?:report|spam)| sends [prvuk]:`)
	lives  = regexp.MustCompile(`^(\d+) times wait (\S+)$`)
)

// do plays a line and notes what is seen after it. "Anna sends u:7KQ2" is a press with data that need not be on any button, on
// the latest of the
// bot's that only she sees in the group. A line that cannot be played is noted as such.
func (o *onlooker) do(line string) {
	times := 1
	if m := lives.FindStringSubmatch(line); m != nil {
		_, _ = fmt.Sscan(m[1], &times)
		line = "wait " + m[2]
	}
	for range times {
		calls := o.w.sim.CallCount()
		line := o.fill(line)
		var err error
		if m := sends.FindStringSubmatch(line); m != nil {
			err = o.send(m[1], m[2])
		} else {
			err = o.w.run(line)
		}
		saw := o.look()
		if err != nil {
			saw += "it cannot be\n"
		}
		if name, _, _ := strings.Cut(line, ":"); timed.MatchString(line) && !slices.Contains(o.hide, name) {
			saw += o.asked(calls)
		}
		o.steps = append(o.steps, step{line, o.called(saw)})
	}
}

// send presses with forged data.
func (o *onlooker) send(name, data string) error {
	o.w.pass(1e9)
	for _, i := range slices.Backward(o.w.who(name).Sees(o.w.here)) {
		if i.From == "Ostrakon" && i.Ephemeral {
			return o.w.forge(name, data, i.Message)
		}
	}
	return fmt.Errorf("%s sees no message of the bot's", name)
}

var (
	guessed = regexp.MustCompile(`GUESS\[([^\]]*)\]`)
	lastOf  = regexp.MustCompile(`LAST\[([^\]]*)\]`)
)

// fill puts in ids of cases. GUESS[words] is that of the case about a message, whether or not anybody was told of it, or one
// that no case has. LAST[Anna] is the one that Anna was told last.
func (o *onlooker) fill(line string) string {
	o.guess = ""
	line = guessed.ReplaceAllStringFunc(line, func(g string) string {
		words := guessed.FindStringSubmatch(g)[1]
		message := o.w.find(words).ID()
		ids := o.w.texts(fmt.Sprintf(`SELECT short FROM cases WHERE message = %d AND hand = 0 ORDER BY id DESC`, message))
		o.guess = cmp.Or(strings.Join(ids[:min(1, len(ids))], ""), fmt.Sprintf("ZZ%02d", message%100))
		return o.guess
	})
	return lastOf.ReplaceAllStringFunc(line, func(l string) string {
		for _, i := range slices.Backward(o.w.both(o.w.who(lastOf.FindStringSubmatch(l)[1]))) {
			if m := caseWords.FindStringSubmatch(i.Text); m != nil && i.From == "Ostrakon" && i.Ephemeral {
				return m[2]
			}
		}
		return "ZZZZ"
	})
}

// texts are the values of a query of one column.
func (w *world) texts(query string) (all []string) {
	w.t.Helper()
	w.query(func(db *sql.DB) (err error) {
		all, err = texts(w.ctx, db, query)
		return err
	})
	return all
}

// look tells what is new to everybody but the victims: messages that came, changed or went, with the times, what buttons carry
// and what files say, and toasts.
func (o *onlooker) look() string {
	var b strings.Builder
	at := o.w.clock.Now().Format("Mon 15:04:05")
	for _, u := range o.others() {
		now := map[*tgsim.Message]string{}
		for _, c := range o.w.sim.Chats() {
			for _, i := range u.Sees(c) {
				text := shownTo(i)
				now[i.Message] = text
				switch was, known := o.last[u][i.Message]; {
				case !known:
					fmt.Fprintf(&b, "%s %s + %s %s\n", at, u.Name(), text, fileOf(i))
				case was != text:
					fmt.Fprintf(&b, "%s %s ~ %s %s\n", at, u.Name(), text, fileOf(i))
				}
			}
		}
		var gone []string
		for m, was := range o.last[u] {
			if _, there := now[m]; !there {
				gone = append(gone, fmt.Sprintf("%s %s - %s\n", at, u.Name(), was))
			}
		}
		slices.Sort(gone)
		b.WriteString(strings.Join(gone, ""))
		o.last[u] = now
		toasts := u.Toasts()
		for _, toast := range toasts[o.toasts[u]:] {
			fmt.Fprintf(&b, "%s %s toast %s %s\n", at, u.Name(), toast.Text, toast.URL)
		}
		o.toasts[u] = len(toasts)
	}
	return b.String()
}

// shownTo is a message as somebody sees it, with what its buttons carry.
func shownTo(i tgsim.Item) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", i.Date.Format("15:04:05"), i)
	for _, button := range slices.Concat(i.Buttons...) {
		fmt.Fprintf(&b, " %s%s", button.Data, button.URL)
	}
	return b.String()
}

// fileOf is what a file says; of a receipt what it proves, for the rest of it is random.
func fileOf(i tgsim.Item) string {
	file := contents(i.Message.Upload())
	if strings.Contains(file, `"ostrakon": "receipt"`) {
		events := receiptEvent.FindAllString(file, -1)
		slices.Sort(events)
		return strings.Join(events, " ")
	}
	return file
}

var receiptEvent = regexp.MustCompile(`"event": .*`)

// asked says whether the bot asked Telegram something meanwhile: that is what an answer waits for.
func (o *onlooker) asked(since int) string {
	if slices.ContainsFunc(o.w.sim.CallsSince(since), func(c tgsim.Call) bool { return hasPrefix(c.Method, "getChat") }) {
		return "asked\n"
	}
	return ""
}

// others are all but the victims.
func (o *onlooker) others() []*tgsim.User {
	return slices.DeleteFunc(o.w.sim.Users(), func(u *tgsim.User) bool { return slices.Contains(o.hide, u.Name()) })
}

// called names cases by the order in which they were first seen, and leaves out what is random, and what may differ. What is sent
// at the same time may come in any order.
func (o *onlooker) called(text string) string {
	text = randomCode.ReplaceAllString(headOfLedger.ReplaceAllString(text, ""), "$1 CODE")
	if o.told != nil {
		text = o.told.ReplaceAllString(text, "…")
	}
	lines := strings.Split(number.ReplaceAllString(text, "$1[]"), "\n")
	slices.SortStableFunc(lines, func(a, b string) int {
		return cmp.Compare(idOfCase.ReplaceAllString(a, ""), idOfCase.ReplaceAllString(b, ""))
	})
	named := idOfCase.ReplaceAllStringFunc(strings.Join(lines, "\n"), func(id string) string {
		before := strings.TrimRight(id, crockford)
		id = strings.TrimPrefix(id, before)
		switch {
		case id == o.guess && o.ids[id] == "":
			return before + "guessed"
		case o.ids[id] == "":
			o.ids[id] = fmt.Sprintf("case%d", len(o.ids)+1)
		}
		return before + o.ids[id]
	})
	lines = strings.Split(named, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var (
	idOfCase = regexp.MustCompile(`(?:\b|_)[` + crockford + `]{4}\b`)
	number   = regexp.MustCompile(`(^|\n|[+~-] \d\d:\d\d:\d\d )\[\d+\]`)
)

// typed are the commands that people gave, in which they may have guessed an id rightly that others were told later.
var typed = regexp.MustCompile(`(?m)^.*\] (?:\(re \d+\) )?\p{Lu}\p{L}*: /.*$`)

var randomCode = regexp.MustCompile(`(/logchannel) [0-9A-Z]{5,}`)

// differences plays both worlds of a pair and returns what they show differently, by the number of the line after which.
func differences(t *testing.T, p pair) map[int]string {
	t.Helper()
	return differ(watch(t, p, 0).steps, watch(t, p, 1).steps)
}

// differ returns what the steps of two worlds show differently, by the number of the line after which.
func differ(one, two []step) map[int]string {
	found := map[int]string{}
	for i := range min(len(one), len(two)) {
		if one[i].saw != two[i].saw {
			a, b := difference(one[i].saw, two[i].saw)
			found[i] = fmt.Sprintf("after %q is seen:\n%s\nor:\n%s", one[i].line, a, b)
		}
	}
	if len(one) != len(two) {
		found[-1] = fmt.Sprintf("there were %d steps, or %d", len(one), len(two))
	}
	return found
}
