package wire

import (
	"strings"
	"testing"
)

// stars is a split that takes stars out of a text, and says that a time begins at each.
func stars(text string) (string, []Entity) {
	var marked []Entity
	for {
		before, after, found := strings.Cut(text, "*")
		if !found {
			return text, marked
		}
		marked, text = append(marked, TimeEntity(len(before), 2, 1800000000)), before+after
	}
}

func TestMarked(t *testing.T) {
	t.Parallel()
	time := func(offset string) string {
		return `{"date_time_format":"dt","length":2,"offset":` + offset + `,"type":"date_time","unix_time":1800000000}`
	}
	for name, c := range map[string]struct {
		call Call
		want map[string]string // parameters, "" = none
	}{
		"a text": {
			SendMessage(-5, "a *bc *de"), map[string]string{"text": "a bc de", "entities": "[" + time("2") + "," + time("5") + "]"},
		},
		"an ephemeral text": {
			SendMessage(-5, "*bc").Ephemeral(8, "q1", 0), map[string]string{"text": "bc", "entities": "[" + time("0") + "]"},
		},
		"a text with entities": {
			SendMessage(-5, "*bc def").Entities([]Entity{{Type: FoldedQuote, Offset: 3, Length: 3}}),
			map[string]string{"text": "bc def", "entities": `[{"length":3,"offset":3,"type":"expandable_blockquote"},` + time("0") + "]"},
		},
		"a caption": {
			SendPhoto(-5, "p.png", nil, "a *bc"), map[string]string{"caption": "a bc", "caption_entities": "[" + time("2") + "]", "entities": ""},
		},
		"a caption that is folded": {
			SendPhoto(-5, "p.png", nil, "*bc d").Entities([]Entity{{Type: FoldedQuote, Offset: 3, Length: 1}}),
			map[string]string{"caption": "bc d", "caption_entities": `[{"length":1,"offset":3,"type":"expandable_blockquote"},` + time("0") + "]"},
		},
		"an edit": {
			EditMessageText(-5, 9, "a *bc"), map[string]string{"text": "a bc", "entities": "[" + time("2") + "]"},
		},
		"an ephemeral edit": {
			EditEphemeralText(EphemeralRef{Chat: -5, Receiver: 8, ID: 9}, "a *bc"), map[string]string{"text": "a bc", "entities": "[" + time("2") + "]"},
		},
		"a toast": {
			AnswerCallback("q1", "a *bc", true), map[string]string{"text": "a bc", "entities": ""},
		},
		"nothing marked": {
			SendMessage(-5, "a bc"), map[string]string{"text": "a bc", "entities": ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			form, err := c.call.Marked(stars).Form()
			if err != nil {
				t.Fatal(err)
			}
			for field, want := range c.want {
				if form[field] != want {
					t.Errorf("%s is %s, want %s", field, form[field], want)
				}
			}
		})
	}
}

// What members wrote may have entities of every type; those that name somebody or need more than we know are left out.
func TestEntitiesThatAreShown(t *testing.T) {
	t.Parallel()
	form, err := SendMessage(5, "abc").Entities([]Entity{
		{Type: "date_time", Offset: 0, Length: 1},
		{Type: "text_mention", Offset: 0, Length: 1, User: 8},
		{Type: "text_link", Offset: 1, Length: 1, URL: "https://a.example/"},
		{Type: "bold", Offset: 2, Length: 1, Time: 1800000000},
	}).Form()
	if want := `[{"length":1,"offset":1,"type":"text_link","url":"https://a.example/"}]`; err != nil || form["entities"] != want {
		t.Errorf("got %s, %v", form["entities"], err)
	}
}

func TestColours(t *testing.T) {
	t.Parallel()
	form, err := SendMessage(5, "x").Keyboard([][]Button{{{Text: "a", Data: "b", Style: Danger}, {Text: "c", Data: "d"}}}).Form()
	if want := `{"inline_keyboard":[[{"callback_data":"b","style":"danger","text":"a"},{"callback_data":"d","text":"c"}]]}`; err != nil || form["reply_markup"] != want {
		t.Errorf("got %s, %v", form["reply_markup"], err)
	}
}

// Telegram covers photos, videos and animations. It refuses to cover other media, which go out as they are.
func TestSpoiler(t *testing.T) {
	t.Parallel()
	for media, want := range map[string]string{"photo": "true", "video": "true", "animation": "true", "sticker": "", "document": "", "voice": "", "video_note": ""} {
		for _, call := range []Call{SendMedia(5, media, "f1", ""), Upload(5, media, "x", []byte("x"))} {
			form, err := call.Spoiler().Form()
			if err != nil || form["has_spoiler"] != want {
				t.Errorf("%s: has_spoiler is %q, want %q, %v", call.Method, form["has_spoiler"], want, err)
			}
		}
	}
}
