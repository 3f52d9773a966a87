package moderation_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// amend has Dora change the book.
func (r *fixture) amend(a moderation.Amendment) (rulebook.Book, rulebook.RuleID, error) {
	a.Update, a.Chat = r.next(), club
	if a.By.ID == 0 {
		a.By = boss
	}
	return r.court.Amend(r.ctx, a)
}

// rules are the ids of a book's rules that hold.
func rules(b rulebook.Book) (ids []rulebook.RuleID) {
	for _, r := range b.Listed() {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestAmend(t *testing.T) {
	t.Parallel()
	added := moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendAdded, Text: "No checkers", Why: "Another game.", Number: 2}}
	for name, test := range map[string]struct {
		amendment moderation.Amendment
		rule      rulebook.Rule // as it is then
		place     int
		told      rulebook.Amended
	}{
		"a new rule": {
			added, rulebook.Rule{ID: "r1", Severity: 2, Name: "No checkers", Why: "Another game."}, 9,
			rulebook.Amended{Kind: rulebook.AmendAdded, Rule: "r1", To: "Another game."},
		},
		"a milder one": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendSeverity, Rule: rulebook.Violence, Number: 1}},
			rulebook.Rule{ID: rulebook.Violence, Severity: 1}, 6,
			rulebook.Amended{Kind: rulebook.AmendSeverity, Rule: rulebook.Violence, From: "3", To: "1"},
		},
		"to the front": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendPlace, Rule: rulebook.Violence, Number: 1}},
			rulebook.Rule{ID: rulebook.Violence, Severity: 3}, 1,
			rulebook.Amended{Kind: rulebook.AmendPlace, Rule: rulebook.Violence, From: "6", To: "1"},
		},
		"to the end": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendPlace, Rule: rulebook.Spam, Number: 8}},
			rulebook.Rule{ID: rulebook.Spam, Severity: 1}, 8,
			rulebook.Amended{Kind: rulebook.AmendPlace, Rule: rulebook.Spam, From: "1", To: "8"},
		},
		"no copies go": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendSweep, Rule: rulebook.Spam, Text: "off"}},
			rulebook.Rule{ID: rulebook.Spam, Severity: 1, Sweep: rulebook.SweepOff}, 1,
			rulebook.Amended{Kind: rulebook.AmendSweep, Rule: rulebook.Spam, From: "on", To: "off"},
		},
		"copies go": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendSweep, Rule: rulebook.Hate, Text: "on"}},
			rulebook.Rule{ID: rulebook.Hate, Severity: 2, Sweep: rulebook.SweepOn}, 4,
			rulebook.Amended{Kind: rulebook.AmendSweep, Rule: rulebook.Hate, From: "off", To: "on"},
		},
		"renamed": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendName, Rule: rulebook.Other, Text: "The rest"}},
			rulebook.Rule{ID: rulebook.Other, Severity: 1, Name: "The rest"}, 8,
			rulebook.Amended{Kind: rulebook.AmendName, Rule: rulebook.Other, To: "The rest"},
		},
		"in other words": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendWhy, Rule: rulebook.Spam, Why: "No ads."}},
			rulebook.Rule{ID: rulebook.Spam, Severity: 1, Why: "No ads."}, 1,
			rulebook.Amended{Kind: rulebook.AmendWhy, Rule: rulebook.Spam, To: "No ads."},
		},
		"an example": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendBreaks, Rule: rulebook.Spam, Text: "Buy this"}},
			rulebook.Rule{ID: rulebook.Spam, Severity: 1, Breaks: []string{"Buy this"}}, 1,
			rulebook.Amended{Kind: rulebook.AmendBreaks, Rule: rulebook.Spam, To: "Buy this"},
		},
		"another": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendFine, Rule: rulebook.Spam, Text: "Where do I buy this?"}},
			rulebook.Rule{ID: rulebook.Spam, Severity: 1, Fine: []string{"Where do I buy this?"}}, 1,
			rulebook.Amended{Kind: rulebook.AmendFine, Rule: rulebook.Spam, To: "Where do I buy this?"},
		},
		"removed": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendRemoved, Rule: rulebook.Spam}},
			rulebook.Rule{ID: rulebook.Spam, Severity: 1, Removed: true}, 0,
			rulebook.Amended{Kind: rulebook.AmendRemoved, Rule: rulebook.Spam, To: "removed"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			book, id, err := m.amend(test.amendment)
			if err != nil || id != test.rule.ID {
				t.Fatalf("rule %q, %v", id, err)
			}
			if got := book.Rule(id); !reflect.DeepEqual(got, test.rule) {
				t.Errorf("it is %+v, want %+v", got, test.rule)
			}
			if place := slices.Index(rules(book), id) + 1; place != test.place {
				t.Errorf("it stands at %d, want %d", place, test.place)
			}
			want := []moderation.Effect{moderation.GatherEntries{
				Waiting: moderation.Waiting{Chat: club, Due: m.now.Add(moderation.ChangesCalm)},
				Told:    moderation.Several{Entries: []moderation.Entry{moderation.RuleChanged{By: boss.Named(), Amended: test.told}}},
			}}
			if !reflect.DeepEqual(m.inQueue(), want) || !reflect.DeepEqual(m.chats[club].Book, book) {
				t.Errorf("told %+v\nwant %+v", m.effects, want)
			}
		})
	}
}

// Doing again what was done changes nothing and tells nobody.
func TestAmendAgain(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for _, a := range []moderation.Amendment{
		{Change: rulebook.Amendment{Kind: rulebook.AmendSeverity, Rule: rulebook.Spam, Number: 2}},
		{Change: rulebook.Amendment{Kind: rulebook.AmendPlace, Rule: rulebook.Spam, Number: 3}},
		{Change: rulebook.Amendment{Kind: rulebook.AmendSweep, Rule: rulebook.Spam, Text: "off"}},
		{Change: rulebook.Amendment{Kind: rulebook.AmendName, Rule: rulebook.Spam, Text: "Ads"}},
		{Change: rulebook.Amendment{Kind: rulebook.AmendWhy, Rule: rulebook.Spam, Why: "None."}},
		{Change: rulebook.Amendment{Kind: rulebook.AmendBreaks, Rule: rulebook.Spam, Text: "Buy"}},
		{Change: rulebook.Amendment{Kind: rulebook.AmendFine, Rule: rulebook.Spam, Text: "Bye"}},
	} {
		for again := range 2 {
			_, _, err := m.amend(a)
			m.must(err)
			if told := len(m.carried()); told != 1-again {
				t.Errorf("%s, time %d: %d told", a.Change.Kind, again+1, told)
			}
		}
	}
	want := rulebook.Rule{ID: rulebook.Spam, Severity: 2, Name: "Ads", Why: "None.", Breaks: []string{"Buy"}, Fine: []string{"Bye"}, Sweep: rulebook.SweepOff}
	if got := m.chats[club].Book.Listed()[2]; !reflect.DeepEqual(got, want) {
		t.Errorf("it is %+v", got)
	}
	_, _, err := m.amend(moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendCleared, Rule: rulebook.Spam}})
	m.must(err)
	if r := m.chats[club].Book.Rule(rulebook.Spam); len(r.Breaks)+len(r.Fine) > 0 || len(m.carried()) != 1 {
		t.Errorf("examples are left: %+v", r)
	}
}

func TestAmendIsRefused(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("ж", n) }
	type amendment = moderation.Amendment
	for name, test := range map[string]struct {
		amendment
		want moderation.Code
	}{
		"by who is no admin":        {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendSeverity, Rule: rulebook.Spam, Number: 2}, By: person(anna)}, moderation.RefuseNotAdmin},
		"by an admin who may not":   {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendRemoved, Rule: rulebook.Spam}, By: moderation.Member{ID: bob, Admin: true, Delete: true}}, moderation.RefuseRights},
		"of no rule":                {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendSeverity, Rule: "treason", Number: 2}}, moderation.RefuseNoRule},
		"bringing back what is":     {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendRestored, Rule: rulebook.Spam}}, moderation.RefuseNoRule},
		"of no kind":                {amendment{Change: rulebook.Amendment{Rule: rulebook.Spam}}, moderation.RefuseUnknown},
		"removing Other":            {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendRemoved, Rule: rulebook.Other}}, moderation.RefuseRuleOther},
		"too hard":                  {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendSeverity, Rule: rulebook.Spam, Number: 4}}, moderation.RefuseRuleSeverity},
		"swept perhaps":             {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendSweep, Rule: rulebook.Spam, Text: "perhaps"}}, moderation.RefuseRuleSweep},
		"swept without a word":      {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendSweep, Rule: rulebook.Spam}}, moderation.RefuseRuleSweep},
		"too mild":                  {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendSeverity, Rule: rulebook.Spam}}, moderation.RefuseRuleSeverity},
		"to no place":               {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendPlace, Rule: rulebook.Spam, Number: 9}}, moderation.RefuseRulePlace},
		"before the first":          {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendPlace, Rule: rulebook.Spam}}, moderation.RefuseRulePlace},
		"a long name":               {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendName, Rule: rulebook.Spam, Text: long(25)}}, moderation.RefuseRuleName},
		"a number for a name":       {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendName, Rule: rulebook.Spam, Text: "3"}}, moderation.RefuseRuleName},
		"a name with a line break":  {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendName, Rule: rulebook.Spam, Text: "a\nb"}}, moderation.RefuseRuleName},
		"a new rule without a name": {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendAdded, Why: "None."}}, moderation.RefuseRuleName},
		"one without a sentence":    {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendAdded, Text: "None"}}, moderation.RefuseRuleWhy},
		"a long sentence":           {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendWhy, Rule: rulebook.Spam, Why: long(301)}}, moderation.RefuseRuleWhy},
		"two lines":                 {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendWhy, Rule: rulebook.Spam, Why: "One.\nTwo."}}, moderation.RefuseRuleWhy},
		"no letters":                {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendWhy, Rule: rulebook.Spam, Why: "..."}}, moderation.RefuseRuleWhy},
		"a long example":            {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendFine, Rule: rulebook.Spam, Text: long(201)}}, moderation.RefuseRuleExample},
		"an example of two lines":   {amendment{Change: rulebook.Amendment{Kind: rulebook.AmendBreaks, Rule: rulebook.Spam, Text: "a\u2028b"}}, moderation.RefuseRuleExample},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			_, _, err := m.amend(test.amendment)
			m.refusedAs(err, test.want)
			if m.want(); m.chats[club].Book != nil {
				t.Errorf("the book is %+v", m.chats[club].Book)
			}
		})
	}
	m := newFixture(t)
	for i := range 12 {
		_, _, err := m.amend(amendment{Change: rulebook.Amendment{Kind: rulebook.AmendAdded, Text: fmt.Sprintf("Rule %d", i), Why: long(300)}})
		m.must(err)
	}
	_, _, err := m.amend(amendment{Change: rulebook.Amendment{Kind: rulebook.AmendAdded, Text: "One more", Why: "None."}})
	m.refusedAs(err, moderation.RefuseBookFull)
	_, _, err = m.amend(amendment{Change: rulebook.Amendment{Kind: rulebook.AmendName, Rule: rulebook.Spam, Text: "RULE 7"}})
	m.refusedAs(err, moderation.RefuseRuleTaken)
	for i := range 5 {
		_, _, err = m.amend(amendment{Change: rulebook.Amendment{Kind: rulebook.AmendFine, Rule: "r1", Text: fmt.Sprintf("Example %d", i)}})
		m.must(err)
	}
	_, _, err = m.amend(amendment{Change: rulebook.Amendment{Kind: rulebook.AmendFine, Rule: "r1", Text: "One more"}})
	m.refusedAs(err, moderation.RefuseExamplesFull)
}

// Whatever admins do to a book, it keeps its shape. At most so many rules hold, and each has an id and a
// name of its own and words within the limits. Other is among them, the first ones can always be named, and
// no id ever comes to mean another rule.
func TestBookKeepsItsShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newFixtureFor(t.Context(), t)
		meant := map[rulebook.RuleID]string{} // a group's own rules, by the sentence they began with
		kinds := []rulebook.AmendKind{
			rulebook.AmendAdded, rulebook.AmendAdded, rulebook.AmendAdded, rulebook.AmendRemoved, rulebook.AmendRemoved, rulebook.AmendRestored,
			rulebook.AmendSeverity, rulebook.AmendPlace, rulebook.AmendName, rulebook.AmendBreaks, rulebook.AmendFine, rulebook.AmendCleared,
		}
		for i := range rapid.IntRange(0, 300).Draw(t, "amendments") {
			book := m.chats[club].Book
			a := moderation.Amendment{
				Change: rulebook.Amendment{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Number: rapid.IntRange(-1, 22).Draw(t, "number"),
					Text: fmt.Sprint("Rule ", rapid.IntRange(0, 400).Draw(t, "name")), Why: fmt.Sprint("Sentence ", i)},
			}
			if a.Change.Kind == rulebook.AmendRestored {
				a.Change.Why = ""
			}
			if a.Change.Kind == rulebook.AmendAdded {
				a.Change.Number = a.Change.Number % 4
			}
			ids := rules(book)
			for _, r := range book {
				ids = append(ids, r.ID)
			}
			a.Change.Rule = rapid.SampledFrom(append(ids, "r7", "treason")).Draw(t, "rule")
			_, id, err := m.amend(a)
			if err == nil && a.Change.Kind == rulebook.AmendAdded {
				if meant[id] != "" {
					t.Fatalf("%s was the id of another rule", id)
				}
				meant[id] = a.Change.Why
			}
			checkBook(t, m.chats[club].Book, meant)
		}
	})
}

func checkBook(t *rapid.T, b rulebook.Book, meant map[rulebook.RuleID]string) {
	listed, removed := b.Listed(), 0
	seen, called := map[rulebook.RuleID]bool{}, map[string]bool{}
	for i, r := range b {
		if r.Removed {
			removed++
		} else if i >= len(listed) || listed[i].ID != r.ID {
			t.Fatalf("%s holds, and stands behind one that does not", r.ID)
		}
		if seen[r.ID] || !r.Removed && r.Name != "" && called[r.Name] {
			t.Fatalf("two rules are %s, %q", r.ID, r.Name)
		}
		seen[r.ID] = true
		called[r.Name] = called[r.Name] || !r.Removed
		if r.Own() && (r.Why != meant[r.ID] || r.Name == "") || r.Severity < 1 || r.Severity > 3 || len(r.Breaks) > 5 || len(r.Fine) > 5 {
			t.Fatalf("a rule that cannot be: %+v", r)
		}
	}
	if len(listed) > rulebook.MaxRules || removed > rulebook.MaxRemoved || !b.Has(rulebook.Other) {
		t.Fatalf("%d rules hold, %d do not", len(listed), removed)
	}
	for _, r := range rulebook.DefaultBook() {
		if got := b.Rule(r.ID); got.ID != r.ID {
			t.Fatalf("%s is forgotten", r.ID)
		}
	}
}

// A removed rule keeps its words for the cases that name it; sixty of them, of which the oldest go first.
func TestRemovedRulesAreForgottenLate(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for i := range rulebook.MaxRemoved + 3 {
		_, id, err := m.amend(moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendAdded, Text: fmt.Sprintf("Rule %d", i), Why: "None."}})
		m.must(err)
		_, _, err = m.amend(moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendRemoved, Rule: id}})
		m.must(err)
	}
	book := m.chats[club].Book
	for id, want := range map[rulebook.RuleID]string{"r1": "", "r3": "", "r4": "Rule 3", "r63": "Rule 62"} {
		if got := book.Rule(id).Name; got != want {
			t.Errorf("%s is called %q, want %q", id, got, want)
		}
	}
	if _, id, err := m.amend(moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendAdded, Text: "New", Why: "None."}}); err != nil || id != "r64" {
		t.Errorf("the next is %s, %v", id, err)
	}
}
