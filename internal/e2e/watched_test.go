package e2e

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// watched are many groups at once, second after second. Whoever watches them sees who is there, and what the bot shows.
type watched struct {
	w      *world
	r      *rand.Rand
	now    int // seconds since the start
	start  time.Time
	read   int // calls of the bot, looked at so far
	agenda map[int][]func() (then func())
	chats  map[int64]*watchedGroup // by the number of the group, and of its log
	groups []*watchedGroup
	silent []*tgsim.User // who are in larger groups, and never there
}

// watchedGroup is one of them.
type watchedGroup struct {
	of       *watched
	chat     *tgsim.Chat
	log      *tgsim.Chat
	kind     watchedKind
	people   []*tgsim.User
	presence *presence
	tales    []*tale
}

// watchedKind is what groups have set.
type watchedKind struct {
	delay int  // seconds; see the setting card_delay
	after int  // reports that bring a card
	again bool // messages are dismissed there, and reported again
}

// unseen is what a member does unseen.
type unseen struct {
	who, at int
	calls   int // how many calls the bot had made before
}

// sight is what everybody sees, or all admins.
type sight struct {
	what string
	at   int
	call int
}

// tale is a message, and what becomes of it.
type tale struct {
	group    *watchedGroup
	author   int
	wrote    int
	votes    []string // what is voted on the card
	undone   bool     // the reporter takes it back
	again    bool     // it is dismissed, and reported again
	message  *tgsim.Message
	card     *tgsim.Message
	receipts map[int]*tgsim.Message // what each reporter was answered
	id       string                 // of its case, from the card on
	reports  []unseen
	cast     []unseen
	undo     unseen
	taken    int    // how many reports were taken back
	second   unseen // the report that opens it again
	sights   []sight
}

// newWatched makes the people of all groups, and a group of each kind.
func newWatched(w *world, seed uint64, members, seconds int, kinds []watchedKind) *watched {
	all := &watched{w: w, r: rand.New(rand.NewPCG(seed, seed)), agenda: map[int][]func() func(){}, chats: map[int64]*watchedGroup{}}
	var people []*tgsim.User
	for m := range members {
		people = append(people, w.who("Member"+strings.Repeat("A", m/26)+string(rune('A'+m%26))))
	}
	for i := range 70 {
		all.silent = append(all.silent, w.sim.AddUser("Silent", tgsim.UserID(5_223_456_001+int64(i))))
	}
	for i, kind := range kinds {
		title := fmt.Sprint(i + 1)
		g := &watchedGroup{of: all, kind: kind, people: people, presence: drawPresence(all.r, members, seconds),
			chat: w.sim.NewSupergroup("Group "+title, w.who("Olga")), log: w.sim.NewChannel("Log "+title, w.who("Olga"))}
		all.chats[g.chat.ID()], all.chats[g.log.ID()] = g, g
		all.groups = append(all.groups, g)
	}
	all.open()
	return all
}

// open has the bot join all groups, writes the settings, and links the log channels.
func (all *watched) open() {
	w, olga := all.w, all.w.who("Olga")
	posts := map[*watchedGroup]*tgsim.Message{}
	must := func(m *tgsim.Message, err error) *tgsim.Message {
		if err != nil {
			w.t.Fatal(err)
		}
		return m
	}
	steps := []func(*watchedGroup){
		func(g *watchedGroup) {
			must(nil, g.chat.Join(g.people...))
			if g.kind.delay > 0 && g.kind.delay < 30 { // such a delay can be set where Telegram does not show who reads
				must(nil, g.chat.Join(all.silent...))
			}
			g.chat.Add(w.bot)
		},
		func(g *watchedGroup) { must(nil, w.promote(g.chat, w.bot, "", true)) },
		func(g *watchedGroup) { must(nil, w.promote(g.log, w.bot, "", true)) },
		func(g *watchedGroup) { posts[g] = must(olga.Forward(must(olga.Send(g.log, "Hello")), g.chat)) },
		func(g *watchedGroup) { must(olga.Command(g.chat, "/logchannel", tgsim.ReplyTo(posts[g]))) },
	}
	steps = append(steps, func(g *watchedGroup) {
		for _, u := range g.people { // whoever wrote can be drawn for a jury
			if g.kind.again {
				must(u.Send(g.chat, "Good evening"))
			}
		}
	})
	for _, name := range []string{"cardafter", "carddelay"} {
		steps = append(steps, func(g *watchedGroup) {
			if value := g.kind.setting(name); value != "" {
				must(olga.Command(g.chat, "/"+name+" "+value))
			}
		})
	}
	for _, step := range steps {
		for i, g := range all.groups {
			if step(g); i%10 == 9 || i == len(all.groups)-1 {
				w.clock.Advance(time.Minute) // people have a budget, and Telegram has limits
				w.rest()
			}
		}
	}
}

// at has something done in a second. What it returns is done once the bot has come to rest.
func (all *watched) at(second int, do func() (then func())) {
	all.agenda[max(second, all.now+1)] = append(all.agenda[max(second, all.now+1)], do)
}

// run lets so many seconds pass.
func (all *watched) run(seconds int) {
	w := all.w
	w.pass(w.clock.Now().Truncate(10 * time.Minute).Add(10 * time.Minute).Sub(w.clock.Now()))
	all.start, all.read = w.clock.Now(), w.sim.CallCount()
	for all.now = range seconds {
		if left := all.start.Add(time.Duration(all.now) * time.Second).Sub(w.clock.Now()); left > 0 {
			w.clock.Advance(left)
		}
		var then []func()
		for _, do := range all.agenda[all.now] {
			if f := do(); f != nil {
				then = append(then, f)
			}
		}
		delete(all.agenda, all.now)
		w.rest()
		for _, f := range then {
			f()
		}
		all.look()
	}
}

// look notes what the bot has shown since the last time.
func (all *watched) look() {
	calls := all.w.sim.CallsSince(all.read)
	for _, c := range calls {
		all.read = c.N + 1
		g := all.chats[c.Int("chat_id")]
		if g == nil || !c.OK() {
			continue
		}
		if at := int(c.Time.Sub(all.start) / time.Second); c.Int("chat_id") == g.log.ID() {
			g.readLog(c, at)
		} else {
			g.readGroup(c, at)
		}
	}
}

var voteButton = regexp.MustCompile(`"v:([0-9A-Z]+)@`)

// readGroup notes what happens in the group.
func (g *watchedGroup) readGroup(c tgsim.Call, at int) {
	switch {
	case hasPrefix(c.Method, "send") && juryButton.MatchString(c.JSON("reply_markup")):
		g.find(func(t *tale) bool { return t.second.calls > 0 && !t.saw("jury") }).see("jury", at, c.N)
	case c.Method == "sendMessage" && voteButton.MatchString(c.JSON("reply_markup")):
		var sent, to struct {
			ID int `json:"message_id"`
		}
		decode(g.of.w.t, string(c.Result), &sent)
		decode(g.of.w.t, c.JSON("reply_parameters"), &to)
		t := g.find(func(t *tale) bool { return t.message != nil && t.message.ID() == to.ID })
		t.card, t.id = g.chat.Message(sent.ID), voteButton.FindStringSubmatch(c.JSON("reply_markup"))[1]
		t.see("card", at, c.N)
		t.vote()
	case c.Method == "editMessageText":
		t := g.find(func(t *tale) bool { return t.card != nil && int64(t.card.ID()) == c.Int("message_id") })
		if voteButton.MatchString(c.JSON("reply_markup")) {
			t.see("edit", at, c.N)
		} else {
			t.see("end", at, c.N)
			t.reportAgain()
		}
	case hasPrefix(c.Method, "deleteMessage"):
		for _, t := range g.tales {
			if t.card != nil && slices.Contains(ids(g.of.w.t, c), t.card.ID()) {
				t.see("gone", at, c.N)
			}
		}
	}
}

// readLog notes what the admins read.
func (g *watchedGroup) readLog(c tgsim.Call, at int) {
	for _, t := range g.tales {
		if t.id != "" && strings.Contains(c.Text("text"), t.id) {
			t.see("entry", at, c.N)
		}
	}
}

func (g *watchedGroup) find(fits func(*tale) bool) *tale {
	if i := slices.IndexFunc(g.tales, fits); i >= 0 {
		return g.tales[i]
	}
	return &tale{group: g}
}

func (t *tale) see(what string, at, call int) {
	t.sights = append(t.sights, sight{what, at, call})
}

func (t *tale) saw(what string) bool { return t.first(what, 0) != nil }

// first is when something showed first, from a call on; nil if never.
func (t *tale) first(what string, call int) *sight {
	for i := range t.sights {
		if t.sights[i].what == what && t.sights[i].call >= call {
			return &t.sights[i]
		}
	}
	return nil
}
