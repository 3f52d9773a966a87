package tgsim_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// A time that a bot marks in its words is what apps show by the reader's clock.
func TestTimesInTexts(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	const at = 1_788_000_000
	told := object{"type": "date_time", "offset": 9, "length": 5, "unix_time": at, "date_time_format": "dt"}
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "👋 until 18:00", "entities": []object{told}})
	items := w.anna.Sees(w.group)
	got := items[len(items)-1].Times()
	if len(got) != 1 || got[0].Words != "18:00" || !got[0].Time.Equal(time.Unix(at, 0)) {
		t.Errorf("got %v", got)
	}
}

// Entities that a bot counted wrong are refused.
func TestEntitiesOfBots(t *testing.T) {
	for name, c := range map[string]struct {
		entity object
		want   string
	}{
		"beyond the end":       {object{"type": "bold", "offset": 9, "length": 6}, "entity is outside of the text"},
		"before the beginning": {object{"type": "bold", "offset": -1, "length": 2}, "entity is outside of the text"},
		"empty":                {object{"type": "bold", "offset": 1, "length": 0}, "entity is outside of the text"},
		"begins in a half":     {object{"type": "bold", "offset": 1, "length": 3}, "entity begins or ends in a middle of a UTF-16 symbol"},
		"ends in a half":       {object{"type": "bold", "offset": 0, "length": 1}, "entity begins or ends in a middle of a UTF-16 symbol"},
		"no such type":         {object{"type": "blink", "offset": 0, "length": 2}, "unsupported entity type"},
		"no time":              {object{"type": "date_time", "offset": 0, "length": 2}, "unix_time belongs to date_time"},
		"a time of bold":       {object{"type": "bold", "offset": 0, "length": 2, "unix_time": 1}, "unix_time belongs to date_time"},
		"a format of bold":     {object{"type": "bold", "offset": 0, "length": 2, "date_time_format": "r"}, "unix_time belongs to date_time"},
		"relative and more":    {object{"type": "date_time", "offset": 0, "length": 2, "unix_time": 1, "date_time_format": "rt"}, "invalid date_time_format"},
		"two dates":            {object{"type": "date_time", "offset": 0, "length": 2, "unix_time": 1, "date_time_format": "dD"}, "invalid date_time_format"},
		"no link":              {object{"type": "text_link", "offset": 0, "length": 2}, "url belongs to text_link"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newLoneWorld(t)
			a := w.try("sendMessage", object{"chat_id": w.group.ID(), "text": "👋 until 18:00", "entities": []object{c.entity}})
			if a.Description != "Bad Request: "+c.want || len(w.Violations()) != 1 {
				t.Errorf("got %q, violations %v", a.Description, w.Violations())
			}
		})
	}
}

func TestButtonStyles(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	send := func(style string) object {
		button := object{"text": "x", "callback_data": "y", "style": style}
		return object{"chat_id": w.group.ID(), "text": "x", "reply_markup": object{"inline_keyboard": [][]object{{button}}}}
	}
	for _, style := range []string{"danger", "success", "primary"} {
		w.do("sendMessage", send(style))
		items := w.anna.Sees(w.group)
		if got := items[len(items)-1].Buttons[0][0].Style; got != style {
			t.Errorf("the style is %q, want %q", got, style)
		}
	}
	w.refused("sendMessage", send("warning"), "Bad Request: invalid button style specified")
}
