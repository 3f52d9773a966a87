package e2e

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// begin has the author write, and others report it within so many seconds.
func (t *tale) begin(reports, within int) {
	g := t.group
	g.tales, t.receipts = append(g.tales, t), map[int]*tgsim.Message{}
	g.of.at(t.wrote, func() func() {
		var err error
		t.message, err = g.people[t.author].Send(g.chat, fmt.Sprintf("Offer %d", t.wrote))
		if err != nil {
			g.of.w.t.Fatal(err)
		}
		return nil
	})
	last, at, ok := g.presence.moment(g.of.r, t.wrote+1, t.wrote+within, t.cannot)
	if !ok {
		return
	}
	for len(t.reports) < reports-1 { // those before are at any time
		who, before, ok := g.presence.moment(g.of.r, t.wrote+1, at, func(m int) bool { return m == last || t.cannot(m) })
		if !ok {
			return
		}
		t.report(who, before)
	}
	t.report(last, at)
}

// cannot reports whether somebody wrote it, or voted on it already.
func (t *tale) cannot(member int) bool {
	if member == t.author {
		return true
	}
	for _, a := range append(append(t.reports[:len(t.reports):len(t.reports)], t.cast...), t.second) {
		if a.at > 0 && a.who == member {
			return true
		}
	}
	return false
}

// report has somebody report the message. The last report is the one that brings the card.
func (t *tale) report(who, at int) {
	i := len(t.reports)
	t.reports = append(t.reports, unseen{who: who, at: at})
	t.group.of.at(at, func() func() {
		t.reports[i].calls = t.say(who)
		return func() { t.receipts[who] = t.answered(who) }
	})
	if t.undone {
		if when, ok := t.group.presence.momentOf(t.group.of.r, who, at+1, at+60); ok {
			t.takeBack(who, when)
		}
	}
}

// say reports the message. It returns how many calls the bot had made before.
func (t *tale) say(who int) int {
	calls := t.group.of.w.sim.CallCount()
	if _, err := t.group.people[who].Command(t.group.chat, "/report", tgsim.ReplyTo(t.message)); err != nil {
		t.group.of.w.t.Fatal(err)
	}
	return calls
}

// answered is the latest message to a reporter that they can take their report back by.
func (t *tale) answered(who int) (found *tgsim.Message) {
	for _, i := range t.group.people[who].Sees(t.group.chat) {
		if i.Ephemeral && len(i.Buttons) > 0 && hasPrefix(i.Buttons[len(i.Buttons)-1][0].Label, "↩️") {
			found = i.Message
		}
	}
	return found
}

func (t *tale) takeBack(who, at int) {
	t.group.of.at(at, func() func() {
		t.undo, t.taken = unseen{who, at, t.group.of.w.sim.CallCount()}, t.taken+1
		t.press(who, t.receipts[who], "↩️")
		return nil
	})
}

func (t *tale) press(who int, m *tgsim.Message, label string) {
	if m == nil {
		t.group.of.w.t.Fatalf("there is nothing to press %s on", label)
	}
	if _, err := t.group.people[who].Press(m, label); err != nil {
		t.group.of.w.t.Fatal(err)
	}
}

// vote has those who are there after the card appeared vote. Of a message that is to be dismissed the reporter changes sides.
func (t *tale) vote() {
	g := t.group
	for _, side := range t.votes {
		if who, at, ok := g.presence.moment(g.of.r, g.of.now+1, g.of.now+75, t.cannot); ok {
			t.tap(who, at, side)
		}
	}
	if t.again {
		g.presence.come(t.reports[0].who, g.of.now+76, g.of.now+77)
		t.tap(t.reports[0].who, g.of.now+76, "👌")
	}
}

func (t *tale) tap(who, at int, side string) {
	i := len(t.cast)
	t.cast = append(t.cast, unseen{who: who, at: at})
	t.group.of.at(at, func() func() {
		if t.card.Deleted() || t.saw("end") {
			return nil
		}
		t.cast[i].calls = t.group.of.w.sim.CallCount()
		t.press(who, t.card, side)
		return nil
	})
}

// reportAgain has two others report what was dismissed. The second does so at any time of two whole periods of ten minutes.
func (t *tale) reportAgain() {
	g := t.group
	if !t.again || t.second.at > 0 {
		return
	}
	who, at, ok := g.presence.moment(g.of.r, max(600, g.of.now+60), 1800, t.cannot)
	if !ok {
		return
	}
	t.second = unseen{who: who, at: at}
	first, before, ok := g.presence.moment(g.of.r, g.of.now+1, at, t.cannot)
	if !ok {
		return
	}
	g.of.at(before, func() func() { t.say(first); return nil })
	g.of.at(at, func() func() { t.second.calls = t.say(who); return nil })
}

// ids are the messages that a call deletes.
func ids(t *testing.T, c tgsim.Call) (all []int) {
	if c.Method == "deleteMessage" {
		return []int{int(c.Int("message_id"))}
	}
	decode(t, c.JSON("message_ids"), &all)
	return all
}

func decode(t *testing.T, text string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), v); err != nil {
		t.Fatal(err)
	}
}
