package view_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

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
