package deliver_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

const row = 5 // of the outbox

// gathered has entries told that were gathered for each admin.
func gathered(entries ...moderation.Entry) moderation.GatherEntries {
	waits := moderation.Waiting{Chat: groupID, Ref: moderation.OutboxRef{ID: row}}
	return moderation.GatherEntries{Waiting: waits, Told: moderation.Several{Entries: entries}, Each: true}
}

func ptr(e moderation.GatherEntries) *moderation.GatherEntries { return &e }

func changed(by int64) moderation.Entry {
	return moderation.SettingChanged{By: moderation.Admin{ID: by, Name: "M"}, Change: moderation.Change{Setting: "quorum", From: "2", To: "3"}}
}

func TestTellGathered(t *testing.T) {
	t.Parallel()
	about := moderation.CaseEntry{What: moderation.TopicDecided, Case: "7KQ2"}
	for name, c := range map[string]struct {
		waits *moderation.GatherEntries // by now
		told  []string
	}{
		"one thing":            {ptr(gathered(about)), []string{"1 decided", "2 decided", "3 decided", "later"}},
		"two":                  {ptr(gathered(about, changed(2))), []string{"1 several", "2 decided", "3 several", "later"}},
		"told by another":      {nil, nil},
		"nothing in that time": {ptr(gathered()), nil},
	} {
		g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
		g.Docket.Gathered = c.waits
		if err := d.Deliver(t.Context(), gathered(about)); !errors.Is(err, outbox.ErrNoted) {
			t.Errorf("%s: %v", name, err)
		}
		var told []string
		for _, e := range g.Effects {
			if one, ok := e.(moderation.TellAdmin); ok {
				told = append(told, fmt.Sprint(one.To.ID, " ", one.Entry.Topic()))
			} else if later, ok := e.(moderation.GatherEntries); ok && later.Due.Equal(noon.Add(moderation.AdminsCalm)) && len(later.Told.Entries) == 0 {
				told = append(told, "later")
			}
		}
		if fmt.Sprint(told) != fmt.Sprint(c.told) || len(g.Sent) > 0 {
			t.Errorf("%s: told %q, want %q", name, told, c.told)
		}
	}
}

// Something came while nothing was there to tell, and nobody was asked who the admins are.
func TestTellGatheredAgain(t *testing.T) {
	t.Parallel()
	g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
	g.Docket.Gathered = ptr(gathered(changed(2)))
	var wait *outbox.NotBefore
	if err := d.Deliver(t.Context(), gathered()); !errors.As(err, &wait) || !wait.Until.Equal(noon) || len(g.Effects) > 0 {
		t.Errorf("%v, %v", err, g.Effects)
	}
}

// Who is an admin no more when the message goes is told nothing.
func TestFormerAdminIsToldNothing(t *testing.T) {
	t.Parallel()
	for id, want := range map[int64]int{admin: 1, 5: 0, 66: 0} {
		g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
		e := moderation.TellAdmin{Waiting: moderation.Waiting{Chat: groupID}, Entry: changed(1), To: moderation.Person{ID: id}}
		if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != want {
			t.Errorf("%d was sent %d messages, want %d: %v", id, len(g.Sent), want, err)
		}
	}
}

// That the group has another log channel is told in that, and to each admin.
func TestAnotherLogIsToldToEach(t *testing.T) {
	t.Parallel()
	log := moderation.SettingChanged{By: moderation.Admin{ID: 2}, Change: moderation.Change{Setting: moderation.SettingLog, From: "off", To: "Log"}}
	for name, c := range map[string]struct {
		told moderation.Entry
		each int
	}{
		"another log":           {log, 1},
		"also of other changes": {moderation.Several{Entries: []moderation.Entry{changed(2), log}}, 1},
		"another setting":       {changed(2), 0},
	} {
		g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
		err := d.Deliver(t.Context(), moderation.TellAdmins{Waiting: moderation.Waiting{Chat: groupID}, Entry: c.told})
		if err != nil && !errors.Is(err, outbox.ErrNoted) || len(g.Sent) != 1 || g.Sent[0].Chat != logID || len(g.Effects) != c.each {
			t.Errorf("%s: %v, sent %v, effects %v", name, err, g.Sent, g.Effects)
		}
	}
}

// If Telegram does not say whether somebody is an admin, they are told nothing: it goes later, if it may be said then. That a
// right is missing is told all the same.
func TestWhoMayBeNoAdminIsToldNothing(t *testing.T) {
	t.Parallel()
	refused := func(code int, text string) error { return &wire.Error{Code: code, Description: text} }
	for name, c := range map[string]struct {
		entry   moderation.Entry
		refusal error
		sent    int
		waits   bool
	}{
		"without rights":     {changed(1), refused(400, "Bad Request: CHAT_ADMIN_REQUIRED"), 0, true},
		"of rights":          {moderation.RightsDue{}, refused(400, "Bad Request: CHAT_ADMIN_REQUIRED"), 1, false},
		"removed":            {changed(1), refused(403, "Forbidden: bot was kicked from the supergroup chat"), 0, false},
		"not this":           {changed(1), refused(400, "Bad Request: method is available for supergroups only"), 0, false},
		"for another reason": {changed(1), refused(400, "Bad Request: something new"), 0, false},
		"out of reach":       {changed(1), refused(502, "Bad Gateway"), 0, true},
	} {
		g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
		g.Unsure = c.refusal
		e := moderation.TellAdmin{Waiting: moderation.Waiting{Chat: groupID}, Entry: c.entry, To: moderation.Person{ID: admin}}
		err := d.Deliver(t.Context(), e)
		if waits := err != nil; waits != c.waits || len(g.Sent) != c.sent {
			t.Errorf("%s: %v, sent %v", name, err, g.Sent)
		}
	}
}

// The log that the group had until now is told that it is none any more, and nobody else is. If it cannot be written there, that
// is all.
func TestFormerLogIsTold(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]int{0: 1, 403: 0} {
		g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
		chat := g.Docket.Chat
		g.Refuse = code
		off := moderation.SettingChanged{By: moderation.Admin{ID: 2}, Change: moderation.Change{Setting: moderation.SettingLog, From: "Log", To: "off"}}
		err := d.Deliver(t.Context(), moderation.TellAdmins{Waiting: moderation.Waiting{Chat: groupID}, Entry: off, Log: logID})
		if err != nil || len(g.Sent) != want || len(g.Effects) > 0 || g.Docket.Chat.LogLost != chat.LogLost {
			t.Errorf("%d: %v, sent %v, effects %v", code, err, g.Sent, g.Effects)
		}
	}
}

// What an admin made of a setting is one line that shows the way. What was done to the log stands alone, above all.
func TestTheWayOfASetting(t *testing.T) {
	t.Parallel()
	set := func(by int64, name, from, to string) moderation.Entry {
		return moderation.SettingChanged{By: moderation.Admin{ID: by, Name: fmt.Sprint("M", by)}, Change: moderation.Change{Setting: name, From: from, To: to}}
	}
	nobody := moderation.SettingChanged{Change: moderation.Change{Setting: "quorum", From: "2", To: "3"}}
	for want, entries := range map[string][]moderation.Entry{
		"M2 changed: Minimum voters 5 → 2 → 5":                                                                   {set(2, "quorum", "5", "2"), set(2, "quorum", "2", "5")},
		"M2 changed: Minimum voters 5 → 2, Quiz and welcome off":                                                 {set(2, "quorum", "5", "2"), set(2, "quiz", "on", "off")},
		"M2 changed: Minimum voters 5 → 2 → … → 4 → 5":                                                           {set(2, "quorum", "5", "2"), set(2, "quorum", "2", "3"), set(2, "quorum", "3", "4"), set(2, "quorum", "4", "5")},
		"• M2 changed: Minimum voters 5 → 2\n• M3 changed: Minimum voters 2 → 5":                                 {set(2, "quorum", "5", "2"), set(3, "quorum", "2", "5")},
		"• An anonymous admin changed: Minimum voters 2 → 3\n• An anonymous admin changed: Minimum voters 2 → 3": {nobody, nobody},
		"• M2 changed: Log channel L → L\n• M2 changed: Minimum voters 5 → 2":                                    {set(2, "quorum", "5", "2"), set(2, "logchannel", "L", "L")},
	} {
		g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
		e := moderation.TellAdmin{Waiting: moderation.Waiting{Chat: groupID}, Entry: moderation.Several{Entries: entries}, To: moderation.Person{ID: 1, Private: true}}
		if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 1 {
			t.Fatalf("%v, %v", err, g.Sent)
		}
		if text := g.Sent[0].Params["text"]; text != "Chess club\n"+want {
			t.Errorf("the text is %q, want %q", text, want)
		}
	}
}

// However much happened, it fits into one message, and what waits comes first.
func TestTogetherFits(t *testing.T) {
	t.Parallel()
	entries := []moderation.Entry{}
	for range moderation.MaxSeveral - 1 {
		did := rulebook.Amended{Kind: rulebook.AmendBreaks, Rule: rulebook.Spam, To: strings.Repeat("чай ", 50)}
		entries = append(entries, moderation.RuleChanged{By: moderation.Admin{ID: 1, Name: "M1"}, Amended: did})
	}
	entries = append(entries, moderation.CaseEntry{What: moderation.TopicAppealAsks, Case: "7KQ2"})
	g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Appeal = moderation.BeforeAdmins }))
	e := moderation.TellAdmin{Waiting: moderation.Waiting{Chat: groupID}, Entry: moderation.Several{Entries: entries}, To: moderation.Person{ID: admin, Private: true}}
	if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 1 {
		t.Fatalf("%v, %v", err, g.Sent)
	}
	text := g.Sent[0].Params["text"].(string)
	if n := view.Length(text); n > view.MaxText || n < view.MaxText*3/4 {
		t.Errorf("the text has %d characters", n)
	}
	waits := "Chess club\n" + english("together.waits", nil) + "\n• 7KQ2: "
	if !strings.HasPrefix(text, waits) || !strings.HasSuffix(text, ": /stats") {
		t.Errorf("the text is %q", text)
	}
	if buttons := fmt.Sprint(g.Sent[0].Params["reply_markup"]); strings.Count(buttons, "🔍 Case 7KQ2") != 1 || !strings.Contains(buttons, "e:7:7KQ2:case") {
		t.Errorf("the buttons are %s", buttons)
	}
}
