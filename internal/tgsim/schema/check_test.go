package schema_test

import (
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
)

func TestCheckUpdate(t *testing.T) {
	chat := `"chat":{"id":-1,"type":"group"}`
	tests := []struct{ name, update, want string }{
		{"fine", `{"update_id":1,"message":{"message_id":1,"date":1,` + chat + `}}`, ""},
		{"no date", `{"update_id":1,"message":{"message_id":1,` + chat + `}}`, "field date of Message is missing"},
		{"odd message", `{"update_id":1,"message":"x"}`, "Update.message must be of type Message"},
		{"odd field", `{"update_id":1,"message":{"message_id":1,"date":1,"sender":1,` + chat + `}}`, "unknown field sender in Message"},
		{"not JSON", `{`, "can't parse JSON"},
		{"two values", `{"update_id":1}{}`, "data after the value"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := schema.CheckUpdate([]byte(tt.update))
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
