package moderation

import (
	"slices"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// MaxSeveral is how many entries are told at once. Of more, only the number is kept.
const MaxSeveral = 100

// Several is what the admins are told at once, in the order in which it happened.
type Several struct {
	Entries []Entry
	More    int // how many others there were
}

// Topic implements [Entry].
func (Several) Topic() Topic { return TopicSeveral }

// About implements [Entry].
func (Several) About() string { return "" }

// Doer implements [Entry].
func (Several) Doer() Admin { return Admin{} }

func (Several) entryKey() string { return "" }

func (n Several) store(s *storedEffect) {
	s.Topic, s.Count = TopicSeveral, n.More
	for _, e := range n.Entries {
		var one storedEffect
		e.store(&one)
		s.Entries = append(s.Entries, one)
	}
}

// words says how much it is.
func (n Several) words() string { return strconv.Itoa(len(n.Entries)+n.More) + " entries" }

// one is what is told, without what is around a single entry.
func (n Several) one() Entry {
	if len(n.Entries) == 1 && n.More == 0 {
		return n.Entries[0]
	}
	return n
}

// Has reports whether one of the entries is so.
func (n Several) Has(so func(Entry) bool) bool { return slices.ContainsFunc(n.Entries, so) }

// and is this with what happened after it.
func (n Several) and(later Several) Several {
	n.Entries = slices.Clone(n.Entries)
	for _, e := range later.Entries {
		n.add(e)
	}
	n.More += later.More
	for len(n.Entries) > MaxSeveral {
		n.leaveOut()
	}
	return n
}

// add adds an entry. It takes the place of those that it makes outdated.
func (n *Several) add(e Entry) {
	if several, ok := e.(Several); ok {
		*n = n.and(several)
		return
	}
	n.Entries = slices.DeleteFunc(n.Entries, func(earlier Entry) bool { return outdates(e, earlier) })
	if c, ok := changeOf(e); ok {
		if i := n.last(c.what); i >= 0 && n.Entries[i].Doer() == e.Doer() {
			was, _ := changeOf(n.Entries[i])
			n.Entries = slices.Delete(n.Entries, i, i+1)
			if c.from = was.from; c.from == c.to {
				return // they changed it back
			}
			e = c.entry(e)
		}
	}
	n.Entries = append(n.Entries, e)
}

// last is where the latest change of a thing is; -1 if there is none.
func (n Several) last(what string) int {
	for i := len(n.Entries) - 1; i >= 0; i-- {
		if c, ok := changeOf(n.Entries[i]); ok && c.what == what {
			return i
		}
	}
	return -1
}

// leaveOut leaves out the oldest entry that asks nobody for anything, and counts it.
func (n *Several) leaveOut() {
	i := max(0, slices.IndexFunc(n.Entries, func(e Entry) bool { return !asking[e.Topic()] }))
	n.Entries = slices.Delete(n.Entries, i, i+1)
	n.More++
}

// asking are the topics that ask the admins to do something.
var asking = map[Topic]bool{
	TopicUndecided: true, TopicAgainAsks: true, TopicAppealAsks: true, TopicTooOld: true, TopicFailed: true,
}

// outdates reports whether an entry says all that an earlier one says. What an admin did is always told.
func outdates(later, earlier Entry) bool {
	if earlier.Doer() != (Admin{}) {
		return false
	}
	_, isCase := later.(CaseEntry)
	if _, wasCase := earlier.(CaseEntry); isCase && wasCase {
		return later.About() == earlier.About()
	}
	return later.entryKey() != "" && later.entryKey() == earlier.entryKey()
}

// For is what of it somebody is told: not what they did, and of what was changed only what is different in the end. Reader 0
// is the log channel.
func (n Several) For(reader int64) Several {
	mine := func(e Entry) bool { return reader != 0 && e.Doer().ID == reader }
	var told []Entry
	for i, e := range n.Entries {
		if c, ok := changeOf(e); mine(e) || ok && !n.differs(c.what, i, mine) {
			continue
		}
		told = append(told, e)
	}
	return Several{told, n.More}
}

// differs reports whether a change, the i-th entry, is news to a reader: it came after what they changed themselves, and the
// thing is in the end not what it was to them.
func (n Several) differs(what string, i int, mine func(Entry) bool) bool {
	first, last := "", ""
	begun := false
	for j, e := range n.Entries {
		c, ok := changeOf(e)
		switch {
		case !ok || c.what != what:
		case mine(e) && j > i:
			return false
		case mine(e):
			first, begun = c.to, true
		case !begun:
			first, begun = c.from, true
		}
		if ok && c.what == what {
			last = c.to
		}
	}
	return first != last
}

// changeView is an entry as a change of one thing.
type changeView struct{ what, from, to string }

// changeOf is an entry as a change of one thing, if it is one that can be changed back.
func changeOf(e Entry) (changeView, bool) {
	switch n := e.(type) {
	case SettingChanged:
		return changeView{n.Change.Setting, n.Change.From, n.Change.To}, true
	case RuleChanged:
		const listed, removed = "listed", "removed"
		did := n.Amended
		about := "rule/" + string(did.Rule) + "/"
		switch did.Kind {
		case rulebook.AmendAdded, rulebook.AmendRestored:
			return changeView{about + listed, removed, listed}, true
		case rulebook.AmendRemoved:
			return changeView{about + listed, listed, removed}, true
		case rulebook.AmendSeverity, rulebook.AmendPlace, rulebook.AmendName, rulebook.AmendWhy:
			return changeView{about + string(did.Kind), did.From, did.To}, true
		}
	}
	return changeView{}, false
}

// entry is an entry that says this of what e is about.
func (c changeView) entry(e Entry) Entry {
	switch n := e.(type) {
	case SettingChanged:
		n.Change.From, n.Change.To = c.from, c.to
		return n
	case RuleChanged: // of its words, its place or its severity: whether it holds can only be changed back
		n.Amended.From, n.Amended.To = c.from, c.to
		return n
	}
	return e
}
