package handlers_test

import (
	"context"
	"log/slog"
	"reflect"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// The times that an answer or a kept call tells are entities by then. See TestDeliveredCallsAreDated for those that are delivered.
func TestAnswersAreDated(t *testing.T) {
	t.Parallel()
	var kept []wire.Call
	later := func(_ context.Context, call wire.Call) error {
		kept = append(kept, call)
		return nil
	}
	h := handlers.New(nil, nil, telegramOf(nil), later, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
	told := noon.Add(time.Hour)
	marked := wire.SendMessage(5, "Ж "+locale.In("en").On(noon).Time(told)+".")
	want := []map[string]any{{"type": "date_time", "offset": 2, "length": 11, "unix_time": told.Unix(), "date_time_format": "dt"}}

	if err := handlers.KeepForLater(h, t.Context(), marked); err != nil {
		t.Fatal(err)
	}
	for name, calls := range map[string][]wire.Call{"kept for later": kept, "answered": view.AllDated([]wire.Call{marked})} {
		if len(calls) != 1 || calls[0].Params["text"] != "Ж today 13:00." || !reflect.DeepEqual(calls[0].Params["entities"], want) {
			t.Errorf("%s: %+v", name, calls)
		}
	}
}

// What people are told has times that their own clocks show.
func TestAnswersTellTimesByTheReadersClock(t *testing.T) {
	d, h := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
	_, calls := say(t, h, command(owner, "en", "/pause 2h"))
	if len(calls) == 0 {
		t.Fatal("no answer")
	}
	text, _ := calls[len(calls)-1].Params["text"].(string)
	entities, _ := calls[len(calls)-1].Params["entities"].([]map[string]any)
	if len(entities) != 1 || entities[0]["unix_time"] != noon.Add(2*time.Hour).Unix() {
		t.Errorf("%q has the entities %v; the group is paused until %v", text, entities, d.Docket.Chat.Paused)
	}
}

// Only the sign itself gives a button its colour, and only where our own words stand on it.
func TestColoursOfButtons(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]wire.Style{"🚩 Uphold": wire.Danger, "⚖️ Appeal 7KQ2": wire.Primary, "👌 It’s fine": "", "🚩🚩 Bob": ""} {
		if got := view.Coloured(wire.Button{Text: label}).Style; got != want {
			t.Errorf("%s is %q, want %q", label, got, want)
		}
	}
}
