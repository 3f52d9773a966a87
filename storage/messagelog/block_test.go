package messagelog

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// What is in a block on disks today: its bytes may not change.
func TestBlockBytes(t *testing.T) {
	t.Parallel()
	body := []byte(`{"m":41,"i":1780000000,"a":{"ID":7,"Language":"en"}}`)
	for want, messages := range map[string][]Message{
		`[{"c":-1,"m":41,"i":1780000000,"e":false,"t":` + string(body) + `}]`: {{Chat: -1, Number: 41, At: 1780000000, Body: body}},
		`[{"c":2,"m":41,"i":5,"e":true,"d":20000,"w":true,"h":"anna","t":` + string(body) + `},{"c":2,"m":42,"i":6,"e":false}]`: {
			{Chat: 2, Number: 41, At: 5, Edited: true, Body: body, Note: Note{Chat: 2, Person: 7, Language: "en", Day: 20000, Wrote: true, Handle: "anna"}},
			{Chat: 2, Number: 42, At: 6},
		},
		`[{"c":3,"m":0,"i":0,"e":false}]`: {{Chat: 3}},
	} {
		if got := string(encodeBlock(messages)); got != want {
			t.Errorf("a block is\n%s; want\n%s", got, want)
		}
		got, err := decodeBlock([]byte(want))
		for i := range got {
			if err := got[i].completeNote(); err != nil {
				t.Error(err)
			}
		}
		if err != nil || !reflect.DeepEqual(got, messages) {
			t.Errorf("read is %+v, %v; want %+v", got, err, messages)
		}
	}
}

// Blocks from before they held messages of all chats: several messages of one chat, or one that may not say its number.
func TestOldBlocks(t *testing.T) {
	t.Parallel()
	for block, want := range map[string][]Message{
		`[{"m":41,"i":5,"a":{"ID":7}},{"m":42,"i":6,"a":{"ID":8}}]`: {
			{Chat: 9, Number: 41, At: 5, Body: []byte(`{"m":41,"i":5,"a":{"ID":7}}`)}, {Chat: 9, Number: 42, At: 6, Body: []byte(`{"m":42,"i":6,"a":{"ID":8}}`)},
		},
		`{"a":{"ID":7}}`: {{Chat: 9, Number: 43, At: 99, Body: []byte(`{"a":{"ID":7}}`)}},
	} {
		got, err := decodeBlock([]byte(block))
		completeOneChat(got, 9, 43, 99)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("read is %+v, %v; want %+v", got, err, want)
		}
	}
}

func TestAnyBlockIsReadAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Message {
			m := Message{Chat: rapid.Int64().Draw(t, "chat"), Number: rapid.Int64().Draw(t, "number"), At: rapid.Int64().Draw(t, "at"), Edited: rapid.Bool().Draw(t, "edited")}
			if rapid.Bool().Draw(t, "kept") {
				m.Body = []byte(`{"a":{"ID":7,"Language":"en"}}`)
				m.Note = Note{Day: rapid.Int64().Draw(t, "day"), Wrote: rapid.Bool().Draw(t, "wrote"), Handle: rapid.String().Draw(t, "handle")}
				if m.Note.empty() {
					m.Note = Note{}
				}
			}
			return m
		}), 1, 10).Draw(t, "messages")
		got, err := decodeBlock(encodeBlock(want))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("read is %+v, %v; want %+v", got, err, want)
		}
	})
}
