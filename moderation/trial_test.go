package moderation_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

// TestRandomJuries lets jurors, admins and the clock do what they like, in whatever order, and looks after each step
// at what must always be so.
func TestRandomJuries(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newTrial(t)
		t.Repeat(map[string]func(*rapid.T){
			"report":   m.report,
			"crowd":    m.crowd,
			"vote":     m.votes,
			"undo":     m.undoes,
			"decide":   m.decides,
			"hand":     m.hand,
			"appeal":   m.appeals,
			"rule":     m.rules,
			"rule too": m.rules,
			"agree":    m.agree,
			"vacate":   m.vacate,
			"confirm":  m.confirms,
			"pending":  m.pendings,
			"pause":    m.pauses,
			"opt out":  m.optsOut,
			"overturn": m.overturns,
			"harsher":  m.hardens,
			"pardon":   m.pardons,
			"free":     m.frees,
			"change":   m.changes,
			"wait":     m.waits,
			"settle":   m.settles,
			"":         m.check,
		})
	})
}

// trial is a fixture in which much is contested, and what was the case before the last step.
type trial struct {
	*fixture
	before map[string]moderation.Case
	juries map[string]*jury.Jury
	asked  []summoned // within the last days
}

// Who there is: writers of messages, voters, admins, and those who may become jurors. Their numbers are long, so that
// they are found wherever they are. Some of the voters could be drawn too.
const (
	firstWriter int64 = 7_500_000_001
	firstVoter  int64 = 7_600_000_001
	firstAdmin  int64 = 7_700_000_001
)

func newTrial(t *rapid.T) *trial {
	m := &trial{fixture: newFixtureFor(context.Background(), t), before: map[string]moderation.Case{}, juries: map[string]*jury.Jury{}}
	m.tune(func(p *moderation.Policy) { p.Threshold, p.ReportLimit = 3, moderation.MaxReportLimit })
	m.tune(func(p *moderation.Policy) {
		p.Heavy = rapid.SampledFrom([]moderation.Heavy{moderation.HeavyJury, moderation.HeavyJury, moderation.HeavyAdmins}).Draw(t, "heavy")
		p.Ladder = ladder.Ladder{step("mute 1h"), step("mute 2d"), step("ban")}
	})
	m.members(rapid.IntRange(20, 40).Draw(t, "could be drawn"))
	for i := range 4 {
		m.pool = append(m.pool, moderation.Candidate{Person: moderation.Person{ID: firstVoter + int64(i), Private: i == 0}})
	}
	m.pool = append(m.pool,
		moderation.Candidate{Person: moderation.Person{ID: firstWriter}},
		moderation.Candidate{Person: moderation.Person{ID: firstAdmin}}, // an admin no more
		moderation.Candidate{Person: moderation.Person{ID: firstAdmin + 1}, Admin: true},
	)
	for i := range m.pool {
		m.pool[i].Presence = writesForAMonth
	}
	m.settled(firstWriter) // of the two who are reported
	m.alikeAlways(juror(0), juror(1))
	m.alikeAlways(juror(1), juror(2))
	m.pool = rapid.Permutation(m.pool).Draw(t, "chance")
	m.remember()
	return m
}

func (m *trial) drawAdmin(t *rapid.T) moderation.Member {
	by := boss
	by.ID = firstAdmin + rapid.Int64Range(0, 2).Draw(t, "admin")
	return by
}

func (m *trial) drawWriter(t *rapid.T) moderation.Author {
	return moderation.Author{ID: firstWriter + rapid.Int64Range(0, 1).Draw(t, "writer"), Language: "es"}
}

func (m *trial) drawVoter(t *rapid.T) int64 {
	return firstVoter + rapid.Int64Range(0, 5).Draw(t, "voter")
}

// drawCase draws a case, one that is contested if it can be had.
func (m *trial) drawCase(t *rapid.T) *kept {
	if len(m.cases) == 0 {
		t.Skip("no cases")
	}
	if rapid.Bool().Draw(t, "a contested one") {
		for _, k := range m.cases {
			if k.Appeal.Open() || k.Jury != jury.NoJury {
				return k
			}
		}
	}
	return m.cases[rapid.IntRange(0, len(m.cases)-1).Draw(t, "case")]
}

// drawJuror draws somebody who has a seat, mostly.
func (m *trial) drawJuror(t *rapid.T, k *kept) int64 {
	if k.jury == nil || len(k.jury.Seats) == 0 || rapid.IntRange(0, 9).Draw(t, "a stranger") == 0 {
		return rapid.SampledFrom(m.pool).Draw(t, "who").Person.ID
	}
	return rapid.SampledFrom(k.jury.Seats).Draw(t, "juror").Juror.ID
}

// only lets refusals pass.
func (m *trial) only(err error) {
	var no *moderation.Refusal
	if err != nil && !errors.As(err, &no) {
		m.t.Fatalf("%v", err)
	}
}

func (m *trial) report(t *rapid.T) {
	r := m.reportOf(m.drawVoter(t), 41+rapid.Int64Range(0, 5).Draw(t, "message"))
	r.Target.Author = moderation.Author{ID: firstWriter + r.Target.Message%2, Language: "es"}
	if rapid.IntRange(0, 4).Draw(t, "by a new member") == 0 {
		r.Reporter.ID = firstVoter + 9
		m.records[member{club, r.Reporter.ID}] = moderation.Record{Joined: m.now.Add(-time.Hour)}
	}
	_, err := m.court.Report(m.ctx, r)
	m.only(err)
}

// crowd has several report a message of the writer who is established.
func (m *trial) crowd(t *rapid.T) {
	message := 40 + 2*rapid.Int64Range(1, 3).Draw(t, "message")
	for i := range int64(3) {
		r := m.reportOf(firstVoter+i, message)
		r.Target.Author, r.Rule = moderation.Author{ID: firstWriter, Language: "es"}, rulebook.Violence
		_, err := m.court.Report(m.ctx, r)
		m.only(err)
	}
}

func (m *trial) votes(t *rapid.T) {
	m.only(m.vote(m.drawCase(t), m.drawVoter(t), weighttest.DrawSide(t)))
}

func (m *trial) undoes(t *rapid.T) { m.only(m.undo(m.drawCase(t), m.drawVoter(t))) }

func (m *trial) decides(t *rapid.T) {
	v := rapid.SampledFrom([]moderation.Verdict{moderation.Upheld, moderation.Upheld, moderation.Dismissed}).Draw(t, "verdict")
	_, err := m.court.Decide(m.ctx, m.of(m.drawCase(t)), m.drawAdmin(t), v)
	m.only(err)
}

func (m *trial) hand(t *rapid.T) {
	h := m.manualOf(0, rapid.SampledFrom([]string{"warn", "mute 1h", "mute 2d", "kick", "ban 7d", "ban"}).Draw(t, "step"))
	h.By, h.Target.Author = m.drawAdmin(t), m.drawWriter(t)
	h.Rule = rapid.SampledFrom([]rulebook.RuleID{rulebook.Spam, rulebook.Violence}).Draw(t, "rule")
	_, err := m.court.Punish(m.ctx, h)
	m.only(err)
}

func (m *trial) appeals(t *rapid.T) {
	k := m.drawCase(t)
	p := m.plea(k)
	if p.Author = k.Author.ID; rapid.IntRange(0, 9).Draw(t, "somebody else") == 0 {
		p.Author = m.drawVoter(t)
	}
	if rapid.Bool().Draw(t, "asked first") {
		_, err := m.court.AskWhy(m.ctx, p)
		m.only(err)
		p.Update = m.next()
	}
	_, err := m.court.Appeal(m.ctx, p)
	m.only(err)
}

func drawRuling(t *rapid.T) jury.Ballot {
	return rapid.SampledFrom([]jury.Ballot{jury.Uphold, jury.Overturn}).Draw(t, "ruling")
}

func (m *trial) rules(t *rapid.T) {
	k := m.drawCase(t)
	m.only(m.rule(k, m.drawJuror(t, k), drawRuling(t)))
}

// agree has all who sit say the same, as they may.
func (m *trial) agree(t *rapid.T) {
	k := m.drawCase(t)
	if len(m.waiting(k)) == 0 {
		t.Skip("nobody sits")
	}
	how := drawRuling(t)
	for _, who := range m.waiting(k) {
		m.only(m.rule(k, who, how))
		m.check(t)
	}
}

func (m *trial) vacate(t *rapid.T) {
	k := m.drawCase(t)
	m.must(m.court.Vacate(m.ctx, club, k.ID, m.drawJuror(t, k)))
}

func (m *trial) confirms(t *rapid.T) { m.only(m.confirm(m.drawCase(t), m.drawAdmin(t))) }

// pendings has an admin say what becomes of a penalty that waits.
func (m *trial) pendings(t *rapid.T) {
	k, by := m.drawCase(t), m.drawAdmin(t)
	if rapid.Bool().Draw(t, "drop it") {
		m.only(m.dropPending(k, by, k.Pending.String()))
	} else {
		m.only(m.confirmPending(k, by, k.Pending.String()))
	}
}

func (m *trial) pauses(t *rapid.T) {
	m.only(m.pause(time.Duration(rapid.SampledFrom([]int{0, 1, 24}).Draw(t, "hours")) * time.Hour))
}

// optsOut has somebody not want to be asked, or want to be again.
func (m *trial) optsOut(t *rapid.T) {
	who := member{club, rapid.SampledFrom(m.pool).Draw(t, "who").Person.ID}
	r := m.juryRecords[who]
	if r.Declines = !r.Declines; !r.Declines {
		r.Willing = m.now
	}
	m.juryRecords[who] = r
}

func (m *trial) overturns(t *rapid.T) {
	_, err := m.court.Overturn(m.ctx, m.of(m.drawCase(t)), m.drawAdmin(t))
	m.only(err)
}

func (m *trial) hardens(t *rapid.T) {
	k := m.drawCase(t)
	_, err := m.court.Harsher(m.ctx, m.of(k), m.drawAdmin(t), k.Penalty.String())
	m.only(err)
}

func (m *trial) pardons(t *rapid.T) {
	_, err := m.court.Pardon(m.ctx, moderation.Key{Update: m.next(), Chat: club}, m.drawWriter(t), m.drawAdmin(t))
	m.only(err)
}

func (m *trial) frees(t *rapid.T) {
	penalty := rapid.SampledFrom([]ladder.Penalty{ladder.Mute, ladder.Ban}).Draw(t, "penalty")
	m.only(m.court.Free(m.ctx, moderation.Release{Update: m.next(), Chat: club, By: m.drawAdmin(t), Author: m.drawWriter(t), Name: "Mallory", Penalty: penalty}))
}

// changes has chance put those who can be drawn into another order, and changes one of them.
func (m *trial) changes(t *rapid.T) {
	m.pool = rapid.Permutation(m.pool).Draw(t, "chance")
	c := &m.pool[0]
	switch rapid.SampledFrom([]string{"admin", "standing", "newcomer", "again", "all"}).Draw(t, "change") {
	case "admin":
		c.Admin = true
	case "standing":
		c.Record.Conduct.Lost = rapid.IntRange(0, 60).Draw(t, "lost")
	case "newcomer":
		c.Record.Joined, c.Record.Messages = m.now.Add(-time.Hour), 9
	case "again":
		c.Admin, c.Record = false, moderation.Record{}
	case "all":
		m.tune(func(p *moderation.Policy) {
			p.Appeals = rapid.SampledFrom([]moderation.Appeals{moderation.AppealsJury, moderation.AppealsAdmins}).Draw(t, "appeals")
		})
	}
}

func (m *trial) waits(t *rapid.T) {
	minutes := rapid.SampledFrom([]int{1, 10, 30, 60, 5 * 60, 12 * 60, 13 * 60, 36 * 60, 48 * 60, 100 * 60, 170 * 60})
	m.now = m.now.Add(time.Duration(minutes.Draw(t, "minutes")) * time.Minute)
	for _, due := range []func(context.Context) (int, error){m.court.StartDue, m.court.JuriesDue, m.court.AppealsDue, m.court.PausesDue, m.court.ExpireDue} {
		_, err := due(m.ctx)
		m.must(err)
		m.check(t)
	}
}

func (m *trial) settles(*rapid.T) {
	_, err := m.court.Settle(m.ctx)
	m.must(err)
}
