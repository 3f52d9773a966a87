package wire

import "testing"

func TestCommand(t *testing.T) {
	marked := func(length int) []Entity { return []Entity{{Type: "bot_command", Offset: 0, Length: length}} }
	tests := []struct {
		text     string
		entities []Entity
		want     Command
		ok       bool
	}{
		{"/report", nil, Command{Name: "report"}, true},
		{"/Report", marked(7), Command{Name: "report"}, true},
		{"/report scam", nil, Command{Name: "report", Args: "scam"}, true},
		{"/report\nscam  ", nil, Command{Name: "report", Args: "scam"}, true},
		{"/report\u00a0scam", nil, Command{Name: "report", Args: "scam"}, true},
		{"/rule add Spam no\nads", nil, Command{Name: "rule", Args: "add Spam no\nads"}, true},
		{"/report@OstrakonBot scam", nil, Command{Name: "report", Args: "scam", Addressed: true}, true},
		{"/report@ostrakonbot", nil, Command{Name: "report", Addressed: true}, true},
		{"/report@OtherBot", nil, Command{}, false},
		{"/report@", nil, Command{}, false},
		{"/report@a@OstrakonBot", nil, Command{}, false},
		{"/rules, please", marked(6), Command{Name: "rules", Args: ", please"}, true},
		{"/rules, please", nil, Command{}, false},
		{"/usr/bin", nil, Command{}, false},
		{"/", nil, Command{}, false},
		{"/ report", nil, Command{}, false},
		{" /report", nil, Command{}, false},
		{"/举报", nil, Command{}, false},
		{"\u200f\u200e/rules, please", []Entity{{Type: "bot_command", Offset: 2, Length: 6}}, Command{Name: "rules", Args: ", please"}, true},
		{"\u200f\u200e/report scam", nil, Command{Name: "report", Args: "scam"}, true},
		{"report", nil, Command{}, false},
		{"", nil, Command{}, false},
	}
	for _, test := range tests {
		m := &Message{Text: test.text, Entities: test.entities}
		if got, ok := m.Command("OstrakonBot"); got != test.want || ok != test.ok {
			t.Errorf("%q: %+v %v, want %+v %v", test.text, got, ok, test.want, test.ok)
		}
	}
}
