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

// viewLines are the lines that check what people see.
var viewLines = []verb{
	{form: `{who} sees {text}`, run: sees(true), check: true},
	{form: `{who} does not see {text}`, run: sees(false), check: true},
	{form: `{who} sees {text} in private`, run: seesPrivately(true), check: true},
	{form: `{who} does not see {text} in private`, run: seesPrivately(false), check: true},
	{form: `{who} sees {text} {number} times`, run: func(w *world, a []string) error { return times(w.view(w.who(a[0])), w.fill(a[1]), a[2]) }, check: true},
	{form: `{who} sees {text} in private {number} times`, run: func(w *world, a []string) error { return times(w.privateView(w.who(a[0])), w.fill(a[1]), a[2]) }, check: true},
	{form: `{who} sees a picture with {text}`, run: seesPicture, check: true},
	{form: `{who} gets a file with {text}`, run: getsFile(true), check: true},
	{form: `{who}'s file does not have {text}`, run: getsFile(false), check: true},
	{form: `{who} sees the button {text}`, run: seesButton(true), check: true},
	{form: `{who} does not see the button {text}`, run: seesButton(false), check: true},
	{form: `channel {text} shows {text}`, run: shows(true), check: true},
	{form: `channel {text} does not show {text}`, run: shows(false), check: true},
	{form: `channel {text} shows {text} {number} times`, run: showsTimes, check: true},
	{form: `channel {text} shows a picture with {text}`, run: showsPicture, check: true},
	{form: `everyone sees {text}`, run: everyone, check: true},
	{form: `nobody sees {text}`, run: func(w *world, a []string) error { return w.nobodyBut(nil, a[0]) }, check: true},
	{form: `nobody but {who} sees {text}`, run: func(w *world, a []string) error { return w.nobodyBut(w.who(a[0]), a[1]) }, check: true},
	{form: `{who}'s toast says {text}`, run: toastSays, check: true},
	{form: `{who}'s toasts say {text} {number} times`, run: toastsSay, check: true},
	{form: `{who} sees {text} in channel {text}`, run: seesInChannel(true), check: true},
	{form: `{who} does not see {text} in channel {text}`, run: seesInChannel(false), check: true},
	{form: `{who} reads {text} as {text}`, run: readsTime, check: true},
	{form: `channel {text} tells {text} as {text}`, run: tellsTime, check: true},
	{form: `message {text} is gone`, run: isGone(true), check: true},
	{form: `message {text} is there`, run: isGone(false), check: true},
	{form: `{number} messages are gone`, run: goneCount, check: true},
	{form: `the card says {text}`, run: cardSays, check: true},
	{form: `the card does not say {text}`, run: cardDoesNotSay, check: true},
	{form: `the card is a reply to {text}`, run: cardReplies, check: true},
	{form: `the card is gone`, run: cardGone, check: true},
	{form: `there is no card`, run: noCard, check: true},
	{form: `{who} is muted for {time}`, run: held(tgsim.Restricted), check: true},
	{form: `{who} is not muted`, run: status(func(m tgsim.MemberInfo) bool { return m.CanSend }), check: true},
	{form: `{who} is banned for {time}`, run: held(tgsim.Kicked), check: true},
	{form: `{who} is banned for ever`, run: status(func(m tgsim.MemberInfo) bool { return m.Status == tgsim.Kicked && m.Until.IsZero() }), check: true},
	{form: `{who} is not banned`, run: status(func(m tgsim.MemberInfo) bool { return m.Status != tgsim.Kicked }), check: true},
	{form: `{who} is in the group`, run: status(func(m tgsim.MemberInfo) bool { return m.In }), check: true},
	{form: `{who} is not in the group`, run: status(func(m tgsim.MemberInfo) bool { return !m.In }), check: true},
	{form: `{who} cannot write`, run: cannotWrite, check: true},
	{form: `{who} may not say: {words}`, run: mayNotSay, check: true},
	{form: `{who} may not forward {text}`, run: func(w *world, a []string) error { return forbidden(w.forward(a[0], a[1], w.here)) }, check: true},
	{form: `{who} may send all but photos`, check: true, run: maySend(withoutPhotos())},
	{form: `{who} is muted for ever`, check: true, run: status(func(m tgsim.MemberInfo) bool {
		return m.Status == tgsim.Restricted && !m.CanSend && m.Until.IsZero()
	})},
	{form: `{who} may write plain text only`, run: maySend(plainText()), check: true},
	{form: `{who} may write everything`, run: maySend(tgsim.AllPermissions()), check: true},
	{form: `channel {text} is banned`, run: channelBanned(true), check: true},
	{form: `channel {text} is not banned`, run: channelBanned(false), check: true},
	{form: `first call after {text} is {word}`, run: firstCall, check: true},
	{form: `telegram did {word} {number} times`, run: callsDone, check: true},
	{form: `{word} came before {word}`, run: cameBefore, check: true},
	{form: `{who} was told {text} before {word}`, run: toldBefore(true), check: true},
	{form: `{who} was told {text} after {word}`, run: toldBefore(false), check: true},
	{form: `there are {number} cases`, run: caseCount, check: true},
	{form: `the case is {word}`, run: func(w *world, a []string) error { return w.caseIs(len(w.cases()), a[0]) }, check: true},
	{form: `case {number} is {word}`, run: caseIs, check: true},
	{form: `the database holds {number} ballots`, run: ballotCount, check: true},
	{form: `recent actions show {text}`, run: recent(true), check: true},
	{form: `recent actions do not show {text}`, run: recent(false), check: true},
	{form: `{who}'s menu keeps {text} private`, run: menuKeeps, check: true},
	{form: `{who}'s menu does not have {text}`, run: menuLacks, check: true},
}

// view is all that somebody sees in the group, a line each.
func (w *world) view(u *tgsim.User) []string { return linesOf(u.Sees(w.here)) }

func (w *world) privateView(u *tgsim.User) []string { return linesOf(u.Private(w.bot)) }

func linesOf(items []tgsim.Item) []string {
	var lines []string
	for _, i := range items {
		lines = append(lines, headOfLedger.ReplaceAllString(i.String(), ""))
	}
	return lines
}

// headOfLedger is the checkpoint below what is logged. Stories look at what is above it.
var headOfLedger = regexp.MustCompile(`(\\n|\n){2}ostrakon\.ledger/\w+(\\n|\n)\d+(\\n|\n)\S{44}(\\n|\n){2}— ostrakon\.ledger/\w+ [\w+/]+=*`)

// both is what somebody sees in the group and in private.
func (w *world) both(u *tgsim.User) []tgsim.Item {
	return slices.Concat(u.Sees(w.here), u.Private(w.bot))
}

func contains(lines []string, text string) bool {
	return strings.Contains(strings.Join(lines, "\n"), text)
}

func sees(want bool) func(*world, []string) error {
	return func(w *world, a []string) error { return look(a[0], w.view(w.who(a[0])), w.fill(a[1]), want) }
}

func seesPrivately(want bool) func(*world, []string) error {
	return func(w *world, a []string) error { return look(a[0], w.privateView(w.who(a[0])), w.fill(a[1]), want) }
}

// seesInChannel looks at a channel, or a group that is none of the story's, as somebody sees it.
func seesInChannel(want bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		c, err := w.chat(a[2])
		if err != nil {
			return err
		}
		return look(a[0], linesOf(w.who(a[0]).Sees(c)), w.fill(a[1]), want)
	}
}

func look(name string, lines []string, text string, want bool) error {
	if contains(lines, text) == want {
		return nil
	}
	return fmt.Errorf("what %s sees is:\n\t%s", name, strings.Join(lines, "\n\t"))
}

func times(lines []string, text, number string) error {
	if n := strings.Count(strings.Join(lines, "\n"), text); strconv.Itoa(n) != number {
		return fmt.Errorf("it is there %d times:\n\t%s", n, strings.Join(lines, "\n\t"))
	}
	return nil
}

func seesPicture(w *world, a []string) error { return picture(w.both(w.who(a[0])), w.fill(a[1])) }

// picture looks for a photo with a caption.
func picture(items []tgsim.Item, caption string) error {
	for _, i := range items {
		if i.Media == "photo" && strings.Contains(i.Text, caption) && len(i.Message.Upload()) > 0 {
			return nil
		}
	}
	return fmt.Errorf("there is only:\n\t%s", strings.Join(linesOf(items), "\n\t"))
}

// getsFile looks into the files that somebody got: one of them must have the text, or none, of at
// least one.
func getsFile(want bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		var files []string
		for _, i := range w.both(w.who(a[0])) {
			if i.Media != "" && i.Message.Ephemeral() || i.Media == "document" {
				files = append(files, string(i.Message.Upload()))
			}
		}
		if len(files) == 0 || contains(files, w.fill(a[1])) != want {
			return fmt.Errorf("the files are %q", files)
		}
		return nil
	}
}

func seesButton(want bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		var labels []string
		for _, i := range w.both(w.who(a[0])) {
			for _, b := range slices.Concat(i.Buttons...) {
				labels = append(labels, b.Label)
			}
		}
		if contains(labels, w.fill(a[1])) != want {
			return fmt.Errorf("the buttons are %q", labels)
		}
		return nil
	}
}

// inChat is what stands in a channel or group, as its owner sees it.
func (w *world) inChat(title string) ([]tgsim.Item, error) {
	c, err := w.chat(title)
	if err != nil {
		return nil, err
	}
	return w.inside(c).Sees(c), nil
}

func shows(want bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		items, err := w.inChat(a[0])
		if err != nil {
			return err
		}
		return look("its owner", linesOf(items), w.fill(a[1]), want)
	}
}

func showsTimes(w *world, a []string) error {
	items, err := w.inChat(a[0])
	if err != nil {
		return err
	}
	return times(linesOf(items), w.fill(a[1]), a[2])
}

func showsPicture(w *world, a []string) error {
	items, err := w.inChat(a[0])
	if err != nil {
		return err
	}
	return picture(items, w.fill(a[1]))
}

func everyone(w *world, a []string) error {
	for name, u := range w.people {
		if !w.here.Status(u).In {
			continue
		}
		if err := look(name, w.view(u), a[0], true); err != nil {
			return err
		}
	}
	return nil
}

// nobodyBut looks everywhere: groups, private chats, toasts, recent actions.
func (w *world) nobodyBut(one *tgsim.User, text string) error {
	if one != nil && !strings.Contains(w.sim.VisibleTo(one), w.fill(text)) {
		return fmt.Errorf("%s does not see it either:\n%s", one.Name(), w.sim.VisibleTo(one))
	}
	for _, u := range w.sim.Users() {
		if u != one && strings.Contains(w.sim.VisibleTo(u), w.fill(text)) {
			return fmt.Errorf("%s sees it:\n%s", u.Name(), w.sim.VisibleTo(u))
		}
	}
	return nil
}

func toastSays(w *world, a []string) error {
	if toast := w.toasts[a[0]].Text; !strings.Contains(toast, a[1]) || toast == "" {
		return fmt.Errorf("it says %q", toast)
	}
	return nil
}

func toastsSay(w *world, a []string) error {
	var all []string
	for _, toast := range w.who(a[0]).Toasts() {
		all = append(all, toast.Text)
	}
	return times(all, a[1], a[2])
}

func isGone(want bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		if w.find(a[0]).Deleted() != want {
			return fmt.Errorf("what %s sees is:\n\t%s", w.inside(w.here).Name(), strings.Join(w.view(w.inside(w.here)), "\n\t"))
		}
		return nil
	}
}

// goneCount counts what people wrote in the group, commands included.
func goneCount(w *world, a []string) error {
	n := 0
	for _, s := range w.said {
		if s.m.Chat() == w.here && !s.m.Ephemeral() && s.m.Deleted() {
			n++
		}
	}
	if strconv.Itoa(n) != a[0] {
		return fmt.Errorf("%d are gone", n)
	}
	return nil
}

func recent(want bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		actions, err := w.here.RecentActions(w.inside(w.here))
		if err != nil {
			return err
		}
		var lines []string
		for _, action := range actions {
			lines = append(lines, action.String())
		}
		return look("an admin", lines, a[0], want)
	}
}

func menuKeeps(w *world, a []string) error {
	for _, c := range w.who(a[0]).Menu(w.here, w.bot) {
		if "/"+c.Command == a[1] {
			if !c.IsEphemeral {
				return errors.New("it is public")
			}
			return nil
		}
	}
	return errors.New("it is not in the menu")
}

func menuLacks(w *world, a []string) error {
	for _, c := range w.who(a[0]).Menu(w.here, w.bot) {
		if "/"+c.Command == a[1] {
			return errors.New("it is in the menu")
		}
	}
	return nil
}

// caseWords are the places of a text that are different in every run.
var caseWords = regexp.MustCompile(`(^|\\n|[^0-9A-Za-z])([0-9A-HJKMNP-TV-Z]{4})\b`)

// compareView compares what somebody sees at the end with the lines of a file of the script. Each of them must be
// there, in that order; others may stand in between.
func (w *world) compareView(name, want string) {
	w.t.Helper()
	view := w.view(w.who(name))
	for i := range view {
		view[i] = caseWords.ReplaceAllString(view[i], "${1}7KQ2")
	}
	rest := view
	for line := range strings.Lines(want) {
		line = strings.TrimSpace(line)
		n := 0
		for n < len(rest) && rest[n] != line {
			n++
		}
		if n == len(rest) {
			w.t.Fatalf("%s does not see, in its place:\n\t%s\nbut:\n\t%s", name, line, strings.Join(view, "\n\t"))
		}
		rest = rest[n+1:]
	}
}
