package simulate

import (
	"context"
	"errors"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// engine is the real court, with a store that is not a database. It plays those whom the court waits for: jurors, and
// admins.
type engine struct {
	*store

	court *moderation.Court
	ctx   context.Context //nolint:containedctx // the court asks for one, and nothing here waits
}

// admin is whoever decides for the group.
var admin = moderation.Member{ID: 1 << 40, Present: true, Admin: true, Restrict: true, Delete: true, Name: "admin"}

func fullEngine(g *group) bench { return newEngine(g) }

// weightsOnly is the engine without what it knows of who is tied to whom.
func weightsOnly(g *group) bench {
	e := newEngine(g)
	e.bare = true
	return e
}

func newEngine(g *group) *engine {
	e := &engine{store: newStore(g), ctx: context.Background()}
	e.court = moderation.NewCourt(e.store, func() time.Time { return g.now })
	e.changed = e.follow
	return e
}

func (e *engine) out(member int, at time.Time) bool {
	return moderation.Banned(e.people[member].history, at)
}

func (e *engine) over(message int) bool {
	c := e.of(message)
	return c != nil && c.Verdict.Final() && (c.Verdict == moderation.Upheld || c.ByAdmin || c.ByJury())
}

// must stops at what cannot be: a refusal is an answer, any other error is a mistake in the simulator.
func must(err error) {
	if no := (*moderation.Refusal)(nil); err != nil && !errors.As(err, &no) {
		panic(err)
	}
}

func (e *engine) act(message int, a *Arrival) {
	m, c := &e.g.script.Messages[message], e.of(message)
	if e.out(a.Member, e.g.now) {
		return
	}
	if m.Taught { // a threshold that no votes reach
		was := e.chat.Policy.Threshold
		e.chat.Policy.Threshold = moderation.MaxThreshold
		defer func() { e.chat.Policy.Threshold = was }()
	}
	open := c != nil && c.Verdict == moderation.Open
	card := open && c.Carded() && c.Reopens == ""
	switch {
	case a.Undo:
		if open {
			must(e.court.Undo(e.ctx, 0, 1, c.ID, int64(a.Member)))
		}
	case card && (a.Taps || a.Side == moderation.Fine):
		must(e.court.Vote(e.ctx, moderation.Vote{Chat: 1, Case: c.ID, Voter: e.member(a.Member), Side: a.Side}))
	case a.Side == moderation.Fine, a.Asked && !card:
	case c == nil || open || c.Verdict == moderation.Expired || a.Again:
		_, err := e.court.Report(e.ctx, moderation.Report{
			Chat: 1, Kind: moderation.Supergroup, Reporter: e.member(a.Member), Rule: a.Rule,
			Target: moderation.Target{
				Message: int64(message) + 1, SentAt: m.SentAt, Role: moderation.RoleMember,
				Author: moderation.Author{ID: int64(m.Author)},
			},
		})
		must(err)
	}
}

func (e *engine) member(i int) moderation.Member {
	return moderation.Member{ID: int64(i), Present: true}
}

func (e *engine) decide(message int, _ time.Time) {
	if c := e.of(message); c != nil && c.Verdict == moderation.Open {
		_, err := e.court.Decide(e.ctx, moderation.Key{Chat: 1, Case: c.ID}, admin, truth(e.g.script.Messages[message].Breaks))
		must(err)
	}
}

func (e *engine) midnight(at time.Time) {
	_, err := e.court.Settle(e.ctx)
	must(err)
	e.chat.Size.Writers = 0
	for i, m := range e.g.script.Members[1:] {
		if !m.Passing && !e.out(i+1, at) && established(m, at) {
			e.chat.Size.Writers++
		}
	}
}

// follow plans what follows from a change of a case.
func (e *engine) follow(c *entry, out moderation.Outcome) {
	e.plan(c)
	for _, f := range out.Effects {
		switch f := f.(type) {
		case moderation.DrawCard:
			if f.Open && c.cards == 0 {
				c.cards = 1
			}
			if f.Open && !c.Carded() {
				f.Chat = 1
				must(e.court.CardShown(e.ctx, f, 1, c.Votes))
			}
		case moderation.WithdrawCase:
			f.Chat = 1
			e.g.at(f.Due, func() { must(e.court.Withdraw(e.ctx, f)) })
		case moderation.SendSummons:
			if !f.To.Private {
				e.summon(c, int(f.To.ID))
			}
		case moderation.TellAdmins:
			switch f.Entry.Topic() {
			case moderation.TopicAgainAsks:
				e.ask(c, func() { e.decide(c.message, e.g.now) })
			case moderation.TopicAppealAsks:
				e.ask(c, func() { e.review(c) })
			}
		}
	}
	if out.Case != nil && c.Verdict.Final() && c.Reversed == "" && c.Decided.Equal(e.g.now.Truncate(time.Second)) {
		e.measure(c)
	}
	if c.Pending.Kind != "" && !c.pends {
		c.pends, c.full = true, c.Pending
		e.ask(c, func() { e.confirm(c) })
	}
	e.appeal(c)
}

// plan has the clock look at a case when something is due.
func (e *engine) plan(c *entry) {
	open := c.Verdict == moderation.Open
	if open && !c.deadline.Equal(c.Deadline) {
		c.deadline = c.Deadline
		e.g.at(c.Deadline, func() { e.clock(c, e.court.ExpireDue) })
	}
	if open && !c.ClockDue.IsZero() && !c.starts {
		c.starts = true
		e.g.at(c.ClockDue, func() { e.clock(c, e.court.StartDue) })
	}
	if c.Appeal == moderation.BeforeAdmins && !c.judged.Equal(c.AppealDue) {
		c.judged = c.AppealDue
		e.g.at(c.AppealDue, func() { e.clock(c, e.court.AppealsDue) })
	}
	if !c.JuryDue.IsZero() && !c.seen.Equal(c.JuryDue) {
		c.seen = c.JuryDue
		e.g.at(c.JuryDue, func() { e.clock(c, e.court.JuriesDue) })
	}
}

func (e *engine) clock(c *entry, run func(context.Context) (int, error)) {
	e.due = []moderation.CaseRef{{Chat: 1, ID: c.ID}}
	_, err := run(e.ctx)
	must(err)
	e.due = nil
}

// ask has an admin see to what waits for them, or not.
func (e *engine) ask(c *entry, do func()) {
	chance := e.g.chance(c.message, 5)
	if chance.flip(e.g.params.AdminAnswers) {
		e.g.at(e.g.now.Add(chance.exp(e.g.params.AdminDelay)), do)
	}
}

// confirm has an admin confirm what is right, and drop what is not.
func (e *engine) confirm(c *entry) {
	key := moderation.Key{Chat: 1, Case: c.ID}
	if e.g.script.Messages[c.message].Breaks && !c.named {
		_, err := e.court.Confirm(e.ctx, key, admin, c.Pending.String())
		must(err)
		return
	}
	_, err := e.court.Drop(e.ctx, key, admin, c.Pending.String())
	must(err)
}

func (e *engine) outcome(message int) Outcome {
	c := e.of(message)
	if c == nil {
		return Outcome{}
	}
	m := &e.g.script.Messages[message]
	first := e.latest[message][0]
	out := Outcome{
		Verdict: c.Verdict, Penalty: c.Penalty, ByAdmin: c.ByAdmin, Reopened: c.Reopens != "", Votes: c.votes,
		After: c.Decided.Sub(first.Opened), Established: established(e.g.script.Members[m.Author], m.SentAt),
	}
	for _, c := range e.latest[message] {
		out.Cards += c.cards
		out.Attacked = out.Attacked || c.attacked
		out.Cost, out.Named, out.Alone = out.Cost || c.cost, out.Named || c.named, out.Alone || c.alone
	}
	out.Held = c.Penalty.Kind == ladder.Mute && c.Until.Sub(c.Decided) > c.Penalty.For
	out.Full, out.Reversed, out.Ruled, out.Overruled = c.full, c.Reversed != "", c.ruled, c.overruled
	for _, b := range c.ballots {
		out.Known += float64(e.voted[b.Voter]) / float64(len(c.ballots))
	}
	return out
}
