package deliver_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// The times that a delivered call tells are entities by then.
func TestDeliveredCallsAreDated(t *testing.T) {
	t.Parallel()
	g, d := newGroup(t, moderation.Case{})
	told := noon.Add(time.Hour)
	if err := d.Call(t.Context(), wire.SendMessage(5, "Ж "+locale.In("en").On(noon).Time(told)+".")); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{{"type": "date_time", "offset": 2, "length": 11, "unix_time": told.Unix(), "date_time_format": "dt"}}
	if len(g.Sent) != 1 || g.Sent[0].Params["text"] != "Ж today 13:00." || !reflect.DeepEqual(g.Sent[0].Params["entities"], want) {
		t.Errorf("sent %+v", g.Sent)
	}
}
