package request_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers/request"
)

func TestCaseIDsAreReadAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"7KQ2":                   "7KQ2",
		"7kq2":                   "7KQ2",
		"#7KQ2":                  "7KQ2",
		"7KQ2.":                  "7KQ2",
		"#7kq2, that was enough": "7KQ2",
		"  7KQ2  please":         "7KQ2",
		"7KQ2\nplease":           "7KQ2",
		"\t7KQ2\tplease":         "7KQ2",
		"oO0i":                   "0001",
		"IlL1":                   "1111",
		"7KQ2A":                  "7KQ2A",
		"":                       "",
		"#":                      "",
		"   ":                    "",
	} {
		if got := request.CaseID(typed); got != want {
			t.Errorf("%q is case %q, want %q", typed, got, want)
		}
	}
}
