package locale

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestTextsFromTheRight(t *testing.T) {
	t.Parallel()
	all, err := read(fstest.MapFS{"ar.json": {Data: []byte(`{
		"a": "{name}: لا يمكنك",
		"b": "استخدم /report الآن أو /report@{bot}",
		"c": "/logchannel {code}",
		"d": "في «{group}» {number}\n/help: مساعدة",
		"e": "{link}",
		"f": "→ {name}: {number} → 5",
		"g": "{points} (−{number})\n+1 كل يوم",
		"rule.spam.words": "spam, إعلان"
	}`)}})
	if err != nil {
		t.Fatal(err)
	}
	p := Printer{c: all["ar"]}
	if !p.RightToLeft() || In("en").RightToLeft() {
		t.Error("Arabic is read from the right, English is not")
	}
	for key, want := range map[string]string{
		"a":               rightMark + isolateFirst + "Mallory" + isolateEnd + ": لا يمكنك",
		"b":               "استخدم " + leftMark + "/report الآن أو " + leftMark + "/report@x_bot",
		"c":               rightMark + leftMark + "/logchannel K7Q2X",
		"d":               "في «" + isolateFirst + "Chess club" + isolateEnd + "» 3\n" + rightMark + leftMark + "/help: مساعدة",
		"e":               rightMark + "https://t.me/x",
		"f":               rightMark + "← " + isolateFirst + "Mallory" + isolateEnd + ": 3 ← 5",
		"g":               rightMark + isolateFirst + "+7" + isolateEnd + " (" + leftMark + "−3)\n" + rightMark + leftMark + "+1 كل يوم",
		"rule.spam.words": "spam, إعلان",
	} {
		args := Args{"name": "Mallory", "bot": "x_bot", "code": "K7Q2X", "group": "Chess club", "number": 3, "points": "+7", "link": "https://t.me/x"}
		if got := p.Text(key, args); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
		if strings.ContainsAny(Visible(want), leftMark+rightMark+isolateFirst+isolateEnd) {
			t.Errorf("something invisible is left of %s", key)
		}
	}
	if got, want := p.Text("a", Args{"name": "مها"}), rightMark+"مها: لا يمكنك"; got != want {
		t.Errorf("a name from the right is closed off: %q", got)
	}
}

// A name that is read from the right does not turn an English sentence round.
func TestNamesFromTheRight(t *testing.T) {
	t.Parallel()
	p := Printer{c: catalogue{texts: map[string]text{"a": {"other": "{name}: {score} of 100, {name}"}}}}
	closed := isolateFirst + "مها" + isolateEnd
	if got, want := p.Text("a", Args{"name": "مها", "score": 80}), closed+": 80 of 100, "+closed; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := p.Text("a", Args{"name": Quote("مها"), "score": "80"}), "80 of 100"; !strings.Contains(got, want) {
		t.Errorf("got %q", got)
	}
}

// What somebody wrote in the other direction keeps its full stop, whatever stands around it.
func TestQuotedFromTheOtherSide(t *testing.T) {
	t.Parallel()
	const said, meant = "It was a joke.", "كانت مزحة."
	address := "Go to " + Dead("https://x.example") + "!"
	for _, c := range []struct{ language, words, want string }{
		{"fa", said, rightMark + "«" + isolateFirst + said + isolateEnd + "»"},
		{"ar", said, rightMark + "«" + isolateFirst + said + isolateEnd + "»"},
		{"fa", meant, rightMark + "«" + meant + "»"},
		{"fa", said + "\nSorry.", rightMark + "«" + isolateFirst + said + "\nSorry.»"}, // the end of a line ends it
		{"fa", address, rightMark + "«" + isolateFirst + address + isolateEnd + "»"},
		{"en", meant, "“" + meant + "”"}, // the whole line is read from the right
		{"en", said, "“" + said + "”"},
	} {
		if got := In(c.language).Text("quoted", Args{"text": c.words}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.language, Plain(got), Plain(c.want))
		}
	}
}

func TestFillLeavesStrayBraces(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]string{"{": "{", "a {b": "a {b", "{x}{a}{": "{x}1{", "{a}": "1", "}{a}}": "}1}", "{}": "{}", "{{a}": "{1"} {
		if got := (catalogue{}).fill(form, Args{"a": 1}); got != want {
			t.Errorf("%q filled is %q, want %q", form, got, want)
		}
	}
}
