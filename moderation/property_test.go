package moderation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

// TestRandomPeople lets people of all sorts do what they like, and compares the court after each step
// with a model that is too simple to be wrong.
func TestRandomPeople(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newModel(t)
		t.Repeat(map[string]func(*rapid.T){
			"report":   m.report,
			"vote":     m.vote,
			"undo":     m.undo,
			"withdraw": m.withdraw,
			"name":     m.name,
			"decide":   m.decide,
			"expire":   m.expire,
			"wait":     m.wait,
			"tune":     m.tune,
			"":         m.check,
		})
	})
}

// model is what should be the case in a fixture.
type model struct {
	*fixture
	all   []*simple
	ended map[string]*simple // by the last step, by their ids
	spent map[int64]moderation.Bucket
	cards map[[2]int64][]time.Time // that a reporter brought against an author
}

// simple is a case, and who said what, as a new member or not, and who reported it.
type simple struct {
	message  int64
	verdict  moderation.Verdict
	sides    map[int64]moderation.Side
	fresh    map[int64]bool
	reported map[int64]bool
	noCard   map[int64]bool
	starts   time.Time // when its clock does without a card
	runs     bool
	deadline time.Time
	asked    bool // it has a card
	byAdmin  bool
	reopens  *simple
	judged   bool // a jury has it

	threshold, quorum int // when its clock started or, before that, when it ended; 0 if neither has come
	cardAfter         int // when it was opened; 0 once it is to be shown without a card
}

// Who there is: settled members, newcomers of whom two came together, one who came too late, one who has
// left; some of them write what is reported.
const (
	settledUpTo   = 6
	twin, twin2   = 7, 8
	newcomersUpTo = 10
	latecomer     = 11
	outsider      = 12
)

var (
	written = noon.Add(-time.Minute)
	came    = noon.Add(-time.Hour) // newcomers
)

func newModel(t *rapid.T) *model {
	m := &model{fixture: newFixtureFor(context.Background(), t), ended: map[string]*simple{}, spent: map[int64]moderation.Bucket{}, cards: map[[2]int64][]time.Time{}}
	for who := int64(twin); who <= newcomersUpTo; who++ {
		joined := came.Add(-time.Duration(max(who, twin2)-twin2) * 11 * time.Minute)
		m.records[member{club, who}] = moderation.Record{Joined: joined, Messages: moderation.NewMessages}
	}
	m.records[member{club, latecomer}] = moderation.Record{Joined: written.Add(time.Second)}
	m.fixture.tune(func(p *moderation.Policy) {
		p.ReportLimit, p.Window, p.Threshold = moderation.MaxReportLimit, 36*time.Hour, 3
	})
	return m
}

func drawMember(t *rapid.T) int64 { return rapid.Int64Range(1, outsider).Draw(t, "who") }

// writer is who wrote a message: the first members each wrote one.
func writer(message int64) int64 { return message - 40 }

func drawMessage(t *rapid.T) int64 { return rapid.Int64Range(41, 43).Draw(t, "message") }

// drawCase draws one of the cases that there are.
func (m *model) drawCase(t *rapid.T) (*simple, *kept) {
	if len(m.all) == 0 {
		t.Skip("no cases")
	}
	i := rapid.IntRange(0, len(m.all)-1).Draw(t, "case")
	return m.all[i], m.cases[i]
}

// about is the latest case about a message that counts.
func (m *model) about(message int64) *simple {
	for _, c := range slices.Backward(m.all) {
		if c.message == message && c.verdict != moderation.Withdrawn {
			return c
		}
	}
	return nil
}

func (m *model) isNew(who int64) bool {
	return who > settledUpTo && m.now.Before(m.records[member{club, who}].Joined.Add(24*time.Hour))
}

// says notes what somebody said.
func (m *model) says(c *simple, who int64, side moderation.Side) {
	c.sides[who], c.fresh[who] = side, m.isNew(who)
}

// does has somebody do something, perhaps twice as the same update. It says whether it should have
// been granted: it should be refused for the first reason that is true.
func (m *model) does(t *rapid.T, do func(update int64) error, reasons ...reason) bool {
	update := m.next()
	err := do(update)
	if again := do(update); !errors.Is(again, moderation.ErrSeen) {
		t.Fatalf("the same update again: %v", again)
	}
	for _, r := range reasons {
		if r.is {
			m.refusedAs(err, r.code)
			return false
		}
	}
	m.must(err)
	return true
}

type reason struct {
	is   bool
	code moderation.Code
}

func (m *model) report(t *rapid.T) {
	who, message := drawMember(t), drawMessage(t)
	c := m.about(message)
	open := c != nil && c.verdict == moderation.Open
	again := c != nil && (c.verdict == moderation.Expired || c.verdict == moderation.Dismissed && !c.byAdmin && c.reopens == nil)
	var dismissed *simple // that would be opened again
	if c != nil {
		if dismissed = c.reopens; c.verdict == moderation.Dismissed {
			dismissed = c
		}
	}
	twice := open && c.sides[who] != "" && c.reported[who]
	bucket, may := m.spent[who], true
	if m.isNew(who) {
		bucket, may = bucket.Take(3, m.now)
	}
	if !m.does(t, func(update int64) error {
		r := m.reportOf(who, message)
		r.Update, r.Reporter.Present, r.Target.SentAt, r.Target.Author.ID = update, who != outsider, written, writer(message)
		_, err := m.court.Report(m.ctx, r)
		return err
	},
		reason{who == outsider, moderation.RefuseOutsider},
		reason{who == writer(message), moderation.RefuseSelf},
		reason{m.now.Sub(written) >= 48*time.Hour, moderation.RefuseOld},
		reason{who == latecomer, moderation.RefuseLate},
		reason{(open || again) && dismissed != nil && dismissed.sides[who] != "", moderation.RefuseVotedBefore},
		reason{c != nil && !again && (!open || !m.now.Before(c.deadline)), moderation.RefuseDecided},
		reason{open && c.judged, moderation.RefuseJudged},
		reason{!twice && !may, moderation.RefuseLimit},
	) {
		return
	}
	if twice {
		m.says(c, who, moderation.Breaks)
		m.reported(c)
		return
	}
	m.spent[who] = bucket
	if !open {
		var after int
		if c = m.opens(message); c.verdict == moderation.Withdrawn {
			after = c.cardAfter // as it was the first time
		} else {
			after = m.chats[club].Policy.CardAfter
		}
		starts := m.now.Truncate(10 * time.Minute).Add(10 * time.Minute)
		*c = simple{
			message: message, verdict: moderation.Open, starts: starts, deadline: starts.Add(36 * time.Hour), reopens: dismissed, cardAfter: after,
			sides: map[int64]moderation.Side{}, fresh: map[int64]bool{}, reported: map[int64]bool{}, noCard: map[int64]bool{},
		}
	}
	m.says(c, who, moderation.Breaks)
	c.reported[who], c.noCard[who] = true, !m.bringsCard(c, who)
	m.reported(c)
}

// reported is what a report brings, by what is set now: a verdict, else the card, or that the case is to be shown without one.
func (m *model) reported(c *simple) {
	p := m.chats[club].Policy
	if c.runs && !c.asked && c.reopens == nil {
		c.threshold, c.quorum = p.Threshold, p.Quorum
	}
	m.judge(c)
	switch {
	case c.verdict != moderation.Open || c.reopens != nil || c.asked:
	case p.CardAfter == 0 && c.cardAfter != 0:
		c.cardAfter, c.runs, c.threshold, c.quorum = 0, false, 0, 0
		c.starts = m.now.Truncate(10 * time.Minute).Add(10 * time.Minute)
		c.deadline = c.starts.Add(36 * time.Hour)
	case p.CardAfter > 0 && c.voices(moderation.Breaks, func(who int64) bool { return c.reported[who] && !c.noCard[who] }) >= p.CardAfter:
		c.asked = true // the group is asked from now on, and by what is set now
		m.start(c, m.now)
	}
}

// opens is a new case, or the one about the message that was withdrawn last.
func (m *model) opens(message int64) *simple {
	for _, c := range slices.Backward(m.all) {
		if c.message == message {
			if c.verdict == moderation.Withdrawn {
				return c
			}
			break
		}
	}
	c := &simple{}
	m.all = append(m.all, c)
	return c
}

// bringsCard notes that a report may bring a card, unless there were three from the same reporter against the same author
// within a day.
func (m *model) bringsCard(c *simple, who int64) bool {
	if c.asked {
		return true
	}
	of := [2]int64{who, writer(c.message)}
	m.cards[of] = slices.DeleteFunc(m.cards[of], func(at time.Time) bool { return m.now.Sub(at) >= day })
	if len(m.cards[of]) == 3 {
		return false
	}
	m.cards[of] = append(m.cards[of], m.now)
	return true
}

func (m *model) vote(t *rapid.T) {
	who, side := drawMember(t), weighttest.DrawSide(t)
	c, k := m.drawCase(t)
	if m.does(t, func(update int64) error {
		voter := moderation.Member{ID: who, Present: who != outsider}
		return m.court.Vote(m.ctx, moderation.Vote{Update: update, Chat: club, Case: k.ID, Voter: voter, Side: side})
	},
		reason{c.verdict == moderation.Withdrawn, moderation.RefuseNoCase},
		reason{c.verdict != moderation.Open || !m.now.Before(c.deadline), moderation.RefuseDecided},
		reason{c.reopens != nil, moderation.RefuseJudged},
		reason{who == outsider, moderation.RefuseOutsider},
		reason{who == writer(c.message), moderation.RefuseAuthor},
		reason{who == latecomer, moderation.RefuseLate},
	) {
		m.says(c, who, side)
		m.judge(c)
	}
}

func (m *model) undo(t *rapid.T) {
	who := drawMember(t)
	c, k := m.drawCase(t)
	if !m.does(t, func(update int64) error { return m.court.Undo(m.ctx, update, club, k.ID, who) },
		reason{c.verdict == moderation.Withdrawn || k.Hidden() && c.sides[who] == "", moderation.RefuseNoBallot},
		reason{c.verdict != moderation.Open, moderation.RefuseDecided},
		reason{c.judged, moderation.RefuseJudged},
		reason{c.sides[who] == "", moderation.RefuseNoBallot},
	) {
		return
	}
	delete(c.sides, who)
	delete(c.reported, who)
	if len(c.sides) > 0 { // else it waits to be withdrawn
		m.judge(c)
	}
}

// withdraw is what comes some time after an undo. It changes nothing if somebody voted.
func (m *model) withdraw(t *rapid.T) {
	c, k := m.drawCase(t)
	m.must(m.court.Withdraw(m.ctx, moderation.WithdrawCase{Waiting: moderation.Waiting{Chat: club}, Case: k.ID}))
	if c.verdict == moderation.Open && !c.judged && len(c.sides) == 0 {
		c.verdict = moderation.Withdrawn
	}
}

func (m *model) name(t *rapid.T) {
	who := drawMember(t)
	c, k := m.drawCase(t)
	m.does(t, func(update int64) error { return m.court.Categorize(m.ctx, update, club, k.ID, who, rulebook.Scam) },
		reason{c.verdict == moderation.Withdrawn || k.Hidden() && c.sides[who] == "", moderation.RefuseNoBallot},
		reason{c.verdict != moderation.Open, moderation.RefuseDecided},
		reason{c.sides[who] == "", moderation.RefuseNoBallot},
	)
}

func (m *model) decide(t *rapid.T) {
	may := rapid.Bool().Draw(t, "may punish")
	by := moderation.Member{Admin: rapid.Bool().Draw(t, "admin"), Restrict: may, Delete: may}
	verdict := rapid.SampledFrom([]moderation.Verdict{moderation.Upheld, moderation.Dismissed}).Draw(t, "verdict")
	c, k := m.drawCase(t)
	if m.does(t, func(update int64) error {
		_, err := m.court.Decide(m.ctx, moderation.Key{Update: update, Chat: club, Case: k.ID}, by, verdict)
		return err
	},
		reason{!by.Admin, moderation.RefuseNotAdmin},
		reason{verdict == moderation.Upheld && !by.Restrict, moderation.RefuseRights},
		reason{k.Hidden(), moderation.RefuseNoCase},
		reason{c.verdict != moderation.Open, moderation.RefuseDecided},
	) {
		c.byAdmin = true
		m.end(c, verdict)
	}
}

func (m *model) expire(t *rapid.T) {
	n, err := m.court.ExpireDue(m.ctx)
	m.must(err)
	for _, c := range m.all {
		if c.verdict == moderation.Open && !m.now.Before(c.deadline) {
			m.end(c, moderation.Expired)
			n--
		}
	}
	if n != 0 {
		t.Fatalf("%d more ended than should have", n)
	}
}

func (m *model) wait(t *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.Int64Range(1, 8*3600).Draw(t, "seconds")) * time.Second)
	_, err := m.court.StartDue(m.ctx)
	m.must(err)
	for _, c := range m.all {
		if c.verdict == moderation.Open && !c.runs && !c.starts.After(m.now) {
			if c.runs = true; !c.judged {
				m.start(c, c.starts)
			}
		}
	}
}

// start starts the clock of a case.
func (m *model) start(c *simple, at time.Time) {
	p := m.chats[club].Policy
	c.runs, c.deadline, c.threshold, c.quorum = true, at.Add(36*time.Hour), p.Threshold, p.Quorum
}

func (m *model) tune(t *rapid.T) {
	m.fixture.tune(func(p *moderation.Policy) {
		p.Threshold = rapid.IntRange(2, 4).Draw(t, "threshold")
		p.Quorum = rapid.IntRange(2, 4).Draw(t, "quorum")
		p.CardAfter = rapid.IntRange(0, 2).Draw(t, "card after")
	})
}

// voices are the ballots of a side that count, of those that are among these: not new members', and of the two who came
// together only one. Each weighs 1.
func (c *simple) voices(side moderation.Side, among func(who int64) bool) (n int) {
	counts := func(who int64) bool { return c.sides[who] == side && !c.fresh[who] && among(who) }
	for who := range c.sides {
		if counts(who) && (who != twin2 || !counts(twin)) {
			n++
		}
	}
	return n
}

func everybody(int64) bool { return true }

func (m *model) judge(c *simple) {
	p := m.chats[club].Policy
	breaks, fine := c.voices(moderation.Breaks, everybody), c.voices(moderation.Fine, everybody)
	threshold, quorum := p.Threshold, p.Quorum
	if c.runs && c.threshold > 0 {
		threshold, quorum = c.threshold, c.quorum
	}
	switch {
	case c.reopens != nil:
		if breaks >= 2 {
			c.judged, c.deadline = true, m.now.Truncate(10*time.Minute).Add(10*time.Minute+36*time.Hour) // asked at the next full ten minutes
		}
	case breaks-fine >= threshold && breaks >= quorum:
		m.end(c, moderation.Upheld)
	case fine-breaks >= threshold && fine >= quorum:
		m.end(c, moderation.Dismissed)
	}
}

func (m *model) end(c *simple, v moderation.Verdict) {
	c.verdict = v
	if p := m.chats[club].Policy; c.threshold == 0 {
		c.threshold, c.quorum = p.Threshold, p.Quorum
	}
	m.ended[m.id(c)] = c
}

func (m *model) id(c *simple) string { return fmt.Sprintf("%04d", slices.Index(m.all, c)+1) }
