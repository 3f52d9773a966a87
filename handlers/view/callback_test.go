package view_test

import (
	"math"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// longID is a case id as long as they can become.
const longID = "ZZZZZZZZZZZ"

func TestButtonsCarryWhatTheyMean(t *testing.T) {
	t.Parallel()
	for data, want := range map[string][3]string{
		view.VoteData(1, "7KQ2", moderation.Breaks):                                 {"v", "7KQ2@1", "breaks"},
		view.VoteData(math.MaxInt64, longID, moderation.Fine):                       {"v", longID + "@1y2p0ij32e8e7", "fine"},
		view.UndoData(36, "7KQ2"):                                                   {"u", "7KQ2@10", ""},
		view.RuleData(math.MaxInt64, longID, rulebook.Violence, false):              {"r", longID + "@1y2p0ij32e8e7", "violence"},
		view.PickedData(2, 1234, rulebook.Spam, false):                              {"p", "1234@2", "spam"},
		view.PickedData(2, 1234, "", false):                                         {"p", "1234@2", ""},
		view.PickedData(math.MaxInt64, math.MaxInt64, rulebook.RuleID("ab"), false): {"p", "9223372036854775807@1y2p0ij32e8e7", "ab"},
		view.RuleData(math.MaxInt64, longID, rulebook.Violence, true):               {"r", longID + "@1y2p0ij32e8e7", "violence:seen"},
		view.PickedData(math.MaxInt64, math.MaxInt64, rulebook.OffTopic, true):      {"p", "9223372036854775807@1y2p0ij32e8e7", "offtopic:seen"},
	} {
		kind, subject, choice, ok := parsed(data)
		if got := [3]string{kind, subject, choice}; !ok || got != want {
			t.Errorf("%q is %q, %v; want %q", data, got, ok, want)
		}
		if len(data) > 64 {
			t.Errorf("%q has %d bytes; Telegram takes 64", data, len(data))
		}
	}
}

func TestForgedButtonsAreNone(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"nothing":            "",
		"a letter":           "v",
		"no subject":         "v:",
		"an empty subject":   "v::breaks",
		"a part too many":    "v:7KQ2:breaks:",
		"longer than may be": "v:" + strings.Repeat("7", 63),
	} {
		if kind, subject, choice, ok := parsed(data); ok {
			t.Errorf("%s: %q was read as %q, %q, %q", name, data, kind, subject, choice)
		}
	}
}

func FuzzParseCallbackData(f *testing.F) {
	for _, seed := range []string{
		"", "v:7KQ2:breaks", "u:7KQ2", "r:7KQ2:spam", "p:1234:", "p:-1:x", "v:7KQ2:breaks:again", "::", ":0::", "h:1f:7KQ2:mute 1h", "\xff:\x00", strings.Repeat(":", 64),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		kind, subject, choice, ok := parsed(data)
		switch joined := kind + ":" + subject + ":" + choice; {
		case !ok:
		case subject == "" || len(data) > 64:
			t.Fatalf("%q was taken", data)
		case joined != data && joined != data+":":
			t.Fatalf("%q was read as %q, %q, %q", data, kind, subject, choice)
		}
	})
}

// parsed gives the parts of a button's data.
func parsed(data string) (kind, subject, choice string, ok bool) {
	p, ok := view.ParseCallbackData(data)
	choice = p.Part(1)
	if p.Part(2) != "" {
		choice += ":" + p.Part(2)
	}
	return p.Button, p.Part(0), choice, ok
}
