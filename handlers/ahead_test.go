package handlers_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// callTime is how long each call takes in these tests.
const callTime = 100 * time.Millisecond

// slowly is a group without a case, and a Telegram that takes its time. The times are counted in calls.
func slowly(t *testing.T) (*grouptest.Group, *handlers.Handlers) {
	t.Helper()
	d, h := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
	d.NoCase = true
	d.Takes = func(string) time.Duration { return callTime }
	return d, h
}

// took handles an update, having been told of it before as the dispatcher does, and returns how many calls that took one after
// the other.
func took(t *testing.T, h *handlers.Handlers, u wire.Update) float64 {
	t.Helper()
	began := time.Now()
	h.Ahead(t.Context(), &u)
	say(t, h, u)
	return time.Since(began).Seconds() / callTime.Seconds()
}

// seenByAll is a command that everybody sees.
func seenByAll(u wire.Update) wire.Update {
	u.Message.ID, u.Message.EphemeralID = u.ID, 0
	return u
}

// deletions are the messages that Telegram was asked to remove.
func deletions(d *grouptest.Group) (messages []int64) {
	for _, call := range d.Calls() {
		if call.Method == "deleteMessage" {
			messages = append(messages, call.Params["message_id"].(int64))
		}
	}
	return messages
}

// How many calls come one after the other before an update is answered.
func TestCallsOneAfterTheOther(t *testing.T) {
	inReply := func(u wire.Update) wire.Update {
		u.Message.ReplyTo = &wire.Message{ID: 500, Date: noon.Unix(), Chat: groupChat(), Text: "Cheap followers!", From: &wire.User{ID: author, FirstName: "Mallory"}}
		return u
	}
	for name, c := range map[string]struct {
		before, update func() wire.Update
		least, most    float64
	}{
		"a report":                      {update: func() wire.Update { return reportOf(500) }, least: 1, most: 1},
		"a report by who was asked":     {before: func() wire.Update { return reportOf(500) }, update: func() wire.Update { return reportOf(500) }},
		"a report that all see":         {update: func() wire.Update { return seenByAll(reportOf(500)) }, least: 1, most: 1.2},
		"another by who was asked":      {before: func() wire.Update { return reportOf(500) }, update: func() wire.Update { return seenByAll(reportOf(500)) }, least: 1, most: 1},
		"a manual penalty":              {update: func() wire.Update { return inReply(command(admin, "en", "/mute 1h")) }, least: 1, most: 1},
		"a manual penalty that all see": {update: func() wire.Update { return seenByAll(inReply(command(admin, "en", "/mute 1h"))) }, least: 1, most: 1.2},
		"the end of a penalty":          {update: func() wire.Update { return inReply(command(admin, "en", "/unmute")) }, least: 1, most: 1},
		"a setting":                     {update: func() wire.Update { return command(admin, "en", "/threshold 3") }, least: 1, most: 1},
		"a page of the settings":        {update: func() wire.Update { return pressed(admin, "s:7:threshold") }, least: 1, most: 1},
		"their menu":                    {update: func() wire.Update { return pressed(admin, "s:7") }, least: 1, most: 1},
		"the state of the group":        {update: func() wire.Update { return command(admin, "en", "/health") }, least: 2, most: 3},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, h := slowly(t)
				if c.before != nil {
					took(t, h, c.before())
				}
				if n := took(t, h, c.update()); n < c.least || n > c.most {
					t.Errorf("%.2f calls, want %v to %v", n, c.least, c.most)
				}
			})
		})
	}
}

// Many reports that all see are removed when they come. Each is then handled without waiting.
func TestManyReportsThatAllSee(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, h := slowly(t)
		var updates []wire.Update
		for range 50 {
			u := seenByAll(reportOf(500))
			updates = append(updates, u)
			h.Ahead(t.Context(), &u)
		}
		began := time.Now()
		for _, u := range updates {
			say(t, h, u)
		}
		synctest.Wait()
		if took := time.Since(began); took > 3*callTime {
			t.Errorf("it took %v", took)
		}
		removed := deletions(d)
		slices.Sort(removed)
		if n := len(slices.Compact(removed)); n != 50 || len(deletions(d)) != 50 {
			t.Errorf("%d of 50 were removed, by %d calls", n, len(deletions(d)))
		}
	})
}

// Nothing waits long for a removal that Telegram does not answer. The outbox removes the command then.
func TestRemovalThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, h := slowly(t)
		d.Takes = func(method string) time.Duration {
			if method == "deleteMessage" {
				return 10 * time.Second
			}
			return 0
		}
		u := seenByAll(reportOf(500))
		began := time.Now()
		say(t, h, u)
		if took := time.Since(began); took > time.Second {
			t.Errorf("it took %v", took)
		}
		kept := slices.ContainsFunc(d.Effects, func(e moderation.Effect) bool {
			removal, ok := e.(moderation.DeleteMessages)
			return ok && slices.Equal(removal.Messages, []int64{u.Message.ID})
		})
		if !kept {
			t.Errorf("committed: %v", d.Kinds())
		}
		time.Sleep(10 * time.Second)
	})
}

// Nothing is asked ahead for what concerns no group, comes from bots, or depends on rights.
func TestNothingIsAskedAhead(t *testing.T) {
	alter := func(u wire.Update, f func(*wire.Update)) wire.Update {
		f(&u)
		return u
	}
	for name, u := range map[string]wire.Update{
		"a bot's press":      alter(pressed(member, "v:7KQ2:breaks"), func(u *wire.Update) { u.Callback.From.Bot = true }),
		"an unknown button":  pressed(member, "zzz"),
		"a lost press":       alter(pressed(member, "v:7KQ2:breaks"), func(u *wire.Update) { u.Callback.Message = nil }),
		"an admin's button":  pressed(admin, "s:7"),
		"an admin's command": command(admin, "en", "/threshold 3"),
		"a command for all":  command(member, "en", "/rules"),
		"a masked report":    alter(reportOf(500), func(u *wire.Update) { u.Message.SenderChat = &wire.Chat{ID: -100} }),
		"an edited report":   alter(seenByAll(reportOf(500)), func(u *wire.Update) { u.Edited = true }),
		"in private":         alter(command(member, "en", "/start"), func(u *wire.Update) { u.Message.Chat = wire.Chat{ID: member, Type: "private"} }),
		"to a channel":       alter(reportOf(500), func(u *wire.Update) { u.Message.Chat.Direct = true }),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, h := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
				h.Ahead(t.Context(), &u)
				synctest.Wait()
				if n := d.Asked("getChatMember"); n+len(d.Calls()) > 0 {
					t.Errorf("asked %d times, made %v", n, d.Calls())
				}
			})
		})
	}
}

// Where the operator does not want the bot, it touches nothing and asks nothing.
func TestNothingAheadInGroupsThatAreNotWanted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := grouptest.New(grouptest.Case(moderation.Open, func(*moderation.Case) {}))
		court := moderation.NewCourt(d, grouptest.Now)
		court.Allowed = []int64{grouptest.ID - 1}
		h := handlersOf(d, court)
		for _, u := range []wire.Update{seenByAll(reportOf(500)), reportOf(500), pressed(member, "v:7KQ2:breaks")} {
			h.Ahead(t.Context(), &u)
		}
		synctest.Wait()
		if n := d.Asked("getChatMember"); n+len(d.Calls()) > 0 {
			t.Errorf("asked %d times, made %v", n, d.Calls())
		}
	})
}

// What panics ahead of an update does not end the bot.
func TestAheadPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, h := slowly(t)
		d.Takes = func(string) time.Duration { panic("x") }
		for _, u := range []wire.Update{seenByAll(reportOf(500)), reportOf(500), pressed(member, "v:7KQ2:breaks")} {
			h.Ahead(t.Context(), &u)
			synctest.Wait()
		}
		d.Takes = nil
		u := seenByAll(reportOf(500))
		if say(t, h, u); !slices.Equal(deletions(d), []int64{u.Message.ID}) {
			t.Errorf("removed: %v", deletions(d))
		}
	})
}

// What the deliverer does to somebody is known to who votes next.
func TestDeliveriesAreNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, h := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
		asks := func() int {
			say(t, h, pressed(member, "v:7KQ2:breaks"))
			return d.Asked("getChatMember")
		}
		if a, b := asks(), asks(); a != 1 || b != 1 {
			t.Errorf("asked %d and %d times", a, b)
		}
		if _, err := h.Noticed(telegramOf(d)).Do(context.Background(), wire.RestrictTo(grouptest.ID, member, time.Time{}, nil)); err != nil {
			t.Fatal(err)
		}
		if n := asks(); n != 2 {
			t.Errorf("asked %d times", n)
		}
	})
}
