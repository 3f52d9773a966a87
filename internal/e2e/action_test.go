package e2e

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// actionLines are the lines in which people do something besides writing.
var actionLines = []verb{
	{form: `{who} presses {text} on the card`, run: func(w *world, a []string) error { return w.press(a[0], a[1], w.cards[w.here]) }},
	{form: `{who} presses {text} on {text}`, run: pressOn},
	{form: `{who} presses {text}, wherever it is`, run: pressAnywhere},
	{form: `{who} presses {text} on {text} in channel {text}`, run: inChannel((*world).press)},
	{form: `{who} presses {text} on {text} in private`, run: inPrivate((*world).press)},
	{form: `{who} forges {text} on the card`, run: func(w *world, a []string) error { return w.forge(a[0], a[1], w.cards[w.here]) }},
	{form: `{who} forges {text} on {text}`, run: func(w *world, a []string) error { return w.forge(a[0], a[1], w.who(a[0]).Find(w.here, w.fill(a[2]))) }},
	{form: `{who} forges {text} on {text} in channel {text}`, run: inChannel((*world).forge)},
	{form: `{who} forges {text} on {text} in private`, run: inPrivate((*world).forge)},
	{form: `{who} forwards {text}`, run: func(w *world, a []string) error { return w.forward(a[0], a[1], w.here) }},
	{form: `{who} forwards {text} from channel {text}`, run: forwardFrom},
	{form: `{who} sends the album {text}`, run: album},
	{form: `another item {text} of the album {text} arrives`, run: lateItem},
	{form: `{who} chats for {number} messages`, run: chat},
	{form: `{who} presses {text} on the card, which is out of reach`, run: pressOutOfReach},
	{form: `{who} edits {text} to {text}`, run: func(w *world, a []string) error { return w.who(a[0]).Edit(w.find(a[1]), a[2]) }},
	{form: `{who} deletes {text}`, run: func(w *world, a []string) error { return w.who(a[0]).Delete(w.find(a[1])) }},
	{form: `{who} starts the bot`, run: func(w *world, a []string) error { _, err := w.who(a[0]).Start(w.bot, ""); return err }},
	{form: `{who} starts the bot with {text}`, run: func(w *world, a []string) error { _, err := w.who(a[0]).Start(w.bot, w.fill(a[1])); return err }},
	{form: `{who} edits {text} to {text} in private`, run: editPrivately},
	{form: `{who} writes {text} to the bot`, run: func(w *world, a []string) error { _, err := w.who(a[0]).SendPrivate(w.bot, w.fill(a[1])); return err }},
	{form: `{who} blocks the bot`, run: func(w *world, a []string) error { w.who(a[0]).Block(w.bot); return nil }},
	{form: `{who} goes offline`, run: func(w *world, a []string) error { w.who(a[0]).SetOffline(true); return nil }},
	{form: `{who} bans {who}`, run: func(w *world, a []string) error { w.here.Ban(w.who(a[1]), time.Time{}); return nil }},
	{form: `{who} bans {who} and deletes all they wrote`, run: func(w *world, a []string) error {
		w.here.Ban(w.who(a[1]), time.Time{})
		w.here.DeleteFrom(w.who(a[1]))
		return nil
	}},
	{form: `{who} bans channel {text}`, run: func(w *world, a []string) error { w.here.BanChannel(w.chats[a[1]]); return nil }},
	{form: `{who} restricts {who} to words`, run: restrict(plainText())},
	{form: `{who} restricts {who} to words for {time}`, run: restrict(plainText())},
	{form: `{who} takes photos from {who}`, run: restrict(withoutPhotos())},
	{form: `{who} mutes {who}`, run: restrict(tgsim.Permissions{})},
	{form: `{who} mutes {who} for {time}`, run: restrict(tgsim.Permissions{})},
	{form: `{who} lifts all restrictions of {who}`, run: restrict(tgsim.AllPermissions())},
	{form: `{who} unbans {who}`, run: func(w *world, a []string) error { w.here.Unban(w.who(a[1])); return nil }},
	{form: `wait {time}`, run: wait},
	{form: `wait until {word} {time of day}`, run: waitUntil},
}

func (w *world) press(name, label string, m *tgsim.Message) error {
	if m == nil {
		return errors.New("there is nothing to press on")
	}
	label = w.fill(label)
	for _, b := range slices.Concat(m.Buttons()...) {
		if hasPrefix(b.Label, label) {
			w.pressed(w.who(name), b.Data)
			if m := juryButton.FindStringSubmatch(b.Data); m != nil {
				w.ruled[ruled{w.who(name), m[1]}] = true
			}
			break
		}
	}
	w.setMode()
	p, err := w.who(name).Press(m, label)
	if err != nil || p == nil {
		return err
	}
	return w.toast(name, p)
}

// forge sends data that no button need hold.
func (w *world) forge(name, data string, m *tgsim.Message) error {
	if m == nil {
		return errors.New("there is nothing to press on")
	}
	data = w.fill(data)
	w.pressed(w.who(name), data)
	w.setMode()
	p, err := w.who(name).PressRaw(m, data)
	if err != nil {
		return err
	}
	return w.toast(name, p)
}

// pressOutOfReach is what a tap on an old card looks like to the bot: it learns the card's number only.
func pressOutOfReach(w *world, a []string) error {
	card, err := w.card()
	if err != nil {
		return err
	}
	for _, b := range card.Buttons()[0] {
		if hasPrefix(b.Label, a[1]) {
			p, err := w.who(a[0]).PressRaw(card, b.Data, tgsim.Inaccessible())
			if err != nil {
				return err
			}
			return w.toast(a[0], p)
		}
	}
	return fmt.Errorf("the card has no button %q", a[1])
}

func chat(w *world, a []string) error {
	n, err := strconv.Atoi(a[1])
	for i := range n {
		calls, text := w.sim.CallCount(), fmt.Sprintf("Move %d", i+1)
		m, err := w.who(a[0]).Send(w.here, text)
		if err != nil {
			return err
		}
		w.remember(w.who(a[0]), text, m, calls)
	}
	return err
}

// toast waits for the answer to a press. If it is a link, the app opens it.
func (w *world) toast(name string, p *tgsim.Press) error {
	if w.app == nil {
		return nil
	}
	w.settle()
	toast, err := p.Toast(w.ctx)
	w.toasts[name] = toast
	if err != nil || toast.URL == "" {
		return err
	}
	return w.who(name).Open(toast.URL)
}

// inChannel is a press on what stands in a channel or group, by its title.
func inChannel(press func(w *world, name, button string, m *tgsim.Message) error) func(*world, []string) error {
	return func(w *world, a []string) error {
		c, err := w.chat(a[3])
		if err != nil {
			return err
		}
		m := w.who(a[0]).Find(c, w.fill(a[2]))
		if m == nil {
			return fmt.Errorf("%s sees no %q there", a[0], a[2])
		}
		return press(w, a[0], a[1], m)
	}
}

// inPrivate is a press on what stands in the private chat with the bot.
func inPrivate(press func(w *world, name, button string, m *tgsim.Message) error) func(*world, []string) error {
	return func(w *world, a []string) error {
		m := w.who(a[0]).FindPrivate(w.bot, w.fill(a[2]))
		if m == nil {
			m = withButton(w.who(a[0]).Private(w.bot), a[2])
		}
		if m == nil {
			return fmt.Errorf("what %s sees is:\n\t%s", a[0], strings.Join(w.privateView(w.who(a[0])), "\n\t"))
		}
		return press(w, a[0], a[1], m)
	}
}

// forwardFrom brings a channel's post into the group.
func forwardFrom(w *world, a []string) error {
	c, err := w.chat(a[2])
	if err != nil {
		return err
	}
	return w.forward(a[0], a[1], c)
}

// forward brings what somebody sees in a chat into the group.
func (w *world) forward(name, text string, from *tgsim.Chat) error {
	u, calls := w.who(name), w.sim.CallCount()
	found := u.Find(from, text)
	if found == nil {
		return fmt.Errorf("%s sees no %q there", name, text)
	}
	m, err := u.Forward(found, w.here)
	if err == nil {
		w.remember(u, cmp.Or(m.Text(), text), m, calls) // a sticker, say, has no text
	}
	return err
}

// withButton is the latest of some items that has a button with these words.
func withButton(items []tgsim.Item, words string) *tgsim.Message {
	for _, i := range slices.Backward(items) {
		for _, b := range slices.Concat(i.Buttons...) {
			if strings.Contains(b.Label, words) {
				return i.Message
			}
		}
	}
	return nil
}

func pressOn(w *world, a []string) error {
	m := w.who(a[0]).Find(w.here, w.fill(a[2]))
	if m == nil {
		m = withButton(w.who(a[0]).Sees(w.here), a[2])
	}
	if m == nil {
		return fmt.Errorf("%s sees no %q", a[0], a[2])
	}
	return w.press(a[0], a[1], m)
}

// pressAnywhere presses the button on the latest message that has it.
func pressAnywhere(w *world, a []string) error {
	for _, i := range slices.Backward(w.who(a[0]).Sees(w.here)) {
		if slices.ContainsFunc(slices.Concat(i.Buttons...), func(b tgsim.Button) bool { return hasPrefix(b.Label, a[1]) }) {
			return w.press(a[0], a[1], i.Message)
		}
	}
	return fmt.Errorf("%s sees no button %q", a[0], a[1])
}

// album sends photos; their captions are parted by "|".
func album(w *world, a []string) error {
	captions := strings.Split(a[1], "|")
	calls := w.sim.CallCount()
	items, err := w.who(a[0]).SendAlbum(w.here, captions)
	if err != nil {
		return err
	}
	w.albums++
	for i, m := range items {
		w.remember(w.who(a[0]), captions[i], m, calls)
	}
	return nil
}

// lateItem has one more item of the latest album come in. The simulator sends albums in one go, so
// the message is sent for itself, and told to the bot again as what it should be.
func lateItem(w *world, a []string) error {
	first := w.find(a[1])
	author := w.author(first)
	m, err := author.Send(w.here, a[0], tgsim.WithPhoto())
	if err != nil {
		return err
	}
	w.remember(author, a[0], m, w.sim.CallCount())
	raw, err := json.Marshal(map[string]any{
		"message_id": m.ID(), "date": w.clock.Now().Unix(), "caption": a[0],
		"media_group_id": strconv.FormatInt(13_000_000_000_000_000+int64(w.albums), 10),
		"chat":           map[string]any{"id": w.here.ID(), "type": "supergroup", "title": w.here.Title()},
		"from":           map[string]any{"id": author.ID(), "is_bot": false, "first_name": author.Name()},
		"photo":          []any{map[string]any{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}},
	})
	w.bot.Inject("message", string(raw))
	return err
}

// author is who wrote a message, as the group sees it.
func (w *world) author(m *tgsim.Message) *tgsim.User {
	for _, i := range w.inside(w.here).Sees(w.here) {
		if i.Message == m {
			return w.who(i.From)
		}
	}
	return w.people["Mallory"] // it is gone; the villain of all scripts wrote it
}

// restrict has the owner leave somebody these permissions alone, with Telegram's own tools.
func restrict(left tgsim.Permissions) func(*world, []string) error {
	return func(w *world, a []string) error {
		var until time.Time
		if len(a) > 2 {
			d, err := ladder.ParseDuration(a[2])
			if err != nil {
				return err
			}
			until = w.clock.Now().Add(d)
		}
		w.here.Restrict(w.who(a[1]), left, until)
		return nil
	}
}

// withoutPhotos is what is left to one who may send anything but photos, and invite nobody.
func withoutPhotos() tgsim.Permissions {
	p := tgsim.AllPermissions()
	p.SendPhotos, p.InviteUsers = false, false
	return p
}

func wait(w *world, a []string) error {
	d, err := ladder.ParseDuration(a[0])
	if err != nil {
		return err
	}
	w.live(d - time.Second) // a second passed already
	return nil
}

// waitUntil lets time pass until a day of the week and a time, in UTC.
func waitUntil(w *world, a []string) error {
	at, err := time.Parse("15:04", a[1])
	if err != nil {
		return err
	}
	now := w.clock.Now().UTC()
	then := time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), 0, 0, time.UTC)
	for range 8 {
		if then.After(now) && strings.EqualFold(then.Weekday().String()[:3], a[0]) {
			w.live(then.Sub(now))
			return nil
		}
		then = then.AddDate(0, 0, 1)
	}
	return fmt.Errorf("there is no day %q; days are such as mon", a[0])
}

var linkCode = regexp.MustCompile(`/logchannel ([0-9A-Z]{4,})`)

// code is what the bot last gave to link a log group with.
func (w *world) code() string {
	for _, c := range slices.Backward(w.sim.Calls()) {
		if m := linkCode.FindStringSubmatch(c.Text("text")); m != nil {
			return m[1]
		}
	}
	w.t.Fatal("the bot gave no code")
	return ""
}

// find is the latest message that contains text, gone or not.
func (w *world) find(text string) *tgsim.Message {
	for i := len(w.said) - 1; i >= 0; i-- {
		if strings.Contains(w.said[i].text, text) {
			return w.said[i].m
		}
	}
	if m := w.inside(w.here).Find(w.here, text); m != nil {
		return m
	}
	w.t.Fatalf("nobody wrote %q", text)
	return nil
}

var variable = regexp.MustCompile(`\$(case\d*|id\[[^\]]*\]|who\[[^\]]*\]|link\[[^\]]*\]|chat|ref|code)`)

// fill puts in what only the machine knows. $case is the id of the latest case of the group ($case1 of
// the first, and so on). $id[words] is the number of a message and $who[Anna] that of a person. $chat
// is the group's number and $ref what buttons call it. $code is what the bot last gave to link a log
// group with.
func (w *world) fill(text string) string {
	return variable.ReplaceAllStringFunc(text, func(v string) string {
		switch {
		case v == "$chat":
			return strconv.FormatInt(w.here.ID(), 10)
		case v == "$ref":
			ref := w.count(fmt.Sprintf(`SELECT id FROM chat WHERE number = %d`, w.here.ID()))
			return strconv.FormatInt(int64(ref), 36)
		case v == "$code":
			return w.code()
		case hasPrefix(v, "$id["):
			return strconv.Itoa(w.find(v[4 : len(v)-1]).ID())
		case hasPrefix(v, "$link["):
			return link(w.find(v[6 : len(v)-1]))
		case hasPrefix(v, "$who["):
			return strconv.FormatInt(w.who(v[5:len(v)-1]).ID(), 10)
		}
		cases := w.cases()
		n := len(cases)
		if v != "$case" {
			n, _ = strconv.Atoi(v[5:])
		}
		if n < 1 || n > len(cases) {
			w.t.Fatalf("there is no %s: the group has %d cases", v, len(cases))
		}
		return cases[n-1].id
	})
}

// editPrivately has somebody edit what they wrote to the bot.
func editPrivately(w *world, a []string) error {
	u := w.who(a[0])
	m := u.FindPrivate(w.bot, a[1])
	if m == nil {
		return fmt.Errorf("%s did not write %q to the bot", a[0], a[1])
	}
	return u.Edit(m, a[2])
}
