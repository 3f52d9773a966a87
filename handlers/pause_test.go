package handlers_test

import (
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

func pauseGroup(t *testing.T) (*grouptest.Group, *handlers.Handlers) {
	return newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
}

func TestPauseIsTheOwners(t *testing.T) {
	for name, c := range map[string]struct {
		from int64
		text string
		want string
	}{
		"an admin":                      {admin, "/pause 1d", english("refuse.not_owner", nil)},
		"an admin who asks":             {admin, "/pause", english("refuse.not_owner", nil)},
		"a member":                      {member, "/pause 1d", english("refuse.not_owner", nil)},
		"the owner, and there is none":  {owner, "/pause off", english("refuse.no_pause", nil)},
		"the owner, too short":          {owner, "/pause 59m", wrongPause()},
		"the owner, too long":           {owner, "/pause 8d", wrongPause()},
		"the owner, no time":            {owner, "/pause 0", wrongPause()},
		"the owner, a negative one":     {owner, "/pause -1h", wrongPause()},
		"the owner, no number":          {owner, "/pause long", wrongPause()},
		"the owner, two words":          {owner, "/pause 1h 30m", wrongPause()},
		"the owner, a number that ends": {owner, "/pause 99999999999999999999d", wrongPause()},
	} {
		t.Run(name, func(t *testing.T) {
			d, h := pauseGroup(t)
			said(t, h, command(c.from, "en", c.text), c.want)
			if len(d.Effects) > 0 || !d.Docket.Chat.Paused.IsZero() {
				t.Errorf("committed: %+v, paused until %v", d.Effects, d.Docket.Chat.Paused)
			}
		})
	}
}

func wrongPause() string {
	return english("setting.wrong", locale.Args{"allowed": english("setting.pause.allowed", nil)})
}

func TestPauseAndItsEnd(t *testing.T) {
	d, h := pauseGroup(t)
	state := func(value string) string {
		return english("setting.show", locale.Args{
			"name": english("setting.pause.name", nil), "about": english("setting.pause.about", nil),
			"allowed": english("setting.pause.allowed", nil), "value": value,
		})
	}
	set := func(value string) string {
		return english("setting.set", locale.Args{"name": english("setting.pause.name", nil), "value": value})
	}
	said(t, h, command(owner, "en", "/pause"), state("off"))
	until := "until today 13:00"
	said(t, h, command(owner, "en", "/pause 1H"), set(until))
	if !slices.Contains(d.Kinds(), moderation.EffectPause) || !slices.Contains(d.Topics(), moderation.TopicSetting) {
		t.Errorf("committed: %+v", d.Effects)
	}
	said(t, h, command(owner, "en", "/pause"), state(until))
	said(t, h, command(owner, "en", "/pause off"), set("off"))
	if d.Docket.Chat.PausedAt(noon) {
		t.Error("it is still paused")
	}
}

// Whoever writes in the group's name could be anybody.
func TestPauseByAnAnonymousAdmin(t *testing.T) {
	d, h := pauseGroup(t)
	u := command(owner, "en", "/pause 1d")
	chat := groupChat()
	u.Message.SenderChat = &chat
	said(t, h, u, english("pause.anonymous", nil))
	if len(d.Effects) > 0 {
		t.Errorf("committed: %+v", d.Effects)
	}
}

func TestPauseAnswersInTheAskersLanguage(t *testing.T) {
	_, h := pauseGroup(t)
	said(t, h, command(admin, "ru", "/pause 1d"), locale.In("ru").Text("refuse.not_owner", nil))
	said(t, h, command(owner, "es", "/pause nunca"), locale.In("es").Text("setting.wrong", locale.Args{"allowed": locale.In("es").Text("setting.pause.allowed", nil)}))
}

func TestPauseIsForAdminsAlone(t *testing.T) {
	if slices.Contains(handlers.MemberCommands(), "pause") || !slices.Contains(handlers.AdminCommands(), "pause") {
		t.Error("/pause is not listed with the commands for admins alone")
	}
}
