package moderation_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

// TestRandomAppeals lets jurors, admins and the clock do what they like, in whatever order, and looks after each step
// at what must always be so.
func TestRandomAppeals(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newTrial(t)
		t.Repeat(map[string]func(*rapid.T){
			"report":   m.report,
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
	seats  map[string][]jury.Seat
}

// Who there is: writers of messages, voters, admins, and those who may become jurors. Their numbers are long, so that
// they are found wherever they are. Some of the voters could be drawn too.
const (
	firstWriter int64 = 7_500_000_001
	firstVoter  int64 = 7_600_000_001
	firstAdmin  int64 = 7_700_000_001
)

func newTrial(t *rapid.T) *trial {
	m := &trial{fixture: newFixtureFor(context.Background(), t), before: map[string]moderation.Case{}, seats: map[string][]jury.Seat{}}
	m.tune(func(p *moderation.Policy) { p.Threshold, p.ReportLimit = 1, moderation.MaxReportLimit })
	m.members(rapid.IntRange(20, 26).Draw(t, "could be drawn"))
	for i := range 4 {
		m.pool = append(m.pool, moderation.Candidate{Person: moderation.Person{ID: firstVoter + int64(i), Private: i == 0}})
	}
	m.pool = append(m.pool,
		moderation.Candidate{Person: moderation.Person{ID: firstWriter}},
		moderation.Candidate{Person: moderation.Person{ID: firstAdmin}}, // an admin no more
		moderation.Candidate{Person: moderation.Person{ID: firstAdmin + 1}, Admin: true},
	)
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
			if k.Appeal.Open() {
				return k
			}
		}
	}
	return m.cases[rapid.IntRange(0, len(m.cases)-1).Draw(t, "case")]
}

// drawJuror draws somebody who has a seat, mostly.
func (m *trial) drawJuror(t *rapid.T, k *kept) int64 {
	if k.appeal == nil || len(k.appeal.Seats) == 0 || rapid.IntRange(0, 9).Draw(t, "a stranger") == 0 {
		return rapid.SampledFrom(m.pool).Draw(t, "who").Person.ID
	}
	return rapid.SampledFrom(k.appeal.Seats).Draw(t, "juror").Juror.ID
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
	_, err := m.court.Report(m.ctx, r)
	m.only(err)
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
	if k.appeal == nil {
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
	m.now = m.now.Add(time.Duration(rapid.SampledFrom([]int{1, 5, 12, 13, 36, 48, 100, 170}).Draw(t, "hours")) * time.Hour)
	_, err := m.court.AppealsDue(m.ctx)
	m.must(err)
	_, err = m.court.ExpireDue(m.ctx)
	m.must(err)
}

func (m *trial) settles(*rapid.T) {
	_, err := m.court.Settle(m.ctx)
	m.must(err)
}

// remember notes how things stand.
func (m *trial) remember() {
	for _, k := range m.cases {
		m.before[k.ID] = k.Case
		if k.appeal != nil {
			m.seats[k.ID] = slices.Clone(k.appeal.Seats)
		}
	}
}

func (m *trial) check(*rapid.T) {
	for _, k := range m.cases {
		m.checkAppeal(k, m.before[k.ID])
		if k.appeal != nil {
			m.checkSeats(k, m.seats[k.ID])
		}
	}
	m.checkOffences()
	m.checkWhoIsNamed()
	m.checkLedger()
	m.checkEventsNameNobody()
	m.remember()
}

// checkAppeal says that an appeal ends at most once, and that there is at most one reversal.
func (m *trial) checkAppeal(k *kept, was moderation.Case) {
	switch {
	case was.Appeal == k.Appeal, was.Appeal == moderation.NoAppeal && k.Appeal.Open():
	case was.Appeal == moderation.BeforeJury && k.Appeal != moderation.NoAppeal:
	case was.Appeal == moderation.BeforeAdmins && !k.Appeal.Open() && k.Appeal != moderation.NoAppeal:
	default:
		m.t.Fatalf("the appeal against case %s was %q and became %q", k.ID, was.Appeal, k.Appeal)
	}
	if was.Reversed != "" && (k.Reversed != was.Reversed || !k.ReversedAt.Equal(was.ReversedAt)) {
		m.t.Fatalf("case %s was %s and became %s", k.ID, was.Reversed, k.Reversed)
	}
	if (k.Appeal == moderation.NoAppeal) != k.AppealDue.IsZero() || k.Appeal == moderation.AppealGranted && k.Reversed == "" {
		m.t.Fatalf("case %+v", k.Case)
	}
	if k.Appeal.Open() && k.Verdict != moderation.Upheld || k.Appeal.Open() && k.settled {
		m.t.Fatalf("nothing to contest, or nothing to judge by: %+v", k.Case)
	}
}

// checkSeats says that nobody has two seats or loses their vote, that at most five sit, and that who is new may judge.
func (m *trial) checkSeats(k *kept, were []jury.Seat) {
	seats, sitting := map[int64]bool{}, 0
	for i, s := range k.appeal.Seats {
		if seats[s.Juror.ID] {
			m.t.Fatalf("two seats for one: %+v", k.appeal.Seats)
		}
		seats[s.Juror.ID] = true
		if !s.Gone {
			sitting++
		}
		if i < len(were) {
			was := were[i]
			if was.Juror != s.Juror || was.Ballot != "" && s.Ballot == "" || was.Gone && !s.Gone {
				m.t.Fatalf("seat was %+v and became %+v", was, s)
			}
			continue
		}
		m.checkJuror(k, s.Juror.ID)
	}
	if sitting > jury.Size || k.Appeal != moderation.BeforeJury && len(m.waiting(k)) > 0 || len(were) > len(k.appeal.Seats) {
		m.t.Fatalf("case %+v, seats %+v", k.Case, k.appeal.Seats)
	}
}

// checkJuror says that somebody who was just drawn may judge.
func (m *trial) checkJuror(k *kept, who int64) {
	i := slices.IndexFunc(m.pool, func(c moderation.Candidate) bool { return c.Person.ID == who })
	c := m.pool[i]
	voted := slices.ContainsFunc(k.ballots, func(b moderation.Ballot) bool { return b.Voter == who })
	newcomer := !c.Record.Joined.IsZero() && m.now.Sub(c.Record.Joined) < day
	if c.Admin || c.Record.Conduct.Lost > 20 || newcomer || voted || who == k.Author.ID || slices.Contains(k.Judges, who) {
		m.t.Fatalf("%+v judges case %+v", c, k.Case)
	}
}

// checkOffences says that what was reversed left nothing, and that what is missing of somebody's standing is what the
// cases cost that stand.
func (m *trial) checkOffences() {
	for of, history := range m.history {
		cost := 0
		for _, o := range history {
			cost += o.Cost
			if k := m.find(moderation.Key{Chat: club, Case: o.Case}); k.Reversed != "" {
				m.t.Fatalf("an offence is left of case %+v", k.Case)
			}
		}
		if lost := m.records[of].Conduct.Lost; lost != cost {
			m.t.Fatalf("%d points are missing, and the cases cost %d", lost, cost)
		}
	}
}

// checkWhoIsNamed says that nobody but a juror is told of their seat, and that they are not told who wrote what they
// judge.
func (m *trial) checkWhoIsNamed() {
	for _, e := range m.effects {
		text, err := json.Marshal(e)
		m.must(err)
		mine := e.Kind == moderation.EffectSummons || e.Kind == moderation.EffectThanks
		named := strings.Contains(string(text), "7411") // who can be nothing but a juror
		if named && !mine {
			m.t.Fatalf("%s names a juror", text)
		}
		others := strings.Replace(string(text), strconv.FormatInt(e.To.ID, 10), "", 1)
		if mine && long.MatchString(others) {
			m.t.Fatalf("%s names somebody", text)
		}
	}
	m.effects = nil
}
