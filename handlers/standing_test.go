package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// A button of /me ends that a member is asked to be a juror, and another has them asked again: from the eighth day on.
func TestMeEndsBeingAsked(t *testing.T) {
	d, h := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
	shown := func(from int64, data string) string {
		t.Helper()
		u := command(from, "en", "/me")
		if data != "" {
			u = pressed(from, data)
		}
		texts, calls := say(t, h, u)
		last := calls[len(calls)-1]
		return fmt.Sprint(texts[len(texts)-1], last.Params["reply_markup"])
	}
	if first := shown(member, ""); !strings.Contains(first, "m:7:off") || strings.Contains(first, "jury") {
		t.Errorf("/me shows %s", first)
	}
	for range 2 { // a second tap changes nothing
		if off := shown(member, "m:7:off"); !d.Juror.Declines || !strings.Contains(off, "m:7:on") || !strings.Contains(off, english("me.no_juries", nil)) {
			t.Errorf("it shows %s", off)
		}
	}
	for range 2 {
		on := shown(member, "m:7:on")
		if d.Juror.Declines || !d.Juror.Willing.Equal(noon) || !strings.Contains(on, "m:7:off") || !strings.Contains(on, "from 9 Sep, 12:00 on") {
			t.Errorf("it shows %s", on)
		}
	}
	if again := shown(member, ""); !strings.Contains(again, "from 9 Sep, 12:00 on") {
		t.Errorf("/me shows %s", again)
	}
}

// Whatever is forged about that button changes nothing.
func TestForgedButtonOfMe(t *testing.T) {
	for data, from := range map[string]int64{"m:7:maybe": member, "m:7": member, "m:7:off": 66} { // who left
		d, h := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
		texts, _ := say(t, h, pressed(from, data))
		if d.Juror.Declines || len(texts) > 1 || len(d.Effects) > 0 {
			t.Errorf("%s: it says %q, and the record is %+v", data, texts, d.Juror)
		}
	}
}
