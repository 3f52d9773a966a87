package moderation_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// remember notes how things stand.
func (m *trial) remember() {
	for _, k := range m.cases {
		m.before[k.ID] = k.Case
		if delete(m.juries, k.ID); k.jury != nil {
			m.juries[k.ID] = k.jury.Copied()
		}
	}
}

func (m *trial) check(*rapid.T) {
	for _, k := range m.cases {
		m.checkAppeal(k, m.before[k.ID])
		if k.jury != nil {
			m.checkJury(k, m.juries[k.ID])
		}
		m.checkSits(k)
	}
	m.checkPatience()
	m.checkOffences()
	m.checkWhoIsNamed()
	m.checkLedger()
	m.checkEventsNameNobody()
	m.remember()
}

// checkAppeal says that an appeal ends at most once, and that there is at most one reversal.
func (m *trial) checkAppeal(k *kept, was moderation.Case) {
	reopened := k.Reopens != "" && was.Verdict != moderation.Upheld
	switch {
	case reopened && was.Appeal.Open() && k.Verdict.Final() && k.Appeal == moderation.NoAppeal:
	case was.Appeal == k.Appeal, was.Appeal == moderation.NoAppeal && k.Appeal.Open():
	case was.Appeal == moderation.BeforeJury && k.Appeal != moderation.NoAppeal:
	case was.Appeal == moderation.BeforeAdmins && !k.Appeal.Open() && k.Appeal != moderation.NoAppeal:
	default:
		m.t.Fatalf("the appeal against case %s was %q and became %q", k.ID, was.Appeal, k.Appeal)
	}
	if was.Reversed != "" && k.Verdict == moderation.Upheld && (k.Reversed != was.Reversed || !k.ReversedAt.Equal(was.ReversedAt)) {
		m.t.Fatalf("case %s was %s and became %s", k.ID, was.Reversed, k.Reversed)
	}
	if (k.Appeal == moderation.NoAppeal || k.Appeal == moderation.BeforeJury) != k.AppealDue.IsZero() || k.Appeal == moderation.AppealGranted && k.Reversed == "" {
		m.t.Fatalf("case %+v", k.Case)
	}
	if k.Appeal.Open() && k.Verdict != moderation.Upheld && !reopened || k.Appeal.Open() && k.settled {
		m.t.Fatalf("nothing to contest, or nothing to judge by: %+v", k.Case)
	}
}

// checkJury says that nobody is asked twice or loses their answer, that at most forty are asked, and that who is new may judge.
func (m *trial) checkJury(k *kept, was *jury.Jury) {
	former := 0
	if was != nil && was.Reason == k.jury.Reason && slices.Equal(was.Former, k.jury.Former) {
		former = len(was.Seats)
	}
	seen := map[int64]bool{}
	for _, who := range k.jury.Former {
		seen[who] = true
	}
	for i, s := range k.jury.Seats {
		if seen[s.Juror.ID] {
			m.t.Fatalf("asked twice: %+v", k.jury)
		}
		seen[s.Juror.ID] = true
		if i >= former {
			m.checkJuror(k, s.Juror.ID)
			m.asked = append(m.asked, summoned{s.Juror.ID, s.Drawn, k.jury.Reason})
			continue
		}
		if w := was.Seats[i]; w.Juror != s.Juror || !w.Drawn.Equal(s.Drawn) || w.Ballot != "" && s.Ballot == "" || w.Gone && !s.Gone {
			m.t.Fatalf("seat was %+v and became %+v", w, s)
		}
	}
	if len(k.jury.Seats) > jury.MostAsked || former > len(k.jury.Seats) {
		m.t.Fatalf("case %+v, jury %+v", k.Case, k.jury)
	}
}

// checkSits says that there is a jury if the case says so, for that reason, and that the clock looks at it.
func (m *trial) checkSits(k *kept) {
	switch {
	case k.Jury == jury.NoJury:
		rests := k.jury != nil && k.jury.Payer != 0 && (k.Verdict == moderation.Dismissed || k.Verdict == moderation.Expired) // of who brought it
		if k.Appeal == moderation.BeforeJury || k.Verdict != moderation.Open && !k.JuryDue.IsZero() && !rests {
			m.t.Fatalf("no jury, and one is waited for: %+v", k.Case)
		}
	case k.jury == nil || k.jury.Reason != k.Jury, k.settled, k.Verdict == moderation.Withdrawn:
		m.t.Fatalf("case %+v, jury %+v", k.Case, k.jury)
	case k.JuryDue.IsZero() && (k.Verdict != moderation.Open || !k.Over(m.now)) && (k.jury.Reason != jury.Stalled || k.jury.Left() > 0):
		m.t.Fatalf("nobody looks at it: case %+v, jury %+v", k.Case, k.jury)
	case (k.Jury == jury.Appeal) != (k.Appeal == moderation.BeforeJury && k.Verdict == moderation.Upheld), (k.Jury == jury.Reopened) != (k.Appeal == moderation.BeforeJury && k.Verdict == moderation.Open),
		k.Jury == jury.Stalled && k.Verdict != moderation.Open, k.Jury == jury.Heavy && k.Verdict != moderation.Upheld:
		m.t.Fatalf("a jury of another kind: %+v", k.Case)
	}
}

// checkJuror says that somebody who was just drawn may judge: they have nothing to do with the case, and are tied to nobody else
// on its jury.
func (m *trial) checkJuror(k *kept, who int64) {
	c := m.candidate(who)
	has := func(ballots []moderation.Ballot) bool {
		return slices.ContainsFunc(ballots, func(b moderation.Ballot) bool { return b.Voter == who && !b.Drawn })
	}
	earlier := k.Reopens != "" && has(m.find(moderation.Key{Chat: club, Case: k.Reopens}).ballots)
	newcomer := !c.Record.Joined.IsZero() && (m.now.Sub(c.Record.Joined) < day || c.Record.Messages < 5)
	stranger := c.Presence.Days < 3 || dayOf(m.now)-c.Presence.First < 7
	if c.Admin || c.Record.Conduct.Lost > 20 || newcomer || stranger || has(k.ballots) || earlier || slices.Contains(k.retracted, who) || who == k.Author.ID || slices.Contains(k.Judges, who) {
		m.t.Fatalf("%+v judges case %+v", c, k.Case)
	}
	if r := m.juryRecords[member{club, who}]; r.Declines || !r.Willing.IsZero() && m.now.Sub(r.Willing) < 8*day {
		m.t.Fatalf("%d does not want to be asked: %+v", who, r)
	}
	for _, s := range k.jury.Seats {
		ties := m.tiesAmong(club, []int64{who, s.Juror.ID})
		if s.Juror.ID != who && ties.Tied(weight.Ballot{Voter: who}, weight.Ballot{Voter: s.Juror.ID}) {
			m.t.Fatalf("%d and %d are tied, and judge case %+v", who, s.Juror.ID, k.Case)
		}
	}
}

// summoned is that somebody was asked to be a juror.
type summoned struct {
	who    int64
	at     time.Time
	reason jury.Reason
}

// checkPatience says that nobody was asked more than twice in a day, and once about a stalled vote.
func (m *trial) checkPatience() {
	for _, last := range m.asked {
		all, stalled := 0, 0
		for _, s := range m.asked {
			if since := last.at.Sub(s.at); s.who == last.who && since >= 0 && since < day {
				all++
				if s.reason == jury.Stalled {
					stalled++
				}
			}
		}
		if all-stalled > moderation.MostOthers || stalled > moderation.MostStalled {
			m.t.Fatalf("%d was asked too often, at last about %+v", last.who, last)
		}
	}
	m.asked = slices.DeleteFunc(m.asked, func(s summoned) bool { return m.now.Sub(s.at) > 2*day })
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
