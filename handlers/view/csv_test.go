package view_test

import (
	"bytes"
	"encoding/csv"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Each row says who decided, in the words of docs/admins.md.
func TestExportSaysWhoDecided(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]moderation.Closed{
		"votes": {Verdict: moderation.Upheld},
		"admin": {Verdict: moderation.Dismissed, ByAdmin: true, Again: true},
		"jury":  {Verdict: moderation.Upheld, Again: true},
		"time":  {Verdict: moderation.Expired, Again: true},
		"hand":  {Verdict: moderation.Upheld, ByAdmin: true, Manual: true},
	} {
		c.Shown = true
		file, _, err := view.CasesCSV([]moderation.Closed{c}, time.UTC, func(rulebook.RuleID) string { return "" })
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := rows[1][6]; got != want {
			t.Errorf("the export says that %q decided, want %q", got, want)
		}
	}
}

// What an admin calls a rule is no formula to a spreadsheet.
func TestNoFormula(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"": "", "Spam": "Spam", "=cmd": "'=cmd", "+1 a": "'+1 a", "-a": "'-a", "@a": "'@a", "Без": "Без", "a=b": "a=b",
	} {
		if got := view.NoFormula(name); got != want {
			t.Errorf("%q is written %q, want %q", name, got, want)
		}
	}
}
