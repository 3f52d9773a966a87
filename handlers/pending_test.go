package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What is pending is settled by who may punish, and by a button that shows what still waits.
func TestPenaltyThatWaits(t *testing.T) {
	const week, confirmed, dropped = "ban 7d", moderation.TopicConfirmed, moderation.TopicDropped
	for name, c := range map[string]struct {
		from  int64
		data  string
		toast string
		topic moderation.Topic
	}{
		"confirmed":                 {admin, "y:7:7KQ2:" + week, "", confirmed},
		"dropped":                   {admin, "n:7:7KQ2:" + week, "", dropped},
		"confirmed by the owner":    {owner, "y:7:7KQ2:" + week, "", confirmed},
		"confirmed, another":        {admin, "y:7:7KQ2:ban", english("refuse.not_pending", nil), ""},
		"dropped, another":          {admin, "n:7:7KQ2:mute 1d", english("refuse.not_pending", nil), ""},
		"forged, without a penalty": {admin, "y:7:7KQ2", english("refuse.not_pending", nil), ""},
		"without the right":         {helper, "y:7:7KQ2:" + week, english("refuse.rights", nil), ""},
		"dropped without the right": {helper, "n:7:7KQ2:" + week, english("refuse.rights", nil), ""},
		"by a member":               {member, "y:7:7KQ2:" + week, english("refuse.not_admin", nil), ""},
		"dropped by its author":     {author, "n:7:7KQ2:" + week, english("refuse.not_admin", nil), ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, h := newGroup(t, cases["pending"])
			d.Docket.History = []moderation.Offence{{Case: "7KQ2", Steps: 2, Severity: 3, Cost: 20, At: noon}}
			texts, _ := say(t, h, pressed(c.from, c.data))
			if texts[0] != c.toast {
				t.Errorf("the toast is %q, want %q", texts[0], c.toast)
			}
			if told := slices.Contains(d.Topics(), c.topic); c.topic != "" && !told || c.topic == "" && len(d.Effects) > 0 {
				t.Errorf("committed: %+v", d.Effects)
			}
			if settled := d.Docket.Case.Pending.Kind == ""; settled != (c.topic != "") {
				t.Errorf("settled: %v", settled)
			}
			if c.topic == confirmed && d.Docket.Case.Penalty.String() != week {
				t.Errorf("the penalty is %s", d.Docket.Case.Penalty)
			}
		})
	}
}

// The way back on the card of a case with a penalty that waits: the buttons stand there while it waits, and no longer.
func TestButtonsOfAPenaltyThatWaits(t *testing.T) {
	d, h := newGroup(t, cases["pending"])
	show := func() string {
		_, calls := say(t, h, command(admin, "en", "/case 7KQ2"))
		return fmt.Sprint(calls[0].Params["text"], calls[0].Params["reply_markup"])
	}
	if shown := show(); !strings.Contains(shown, "y:7:7KQ2:ban 7d") || !strings.Contains(shown, "n:7:7KQ2:ban 7d") || !strings.Contains(shown, "a ban for 7 days") {
		t.Error(shown)
	}
	d.Docket.Case.PendingEnds = noon
	if shown := show(); strings.Contains(shown, "y:7") || strings.Contains(shown, "n:7") || strings.Contains(shown, "7 days") {
		t.Errorf("its time is over: %s", shown)
	}
}
