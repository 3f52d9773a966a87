package wire

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/storedtest"
)

// A call that could not be made at once waits in the outbox, perhaps for another release.
func TestStoredCalls(t *testing.T) {
	rows := [][]Button{{{Text: "🚩 Breaks", Data: "v:7KQ2@1:breaks", Style: Danger}, {Text: "Quiz", URL: "https://t.me/bot?start=q"}}}
	entities := []Entity{{Type: "bold", Offset: 0, Length: 2}, {Type: "text_link", Offset: 3, Length: 2, URL: "https://example.org"}}
	for name, call := range map[string]Call{
		"message":          SendMessage(-5, "hi").Thread(9).ReplyTo(41).NoPreview().Quiet().Keyboard(rows),
		"message to one":   SendMessage(-5, "hi").Ephemeral(7, "c1", 0),
		"message to reply": SendMessage(-5, "hi").Ephemeral(7, "", 12),
		"answer to press":  SendMessage(-5, "hi").ForCallback("c1"),
		"question":         SendMessage(7, "why?").ForceReply(rows),
		"bare question":    SendMessage(7, "why?").ForceReply(nil),
		"marked message":   SendMessage(7, "hi you").Entities(entities).Entities([]Entity{{Type: FoldedQuote, Offset: 0, Length: 2}}),
		"picture":          SendPhoto(-5, "digest.png", []byte{0, 1, 0xff}, "digest").Entities([]Entity{{Type: FoldedQuote, Offset: 0, Length: 6}}),
		"document":         SendDocument(7, "data.json", []byte("{}"), "yours"),
		"upload":           Upload(7, "video_note", "v.mp4", []byte("v")),
		"medium":           SendMedia(7, "sticker", "f1", ""),
		"wipeable message": SendMessage(7, "reported").Keyboard(rows).Below(Button{Text: "🧹", Data: "w:now"}, "q:").Wipeable(),
		"other file":       ReplaceFile(7, 41, "gone.txt", []byte("gone")),
		"gone for one":     DeleteEphemeral(EphemeralRef{Chat: -5, Receiver: 7, ID: 12}),
		"edit":             EditMessageText(-5, 41, "bye").Keyboard(nil),
		"edit for one":     EditEphemeralText(EphemeralRef{Chat: -5, Receiver: 7, ID: 12}, "bye").Keyboard(rows),
		"deletion":         DeleteMessages(-5, []int64{41, 42}),
		"single deletion":  DeleteMessages(-5, []int64{41}),
		"toast":            AnswerCallback("c1", "done", true),
		"link":             AnswerCallbackURL("c1", "https://t.me/bot?start=q"),
		"ban":              Ban(-5, 7, time.Unix(1782907200, 0)),
		"restriction":      RestrictTo(-5, 7, time.Time{}, map[string]bool{"can_send_messages": true}),
	} {
		plain, err := json.Marshal(call)
		if err != nil {
			t.Fatal(err)
		}
		storedtest.Check(t, storedtest.Form{
			Name: "call: " + name, Value: string(plain),
			Write: func() ([]byte, error) { return plain, nil },
			Read: func(plain []byte) (any, error) {
				var read Call
				if err := json.Unmarshal(plain, &read); err != nil {
					return nil, err
				}
				was, err := call.Form()
				if is, err := read.Form(); err != nil || !maps.Equal(is, was) {
					t.Errorf("%s is sent as %v, %v, and not as %v", name, is, err, was)
				}
				again, _ := json.Marshal(read)
				return string(again), err
			},
		})
	}
	storedtest.Check(t, storedtest.Form{Name: "file", Value: storedtest.Filled[File]()})
}
