package request

import (
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Who is named behind a command, and by which of the words.
func TestNaming(t *testing.T) {
	mention := func(offset, length int) wire.Entity {
		return wire.Entity{Type: "text_mention", Offset: offset, Length: length, User: 77}
	}
	for name, tt := range map[string]struct {
		text     string
		entities []wire.Entity
		words    []string
		found    []reference
	}{
		"nobody":            {"/mute 2h spam", nil, []string{"2h", "spam"}, nil},
		"first":             {"/mute Anna 2h", []wire.Entity{mention(6, 4)}, []string{"Anna", "2h"}, []reference{{at: 0, id: 77}}},
		"blanks in it":      {"/mute  Anna Maria  2h ", []wire.Entity{mention(7, 10)}, []string{"Anna Maria", "2h"}, []reference{{at: 0, id: 77}}},
		"two units a sign":  {"/mute 😀😀 Анна, 2h", []wire.Entity{mention(11, 4)}, []string{"😀😀", "Анна", "2h"}, []reference{{at: 1, id: 77}}},
		"behind a time":     {"/ban 2 h 😀", []wire.Entity{mention(9, 2)}, []string{"2", "h", "😀"}, []reference{{at: 2, id: 77}}},
		"past the end":      {"/ban Anna", []wire.Entity{mention(5, 400)}, []string{"Anna"}, []reference{{at: 0, id: 77}}},
		"beyond the end":    {"/ban Anna", []wire.Entity{mention(50, 4)}, []string{"Anna"}, nil},
		"the command":       {"/ban Anna", []wire.Entity{mention(0, 4)}, []string{"Anna"}, nil},
		"@username":         {"/ban @anna_k, 7d", nil, []string{"@anna_k,", "7d"}, []reference{{at: 0, handle: "anna_k"}}},
		"@ alone":           {"/ban @ 7d", nil, []string{"@", "7d"}, []reference{{at: 0}}},
		"@ in a reason":     {"/ban spam @ night", nil, []string{"spam", "@", "night"}, nil},
		"link to a name":    {"/ban https://t.me/anna_k", nil, []string{"https://t.me/anna_k"}, []reference{{at: 0, handle: "anna_k"}}},
		"link to a message": {"/ban https://t.me/c/12/3", nil, []string{"https://t.me/c/12/3"}, nil},
		"id":                {"/ban 1234567 7d", nil, []string{"1234567", "7d"}, []reference{{at: 0, id: 1234567}}},
		"id behind a time":  {"/ban for 7 days 1234567", nil, []string{"for", "7", "days", "1234567"}, []reference{{at: 3, id: 1234567}}},
		"number, a reason":  {"/ban called 1234567", nil, []string{"called", "1234567"}, nil},
		"short number":      {"/ban 1234", nil, []string{"1234"}, nil},
		"link by number": {"/ban her", []wire.Entity{{Type: "text_link", Offset: 5, Length: 3, URL: "tg://user?id=88"}}, []string{"her"},
			[]reference{{at: 0, id: 88}}},
	} {
		t.Run(name, func(t *testing.T) {
			m := wire.Message{Text: tt.text, Entities: tt.entities}
			_, args, _ := strings.Cut(tt.text, " ")
			n := readNaming(&m, strings.TrimSpace(args))
			if !slices.Equal(n.words, tt.words) || !slices.Equal(n.found, tt.found) {
				t.Errorf("words %q, found %+v", n.words, n.found)
			}
		})
	}
}
