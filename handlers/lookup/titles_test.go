package lookup

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// slowTitles says after a second what a chat is called.
type slowTitles struct{ Caller }

func (slowTitles) Do(_ context.Context, call wire.Call) (wire.Result, error) {
	time.Sleep(time.Second)
	return wire.Result{Raw: json.RawMessage(fmt.Sprintf(`{"id":%d,"title":"Club %d"}`, call.Chat, -call.Chat))}, nil
}

// Several titles take as long as one.
func TestTitles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		titles := New(slowTitles{}).Titles(t.Context(), -3, -1, -3, -2, -1)
		if want := map[int64]string{-1: "Club 1", -2: "Club 2", -3: "Club 3"}; !maps.Equal(titles, want) {
			t.Errorf("%v, want %v", titles, want)
		}
		if took := time.Since(began); took != time.Second {
			t.Errorf("it took %v", took)
		}
		if none := New(slowTitles{}).Titles(t.Context()); len(none) > 0 {
			t.Error(none)
		}
	})
}
