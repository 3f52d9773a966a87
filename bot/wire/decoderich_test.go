package wire_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

func decodeRich(t *testing.T, blocks string) *wire.Message {
	t.Helper()
	return decodeFields(t, `"rich_message":`+blocks)
}

func decodeFields(t *testing.T, fields string) *wire.Message {
	t.Helper()
	raw := `{"update_id":1,"message":{"message_id":2,"date":3,"chat":{"id":-4,"type":"supergroup"},"from":{"id":5,"first_name":"Anna"},` + fields + `}}`
	u, err := wire.DecodeUpdate(json.RawMessage(raw))
	if err != nil {
		t.Fatalf("%v\n%.300s", err, raw)
	}
	return u.Message
}

// TestRichMessage reads each kind of block and text as people see it.
func TestRichMessage(t *testing.T) {
	t.Parallel()
	for blocks, want := range map[string]string{
		`[{"type":"paragraph","text":"Buy"},{"type":"paragraph","text":["pills",{"type":"bold","text":[" now"]}]}]`:                                                                                    "Buy\npills now",
		`[{"type":"heading","text":"Pills","size":1},{"type":"divider"},{"type":"footer","text":"cheap"}]`:                                                                                             "Pills\ncheap",
		`[{"type":"expandable_blockquote","blocks":[{"type":"paragraph","text":"Pills"}],"credit":"A doctor"}]`:                                                                                        "Pills\nA doctor",
		`[{"type":"expandable_blockquote","text":"Pills"}]`:                                                                                                                                            "Pills",
		`[{"type":"blockquote","blocks":[{"type":"blockquote","blocks":[{"type":"pre","text":"pills"}]}]}]`:                                                                                            "pills",
		`[{"type":"pullquote","text":"Pills","credit":{"type":"italic","text":"A doctor"}}]`:                                                                                                           "Pills\nA doctor",
		`[{"type":"list","items":[{"label":"1.","blocks":[{"type":"paragraph","text":"Pills"}]},{"label":"2.","blocks":[{"type":"paragraph","text":"Powder"},{"type":"paragraph","text":"cheap"}]}]}]`: "1. Pills\n2. Powder\ncheap",
		`[{"type":"table","cells":[[{"text":"Pills","align":"left"},{"text":"5"}],[{},{"text":"6"}]],"caption":"Prices"}]`:                                                                             "Pills | 5\n | 6\nPrices",
		`[{"type":"details","summary":"More","blocks":[{"type":"paragraph","text":"Pills"}]},{"type":"thinking","text":"Hm"}]`:                                                                         "More\nPills\nHm",
		`[{"type":"paragraph","text":[{"type":"custom_emoji","custom_emoji_id":"7","alternative_text":"💊"},{"type":"mathematical_expression","expression":"x^2"},{"type":"anchor","name":"a"}]}]`:      "💊x^2",
		`[{"type":"buttons","buttons":[{"text":"Pills","url":"https://pills.example"},{"text":"More","callback_data":"x"}]}]`:                                                                          "Pills\nMore",
		`[{"type":"paragraph","text":{"type":"button","button":{"text":["Pi",{"type":"bold","text":"lls"}],"web_app":{"url":"https://pills.example"}}}}]`:                                              "Pills",
		`[{"type":"collage","blocks":[{"type":"photo","photo":[{"file_id":"a"}],"caption":{"text":"One"}}],"caption":{"text":"Both","credit":"Me"}}]`:                                                  "One\nBoth\nMe",
		`[{"type":"new_in_11","text":"Pills","blocks":[{"type":"paragraph","text":"more"}]}]`:                                                                                                          "Pills\nmore",
	} {
		if m := decodeRich(t, `{"blocks":`+blocks+`}`); m.Text != want || !m.Rich || m.Service != wire.ServiceNone {
			t.Errorf("%s\nreads %q, want %q", blocks, m.Text, want)
		}
	}
}

// TestRichEntities: links and the like are entities of the text, and offsets count UTF-16 units.
func TestRichEntities(t *testing.T) {
	t.Parallel()
	m := decodeRich(t, `{"blocks":[{"type":"paragraph","text":["💊 ",{"type":"url","url":"https://pills.example","text":["Bu",{"type":"bold","text":"y"}]}," ",
		{"type":"url","text":"a.example","url":"a.example"}," ",{"type":"text_mention","text":"Ben","user":{"id":9,"first_name":"Ben"}}]}]}`)
	want := []wire.Entity{
		{Type: "bold", Offset: 5, Length: 1},
		{Type: "text_link", Offset: 3, Length: 3, URL: "https://pills.example"},
		{Type: "url", Offset: 7, Length: 9, URL: "a.example"},
		{Type: "text_mention", Offset: 17, Length: 3, User: 9},
	}
	if m.Text != "💊 Buy a.example Ben" || !reflect.DeepEqual(m.Entities, want) {
		t.Errorf("%q %+v", m.Text, m.Entities)
	}
	if m.Plain {
		t.Error("a message with a link counts as plain")
	}
}

// TestRichIsPlain: text alone is, and nothing that is more.
func TestRichIsPlain(t *testing.T) {
	t.Parallel()
	const link = `{"type":"url","text":"here","url":"https://pills.example"}`
	for blocks, want := range map[string]bool{
		`[{"type":"paragraph","text":{"type":"bold","text":"Hello"}}]`:                     true,
		`[{"type":"paragraph","text":{"type":"url","text":"Hello","url":"x.example"}}]`:    false,
		`[{"type":"buttons","buttons":[{"text":"Hello","callback_data":"x"}]}]`:            false,
		`[{"type":"paragraph","text":"Hello"},{"type":"photo","photo":[{"file_id":"a"}]}]`: false,
		// Nor is what hides a link where nothing is read any more.
		`[{"type":"paragraph","text":[` + strings.Repeat(`{"type":"bold","text":"x"},`, 200) + link + `]}]`:                                     false,
		`[{"type":"paragraph","text":["` + strings.Repeat("x", 9000) + `",` + link + `]}]`:                                                      false,
		`[{"type":"paragraph","text":"x"},` + strings.Repeat(`{"type":"blockquote","blocks":[`, 99) + link + strings.Repeat(`]}`, 99) + `]`:     false,
		`[{"type":"paragraph","text":"x"},` + strings.Repeat(`{"type":"table","cells":[[`, 99) + link + strings.Repeat(`]]}`, 99) + `]`:         false,
		`[{"type":"paragraph","text":"x"},` + strings.Repeat(`{"type":"blockquote","blocks":[`, 16) + `"deep"` + strings.Repeat(`]}`, 16) + `]`: true,
		`[]`: false,
	} {
		if m := decodeRich(t, `{"blocks":`+blocks+`}`); m.Plain != want {
			t.Errorf("%s: plain is %v", blocks, m.Plain)
		}
	}
}

func TestRichFiles(t *testing.T) {
	t.Parallel()
	m := decodeRich(t, `{"blocks":[{"type":"photo","photo":[{"file_id":"s"},{"file_id":"l","file_unique_id":"u","file_size":7}],"caption":{"text":"Look"}},
		{"type":"slideshow","blocks":[{"type":"video","video":{"file_id":"v"}},{"type":"voice_note","voice_note":{"file_id":"n"}},{"type":"document","document":{"file_id":"d","file_name":"pills.pdf"}}]},
		{"type":"map","location":{"latitude":1,"longitude":2},"zoom":3}]}`)
	want := []wire.Medium{
		{Media: "video", MediaFile: wire.MediaFile{ID: "v"}}, {Media: "voice", MediaFile: wire.MediaFile{ID: "n"}},
		{Media: "document", MediaFile: wire.MediaFile{ID: "d", Name: "pills.pdf"}}, {Media: "location"},
	}
	if m.Media != "photo" || m.File != (wire.MediaFile{ID: "l", Unique: "u", Size: 7}) || !reflect.DeepEqual(m.More, want) {
		t.Errorf("%s %+v %+v", m.Media, m.File, m.More)
	}
	if m := decodeRich(t, `{"blocks":[{"type":"divider"}]}`); m.Media != "rich_message" {
		t.Errorf("with nothing to read it is %q", m.Media)
	}
}

// TestRichIsBounded: neither how long a rich message is nor how deep costs more than it may.
func TestRichIsBounded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("pills 💊", 5000)
	m := decodeRich(t, `{"blocks":[`+strings.TrimSuffix(strings.Repeat(`{"type":"bold","text":"`+long+`"},`, 3), ",")+`]}`)
	if n := len(utf16.Encode([]rune(m.Text))); n > 8192 || n < 8000 {
		t.Errorf("%d units are read", n)
	}
	many := decodeRich(t, `{"blocks":[`+strings.TrimSuffix(strings.Repeat(`{"type":"photo","photo":[{"file_id":"a"}],"caption":{"text":{"type":"bold","text":"x"}}},`, 500), ",")+`]}`)
	if len(many.Entities) != 100 || len(many.More) != 19 {
		t.Errorf("%d entities, %d files", len(many.Entities), len(many.More)+1)
	}
	blocks := strings.Repeat(`{"type":"blockquote","blocks":[`, 16) + `{"type":"paragraph","text":"pills"}` + strings.Repeat(`]}`, 16)
	if m := decodeRich(t, `{"blocks":[`+blocks+`]}`); m.Text != "pills" {
		t.Errorf("16 blocks deep: %q", m.Text)
	}
	for _, deep := range []int{20, 500, 3000} {
		nested := strings.Repeat(`{"type":"bold","text":[`, deep) + `"pills"` + strings.Repeat(`]}`, deep)
		m := decodeRich(t, `{"blocks":[{"type":"paragraph","text":["Buy ",`+nested+`]}]}`)
		if !strings.HasPrefix(m.Text, "Buy") {
			t.Errorf("%d deep: %q", deep, m.Text)
		}
	}
}

// TestManyRichLinks: what many links cost grows with their number, not with its square.
func TestManyRichLinks(t *testing.T) { // not in parallel: it measures what all tests allocate
	links := strings.Repeat(`{"type":"url","text":"x","url":"y"},`, 8000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	decodeRich(t, `{"blocks":[`+strings.TrimSuffix(links, ",")+`]}`)
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
		t.Errorf("%d bytes were allocated for %d bytes of links", used, len(links))
	}
}

// TestMalformedRichMessage: what is wrong in it costs no message.
func TestMalformedRichMessage(t *testing.T) {
	t.Parallel()
	for _, rich := range []string{
		`null`, `7`, `"pills"`, `[]`, `{}`, `{"blocks":7}`, `{"blocks":[7,null,true,[[["x"]]]]}`, `{"blocks":[{"type":7,"text":{"type":[]}}]}`,
		`{"blocks":[{"type":"photo","photo":"x"},{"type":"photo","photo":[{"file_id":7}]}]}`, `{"blocks":[{"type":"table","cells":[7,[7],{}]}]}`,
		`{"blocks":[{"type":"table","cells":"x"}]}`, `{"blocks":[{"type":"list","items":{"label":7,"blocks":"x"}}]}`,
		`{"blocks":[{"type":"url","text":"x","url":[]},{"type":"text_mention","text":"x","user":"y"},{"type":"button","button":{"login_url":7}}]}`,
	} {
		m := decodeFields(t, `"rich_message":`+rich+`,"is_topic_message":true,"message_thread_id":6`)
		if m.ID != 2 || !m.Topic || m.Thread != 6 {
			t.Errorf("%s: the message is read as %+v", rich, m)
		}
	}
}

// TestQuote: the words that a message quotes, also of a rich message, and what it replies to elsewhere.
func TestQuote(t *testing.T) {
	t.Parallel()
	for quote, want := range map[string]string{
		`{"text":"pills","position":0}`: "pills",
		`{"text":"","rich_texts":[{"type":"bold","text":"pills"}," now"],"position":0}`: "pills now",
		`{"rich_texts":["pills"],"text":"pills!","position":0}`:                         "pills!",
		`7`: "",
	} {
		if m := decodeFields(t, `"text":"Hm","quote":`+quote); m.Quote != want || m.Text != "Hm" {
			t.Errorf("%s is read as %q", quote, m.Quote)
		}
	}
	m := decodeFields(t, `"text":"Hm","external_reply":{"origin":{"type":"user","date":1,"sender_user":{"id":9,"first_name":"Ben"}},"chat":{"id":-8,"type":"supergroup"},"message_id":7,"photo":[{"file_id":"a"}]}`)
	if e := m.External; e == nil || e.Chat != -8 || e.MessageID != 7 || e.Origin.User.ID != 9 || e.Media != "photo" || m.ReplyTo != nil || m.Media != "" {
		t.Errorf("%+v", m)
	}
	if m.Plain {
		t.Error("what shows a message of another chat counts as plain")
	}
	if m := decodeFields(t, `"text":"Hm","external_reply":7`); m.External != nil && *m.External != (wire.External{}) || m.Text != "Hm" {
		t.Errorf("%+v", m)
	}
}

func FuzzRichMessage(f *testing.F) {
	f.Add(`{"blocks":[{"type":"paragraph","text":["a",{"type":"bold","text":"b"}]}]}`)
	f.Add(`{"blocks":[{"type":"table","cells":[[{"text":"a"}]]}]}`)
	f.Fuzz(func(t *testing.T, rich string) {
		if !json.Valid([]byte(rich)) {
			t.Skip()
		}
		raw := fmt.Sprintf(`{"update_id":1,"message":{"message_id":2,"date":3,"chat":{"id":-4,"type":"supergroup"},"rich_message":%s}}`, rich)
		u, err := wire.DecodeUpdate(json.RawMessage(raw))
		if err != nil || u.Message.ID != 2 {
			t.Fatalf("%v: %s", err, rich)
		}
		units := len(utf16.Encode([]rune(u.Message.Text)))
		for _, e := range u.Message.Entities {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > units {
				t.Fatalf("%+v is not within %q", e, u.Message.Text)
			}
		}
	})
}
