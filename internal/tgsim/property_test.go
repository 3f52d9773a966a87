package tgsim_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestAnyLifeKeepsTheSchema has people and a bot do what they like. Whatever
// it is, all that the simulator emits fits the schema, and Anna's ephemeral
// reports leave everybody else's world as it is.
func TestAnyLifeKeepsTheSchema(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		deeds := rapid.SliceOfN(rapid.IntRange(0, 19), 1, 40).Draw(rt, "deeds")
		whos := rapid.SliceOfN(rapid.IntRange(0, 2), len(deeds), len(deeds)).Draw(rt, "whos")
		with, without := newLife(rt), newLife(rt)
		for i, deed := range deeds {
			with.do(i, deed, whos[i])
			without.do(i, deed, whos[i])
			if _, err := with.people[0].Command(with.group, "/report"); err != nil && with.group.Status(with.people[0]).In {
				rt.Fatal(err)
			}
		}
		if a, b := with.seen(), without.seen(); a != b {
			rt.Fatalf("reports show:\n%s\nbut without them:\n%s", a, b)
		}
		for _, l := range []*life{with, without} {
			if v := l.sim.Violations(); len(v) > 0 {
				rt.Fatal(v)
			}
		}
	})
}

// A life is a world in which deeds are numbers.
type life struct {
	sim    *tgsim.Sim
	clock  *tgsim.Clock
	bot    *tgsim.Bot
	owner  *tgsim.User
	people []*tgsim.User
	group  *tgsim.Chat
	topic  *tgsim.Topic
	last   *tgsim.Message
}

func newLife(rt *rapid.T) *life {
	l := &life{clock: tgsim.NewClock(time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC))}
	l.sim = tgsim.New(tgsim.Options{Now: l.clock.Now, CheckUpdates: true})
	l.owner = l.sim.AddUser("Olga")
	l.bot = l.sim.AddBot("OstrakonBot", "Ostrakon")
	l.group = l.sim.NewForum("Forum", l.owner)
	for _, name := range []string{"Anna", "Ben", "Carl"} {
		l.people = append(l.people, l.sim.AddUser(name))
	}
	l.group.Add(l.bot, l.people[0], l.people[1], l.people[2])
	l.group.Promote(l.bot, tgsim.AllRights())
	l.topic = l.group.Topic("Openings")
	if _, err := l.bot.Call("setMyCommands", object{"commands": ephemeralList("report")}); err != nil {
		rt.Fatal(err)
	}
	return l
}

// do does a deed; many are refused, as in life.
func (l *life) do(i, deed, who int) {
	u := l.people[who]
	var opts []tgsim.SendOption
	if l.last != nil && i%2 == 0 {
		opts = append(opts, tgsim.ReplyTo(l.last))
	}
	try := func(m *tgsim.Message, err error) {
		if err == nil {
			l.last = m
		}
	}
	chat := l.group.ID()
	switch deed {
	case 0, 1, 2:
		try(u.Send(l.group, fmt.Sprintf("message %d", i), opts...))
	case 3:
		try(u.Send(l.group, "in topic", tgsim.InTopic(l.topic)))
	case 4:
		try(u.Send(l.group, "look", append(opts, tgsim.WithPhoto())...))
	case 5:
		u.SendAlbum(l.group, []string{"a", "b"}) //nolint:errcheck // refusals are part of life
	case 6:
		if l.last != nil {
			u.Edit(l.last, fmt.Sprintf("edited %d", i)) //nolint:errcheck // refusals are part of life
		}
	case 7:
		if l.last != nil {
			u.Delete(l.last) //nolint:errcheck // refusals are part of life
		}
	case 8:
		l.group.Leave(u)
	case 9:
		l.group.Join(u) //nolint:errcheck // refusals are part of life
	case 10:
		l.call("sendMessage", object{"chat_id": chat, "text": "card", "reply_markup": object{
			"inline_keyboard": []any{[]any{object{"text": "ok", "callback_data": "ok"}}},
		}})
	case 11:
		if card := u.Find(l.group, "card"); card != nil {
			u.Press(card, "ok") //nolint:errcheck // refusals are part of life
		}
	case 12:
		l.call("restrictChatMember", object{"chat_id": chat, "user_id": u.ID(), "permissions": object{}, "until_date": l.clock.Now().Unix() + 60})
	case 13:
		l.call("banChatMember", object{"chat_id": chat, "user_id": u.ID(), "until_date": l.clock.Now().Unix() + 60})
	case 14:
		l.call("unbanChatMember", object{"chat_id": chat, "user_id": u.ID()})
	case 15:
		if l.last != nil {
			l.call("deleteMessage", object{"chat_id": chat, "message_id": l.last.ID()})
		}
	case 16:
		l.clock.Advance(45 * time.Second)
	case 17:
		l.group.Promote(u, tgsim.Rights{Anonymous: i%2 == 0})
		l.group.Demote(u)
	case 18:
		if l.last != nil {
			try(u.Forward(l.last, l.group))
		}
	case 19:
		kinds := []tgsim.SendOption{tgsim.WithPoll(), tgsim.WithSticker(), tgsim.WithContact(), tgsim.WithVoice(), tgsim.WithVideoNote()}
		try(u.Send(l.group, "see example.com", append(opts, kinds[i%len(kinds)])...))
	}
}

func (l *life) call(method string, args object) {
	l.bot.Call(method, args) //nolint:errcheck // refusals are part of life
}

func (l *life) seen() string { return l.sim.VisibleTo(l.sim.EveryoneBut(l.people[0])...) }
