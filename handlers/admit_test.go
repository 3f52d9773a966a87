package handlers_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// posted is what somebody wrote for all to see.
func posted(from int64, text string) wire.Update {
	u := command(from, "en", text)
	u.Message.ID, u.Message.EphemeralID = u.Message.EphemeralID, 0
	return u
}

// private is what somebody wrote to the bot.
func private(from int64, text string) wire.Update {
	u := posted(from, text)
	u.Message.Chat = wire.Chat{ID: from, Type: "private"}
	return u
}

// admitted sends as many of the same at once, and returns how many are taken.
func admitted(h *handlers.Handlers, times int, give func() wire.Update) (n int) {
	for range times {
		u := give()
		if ok, _ := h.Admit(&u); ok {
			n++
		}
	}
	return n
}

// last sends one more and returns what is said to it; it must not be taken.
func last(t *testing.T, h *handlers.Handlers, u wire.Update) []wire.Call {
	t.Helper()
	ok, calls := h.Admit(&u)
	if ok {
		t.Error("one too many is taken")
	}
	return calls
}

// What is no command, press or private message is taken whatever their number.
func TestAlwaysAdmitted(t *testing.T) {
	service := func(change func(*wire.Message)) func() wire.Update {
		return func() wire.Update {
			u := posted(member, "")
			change(u.Message)
			return u
		}
	}
	is := func(s wire.Service) func() wire.Update { return service(func(m *wire.Message) { m.Service = s }) }
	changed := &wire.Membership{Chat: groupChat(), User: wire.User{ID: member}, New: wire.Member{Status: "member"}}
	for name, give := range map[string]func() wire.Update{
		"a membership":  func() wire.Update { updates++; return wire.Update{ID: updates, Membership: changed} },
		"the bot's own": func() wire.Update { updates++; return wire.Update{ID: updates, MyStatus: changed} },
		"migrated to":   is(wire.ServiceMigratedTo),
		"migrated from": is(wire.ServiceMigratedFrom),
		"joined":        is(wire.ServiceJoined),
		"another":       is(wire.ServiceOther),
		"an album":      service(func(m *wire.Message) { m.Album, m.Media = "a", "photo" }),
		"a word":        func() wire.Update { return posted(member, "hello") },
		"an edit":       func() wire.Update { u := posted(member, "hello"); u.Edited = true; return u },
		"another bot's": func() wire.Update { return posted(member, "/report@OtherBot") },
		"a channel's post": func() wire.Update {
			return wire.Update{ID: 1, Message: &wire.Message{ID: 1, Chat: wire.Chat{ID: grouptest.LogID, Type: "channel"}}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, h := newGroup(t, cases["open"])
			if n := admitted(h, 100, give); n != 100 {
				t.Errorf("%d of 100 are taken", n)
			}
		})
	}
}

// A press beyond the budget is said not to have counted, in the presser's language. Others' presses are taken.
func TestPressesBeyondTheBudget(t *testing.T) {
	for _, language := range locale.Languages() {
		_, h := newGroup(t, cases["open"])
		kinds := map[string]int{}
		h.OnOverBudget = func(kind string) { kinds[kind]++ }
		press := func() wire.Update { return pressed(member, "v:7KQ2:b") }
		if n := admitted(h, 30, press); n != 20 {
			t.Errorf("%d of 30 are taken", n)
		}
		u := press()
		u.Callback.From.Language = language
		calls := last(t, h, u)
		want := wire.AnswerCallback("press", locale.In(language).Text("too_fast.press", nil), false)
		if len(calls) != 1 || calls[0].Params["text"] != want.Params["text"] || calls[0].Method != want.Method {
			t.Errorf("%s: it says %+v", language, calls)
		}
		if ok, calls := h.Admit(&u); ok || calls != nil {
			t.Errorf("sent again it is taken: %v, and answered by %v", ok, calls)
		}
		if n := admitted(h, 5, func() wire.Update { return pressed(author, "v:7KQ2:b") }); n != 5 {
			t.Errorf("of another's presses %d are taken", n)
		}
		if kinds["press"] != 11 || len(kinds) != 1 {
			t.Errorf("counted: %v", kinds)
		}
	}
}

// The first command beyond the budget is answered where only its sender sees that, the next are not.
func TestCommandsBeyondTheBudget(t *testing.T) {
	for name, give := range map[string]func() wire.Update{
		"ephemeral":                 func() wire.Update { return command(member, "en", "/me") },
		"ephemeral, no command":     func() wire.Update { return command(member, "en", "because") },
		"in private":                func() wire.Update { return private(member, "/mydata") },
		"in private and no command": func() wire.Update { return private(member, "hello") },
		"a pin in private":          func() wire.Update { u := private(member, ""); u.Message.Service = wire.ServiceOther; return u },
	} {
		t.Run(name, func(t *testing.T) {
			_, h := newGroup(t, cases["open"])
			if n := admitted(h, 20, give); n != 20 {
				t.Errorf("%d of 20 are taken", n)
			}
			u := give()
			calls := last(t, h, u)
			if len(calls) != 1 || calls[0].Params["text"] != english("too_fast.command", nil) || calls[0].Public() || calls[0].Person() != member {
				t.Errorf("it says %+v", calls)
			}
			for range 3 {
				if calls := last(t, h, give()); calls != nil {
					t.Errorf("it says again %+v", calls)
				}
			}
		})
	}
}

// A command that everybody saw is dropped without a word, and removed.
func TestVisibleCommandsBeyondTheBudget(t *testing.T) {
	edited := func() wire.Update { u := posted(member, "/report"); u.Edited = true; return u }
	channel := func() wire.Update {
		u := posted(member, "/report")
		u.Message.From, u.Message.SenderChat = &wire.User{ID: 136817688, Bot: true}, &wire.Chat{ID: -77}
		return u
	}
	for name, give := range map[string]func() wire.Update{
		"a report": func() wire.Update { return posted(member, "/report") }, "edited": edited, "a channel's": channel,
	} {
		t.Run(name, func(t *testing.T) {
			d, h := newGroup(t, cases["open"])
			admitted(h, 20, give)
			var want []int64
			for range 130 {
				u := give()
				want = append(want, u.Message.ID)
				if calls := last(t, h, u); calls != nil {
					t.Fatalf("it says %+v", calls)
				}
			}
			if len(d.Effects) > 0 || len(d.Sent) > 0 {
				t.Errorf("at once: %v, %v", d.Effects, d.Sent)
			}
			for range 2 {
				if err := h.RemoveOverBudget(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			var removed []int64
			for _, e := range d.Effects {
				removed = append(removed, e.(moderation.DeleteMessages).Messages...)
			}
			if !slices.Equal(removed, want) || len(d.Effects) != 2 {
				t.Errorf("%d effects remove %v, want %v", len(d.Effects), removed, want)
			}
		})
	}
}

// In a group in which the operator does not want the bot nothing is removed either.
func TestNothingIsRemovedWhereTheBotIsNotWanted(t *testing.T) {
	g := grouptest.New(cases["open"])
	court := moderation.NewCourt(g, grouptest.Now)
	court.Allowed = []int64{-1}
	h := handlersOf(g, court)
	admitted(h, 25, func() wire.Update { return posted(member, "/report") })
	if err := h.RemoveOverBudget(t.Context()); err != nil || len(g.Effects) > 0 {
		t.Errorf("removed: %v, %v", g.Effects, err)
	}
}

// What Telegram does not let go any more is left. What is too much to keep is removed by a call of its own.
func TestRemovalsAreBounded(t *testing.T) {
	d, h := newGroup(t, cases["open"])
	admitted(h, 20, func() wire.Update { return posted(member, "/report") })
	old := posted(member, "/report")
	old.Edited, old.Message.Date = true, noon.Add(-48*time.Hour).Unix()
	last(t, h, old)
	if err := h.RemoveOverBudget(t.Context()); err != nil || len(d.Effects) > 0 {
		t.Errorf("removed: %v, %v", d.Effects, err)
	}
	for range 10_000 {
		last(t, h, posted(member, "/report"))
	}
	if calls := last(t, h, posted(member, "/report")); len(calls) != 1 || !calls[0].Deletes() {
		t.Errorf("one too many: %+v", calls)
	}
}

// Who is an admin at home has more: as far as Telegram said so lately, wherever that was.
func TestAdminsHaveMore(t *testing.T) {
	byUpdate := func(status string) func(*testing.T, *handlers.Handlers) {
		return func(t *testing.T, h *handlers.Handlers) {
			updates++
			h.Admit(&wire.Update{ID: updates, Membership: &wire.Membership{Chat: groupChat(), User: wire.User{ID: admin}, New: wire.Member{Status: status}}})
		}
	}
	both := func(all ...func(*testing.T, *handlers.Handlers)) func(*testing.T, *handlers.Handlers) {
		return func(t *testing.T, h *handlers.Handlers) {
			for _, f := range all {
				f(t, h)
			}
		}
	}
	inLog := func(data string) func() wire.Update {
		return func() wire.Update {
			u := pressed(admin, data)
			u.Callback.Message = &wire.Message{ID: 9, Date: noon.Unix(), Chat: wire.Chat{ID: grouptest.LogID, Type: "channel"}, Text: "Case 7KQ2."}
			return u
		}
	}
	elsewhere := func() wire.Update {
		u := pressed(admin, "e:7:7KQ2")
		u.Callback.Message.Chat.ID = -1009
		return u
	}
	once := func(give func() wire.Update) func(*testing.T, *handlers.Handlers) {
		return func(t *testing.T, h *handlers.Handlers) { say(t, h, give()) }
	}
	here := func() wire.Update { return command(admin, "en", "/settings") }
	anonymous := func() wire.Update {
		u := posted(admin, "/threshold 5")
		u.Message.From, u.Message.SenderChat = &wire.User{ID: 1087968824, Bot: true}, &wire.Chat{ID: grouptest.ID}
		return u
	}
	evidence := inLog("e:7:7KQ2")
	for name, c := range map[string]struct {
		before func(*testing.T, *handlers.Handlers)
		give   func() wire.Update
		want   int
	}{
		"nothing is known":     {nil, here, 20},
		"a command was given":  {once(here), here, 60},
		"made an admin":        {byUpdate("administrator"), here, 60},
		"no longer one":        {both(byUpdate("administrator"), byUpdate("member")), here, 20},
		"a member's command":   {once(func() wire.Update { return command(member, "en", "/settings") }), func() wire.Update { return command(member, "en", "/settings") }, 20},
		"in private":           {once(here), func() wire.Update { return private(admin, "/settings") }, 20},
		"anonymous":            {nil, anonymous, 60},
		"in the log":           {once(evidence), evidence, 60},
		"forged elsewhere":     {once(elsewhere), elsewhere, 20},
		"after being a member": {both(func(_ *testing.T, h *handlers.Handlers) { admitted(h, 15, here) }, byUpdate("creator")), here, 45},
	} {
		t.Run(name, func(t *testing.T) {
			_, h := newGroup(t, cases["open"])
			if c.before != nil {
				c.before(t, h)
			}
			if n := admitted(h, 100, c.give); n != c.want {
				t.Errorf("%d are taken, want %d", n, c.want)
			}
		})
	}
}

// What was sent while the bot was down comes all at once, and is not taken for a flood.
func TestBacklogIsNoFlood(t *testing.T) {
	_, h := newGroup(t, cases["open"])
	ago := 3 * time.Hour
	n := admitted(h, 60, func() wire.Update {
		u := command(member, "en", "/me")
		ago -= 2 * time.Second
		u.Message.Date = noon.Add(-ago).Unix()
		return u
	})
	if n != 60 {
		t.Errorf("%d of 60 are taken", n)
	}
}
