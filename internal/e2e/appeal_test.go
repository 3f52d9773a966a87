package e2e

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// appealLines are the lines about appeals: those who contest, those who judge, and the way back. Who judges is drawn by
// lot, so jurors are not called by their names, unless the story gives one another.
var appealLines = []verb{
	{form: `{number} regulars`, run: regulars},
	{form: `{number} regulars who speak {word}`, run: regulars},
	{form: `the regulars write`, run: regularsWrite},
	{form: `{people} write`, run: peopleWrite},
	{form: `{who} answers {text} with {text}`, run: answer},
	{form: `{who} answers {text} with {text} in private`, run: answerPrivately()},
	{form: `{who} answers {text} with {text} and a photo in private`, run: answerPrivately(tgsim.WithPhoto())},
	{form: `{who} follows the link in {text}`, run: follow},
	{form: `{who} cannot follow the link in {text}`, run: cannotFollow},
	{form: `{number} jurors press {text}`, run: jurorsPress},
	{form: `a juror is called {who}`, run: nickname, check: true},
	{form: `no juror is {who}`, run: noJuror, check: true},
	{form: `there were {number} jurors`, run: jurorCount, check: true},
	{form: `{number} people see {text}`, run: peopleSee, check: true},
	{form: `the appeal is {word}`, run: appealIs, check: true},
}

// regulars have members come who are there for nothing but to be many: RegularA, RegularB and so on.
func regulars(w *world, a []string) error {
	n, err := strconv.Atoi(a[0])
	for i := range n {
		name := "Regular" + strings.Repeat("A", i/26) + string(rune('A'+i%26))
		if len(a) > 1 {
			w.person(name, a[1])
		}
		u := w.who(name)
		if err := w.here.Join(u); err != nil {
			return err
		}
		w.regulars = append(w.regulars, u)
	}
	return err
}

// regularsWrite has each of them who is still there write something.
func regularsWrite(w *world, _ []string) error {
	for _, u := range w.regulars {
		if !w.here.Status(u).CanSend {
			continue
		}
		if err := w.say(u, "A fine move"); err != nil {
			return err
		}
	}
	return nil
}

// peopleWrite has each of them write something, so that they were there.
func peopleWrite(w *world, a []string) error {
	for _, name := range strings.Fields(a[0]) {
		if err := w.say(w.who(name), "A fine move"); err != nil {
			return err
		}
	}
	return nil
}

// answer replies, as only the bot sees, to what it showed to one person in the group.
func answer(w *world, a []string) error {
	u := w.who(a[0])
	m := u.Find(w.here, w.fill(a[1]))
	if m == nil {
		return look(a[0], w.view(u), w.fill(a[1]), true)
	}
	words, calls := w.sentence(a[2]), w.sim.CallCount()
	said, err := u.Whisper(m, words)
	if err == nil {
		w.remember(u, words, said, calls)
	}
	return err
}

func answerPrivately(with ...tgsim.SendOption) func(*world, []string) error {
	return func(w *world, a []string) error {
		u := w.who(a[0])
		m := u.FindPrivate(w.bot, w.fill(a[1]))
		if m == nil {
			return look(a[0], w.privateView(u), w.fill(a[1]), true)
		}
		words, calls := w.sentence(a[2]), w.sim.CallCount()
		said, err := u.SendPrivate(w.bot, words, append(with, tgsim.ReplyTo(m))...)
		if err == nil {
			w.remember(u, words, said, calls)
		}
		return err
	}
}

var longWord = regexp.MustCompile(`\$long\[(\d+)\]`)

// sentence is what somebody answers: \n is a line break, and $long[301] stands for so many characters.
func (w *world) sentence(text string) string {
	text = longWord.ReplaceAllStringFunc(w.fill(text), func(v string) string {
		n, _ := strconv.Atoi(longWord.FindStringSubmatch(v)[1])
		return strings.Repeat("ы", n)
	})
	return strings.ReplaceAll(text, `\n`, "\n")
}

var shownLink = regexp.MustCompile(`https://t\.me/\S+`)

// follow opens the link in what somebody was sent in private.
func follow(w *world, a []string) error {
	u := w.who(a[0])
	m := u.FindPrivate(w.bot, w.fill(a[1]))
	if m == nil {
		return look(a[0], w.privateView(u), w.fill(a[1]), true)
	}
	link := shownLink.FindString(m.Text())
	if link == "" {
		return fmt.Errorf("there is no link in %q", m.Text())
	}
	return u.Open(link)
}

func cannotFollow(w *world, a []string) error {
	m := w.who(a[0]).FindPrivate(w.bot, w.fill(a[1]))
	if m == nil || shownLink.FindString(m.Text()) == "" {
		return errors.New("there is no such link")
	}
	if follow(w, a) == nil {
		return errors.New("the link works")
	}
	return nil
}

// summons is a card that asks somebody to judge.
type summons struct {
	juror *tgsim.User
	card  *tgsim.Message
	data  string // of its first button, without the choice
	item  tgsim.Item
}

// juryButton finds the button of a juror's card; its first part names the case.
var juryButton = regexp.MustCompile(`\b(j:[0-9a-z]+:[0-9A-Z]+):`)

// summoned are the cards that wait for a juror's answer, the newest first: one for each juror, be it here or in private.
func (w *world) summoned() []summons {
	var all []summons
	for _, u := range w.sim.Users() {
		found := map[string]bool{}
		for _, i := range w.both(u) {
			for _, b := range slices.Concat(i.Buttons...) {
				m := juryButton.FindStringSubmatch(b.Data)
				if m == nil || found[m[1]] || w.ruled[ruled{u, m[1]}] {
					continue
				}
				found[m[1]] = true
				all = append(all, summons{u, i.Message, m[1], i})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b summons) int { return b.item.Date.Compare(a.item.Date) })
	return all
}

// ruled is a juror who gave their word in a case.
type ruled struct {
	juror *tgsim.User
	data  string
}

// jurorsPress has so many of those who were asked last press a button.
func jurorsPress(w *world, a []string) error {
	n, err := strconv.Atoi(a[0])
	waiting := w.summoned()
	if err != nil || len(waiting) < n {
		return fmt.Errorf("only %d were asked and have not answered", len(waiting))
	}
	for _, s := range waiting[:n] {
		if err := w.press(s.juror.Name(), a[1], s.card); err != nil {
			return err
		}
	}
	return nil
}

// nickname gives one of those who wait to judge, the latest, a name to be called by from now on.
func nickname(w *world, a []string) error {
	if w.people[a[0]] != nil {
		return fmt.Errorf("somebody is called %s already", a[0])
	}
	for _, s := range w.summoned() {
		if !slices.Contains(w.nicknamed, s.juror) {
			w.nicknamed = append(w.nicknamed, s.juror)
			w.people[a[0]] = s.juror
			return nil
		}
	}
	return errors.New("nobody else waits to judge")
}

// jurors are all who were ever asked to judge.
func (w *world) jurors() map[int64]bool {
	jurors := map[int64]bool{}
	for _, c := range w.sim.Calls() {
		if c.Bot == w.bot && c.OK() && hasPrefix(c.Method, "send") && juryButton.MatchString(c.JSON("reply_markup")) {
			if to := w.audience(c); to.one != nil {
				jurors[to.one.ID()] = true
			}
		}
	}
	return jurors
}

// heardCases are the cases about which anybody was ever asked.
func (w *world) heardCases() map[string]bool {
	heard := map[string]bool{}
	for _, c := range w.sim.Calls() {
		if c.Bot == w.bot && c.OK() && hasPrefix(c.Method, "send") {
			if m := juryButton.FindStringSubmatch(c.JSON("reply_markup")); m != nil {
				heard[m[1]] = true
			}
		}
	}
	return heard
}

func noJuror(w *world, a []string) error {
	jurors := w.jurors()
	if len(jurors) == 0 {
		return errors.New("nobody was asked to judge")
	}
	if jurors[w.who(a[0]).ID()] {
		return fmt.Errorf("%s was asked to judge", a[0])
	}
	return nil
}

func jurorCount(w *world, a []string) error {
	if n := len(w.jurors()); strconv.Itoa(n) != a[0] {
		return fmt.Errorf("%d were asked to judge", n)
	}
	return nil
}

// peopleSee counts those who see something, in the group or in private.
func peopleSee(w *world, a []string) error {
	n := 0
	for _, u := range w.sim.Users() {
		if contains(linesOf(w.both(u)), w.fill(a[1])) {
			n++
		}
	}
	if strconv.Itoa(n) != a[0] {
		return fmt.Errorf("%d see it", n)
	}
	return nil
}

// appealIs looks how the appeal against the group's latest case stands.
func appealIs(w *world, a []string) error {
	cases := w.cases()
	if len(cases) == 0 {
		return errors.New("there is no case")
	}
	if got := cases[len(cases)-1].appeal; got != a[0] {
		return fmt.Errorf("it is %q", got)
	}
	return nil
}
