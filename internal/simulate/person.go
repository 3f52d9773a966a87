package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// person is what became of a member under one policy.
type person struct {
	conduct standing.Conduct
	counted int64 // the last day on which they wrote
	history []moderation.Offence
}

// record is what the group knows of a member.
func (p *person) record(m Member, at time.Time) moderation.Record {
	r := moderation.Record{Joined: m.Joined, Conduct: p.conduct}
	if !m.Joined.IsZero() && !m.Fluent.After(at) {
		r.Messages = moderation.NewMessages
	}
	return r
}

// write lets the days pass: an active member writes on each of them, if they may.
func (p *person) write(until time.Time) {
	today := moderation.DayOf(until)
	if p.conduct == (standing.Conduct{}) {
		p.counted = today
		return
	}
	for p.counted < today {
		p.counted++
		if !moderation.Banned(p.history, weight.Midnight(p.counted)) {
			p.conduct = p.conduct.Write(p.counted)
		}
	}
}

// punish moves them up the ladder.
func (p *person) punish(id string, rule rulebook.RuleID, policy moderation.Policy, at time.Time) ladder.Step {
	today, severity := moderation.DayOf(at), rules.Rule(rule).Severity
	last := p.conduct.Tier(today) == standing.TierLastChance
	conduct, cost := p.conduct.Fall(standing.CostOf(severity), today)
	p.conduct = conduct
	o := moderation.Offence{Case: id, Steps: severity, Cost: cost, At: at}
	p.history = append(p.history, o)
	step := policy.Ladder.At(moderation.Level(p.history, policy.Lapse, at))
	if last {
		step = ladder.Step{Kind: ladder.Ban}
	}
	of := &p.history[len(p.history)-1]
	of.Penalty, of.Until = step, step.Until(at)
	return step
}

// pardon takes an offence back.
func (p *person) pardon(id string, at time.Time) {
	for i, o := range p.history {
		if o.Case == id {
			p.conduct = p.conduct.Rise(o.Cost, moderation.DayOf(at))
			p.history = append(p.history[:i], p.history[i+1:]...)
			return
		}
	}
}
