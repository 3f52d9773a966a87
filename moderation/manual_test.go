package moderation_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// manualOf is the penalty that Dora gives who wrote a message; to Mallory if nobody else.
func (r *fixture) manualOf(message int64, typed string) moderation.ManualPenalty {
	r.t.Helper()
	return moderation.ManualPenalty{
		Update: r.next(), Chat: club, Kind: moderation.Supergroup, By: boss, Target: r.reportOf(anna, message).Target, Step: step(typed),
		Evidence: moderation.Evidence{Name: "Mallory", Text: "Coins!"},
	}
}

// step reads a step as an admin types it; a mute may be without a time.
func step(typed string) ladder.Step {
	penalty, length, _ := strings.Cut(typed, " ")
	d, _ := ladder.ParseDuration(length)
	return ladder.Step{Kind: ladder.Penalty(penalty), For: d}
}

// manually has Dora punish, and returns the case.
func (r *fixture) manually(message int64, typed string) *kept {
	r.t.Helper()
	return r.punished(r.manualOf(message, typed))
}

func (r *fixture) punished(h moderation.ManualPenalty) *kept {
	r.t.Helper()
	cs, err := r.court.Punish(r.ctx, h)
	r.must(err)
	k := r.find(moderation.Key{Chat: club, Case: cs.ID})
	if !reflect.DeepEqual(k.Case, cs) {
		r.t.Errorf("returned %+v, kept %+v", cs, k.Case)
	}
	return k
}

// mayNot are the reasons why an admin may give no penalty.
var mayNot = map[string]struct {
	by     moderation.Member
	target moderation.Target
	want   moderation.Code
}{
	"by who is no admin":         {person(bob), targetOf(mallory, moderation.RoleMember), moderation.RefuseNotAdmin},
	"by an admin who may not":    {moderation.Member{ID: bob, Admin: true, Delete: true}, targetOf(mallory, moderation.RoleMember), moderation.RefuseRights},
	"of the bot":                 {boss, targetOf(99, moderation.RoleBot), moderation.RefuseMe},
	"of a service message":       {boss, targetOf(mallory, moderation.RoleService), moderation.RefuseNobody},
	"of nobody":                  {boss, targetOf(0, moderation.RoleMember), moderation.RefuseNobody},
	"of the group's own channel": {boss, targetOf(-7, moderation.RoleLinked), moderation.RefuseLinked},
	"of what is known as that": {
		boss, moderation.Target{Author: moderation.Author{ID: -555, Channel: true}, Role: moderation.RoleMember}, moderation.RefuseLinked,
	},
	"of an admin": {boss, targetOf(mallory, moderation.RoleAdmin), moderation.RefuseTargetAdmin},
}

func targetOf(who int64, role moderation.Role) moderation.Target {
	return moderation.Target{Message: 41, Author: moderation.Author{ID: who}, Role: role}
}

func TestPunishIsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range mayNot {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.chats[club].Linked = -555
			h := m.manualOf(41, "warn")
			h.By, h.Target = test.by, test.target
			_, err := m.court.Punish(t.Context(), h)
			m.refusedAs(err, test.want)
			m.want()
			if len(m.cases) > 0 || len(m.history) > 0 {
				t.Errorf("cases %v, offences %v", m.cases, m.history)
			}
			if _, err := m.court.Punish(t.Context(), h); !errors.Is(err, moderation.ErrSeen) {
				t.Errorf("the same update again: %v", err)
			}
		})
	}
}

// Who may not punish may not lift or pardon either. What an author is to the group is not looked at:
// also an admin may be pardoned what they did before.
func TestFreeAndPardonAreRefused(t *testing.T) {
	t.Parallel()
	for name, test := range mayNot {
		if test.target.Role != moderation.RoleMember {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.manually(40, "mute 1h")
			m.carried()
			m.chats[club].Linked = -555
			m.refusedAs(m.court.Free(t.Context(), moderation.Release{
				Update: m.next(), Chat: club, By: test.by, Author: test.target.Author, Penalty: ladder.Mute,
			}), test.want)
			_, err := m.court.Pardon(t.Context(), moderation.Key{Update: m.next(), Chat: club}, test.target.Author, test.by)
			m.refusedAs(err, test.want)
			m.want()
		})
	}
}

func TestPunish(t *testing.T) {
	t.Parallel()
	human := moderation.Author{ID: mallory, Language: "ru"}
	channel, machine := moderation.Author{ID: -7, Channel: true}, moderation.Author{ID: 8, Bot: true}
	for name, test := range map[string]struct {
		step   string
		author moderation.Author
		kind   moderation.Kind
		opened bool
		want   []string
	}{
		"warn":               {"warn", human, moderation.Supergroup, true, []string{"notice mallory warn", "letter mallory privately warn"}},
		"mute":               {"mute 2h", human, moderation.Supergroup, false, []string{"punish mute 2h", "notice mallory mute 2h"}},
		"mute, as usual":     {"mute", human, moderation.Supergroup, false, []string{"punish mute 1h", "notice mallory mute 1h"}},
		"kick":               {"kick", human, moderation.Supergroup, false, []string{"notice mallory kick first", "punish kick", "lift"}},
		"ban":                {"ban", human, moderation.Supergroup, false, []string{"delete [41]", "notice mallory ban first", "punish ban"}},
		"ban for a time":     {"ban 3d", human, moderation.Supergroup, false, []string{"delete [41]", "notice mallory ban 3d first", "punish ban 3d"}},
		"mute, basic":        {"mute 2h", human, moderation.Basic, false, []string{"admins basic_mute", "notice mallory mute 2h"}},
		"ban, basic":         {"ban", human, moderation.Basic, false, []string{"delete [41]", "notice mallory kick first", "punish kick"}},
		"mute, channel":      {"mute", channel, moderation.Supergroup, false, []string{"punish ban 1h", "lift in 1h"}},
		"kick, channel":      {"kick", channel, moderation.Supergroup, false, []string{"punish ban 1m", "lift in 1m"}},
		"warn, bot":          {"warn", machine, moderation.Supergroup, false, nil},
		"ban, bot in basic":  {"ban", machine, moderation.Basic, false, []string{"delete [41]", "punish kick"}},
		"timed ban, channel": {"ban 3d", channel, moderation.Supergroup, false, []string{"delete [41]", "punish ban 3d", "lift in 3d"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.chats[club].Kind, m.private[test.author.ID] = test.kind, test.opened
			h := m.manualOf(41, test.step)
			h.Target.Author = test.author
			k := m.punished(h)
			m.want(append(test.want, "admins hand by Dora")...) // the message stays, but for a ban
			want := moderation.Case{
				ID: "0001", Chat: club, CaseMessage: moderation.CaseMessage{Message: 41, SentAt: h.Target.SentAt, Author: test.author}, Verdict: moderation.Upheld, Rule: rulebook.Other,
				CasePenalty: moderation.CasePenalty{Penalty: k.Penalty, Until: k.Penalty.Until(noon)}, ByAdmin: true, Manual: true, CaseReview: moderation.CaseReview{Judges: []int64{dora}}, Opened: noon, Deadline: noon, Decided: noon,
			}
			if !reflect.DeepEqual(k.Case, want) || !reflect.DeepEqual(*k.evidence, h.Evidence) {
				t.Errorf("case %+v\nwant %+v\nevidence %+v", k.Case, want, *k.evidence)
			}
			offence := moderation.Offence{Case: k.ID, Steps: 1, Severity: 1, Cost: 10, At: noon}
			if got := m.history[member{club, test.author.ID}]; !slices.Equal(got, []moderation.Offence{offence}) {
				t.Errorf("offences %+v", got)
			}
		})
	}
}

// A ban removes nothing at Telegram, so we do it: the message that it answers, if there is one and the admin may.
func TestManualRemovesWithABan(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.manually(0, "ban")
	m.want("notice mallory ban first", "punish ban", "admins hand by Dora")
	h := m.manualOf(41, "ban")
	h.By.Delete = false
	m.punished(h)
	m.want("notice mallory ban first", "punish ban", "admins hand by Dora")
}

func TestManualNamesARuleAndMayNameAPerson(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	h := m.manualOf(0, "warn")
	h.Rule, h.Target.SentAt = rulebook.Violence, time.Time{}
	k := m.punished(h)
	if k.Message != 0 || k.Rule != rulebook.Violence || m.history[member{club, mallory}][0].Steps != 3 {
		t.Errorf("case %+v, offences %+v", k.Case, m.history)
	}
	if again := m.manually(0, "warn"); again.ID == k.ID {
		t.Error("two penalties without a message are one case")
	}
}

// An admin who punishes for a message that members reported has ended their case.
func TestManualEndsTheOpenCase(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		named rulebook.RuleID
		want  rulebook.RuleID
		steps int
	}{
		"of the rule that members named": {"", rulebook.Hate, 2},
		"of the rule that is named now":  {rulebook.Violence, rulebook.Violence, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna, bob)
			m.must(m.court.Categorize(t.Context(), m.next(), club, k.ID, anna, rulebook.Hate))
			m.must(m.court.Categorize(t.Context(), m.next(), club, k.ID, bob, rulebook.Hate))
			k.Listed = true // be it shown to the admins or not
			m.carried()
			h := m.manualOf(41, "mute 2h")
			h.Rule = test.named
			if got := m.punished(h); got != k || k.Manual || !k.ByAdmin || k.Verdict != moderation.Upheld || k.Rule != test.want || k.Votes != 2 {
				t.Errorf("case %+v", got.Case)
			}
			m.want(
				"delete [41]", "punish mute 2h", "notice mallory mute 2h", "card", "card_gone in 10m",
				"outcome anna upheld mute 2h", "outcome bob upheld mute 2h", "admins decided by Dora",
			)
			if got := m.history[member{club, mallory}]; len(got) != 1 || got[0].Steps != test.steps {
				t.Errorf("offences %+v", got)
			}
			if k.evidence.Text != "" {
				t.Error("what the first reporter saw was written over")
			}
		})
	}
}

func TestManualBesideADecidedCase(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]func(*fixture, *kept){
		"that was dismissed": decided,
		"that was upheld":    func(m *fixture, k *kept) { m.must(m.admin(k, moderation.Upheld)) },
		"that was withdrawn": withdrawn,
		"by hand": func(m *fixture, k *kept) {
			k.Message = 40 // another message
			m.manually(41, "warn")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			old := m.reports(41, anna)
			before(m, old)
			m.carried()
			was := old.Case
			k := m.manually(41, "warn")
			m.want("notice mallory warn", "admins hand by Dora")
			if !k.Manual || k.ID == old.ID || !reflect.DeepEqual(old.Case, was) || len(k.ballots) > 0 {
				t.Errorf("case %+v\nbeside %+v, before %+v", k.Case, old.Case, was)
			}
		})
	}
}

// A manual penalty is in the way of no report.
func TestReportAfterAPenaltyByHand(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.manually(41, "warn")
	if k := m.reports(41, anna); k.Manual || k.Verdict != moderation.Open {
		t.Errorf("case %+v", k.Case)
	}
}

func TestUsualMute(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		ladder string
		level  int // of the author so far
		want   string
	}{
		"the first of the ladder":            {usualLadder, 0, "mute 1h"},
		"the one that is next":               {usualLadder, 1, "mute 1h"},
		"the harder that is next":            {usualLadder, 2, "mute 1d"},
		"the longest if all are behind":      {usualLadder, 3, "mute 1d"},
		"which need not be the last":         {"mute 3d, mute 1h, ban", 2, "mute 3d"},
		"the one ahead, though it is milder": {"mute 3d, warn, mute 1h, ban", 1, "mute 1h"},
		"a day without one":                  {"warn, ban", 0, "mute 1d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			ladder, err := ladder.ParseLadder(test.ladder)
			m.must(err)
			m.tune(func(p *moderation.Policy) { p.Ladder = ladder })
			if test.level > 0 {
				m.history[member{club, mallory}] = []moderation.Offence{offence(test.level, 0)}
			}
			if k := m.manually(41, "mute"); k.Penalty.String() != test.want {
				t.Errorf("%s, want %s", k.Penalty, test.want)
			}
		})
	}
}

func TestPurge(t *testing.T) {
	t.Parallel()
	many := make([]int64, moderation.MaxPurge+1)
	for i := range many {
		many[i] = int64(i + 1)
	}
	for name, test := range map[string]struct {
		by       moderation.Member
		messages []int64
		want     moderation.Code // empty if they are removed
	}{
		"two":                     {boss, []int64{41, 42}, ""},
		"as many as may be":       {boss, many[1:], ""},
		"one too many":            {boss, many, moderation.RefuseUnknown},
		"none":                    {boss, nil, moderation.RefuseUnknown},
		"by who is no admin":      {person(bob), []int64{41}, moderation.RefuseNotAdmin},
		"by an admin who may not": {moderation.Member{ID: bob, Admin: true, Restrict: true}, []int64{41}, moderation.RefuseRights},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.must(m.court.Observe(t.Context(), []moderation.SeenMessage{m.wrote(mallory, 41), m.wrote(mallory, 42), m.wrote(mallory, 300)}))
			err := m.court.Purge(t.Context(), m.next(), club, test.by, test.messages)
			if test.want != "" {
				m.refusedAs(err, test.want)
				m.want()
				return
			}
			m.must(err)
			if len(m.seen) != 1 || m.seen[0].Message != 300 {
				t.Errorf("offered are %+v", m.seen)
			}
			want := []moderation.Effect{
				moderation.DeleteMessages{Waiting: moderation.Waiting{Chat: club}, Messages: test.messages},
				moderation.TellAdmins{Waiting: moderation.Waiting{Chat: club}, Entry: moderation.MessagesPurged{By: moderation.Admin{ID: dora, Name: "Dora"}, Count: len(test.messages)}},
			}
			if !reflect.DeepEqual(m.inQueue(), want) {
				t.Errorf("to be done: %+v", m.effects)
			}
		})
	}
}
