package rulebook_test

import (
	"encoding/json"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// A book of a release that knew no sweep sweeps under the rules that do by default, also where a group renamed them.
func TestSweepOfEarlierBooks(t *testing.T) {
	t.Parallel()
	var earlier rulebook.Book
	kept := `[{"id":"spam","severity":1,"name":"Ads"},{"id":"scam","severity":2,"removed":true},{"id":"hate","severity":2},{"id":"r1","severity":1,"name":"Spam","why":"None."}]`
	if err := json.Unmarshal([]byte(kept), &earlier); err != nil {
		t.Fatal(err)
	}
	for _, r := range append(earlier, rulebook.DefaultBook()...) {
		if want := r.ID == rulebook.Spam || r.ID == rulebook.Scam; r.Sweeps() != want {
			t.Errorf("%s sweeps: %v, want %v", r.ID, r.Sweeps(), want)
		}
	}
}

// What an admin said of a rule holds, also when it is what holds by default, and when the rule was removed meanwhile.
func TestSweepOfAmendedRules(t *testing.T) {
	t.Parallel()
	for _, id := range []rulebook.RuleID{rulebook.Spam, rulebook.Hate} {
		for _, sweep := range []rulebook.Sweep{rulebook.SweepOn, rulebook.SweepOff} {
			book := amended(t, rulebook.DefaultBook(), rulebook.Amendment{Kind: rulebook.AmendSweep, Rule: id, Text: string(sweep)})
			book = amended(t, book, rulebook.Amendment{Kind: rulebook.AmendRemoved, Rule: id})
			book = amended(t, book, rulebook.Amendment{Kind: rulebook.AmendRestored, Rule: id})
			if r := book.Rule(id); r.Sweep != sweep || r.Sweeps() != (sweep == rulebook.SweepOn) {
				t.Errorf("%s with %q: %+v", id, sweep, r)
			}
		}
	}
}

func amended(t *testing.T, b rulebook.Book, a rulebook.Amendment) rulebook.Book {
	t.Helper()
	after, _, err := b.Amend(a)
	if err != nil {
		t.Fatal(err)
	}
	return after
}
