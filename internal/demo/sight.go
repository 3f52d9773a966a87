package demo

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// sight is all that a person has on their screen.
type sight struct {
	items  []tgsim.Item
	toasts []tgsim.Toast
	member tgsim.MemberInfo
}

// look sees messages in order of time. What the bot says in the same second comes in any order, as
// it speaks to several people at once; what is only for one person is put first.
func (s *Stage) look(p Person) sight {
	items := p.Sees(s.Club)
	slices.SortStableFunc(items, func(a, b tgsim.Item) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(rank(a), rank(b)))
	})
	return sight{items, p.Toasts(), s.Club.Status(p)}
}

func rank(i tgsim.Item) int {
	if i.Ephemeral {
		return 0
	}
	return 1
}

// Frame is what changed on all screens since the frame before.
func (s *Stage) Frame(tell string) Frame {
	f := Frame{At: s.Telegram.Now(), Tell: tell}
	for _, p := range s.Cast {
		name, now := p.Name(), s.look(p)
		lines := append(now.since(s.seen[name]), s.notes[name]...)
		f.Screens = append(f.Screens, Screen{name, p.Role, lines})
		s.seen[name] = now
		delete(s.notes, name)
	}
	return f
}

// since lists what is new: answers to taps, what is gone, what came, what they may do now.
func (now sight) since(before sight) (lines []Line) {
	for _, t := range now.toasts[len(before.toasts):] {
		lines = append(lines, Line{Kind: Toast, Text: t.Text, Private: true})
	}
	for _, i := range before.items {
		if now.find(i.Message) == nil {
			lines = append(lines, Line{Kind: Gone, From: i.From, Text: i.Text, Private: i.Ephemeral})
		}
	}
	for _, i := range now.items {
		was := before.find(i.Message)
		if was == nil {
			lines = append(lines, now.line(i))
		} else if was.Text != i.Text || !reflect.DeepEqual(was.Buttons, i.Buttons) {
			lines = append(lines, edited(*was, i))
		}
	}
	return append(lines, status(before.member, now.member)...)
}

func (now sight) find(m *tgsim.Message) *tgsim.Item {
	i := slices.IndexFunc(now.items, func(i tgsim.Item) bool { return i.Message == m })
	if i < 0 {
		return nil
	}
	return &now.items[i]
}

func (now sight) line(i tgsim.Item) Line {
	l := Line{Kind: Said, From: i.From, Text: i.Text, Buttons: labels(i.Buttons), Private: i.Ephemeral}
	for _, to := range now.items {
		if i.ReplyTo != 0 && to.ID == i.ReplyTo {
			l.Reply = to.Text
		}
	}
	return l
}

func edited(was, is tgsim.Item) Line {
	l := Line{Kind: Edited, From: is.From, Text: is.Text, Before: was.Text, Private: is.Ephemeral}
	if !reflect.DeepEqual(was.Buttons, is.Buttons) {
		l.Buttons = labels(is.Buttons)
	}
	return l
}

// status says in words what Telegram lets them do, if that changed.
func status(was, is tgsim.MemberInfo) []Line {
	l := Line{Kind: Status}
	switch {
	case was.In && !is.In:
		l.Text = "is no longer in the group"
	case was.CanSend == is.CanSend:
		return nil
	case is.CanSend:
		l.Text = "may write again"
	case is.Until.IsZero():
		l.Text = "may not write any more"
	default:
		l.Text = "may not write until " + is.Until.UTC().Format("15:04")
	}
	return []Line{l}
}

func labels(buttons [][]tgsim.Button) (rows [][]string) {
	for _, row := range buttons {
		var names []string
		for _, b := range row {
			names = append(names, b.Label)
		}
		rows = append(rows, names)
	}
	return rows
}

// button finds the latest message on a person's screen with a button that begins with a sign.
func (s *Stage) button(p Person, sign string) *tgsim.Message {
	for _, i := range slices.Backward(p.Sees(s.Club)) {
		for _, row := range i.Buttons {
			for _, b := range row {
				if begins(b.Label, sign) {
					return i.Message
				}
			}
		}
	}
	return nil
}
