package rulebook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// AmendKind is what an amendment does to a rule.
type AmendKind string

// The kinds of amendments.
const (
	AmendAdded    AmendKind = "added"    // a new rule, called Text
	AmendRestored AmendKind = "restored" // a removed one holds again, at the end of the book
	AmendRemoved  AmendKind = "removed"  // it holds no more; cases that name it keep its words
	AmendSeverity AmendKind = "severity" // it costs Number steps
	AmendSweep    AmendKind = "sweep"    // it sweeps if Text is "on", and not if it is "off"
	AmendPlace    AmendKind = "place"    // it stands at Number, counted from 1
	AmendName     AmendKind = "name"     // it is called Text
	AmendWhy      AmendKind = "why"      // its sentence is Why
	AmendBreaks   AmendKind = "breaks"   // Text is one more example of what breaks it
	AmendFine     AmendKind = "fine"     // Text is one more example of what does not
	AmendCleared  AmendKind = "cleared"  // its own examples are gone
)

// Amendment is one change of a rule book. It names the rule by its id, so that of two people who change the book at
// once neither undoes what the other did.
type Amendment struct {
	Kind   AmendKind
	Rule   RuleID // empty for one that is added
	Text   string
	Why    string // the sentence; of a restored rule empty for the old one
	Number int    // the severity, 0 for the mildest or, of a restored rule, the old one; or the place
}

// Amended is what became of a rule, as the other admins are told. From and To are words or numbers, by the
// kind of the amendment; a name and a sentence are empty if they were the locale's. They are the same if
// nothing changed.
type Amended struct {
	Kind AmendKind `json:"kind"`
	Rule RuleID    `json:"rule"`
	From string    `json:"from,omitempty"`
	To   string    `json:"to,omitempty"`
}

// Amend is the book with an amendment made to it, and what to tell of it. The book itself stays as it is. The error is a [Problem].
func (b Book) Amend(a Amendment) (Book, Amended, error) {
	if a.Kind == AmendAdded {
		r := Rule{ID: b.freshID(), Severity: cmp.Or(a.Number, MinSeverity), Name: a.Text, Why: a.Why}
		changed, err := b.with(r)
		return changed, Amended{Kind: a.Kind, Rule: r.ID, To: r.Why}, err
	}
	r, ok := b.find(a.Rule)
	switch {
	case !ok, r.Removed != (a.Kind == AmendRestored):
		return nil, Amended{}, NoRule
	case a.Kind == AmendRemoved && r.ID == Other:
		return nil, Amended{}, OtherStays
	case a.Kind == AmendSweep && a.Text != string(SweepOn) && a.Text != string(SweepOff):
		return nil, Amended{}, BadSweep
	case a.Kind == AmendPlace:
		return b.move(r.ID, a.Number)
	}
	r, did := r.amend(a)
	if did.Kind == "" {
		return nil, did, UnknownKind
	}
	changed, err := b.with(r)
	return changed, did, err
}

// amend is the rule with an amendment made to it, and what to tell of it: nothing if there is no such
// amendment.
func (r Rule) amend(a Amendment) (Rule, Amended) {
	did := Amended{Kind: a.Kind, Rule: r.ID}
	switch a.Kind {
	case AmendRestored:
		r.Severity, r.Why = cmp.Or(a.Number, r.Severity), cmp.Or(a.Why, r.Why)
		r.Removed, did.To = false, "listed"
	case AmendRemoved:
		r.Removed, did.To = true, "removed"
	case AmendSeverity:
		did.From, did.To = strconv.Itoa(r.Severity), strconv.Itoa(a.Number)
		r.Severity = a.Number
	case AmendSweep:
		did.From, did.To = r.Sweep.word(r.ID), a.Text
		r.Sweep = Sweep(a.Text)
	case AmendName:
		did.From, did.To = r.Name, a.Text
		r.Name = a.Text
	case AmendWhy:
		did.From, did.To = r.Why, a.Why
		r.Why = a.Why
	case AmendBreaks:
		r.Breaks, did = oneMore(r.Breaks, a.Text, did)
	case AmendFine:
		r.Fine, did = oneMore(r.Fine, a.Text, did)
	case AmendCleared:
		did.From, did.To = strconv.Itoa(len(r.Breaks)+len(r.Fine)), "0"
		r.Breaks, r.Fine = nil, nil
	default:
		return r, Amended{}
	}
	return r, did
}

// oneMore are examples with one more, unless it is among them.
func oneMore(examples []string, text string, did Amended) ([]string, Amended) {
	did.To = text
	if slices.Contains(examples, text) {
		did.From = text
		return examples, did
	}
	return append(slices.Clone(examples), text), did
}

// with is the book with a rule in place of that of the same id, or behind all that hold if there is none
// that does. Those that hold no more stand at the end.
func (b Book) with(r Rule) (Book, error) {
	listed, removed := b.Listed(), b.removed()
	same := func(o Rule) bool { return o.ID == r.ID }
	removed = slices.DeleteFunc(removed, same)
	switch i := slices.IndexFunc(listed, same); {
	case r.Removed:
		listed, removed = slices.DeleteFunc(listed, same), append(removed, r)
	case i >= 0:
		listed[i] = r
	case len(listed) >= MaxRules:
		return nil, BookFull
	default:
		listed = append(listed, r)
	}
	if err := r.allowed(listed); err != nil {
		return nil, err
	}
	return append(listed, forget(removed)...), nil
}

// allowed says what is wrong with a rule, if anything, among those that hold.
func (r Rule) allowed(listed Book) error {
	switch {
	case r.Name != "" && !nameable(r.Name), r.Name == "" && r.Own():
		return BadName
	case r.Why != "" && !sayable(r.Why, MaxWhy), r.Why == "" && r.Own():
		return BadWhy
	case r.Severity < MinSeverity || r.Severity > MaxSeverity:
		return BadSeverity
	case len(r.Breaks) > MaxExamples || len(r.Fine) > MaxExamples:
		return ExamplesFull
	}
	for _, example := range append(slices.Clone(r.Breaks), r.Fine...) {
		if !sayable(example, MaxExample) {
			return BadExample
		}
	}
	for _, o := range listed {
		if o.ID != r.ID && o.Name != "" && strings.EqualFold(o.Name, r.Name) && !r.Removed {
			return NameTaken
		}
	}
	return nil
}

// move puts a rule that holds at a place among those that do, counted from 1.
func (b Book) move(id RuleID, place int) (Book, Amended, error) {
	listed := b.Listed()
	from := slices.IndexFunc(listed, func(r Rule) bool { return r.ID == id })
	did := Amended{Kind: AmendPlace, Rule: id, From: strconv.Itoa(from + 1), To: strconv.Itoa(place)}
	if place < 1 || place > len(listed) {
		return nil, did, NoPlace
	}
	r := listed[from]
	listed = slices.Insert(slices.Delete(listed, from, from+1), place-1, r)
	return append(listed, b.removed()...), did, nil
}

// freshID is an id that no rule of the book has or had.
func (b Book) freshID() RuleID {
	last := 0
	for _, r := range b {
		last = max(last, r.ID.number())
	}
	return RuleID("r" + strconv.Itoa(last+1))
}

// number is that of a group's own rule, 0 for others.
func (id RuleID) number() int {
	digits, own := strings.CutPrefix(string(id), "r")
	n, err := strconv.Atoi(digits)
	if !own || err != nil {
		return 0
	}
	return n
}

// forget keeps of the removed rules those that were removed last. Never forgotten are those that every
// group starts with, and the newest, or its id would be given again and old cases would name another rule.
func forget(removed Book) Book {
	newest := 0
	for _, r := range removed {
		newest = max(newest, r.ID.number())
	}
	for len(removed) > MaxRemoved {
		i := slices.IndexFunc(removed, func(r Rule) bool { return r.Own() && r.ID.number() != newest })
		removed = slices.Delete(removed, i, i+1)
	}
	return removed
}
