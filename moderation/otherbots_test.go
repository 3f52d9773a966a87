package moderation_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Whatever bots come, go and write, members are told once a week at most, and only when one arrived.
func TestMembersAreToldOfBotsOnceAWeek(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		f := newFixture(t)
		f.must(f.court.Status(f.ctx, f.next(), club, moderation.Supergroup, all))
		var told time.Time
		r.Repeat(map[string]func(*rapid.T){
			"a bot moves": func(r *rapid.T) {
				bot := []int64{rapid.Int64Range(70, 99).Draw(r, "bot")}
				f.effects = nil
				switch rapid.IntRange(0, 2).Draw(r, "how") {
				case 0:
					f.must(f.court.BotsThere(f.ctx, club, bot))
				case 1:
					f.must(f.court.BotsWrote(f.ctx, club, bot, f.now))
				default:
					f.must(f.court.BotsLeft(f.ctx, club, bot))
				}
				bots := f.chats[club].Bots
				if len(bots.Known) > 20 {
					r.Fatalf("%d bots are kept", len(bots.Known))
				}
				if !slices.ContainsFunc(f.effects, func(e queuedEffect) bool { return e.Kind == moderation.EffectBots }) {
					return
				}
				if !told.IsZero() && f.now.Sub(told) < moderation.OtherBotsTold || !bots.Any(f.now) {
					r.Fatalf("members were told at %s, and again at %s", told, f.now)
				}
				told = f.now
			},
			"time passes": func(r *rapid.T) {
				f.now = f.now.Add(time.Duration(rapid.IntRange(1, 100).Draw(r, "hours")) * time.Hour)
			},
		})
	})
}

// A bot that only wrote is forgotten after a month. What it wrote before it left does not bring it back.
func TestOtherBotIsForgotten(t *testing.T) {
	t.Parallel()
	const bot = 77
	for name, c := range map[string]struct {
		known moderation.OtherBot
		there bool // at noon
		wrote bool // what it wrote an hour before noon is news
	}{
		"it is a member":              {moderation.OtherBot{ID: bot, Sure: true, Seen: noon.AddDate(-1, 0, 0)}, true, false},
		"it wrote a day ago":          {moderation.OtherBot{ID: bot, Seen: noon.AddDate(0, 0, -2)}, true, true},
		"it wrote a moment ago":       {moderation.OtherBot{ID: bot, Seen: noon.Add(-2 * time.Hour)}, true, false},
		"it wrote a month ago":        {moderation.OtherBot{ID: bot, Seen: noon.AddDate(0, 0, -30)}, false, true},
		"it left":                     {moderation.OtherBot{ID: bot, Seen: noon, Left: noon.Add(-time.Minute)}, false, false},
		"it left, and came back once": {moderation.OtherBot{ID: bot, Seen: noon, Left: noon.Add(-2 * time.Hour)}, false, true},
	} {
		o := moderation.OtherBots{Known: []moderation.OtherBot{c.known}}
		if got := o.Any(noon); got != c.there || len(o.At(noon)) != map[bool]int{true: 1}[got] {
			t.Errorf("%s: there %t", name, got)
		}
		if got := o.Wrote(bot, noon.Add(-time.Hour), noon); got != c.wrote {
			t.Errorf("%s: news %t", name, got)
		}
		if o.Wrote(bot, noon.AddDate(0, 0, -31), noon) {
			t.Errorf("%s: what it wrote a month ago is news", name)
		}
	}
}

// A group that was known under two numbers knows the bots of both.
func TestOtherBotsAreMerged(t *testing.T) {
	t.Parallel()
	one := moderation.OtherBots{Known: []moderation.OtherBot{{ID: 1, Sure: true}, {ID: 2, Sure: true}}, Told: noon}
	two := moderation.OtherBots{Known: []moderation.OtherBot{{ID: 2}, {ID: 3, Sure: true}}, Told: noon.Add(time.Hour)}
	if got := one.Merged(two); len(got.At(noon)) != 3 || !got.Told.Equal(two.Told) || len(one.Known) != 2 {
		t.Errorf("%+v", got)
	}
}
