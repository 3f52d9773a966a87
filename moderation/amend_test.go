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
func (r *room) amend(a moderation.Amendment) (moderation.Book, moderation.RuleID, error) {
	a.Update, a.Chat = r.next(), club
	if a.By.ID == 0 {
		a.By = boss
	}
	return r.court.Amend(r.ctx, a)
}

// rules are the ids of a book's rules that hold.
func rules(b moderation.Book) (ids []moderation.RuleID) {
	for _, r := range b.Listed() {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestAmend(t *testing.T) {
	t.Parallel()
	added := moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendAdded, Text: "No checkers", Why: "Another game.", Number: 2}}
	for name, test := range map[string]struct {
		amendment moderation.Amendment
		rule      moderation.Rule // as it is then
		place     int
		told      moderation.Amended
	}{
		"a new rule": {
			added, moderation.Rule{ID: "r1", Severity: 2, Name: "No checkers", Why: "Another game."}, 9,
			moderation.Amended{Kind: moderation.AmendAdded, Rule: "r1", To: "Another game."},
		},
		"a milder one": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendSeverity, Rule: moderation.Violence, Number: 1}},
			moderation.Rule{ID: moderation.Violence, Severity: 1}, 6,
			moderation.Amended{Kind: moderation.AmendSeverity, Rule: moderation.Violence, From: "3", To: "1"},
		},
		"to the front": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendPlace, Rule: moderation.Violence, Number: 1}},
			moderation.Rule{ID: moderation.Violence, Severity: 3}, 1,
			moderation.Amended{Kind: moderation.AmendPlace, Rule: moderation.Violence, From: "6", To: "1"},
		},
		"to the end": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendPlace, Rule: moderation.Spam, Number: 8}},
			moderation.Rule{ID: moderation.Spam, Severity: 1}, 8,
			moderation.Amended{Kind: moderation.AmendPlace, Rule: moderation.Spam, From: "1", To: "8"},
		},
		"renamed": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendName, Rule: moderation.Other, Text: "The rest"}},
			moderation.Rule{ID: moderation.Other, Severity: 1, Name: "The rest"}, 8,
			moderation.Amended{Kind: moderation.AmendName, Rule: moderation.Other, To: "The rest"},
		},
		"in other words": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendWhy, Rule: moderation.Spam, Why: "No ads."}},
			moderation.Rule{ID: moderation.Spam, Severity: 1, Why: "No ads."}, 1,
			moderation.Amended{Kind: moderation.AmendWhy, Rule: moderation.Spam, To: "No ads."},
		},
		"an example": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendBreaks, Rule: moderation.Spam, Text: "Buy this"}},
			moderation.Rule{ID: moderation.Spam, Severity: 1, Breaks: []string{"Buy this"}}, 1,
			moderation.Amended{Kind: moderation.AmendBreaks, Rule: moderation.Spam, To: "Buy this"},
		},
		"another": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendFine, Rule: moderation.Spam, Text: "Where do I buy this?"}},
			moderation.Rule{ID: moderation.Spam, Severity: 1, Fine: []string{"Where do I buy this?"}}, 1,
			moderation.Amended{Kind: moderation.AmendFine, Rule: moderation.Spam, To: "Where do I buy this?"},
		},
		"removed": {
			moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendRemoved, Rule: moderation.Spam}},
			moderation.Rule{ID: moderation.Spam, Severity: 1, Removed: true}, 0,
			moderation.Amended{Kind: moderation.AmendRemoved, Rule: moderation.Spam, To: "removed"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRoom(t)
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
			want := []moderation.Effect{moderation.TellAdmins{Waiting: moderation.Waiting{Chat: club}, News: moderation.RuleChanged{By: boss.Named(), Amended: test.told}}}
			if !reflect.DeepEqual(m.inQueue(), want) || !reflect.DeepEqual(m.chats[club].Book, book) {
				t.Errorf("told %+v\nwant %+v", m.effects, want)
			}
		})
	}
}

// Doing again what was done changes nothing and tells nobody.
func TestAmendAgain(t *testing.T) {
	t.Parallel()
	m := newRoom(t)
	for _, a := range []moderation.Amendment{
		{Change: rulebook.Amendment{Kind: moderation.AmendSeverity, Rule: moderation.Spam, Number: 2}},
		{Change: rulebook.Amendment{Kind: moderation.AmendPlace, Rule: moderation.Spam, Number: 3}},
		{Change: rulebook.Amendment{Kind: moderation.AmendName, Rule: moderation.Spam, Text: "Ads"}},
		{Change: rulebook.Amendment{Kind: moderation.AmendWhy, Rule: moderation.Spam, Why: "None."}},
		{Change: rulebook.Amendment{Kind: moderation.AmendBreaks, Rule: moderation.Spam, Text: "Buy"}},
		{Change: rulebook.Amendment{Kind: moderation.AmendFine, Rule: moderation.Spam, Text: "Bye"}},
	} {
		for again := range 2 {
			_, _, err := m.amend(a)
			m.must(err)
			if told := len(m.carried()); told != 1-again {
				t.Errorf("%s, time %d: %d told", a.Change.Kind, again+1, told)
			}
		}
	}
	want := moderation.Rule{ID: moderation.Spam, Severity: 2, Name: "Ads", Why: "None.", Breaks: []string{"Buy"}, Fine: []string{"Bye"}}
	if got := m.chats[club].Book.Listed()[2]; !reflect.DeepEqual(got, want) {
		t.Errorf("it is %+v", got)
	}
	_, _, err := m.amend(moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendCleared, Rule: moderation.Spam}})
	m.must(err)
	if r := m.chats[club].Book.Rule(moderation.Spam); len(r.Breaks)+len(r.Fine) > 0 || len(m.carried()) != 1 {
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
		"by who is no admin":        {amendment{Change: rulebook.Amendment{Kind: moderation.AmendSeverity, Rule: moderation.Spam, Number: 2}, By: person(anna)}, moderation.RefuseNotAdmin},
		"by an admin who may not":   {amendment{Change: rulebook.Amendment{Kind: moderation.AmendRemoved, Rule: moderation.Spam}, By: moderation.Member{ID: bob, Admin: true, Delete: true}}, moderation.RefuseRights},
		"of no rule":                {amendment{Change: rulebook.Amendment{Kind: moderation.AmendSeverity, Rule: "treason", Number: 2}}, moderation.RefuseNoRule},
		"bringing back what is":     {amendment{Change: rulebook.Amendment{Kind: moderation.AmendRestored, Rule: moderation.Spam}}, moderation.RefuseNoRule},
		"of no kind":                {amendment{Change: rulebook.Amendment{Rule: moderation.Spam}}, moderation.RefuseUnknown},
		"removing Other":            {amendment{Change: rulebook.Amendment{Kind: moderation.AmendRemoved, Rule: moderation.Other}}, moderation.RefuseRuleOther},
		"too hard":                  {amendment{Change: rulebook.Amendment{Kind: moderation.AmendSeverity, Rule: moderation.Spam, Number: 4}}, moderation.RefuseRuleSeverity},
		"too mild":                  {amendment{Change: rulebook.Amendment{Kind: moderation.AmendSeverity, Rule: moderation.Spam}}, moderation.RefuseRuleSeverity},
		"to no place":               {amendment{Change: rulebook.Amendment{Kind: moderation.AmendPlace, Rule: moderation.Spam, Number: 9}}, moderation.RefuseRulePlace},
		"before the first":          {amendment{Change: rulebook.Amendment{Kind: moderation.AmendPlace, Rule: moderation.Spam}}, moderation.RefuseRulePlace},
		"a long name":               {amendment{Change: rulebook.Amendment{Kind: moderation.AmendName, Rule: moderation.Spam, Text: long(25)}}, moderation.RefuseRuleName},
		"a number for a name":       {amendment{Change: rulebook.Amendment{Kind: moderation.AmendName, Rule: moderation.Spam, Text: "3"}}, moderation.RefuseRuleName},
		"a name with a line break":  {amendment{Change: rulebook.Amendment{Kind: moderation.AmendName, Rule: moderation.Spam, Text: "a\nb"}}, moderation.RefuseRuleName},
		"a new rule without a name": {amendment{Change: rulebook.Amendment{Kind: moderation.AmendAdded, Why: "None."}}, moderation.RefuseRuleName},
		"one without a sentence":    {amendment{Change: rulebook.Amendment{Kind: moderation.AmendAdded, Text: "None"}}, moderation.RefuseRuleWhy},
		"a long sentence":           {amendment{Change: rulebook.Amendment{Kind: moderation.AmendWhy, Rule: moderation.Spam, Why: long(301)}}, moderation.RefuseRuleWhy},
		"two lines":                 {amendment{Change: rulebook.Amendment{Kind: moderation.AmendWhy, Rule: moderation.Spam, Why: "One.\nTwo."}}, moderation.RefuseRuleWhy},
		"no letters":                {amendment{Change: rulebook.Amendment{Kind: moderation.AmendWhy, Rule: moderation.Spam, Why: "..."}}, moderation.RefuseRuleWhy},
		"a long example":            {amendment{Change: rulebook.Amendment{Kind: moderation.AmendFine, Rule: moderation.Spam, Text: long(201)}}, moderation.RefuseRuleExample},
		"an example of two lines":   {amendment{Change: rulebook.Amendment{Kind: moderation.AmendBreaks, Rule: moderation.Spam, Text: "a\u2028b"}}, moderation.RefuseRuleExample},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRoom(t)
			_, _, err := m.amend(test.amendment)
			m.refusedAs(err, test.want)
			if m.want(); m.chats[club].Book != nil {
				t.Errorf("the book is %+v", m.chats[club].Book)
			}
		})
	}
	m := newRoom(t)
	for i := range 12 {
		_, _, err := m.amend(amendment{Change: rulebook.Amendment{Kind: moderation.AmendAdded, Text: fmt.Sprintf("Rule %d", i), Why: long(300)}})
		m.must(err)
	}
	_, _, err := m.amend(amendment{Change: rulebook.Amendment{Kind: moderation.AmendAdded, Text: "One more", Why: "None."}})
	m.refusedAs(err, moderation.RefuseBookFull)
	_, _, err = m.amend(amendment{Change: rulebook.Amendment{Kind: moderation.AmendName, Rule: moderation.Spam, Text: "RULE 7"}})
	m.refusedAs(err, moderation.RefuseRuleTaken)
	for i := range 5 {
		_, _, err = m.amend(amendment{Change: rulebook.Amendment{Kind: moderation.AmendFine, Rule: "r1", Text: fmt.Sprintf("Example %d", i)}})
		m.must(err)
	}
	_, _, err = m.amend(amendment{Change: rulebook.Amendment{Kind: moderation.AmendFine, Rule: "r1", Text: "One more"}})
	m.refusedAs(err, moderation.RefuseExamplesFull)
}

// Whatever admins do to a book, it keeps its shape: at most so many rules hold, each has an id and a name of
// its own and words within the limits, Other is among them, the first ones can always be named, and no id
// ever comes to mean another rule.
func TestBookKeepsItsShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newRoomFor(t.Context(), t)
		meant := map[moderation.RuleID]string{} // a group's own rules, by the sentence they began with
		kinds := []moderation.AmendKind{
			moderation.AmendAdded, moderation.AmendAdded, moderation.AmendAdded, moderation.AmendRemoved, moderation.AmendRemoved, moderation.AmendRestored,
			moderation.AmendSeverity, moderation.AmendPlace, moderation.AmendName, moderation.AmendBreaks, moderation.AmendFine, moderation.AmendCleared,
		}
		for i := range rapid.IntRange(0, 300).Draw(t, "amendments") {
			book := m.chats[club].Book
			a := moderation.Amendment{
				Change: rulebook.Amendment{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Number: rapid.IntRange(-1, 22).Draw(t, "number"),
					Text: fmt.Sprint("Rule ", rapid.IntRange(0, 400).Draw(t, "name")), Why: fmt.Sprint("Sentence ", i)},
			}
			if a.Change.Kind == moderation.AmendRestored {
				a.Change.Why = ""
			}
			if a.Change.Kind == moderation.AmendAdded {
				a.Change.Number = a.Change.Number % 4
			}
			ids := rules(book)
			for _, r := range book {
				ids = append(ids, r.ID)
			}
			a.Change.Rule = rapid.SampledFrom(append(ids, "r7", "treason")).Draw(t, "rule")
			_, id, err := m.amend(a)
			if err == nil && a.Change.Kind == moderation.AmendAdded {
				if meant[id] != "" {
					t.Fatalf("%s was the id of another rule", id)
				}
				meant[id] = a.Change.Why
			}
			checkBook(t, m.chats[club].Book, meant)
		}
	})
}

func checkBook(t *rapid.T, b moderation.Book, meant map[moderation.RuleID]string) {
	listed, removed := b.Listed(), 0
	seen, called := map[moderation.RuleID]bool{}, map[string]bool{}
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
	if len(listed) > moderation.MaxRules || removed > moderation.MaxRemoved || !b.Has(moderation.Other) {
		t.Fatalf("%d rules hold, %d do not", len(listed), removed)
	}
	for _, r := range moderation.DefaultBook() {
		if got := b.Rule(r.ID); got.ID != r.ID {
			t.Fatalf("%s is forgotten", r.ID)
		}
	}
}

// A removed rule keeps its words for the cases that name it; sixty of them, of which the oldest go first.
func TestRemovedRulesAreForgottenLate(t *testing.T) {
	t.Parallel()
	m := newRoom(t)
	for i := range moderation.MaxRemoved + 3 {
		_, id, err := m.amend(moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendAdded, Text: fmt.Sprintf("Rule %d", i), Why: "None."}})
		m.must(err)
		_, _, err = m.amend(moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendRemoved, Rule: id}})
		m.must(err)
	}
	book := m.chats[club].Book
	for id, want := range map[moderation.RuleID]string{"r1": "", "r3": "", "r4": "Rule 3", "r63": "Rule 62"} {
		if got := book.Rule(id).Name; got != want {
			t.Errorf("%s is called %q, want %q", id, got, want)
		}
	}
	if _, id, err := m.amend(moderation.Amendment{Change: rulebook.Amendment{Kind: moderation.AmendAdded, Text: "New", Why: "None."}}); err != nil || id != "r64" {
		t.Errorf("the next is %s, %v", id, err)
	}
}
