package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// The group that random people are in: decided by a lead of three, and harsh, so that people drop out.
const (
	modelThreshold = 3
	modelWindow    = time.Hour
	modelPeople    = 8
)

// judged is a message as the model sees it: who said what, and how it ended.
type judged struct {
	m      *tgsim.Message
	author *tgsim.User
	round
	past []round              // that expired before
	back map[*tgsim.User]bool // who took back what they said, in the case that was withdrawn: it comes back with that
}

// round is one case about a message.
type round struct {
	id       string
	sides    map[*tgsim.User]moderation.Side
	weights  map[*tgsim.User]float64 // of what they say
	undone   map[*tgsim.User]bool    // who took back what they said; of that a mark stays
	reported map[*tgsim.User]bool
	cardless map[*tgsim.User]bool // whose report brings no card, being one too many against the same author
	card     bool
	wanted   time.Time          // when it was to be shown; a failing Telegram keeps it back
	opened   time.Time          // its clock began
	verdict  moderation.Verdict // empty while there is no case
}

func newRound() round {
	return round{
		sides: map[*tgsim.User]moderation.Side{}, weights: map[*tgsim.User]float64{}, undone: map[*tgsim.User]bool{},
		reported: map[*tgsim.User]bool{}, cardless: map[*tgsim.User]bool{},
	}
}

// model is a naive Ostrakon, beside the real one.
type model struct {
	w        *world
	people   []*tgsim.User
	messages []*judged
	cards    map[[2]*tgsim.User][]time.Time // that a reporter brought against an author, within a day
}

func newModel(t *testing.T) *model {
	w := newWorld(t, tgsim.Options{})
	w.faults = true
	m := &model{w: w, cards: map[[2]*tgsim.User][]time.Time{}}
	owner := w.who("Olga")
	w.here = w.sim.NewSupergroup("Chess club", owner)
	w.chats["Chess club"] = w.here
	for i := range modelPeople {
		m.people = append(m.people, w.who(fmt.Sprintf("Person%d", i)))
	}
	if err := w.here.Join(m.people...); err != nil {
		t.Fatal(err)
	}
	w.here.Add(w.bot)
	w.here.Promote(w.bot, tgsim.AllRights())
	w.pass(time.Second)
	for _, command := range []string{"/threshold 3", "/heavy votes", "/window 1h", "/reportlimit 100", "/ladder warn, mute 10m, ban"} {
		if err := w.say(owner, command); err != nil {
			t.Fatal(err)
		}
		w.pass(time.Second)
	}
	return m
}

// pass lets time pass for both.
func (m *model) pass(d time.Duration) {
	for _, j := range m.messages {
		m.showCard(j)
	}
	m.w.pass(d)
	cases := m.seen()
	for _, j := range m.messages {
		if at := cases[j.m.ID()].appeared; j.card && at > 0 {
			j.opened, j.wanted = time.Unix(at, 0), time.Time{}
		}
		if now := m.w.clock.Now(); j.verdict == moderation.Open && !now.Before(j.opened.Add(modelWindow)) && !now.Before(j.wanted.Add(5*time.Minute)) {
			j.verdict = moderation.Expired
		}
	}
}

// weight is what somebody's ballot counts: half after the third penalty, when their standing is
// under 80, for as long as a failing Telegram keeps the bot from banning them.
func (m *model) weight(who *tgsim.User) float64 {
	penalties := 0
	for _, j := range m.messages {
		if j.author == who && j.verdict == moderation.Upheld {
			penalties++
		}
	}
	if penalties >= 3 {
		return 0.5
	}
	return 1
}

// say takes a vote, by the rules put as plainly as can be.
func (j *judged) say(who *tgsim.User, side moderation.Side, weight float64) {
	if j.verdict != moderation.Open || who == j.author {
		return
	}
	j.sides[who], j.weights[who] = side, weight
	delete(j.undone, who)
	j.judge()
}

func (j *judged) judge() {
	var breaks, fine float64
	for who, s := range j.sides {
		if s == moderation.Breaks {
			breaks += j.weights[who]
		} else {
			fine += j.weights[who]
		}
	}
	switch {
	case breaks-fine >= modelThreshold:
		j.verdict = moderation.Upheld
	case fine-breaks >= modelThreshold:
		j.verdict = moderation.Dismissed
	}
}

// undo reports whether there is no ballot any more.
func (j *judged) undo(who *tgsim.User) bool {
	if j.verdict != moderation.Open {
		return false
	}
	delete(j.sides, who)
	delete(j.reported, who)
	j.undone[who] = true
	if len(j.sides) > 0 {
		j.judge() // who takes back what they said for it may decide it
		return false
	}
	return true
}

// withdraw has the case be no more. What counts then is the one before it, which expired, if there was one.
func (j *judged) withdraw() {
	j.back = j.undone
	if len(j.past) == 0 {
		j.round = newRound()
		return
	}
	last := len(j.past) - 1
	j.round, j.past = j.past[last], j.past[:last]
}
