package handlers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

const count = "getChatMemberCount"

// sizeGroup is a group without a case, of which the size was last asked so long ago.
func sizeGroup(t *testing.T, ago time.Duration) (*grouptest.Group, *handlers.Handlers) {
	t.Helper()
	d, h := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
	d.NoCase = true
	d.Docket.Chat.Size = moderation.Size{Members: 30, Asked: noon.Add(-ago)}
	d.Members = "7"
	return d, h
}

// reportOf is a report of a message by the author.
func reportOf(message int64) wire.Update {
	u := command(member, "en", "/report")
	u.Message.ReplyTo = &wire.Message{ID: message, Date: noon.Unix(), Chat: groupChat(), Text: "Cheap followers!", From: &wire.User{ID: author, FirstName: "Mallory"}}
	return u
}

func TestSizeIsAskedOnceADay(t *testing.T) {
	for name, give := range map[string]func(*testing.T, *handlers.Handlers){
		"a report":     func(t *testing.T, h *handlers.Handlers) { say(t, h, reportOf(500)) },
		"the settings": func(t *testing.T, h *handlers.Handlers) { say(t, h, command(admin, "en", "/settings")) },
		"the bot is added": func(t *testing.T, h *handlers.Handlers) {
			in := wire.Member{Status: "administrator", CanDelete: true, CanRestrict: true}
			say(t, h, wire.Update{ID: 9_000_000, MyStatus: &wire.Membership{Chat: groupChat(), Old: wire.Member{Status: "left"}, New: in}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, h := sizeGroup(t, 25*time.Hour)
			give(t, h)
			if size := d.Docket.Chat.Size; size.Members != 7 || !size.Asked.Equal(noon) || d.Asked(count) != 1 {
				t.Errorf("the size is %+v; asked %d times", size, d.Asked(count))
			}
			give(t, h)
			if d.Asked(count) != 1 {
				t.Errorf("asked %d times", d.Asked(count))
			}
			d, h = sizeGroup(t, 23*time.Hour)
			give(t, h)
			if d.Asked(count) != 0 || d.Docket.Chat.Size.Members != 30 {
				t.Errorf("asked %d times within the day", d.Asked(count))
			}
		})
	}
}

// A report is taken, and soon, though Telegram does not say how many there are; it is not asked again at once.
func TestReportDoesNotNeedTheSize(t *testing.T) {
	for name, members := range map[string]string{"no answer": "", "nonsense": `"many"`, "nobody": "0"} {
		t.Run(name, func(t *testing.T) {
			d, h := sizeGroup(t, 25*time.Hour)
			d.Members = members
			texts, _ := say(t, h, reportOf(500))
			if len(texts) != 1 || !strings.HasPrefix(texts[0], "Reported.") {
				t.Errorf("it says %q", texts)
			}
			if d.Docket.Chat.Size.Members != 30 {
				t.Errorf("the size is %+v", d.Docket.Chat.Size)
			}
			d.Docket.Chat.Size.Asked = noon.Add(-25 * time.Hour)
			say(t, h, reportOf(501))
			if d.Asked(count) != 1 {
				t.Errorf("asked %d times within the hour", d.Asked(count))
			}
		})
	}
}

// What Telegram says reaches the case: in a group of seven, two decide.
func TestSizeIsKnownBeforeTheReportIsTaken(t *testing.T) {
	d, h := sizeGroup(t, 25*time.Hour)
	say(t, h, reportOf(500))
	if got := d.Docket.Chat.Terms().Threshold; got != 2 { // which the case takes when its card appears
		t.Errorf("the threshold of the case is %d", got)
	}
}

func TestSilencesAreForgotten(t *testing.T) {
	s := handlers.NewSilences()
	s.Note(1, noon)
	if !s.Last(1, noon.Add(time.Minute-1)) || s.Last(2, noon) || s.Last(1, noon.Add(time.Minute)) {
		t.Error("a group is left alone for a minute, and it alone")
	}
	for i := range int64(30_000) {
		s.Note(i, noon)
	}
	if n := s.Len(); n > 10_000 {
		t.Errorf("%d groups are kept", n)
	}
}

// What auto comes to is said where settings are shown, and what follows from a lead of two in /health.
func TestWhatAutoComesTo(t *testing.T) {
	for members, c := range map[string]struct {
		value, needed string
		gentle        bool
	}{"7": {"auto (now 2)", "A decision takes 2 votes;", true}, "30": {"auto (now 3)", "A decision takes 3 votes;", false}} {
		d, h := sizeGroup(t, 25*time.Hour)
		d.Members = members
		health, _ := say(t, h, command(admin, "en", "/health"))
		if !strings.Contains(health[0], c.needed) || strings.Contains(health[0], english("health.gentle", nil)) != c.gentle {
			t.Errorf("%s members: %s", members, health[0])
		}
		for _, cmd := range []string{"/settings", "/threshold", "/threshold auto"} {
			if texts, _ := say(t, h, command(admin, "en", cmd)); !strings.Contains(texts[0], c.value) {
				t.Errorf("%s members, %s: %s", members, cmd, texts[0])
			}
		}
	}
}

// A wrong value gets one sentence, and nothing changes; a right one is kept, as the bearing on who is punished demands.
func TestWhatDecidesByCommand(t *testing.T) {
	d, h := sizeGroup(t, 0)
	for _, setting := range []string{"threshold", "heavy", "summon"} {
		allowed := english("setting."+setting+".allowed", nil)
		for _, typed := range []string{"2.5", "2,5", "1", "0", "51", "x"} {
			said(t, h, command(admin, "en", "/"+setting+" "+typed), english("setting.wrong", locale.Args{"allowed": allowed}))
		}
		said(t, h, command(helper, "en", "/"+setting+" "+map[string]string{"threshold": "5", "heavy": "votes", "summon": "1h"}[setting]), english("refuse.rights", nil))
	}
	if d.Docket.Chat.Policy.Threshold != moderation.Auto || d.Docket.Chat.Policy.Heavy != moderation.HeavyJury || d.Docket.Chat.Policy.Summon != moderation.DefaultSummon || len(d.Effects) > 0 {
		t.Errorf("the policy is %+v", d.Docket.Chat.Policy)
	}
	say(t, h, command(admin, "en", "/threshold 5"))
	say(t, h, command(admin, "en", "/heavy VOTES"))
	say(t, h, command(admin, "en", "/summon Off"))
	if p := d.Docket.Chat.Policy; p.Threshold != 5 || p.Heavy != moderation.HeavyVotes || p.Summon != 0 {
		t.Errorf("the policy is %+v", p)
	}
}

// Where too few write for a jury, the settings that leave something to one say who decides, and so does /health. None gives a
// number that one member changes.
func TestNoJuryIsSaid(t *testing.T) {
	_, h := sizeGroup(t, 0)
	no := english("health.no_jury", locale.Args{"needed": "20"})
	for cmd, value := range map[string]string{
		"/heavy": "Heavy penalties: jury (now admins)", "/heavy jury": "jury (now admins)", "/summon": "Ask a jury after: 30m (now off)",
		"/appeals": "Appeals: jury (now admins)", "/health": "",
	} {
		if texts, _ := say(t, h, command(admin, "en", cmd)); !strings.Contains(texts[0], value) || !strings.HasSuffix(texts[0], no) && !strings.Contains(texts[0], no+"\n") {
			t.Errorf("%s: %s", cmd, texts[0])
		}
	}
	for _, page := range []string{"heavy", "summon", "appeals"} {
		if texts, _ := say(t, h, pressed(admin, "s:7:"+page)); !strings.HasSuffix(texts[len(texts)-1], no) {
			t.Errorf("the page of %s: %q", page, texts)
		}
	}
	for _, cmd := range []string{"/heavy admins", "/heavy", "/summon off", "/summon", "/appeals admins", "/appeals", "/threshold", "/health"} {
		if texts, _ := say(t, h, command(admin, "en", cmd)); strings.Contains(texts[0], no) || strings.Contains(texts[0], "(now admins)") {
			t.Errorf("nothing is left to a jury, %s: %s", cmd, texts[0])
		}
	}
	d, h := sizeGroup(t, 0)
	d.Docket.Chat.Size.Writers = 20
	for _, cmd := range []string{"/heavy", "/summon", "/appeals", "/health"} {
		if texts, _ := say(t, h, command(admin, "en", cmd)); strings.Contains(texts[0], no) || strings.Contains(texts[0], "(now admins)") {
			t.Errorf("twenty write, %s: %s", cmd, texts[0])
		}
	}
}
