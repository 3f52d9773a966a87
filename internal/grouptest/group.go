package grouptest

import (
	"context"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// The group, its log channel, and who is there.
const (
	ID, LogID                            = -1001, -1002
	Owner, Admin, Helper, Member, Author = 1, 2, 3, 4, 5 // a helper is an admin without rights
	Stranger                             = 66            // who is not there
)

// Noon is what time it is.
var Noon = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// Now is a clock that stands still.
func Now() time.Time { return Noon }

// Group is a group with one case. It is the store of the court.
type Group struct {
	moderation.Store

	Docket moderation.Docket // its case is never nil
	NoCase bool              // nobody finds the case

	Juror moderation.JuryRecord // of whoever acts

	Effects []moderation.Effect // that were committed
	Sent    []wire.Call         // that were made, but for those that only ask
	Members string              // what Telegram answers when asked how many there are; empty = nothing, ever
	Unsure  error               // what Telegram answers when it is asked who somebody is; nil if it says so
	Refuse  int                 // the code with which Telegram refuses to write into the log

	Takes  func(method string) time.Duration // how long Telegram takes for a call; nil for no time
	Allows func(wire.Call) bool              // whether the bot has the right to make a call that does more than ask; nil for all

	mu    sync.Mutex
	asked map[string]int // calls that only ask, by their method
}

// New returns a supergroup with this case, a log channel, and a bot that has all rights.
func New(cs moderation.Case) *Group {
	chat := moderation.Chat{
		ID: ID, Ref: 7, Kind: moderation.Supergroup, Policy: moderation.DefaultPolicy(), Log: LogID,
		Rights: moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}, Since: Noon.Add(-time.Hour),
		Size: moderation.Size{Members: 30, Asked: Noon},
	}
	return &Group{Docket: moderation.Docket{Chat: chat, Case: &cs, CaseView: moderation.CaseView{FreshID: "FR3S"}}, Members: "30", asked: map[string]int{}}
}

// Update implements [moderation.Updater]: it decides, and keeps what comes out.
func (g *Group) Update(_ context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	out, err := decide(g.docket(key))
	if err != nil {
		return out, err
	}
	if out.Chat != nil {
		g.Docket.Chat = *out.Chat
	}
	if out.Case != nil {
		cs := *out.Case
		g.Docket.Case = &cs
	}
	if r, ok := out.JuryRecords[key.Actor]; ok {
		g.Juror = r
	}
	g.Effects = append(g.Effects, out.Effects...)
	return out, nil
}

// docket is what a decision may look at. Of what is only there if it is asked for, there is nothing.
func (g *Group) docket(key moderation.Key) moderation.Docket {
	d := g.Docket
	if cs := *d.Case; !g.NoCase && (key.Case == cs.ID || key.Message == cs.Message) {
		d.Case = &cs
	} else {
		d.Case, d.Ballots = nil, nil
	}
	if key.Turns {
		d.Turns = moderation.Loaded[[]standing.Change](nil)
	}
	if key.Quiz {
		d.Quiz = moderation.Loaded(moderation.QuizView{})
	}
	if key.Juror {
		d.Juror = moderation.Loaded(g.Juror)
	}
	if key.Queue {
		d.Queue = moderation.Loaded(0)
	}
	if key.Restraint {
		d.Restraint = moderation.Loaded(moderation.Restraint{})
	}
	if key.Pool {
		d.Pool = moderation.Loaded(moderation.Pool{})
	}
	if key.Period {
		d.Period = moderation.Loaded(moderation.PeriodView{})
	}
	if key.Daily != "" {
		d.Asked = moderation.Loaded(false)
	}
	return d
}

// Topics are what the admins are told, of what was committed.
func (g *Group) Topics() (topics []moderation.Topic) {
	for _, e := range g.Effects {
		switch e := e.(type) {
		case moderation.TellAdmins:
			topics = append(topics, e.Entry.Topic())
		case moderation.TellAdmin:
			topics = append(topics, e.Entry.Topic())
		case moderation.GatherEntries:
			for _, n := range e.Told.Entries {
				topics = append(topics, n.Topic())
			}
		}
	}
	return topics
}

// Kinds are the effects that were committed.
func (g *Group) Kinds() (kinds []moderation.EffectKind) {
	for _, e := range g.Effects {
		kinds = append(kinds, e.Kind())
	}
	return kinds
}

// Case is a case with this verdict, changed as the test needs it.
func Case(v moderation.Verdict, change func(*moderation.Case)) moderation.Case {
	c := moderation.Case{
		ID: "7KQ2", Chat: ID, CaseMessage: moderation.CaseMessage{Message: 41, Author: moderation.Author{ID: Author}},
		CaseCard: moderation.CaseCard{CardWanted: true, Appeared: Noon}, Verdict: v, Opened: Noon, Deadline: Noon.Add(24 * time.Hour), Decided: Noon,
	}
	if v == moderation.Upheld {
		c.Rule, c.Penalty, c.Until = rulebook.Spam, ladder.Step{Kind: ladder.Mute, For: time.Hour}, Noon.Add(time.Hour)
	}
	change(&c)
	return c
}

// ByJury makes a case one that members drawn by lot decided, since it was dismissed before.
func ByJury(c *moderation.Case) {
	c.Votes, c.Breaks, c.CardWanted, c.Appeared, c.Reopens = 2, 2, false, time.Time{}, "M4XD"
}
