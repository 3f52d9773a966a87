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
	n.Entries = append(n.Entries, e)
	n.shorten(e)
}

// MaxSteps is how many changes of one thing are kept that an admin made one after the other.
const MaxSteps = 5

// shorten puts the second and the third of too many changes of one thing together, of which e is the last. The log's are all
// kept, and those without a name: two admins may have made them.
func (n *Several) shorten(e Entry) {
	c, ok := changeOf(e)
	if !ok || c.only || e.Doer().ID == 0 || ChangesLog(e) {
		return
	}
	var steps []int // the last comes first
	for i := len(n.Entries) - 1; i >= 0; i-- {
		if is, ok := changeOf(n.Entries[i]); !ok || is.what != c.what {
			continue
		}
		if n.Entries[i].Doer().ID != e.Doer().ID {
			break
		}
		steps = append(steps, i)
	}
	if len(steps) <= MaxSteps {
		return
	}
	second, third := steps[len(steps)-2], steps[len(steps)-3]
	way, _ := changeOf(n.Entries[second])
	on, _ := changeOf(n.Entries[third])
	way.to = on.to
	n.Entries[second] = way.entry(n.Entries[second])
	n.Entries = slices.Delete(n.Entries, third, third+1)
}

// leaveOut leaves out the oldest entry that asks nobody for anything, and counts it. What was done to the log is left out last.
func (n *Several) leaveOut() {
	i := slices.IndexFunc(n.Entries, func(e Entry) bool { return !asking[e.Topic()] && !ChangesLog(e) })
	if i < 0 {
		i = max(0, slices.IndexFunc(n.Entries, func(e Entry) bool { return !ChangesLog(e) }))
	}
	n.Entries = slices.Delete(n.Entries, i, i+1)
	n.More++
}

// asking are the topics that ask the admins to do something.
var asking = map[Topic]bool{
	TopicUndecided: true, TopicAgainAsks: true, TopicAppealAsks: true, TopicTooOld: true, TopicFailed: true,
}

// deeds are the topics of a case that an admin may have brought about. Who they were does not tell: an admin who writes in the
// group's name has none.
var deeds = map[Topic]bool{
	TopicDecided: true, TopicConfirmed: true, TopicDropped: true, TopicManual: true, TopicOverturned: true, TopicPardoned: true,
	TopicHarsher: true, TopicCorrected: true, TopicAppealStands: true,
}

// outdates reports whether an entry says all that an earlier one says. What an admin did is always told.
func outdates(later, earlier Entry) bool {
	is, isCase := later.(CaseEntry)
	if was, wasCase := earlier.(CaseEntry); isCase && wasCase {
		return is.Case == was.Case && !deeds[was.What] || is == was && once[was.What]
	}
	return later.entryKey() != "" && later.entryKey() == earlier.entryKey()
}

// For is what of it somebody is told: not what they did. Of a thing that others changed too they are told the whole way. Reader 0
// is the log channel.
func (n Several) For(reader int64) Several {
	mine := func(e Entry) bool { return reader != 0 && e.Doer().ID == reader }
	others := map[string]bool{}
	for _, e := range n.Entries {
		if c, ok := changeOf(e); ok && !mine(e) {
			others[c.what] = true
		}
	}
	var told []Entry
	for _, e := range n.Entries {
		if c, ok := changeOf(e); !mine(e) || ok && others[c.what] {
			told = append(told, e)
		}
	}
	return Several{told, n.More}
}

// changeView is an entry as a change of one thing.
type changeView struct {
	what, from, to string
	only           bool // it can only be changed back
}

// changeOf is an entry as a change of one thing, if it is one that can be changed back.
func changeOf(e Entry) (changeView, bool) {
	switch n := e.(type) {
	case SettingChanged:
		return changeView{what: n.Change.Setting, from: n.Change.From, to: n.Change.To}, true
	case RuleChanged:
		const listed, removed = "listed", "removed"
		did := n.Amended
		about := "rule/" + string(did.Rule) + "/"
		switch did.Kind {
		case rulebook.AmendAdded, rulebook.AmendRestored:
			return changeView{what: about + listed, from: removed, to: listed, only: true}, true
		case rulebook.AmendRemoved:
			return changeView{what: about + listed, from: listed, to: removed, only: true}, true
		case rulebook.AmendSeverity, rulebook.AmendSweep, rulebook.AmendPlace, rulebook.AmendName, rulebook.AmendWhy:
			return changeView{what: about + string(did.Kind), from: did.From, to: did.To}, true
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
	case RuleChanged: // of its words, its place, its severity or its sweep: whether it holds can only be changed back
		n.Amended.From, n.Amended.To = c.from, c.to
		return n
	}
	return e
}
