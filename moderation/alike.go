package moderation

import "slices"

// Alike is a recent message at which a sweep looks: one of the author, or one that is in some form a copy.
type Alike struct {
	SeenMessage          // in its latest form
	Marks       []string // that it shares with the removed message, see package copies
	Ever        []string // that it has now or had in an earlier form
}

// SweepMarks are the marks of a removed message by which its copies are found. If it was changed after somebody reported it, nobody
// knows which of its forms was judged: then they are those that all of them have.
func (e Evidence) SweepMarks() []string {
	marks := e.Marks()
	for _, form := range e.Edits {
		later := Evidence{Text: form.Text, Entities: form.Entities}.Marks()
		marks = slices.DeleteFunc(marks, func(m string) bool { return !slices.Contains(later, m) })
	}
	return marks
}
