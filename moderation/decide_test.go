package moderation_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

func TestDecideIsRefused(t *testing.T) {
	t.Parallel()
	powerless := moderation.Member{ID: dora, Admin: true}
	for name, test := range map[string]struct {
		who    moderation.Member
		before func(*fixture, *kept)
		want   moderation.Code
	}{
		"to who is no admin":         {person(dora), nil, moderation.RefuseNotAdmin},
		"to who may not punish":      {powerless, nil, moderation.RefuseRights},
		"in a case of another group": {boss, elsewhere, moderation.RefuseNoCase},
		"in a withdrawn case":        {boss, withdrawn, moderation.RefuseNoCase},
		"in a decided case":          {boss, decided, moderation.RefuseDecided},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna)
			if test.before != nil {
				test.before(m, k)
			}
			m.carried()
			_, err := m.court.Decide(t.Context(), m.of(k), test.who, moderation.Upheld)
			m.refusedAs(err, test.want)
			m.want()
		})
	}
}

// To dismiss punishes nobody, so any admin may.
func TestWhoMayNotPunishMayDismiss(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	_, err := m.court.Decide(t.Context(), m.of(k), moderation.Member{ID: dora, Admin: true}, moderation.Dismissed)
	m.must(err)
	m.want("card", "card_gone in 10m", "outcome anna dismissed", "admins decided")
}

func TestAdminDecidesByTheMessageToo(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	id, err := m.court.Decide(t.Context(), moderation.Key{Update: m.next(), Chat: club, Message: 41}, boss, moderation.Upheld)
	m.must(err)
	if id != k.ID || k.Verdict != moderation.Upheld || !k.ByAdmin || k.Votes != 1 {
		t.Errorf("%s: %+v", id, k.Case)
	}
	_, err = m.court.Decide(t.Context(), moderation.Key{Update: m.next(), Chat: club, Message: 42}, boss, moderation.Upheld)
	m.refusedAs(err, moderation.RefuseNoCase)
}

// What a step of the ladder comes to, for whom and where, and in which order it is carried out.
func TestPenalties(t *testing.T) {
	t.Parallel()
	human := moderation.Author{ID: mallory, Language: "ru"}
	channel, machine := moderation.Author{ID: -7, Channel: true}, moderation.Author{ID: 8, Bot: true}
	for name, test := range map[string]struct {
		step   string
		author moderation.Author
		kind   moderation.Kind
		opened bool // the author opened the private chat
		want   []string
	}{
		"warn":               {"warn", human, moderation.Supergroup, false, []string{"notice mallory warn"}},
		"warn, in private":   {"warn", human, moderation.Supergroup, true, []string{"notice mallory warn", "letter mallory privately warn"}},
		"mute":               {"mute 1h", human, moderation.Supergroup, false, []string{"punish mute 1h", "notice mallory mute 1h"}},
		"kick":               {"kick", human, moderation.Supergroup, false, []string{"notice mallory kick first", "punish kick", "lift"}},
		"ban for a time":     {"ban 7d", human, moderation.Supergroup, true, []string{"notice mallory ban 7d first", "letter mallory privately ban 7d", "punish ban 7d"}},
		"ban":                {"ban", human, moderation.Supergroup, false, []string{"notice mallory ban first", "punish ban"}},
		"warn, basic":        {"warn", human, moderation.Basic, false, []string{"notice mallory warn"}},
		"mute, basic":        {"mute 1h", human, moderation.Basic, false, []string{"admins basic_mute", "notice mallory mute 1h"}},
		"kick, basic":        {"kick", human, moderation.Basic, false, []string{"notice mallory kick first", "punish kick"}},
		"timed ban, basic":   {"ban 7d", human, moderation.Basic, false, []string{"notice mallory kick first", "punish kick"}},
		"ban, basic":         {"ban", human, moderation.Basic, false, []string{"notice mallory kick first", "punish kick"}},
		"warn, channel":      {"warn", channel, moderation.Supergroup, false, nil},
		"mute, channel":      {"mute 1h", channel, moderation.Supergroup, false, []string{"punish ban 1h", "lift in 1h"}},
		"kick, channel":      {"kick", channel, moderation.Supergroup, false, []string{"punish ban 1m", "lift in 1m"}},
		"timed ban, channel": {"ban 7d", channel, moderation.Supergroup, false, []string{"punish ban 7d", "lift in 7d"}},
		"ban, channel":       {"ban", channel, moderation.Supergroup, false, []string{"punish ban"}},
		"warn, bot":          {"warn", machine, moderation.Supergroup, false, nil},
		"mute, bot":          {"mute 1h", machine, moderation.Supergroup, false, []string{"punish mute 1h"}},
		"ban, bot":           {"ban", machine, moderation.Supergroup, true, []string{"punish ban"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			ladder, err := ladder.ParseLadder(test.step)
			m.must(err)
			m.tune(func(p *moderation.Policy) { p.Ladder, p.CardAfter = ladder, 0 })
			m.chats[club].Kind = test.kind
			m.private[test.author.ID] = test.opened
			r := m.reportOf(anna, 41)
			r.Target.Author = test.author
			_, err = m.court.Report(t.Context(), r)
			m.must(err)
			k := m.about(41)
			k.Listed = true // or it would be hidden, and no admin could decide it
			m.must(m.admin(k, moderation.Upheld))
			m.checkPenalty(k, ladder[0], test.kind)
			last := "admins decided by Dora"
			if k.Penalty.Kind == "ban" {
				last = "sweep by Dora" // which has them told
			}
			m.want(slices.Concat([]string{"delete [41]"}, test.want, []string{"outcome anna upheld " + k.Penalty.String(), last})...)
		})
	}
}

// checkPenalty looks at what effects do not say in words.
func (r *fixture) checkPenalty(k *kept, step ladder.Step, kind moderation.Kind) {
	r.t.Helper()
	for _, e := range r.effects {
		over := e.Kind == moderation.EffectPunish || e.Kind == moderation.EffectNotice || e.Kind == moderation.EffectPrivateNotice
		if over && !e.Until.Equal(k.Penalty.Until(k.Decided)) {
			r.t.Errorf("%s until %v; it is %s", e.Kind, e.Until, k.Penalty)
		}
		if (e.Kind == moderation.EffectPunish || e.Kind == moderation.EffectLift) && e.Author != k.Author {
			r.t.Errorf("%s of %+v", e.Kind, e.Author)
		}
	}
	silent := r.records[member{club, k.Author.ID}].Silenced
	if quiet := step.Kind == ladder.Mute && kind == moderation.Basic; quiet != silent.Equal(r.now.Add(time.Hour)) {
		r.t.Errorf("silenced until %v", silent)
	}
	if !k.Until.Equal(k.Penalty.Until(k.Decided)) {
		r.t.Errorf("over at %v", k.Until)
	}
	if got := r.history[member{club, k.Author.ID}]; len(got) != 1 || got[0].Case != k.ID || !got[0].At.Equal(r.now) {
		r.t.Errorf("offences %+v", got)
	}
}

func TestEachOffenceIsAStep(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.ReportLimit = 100 })
	for i, test := range []struct {
		rule  rulebook.RuleID
		later time.Duration
		want  string
	}{
		{rulebook.Spam, 0, "warn"}, {rulebook.Spam, day, "mute 1h"}, {rulebook.Hate, day, "ban 7d"},
		{rulebook.Spam, lapse, "ban 7d"}, {rulebook.Violence, 0, "ban"},
	} {
		m.now = m.now.Add(test.later)
		k := m.reportsAs(int64(41+i), test.rule, anna, bob)
		m.must(m.admin(k, moderation.Upheld))
		if k.Rule != test.rule || k.Penalty.String() != test.want {
			t.Errorf("case %d, %s: %s; want %s", i, k.Rule, k.Penalty, test.want)
		}
	}
}

// A message that is out of reach, since its group was upgraded, is not removed; its author is
// punished all the same.
func TestOutOfReachIsNotRemoved(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	k.Message = 0
	m.carried()
	m.must(m.admin(k, moderation.Upheld))
	m.want("notice mallory warn", "card", "card_gone in 10m", "outcome anna upheld warn", "admins decided by Dora")
}

func TestOutcomeThatStays(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.CardTTL = 0 })
	k := m.reports(41, anna)
	m.must(m.admin(k, moderation.Dismissed))
	m.want("card", "outcome anna dismissed", "admins decided by Dora")
}

func TestExpiry(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	window := m.chats[club].Policy.Window
	k := m.reports(41, anna)
	m.must(m.vote(k, bob, moderation.Fine))
	m.carried()
	for _, test := range []struct {
		later time.Duration
		ended int
		want  moderation.Verdict
	}{{window - time.Second, 0, moderation.Open}, {time.Second, 1, moderation.Expired}, {time.Hour, 0, moderation.Expired}} {
		m.now = m.now.Add(test.later)
		n, err := m.court.ExpireDue(t.Context())
		if n != test.ended || err != nil || k.Verdict != test.want {
			t.Errorf("ended %d, %v; the case is %s, want %s", n, err, k.Verdict, test.want)
		}
		if n == 1 {
			m.want("card", "card_gone in 10m", "outcome anna expired", "admins decided")
		}
	}
	if len(m.history) > 0 || k.Votes != 2 || k.Penalty.Kind != "" {
		t.Errorf("case %+v, offences %v", k.Case, m.history)
	}
}

func TestManyExpireAtOnce(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for message := range int64(201) {
		m.reports(message+1, 1000+message)
	}
	m.now = m.now.Add(m.chats[club].Policy.Window)
	if n, err := m.court.ExpireDue(t.Context()); n != 201 || err != nil {
		t.Errorf("ended %d, %v", n, err)
	}
}

func TestCaseThatCannotExpireIsInNobodysWay(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for message := range int64(100) { // as many as are looked at together
		m.broken[m.reports(message+1, 1000+message).ID] = true
	}
	m.now = m.now.Add(m.chats[club].Policy.Window)
	delete(m.broken, m.cases[60].ID)
	if n, err := m.court.ExpireDue(t.Context()); n != 1 || !errors.Is(err, errBroken) || m.cases[60].Verdict != moderation.Expired {
		t.Errorf("ended %d, %v; the one that could end is %s", n, err, m.cases[60].Verdict)
	}
	m.fail = moderation.ErrUnavailable
	if _, err := m.court.ExpireDue(t.Context()); !errors.Is(err, moderation.ErrUnavailable) || m.failed != 1 {
		t.Errorf("a store that is away was asked %d times: %v", m.failed, err)
	}
}

// racing is a store in which others are quicker.
type racing struct {
	*memoryStore
	first func()
}

func (s racing) Due(ctx context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	due, err := s.memoryStore.Due(ctx, now, limit)
	s.first()
	return due, err
}

func TestDecidedWhileItExpires(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	m.now = m.now.Add(m.chats[club].Policy.Window)
	m.carried()
	late := moderation.NewCourt(racing{m.memoryStore, func() { m.must(m.admin(k, moderation.Dismissed)) }}, func() time.Time { return m.now })
	if _, err := late.ExpireDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if k.Verdict != moderation.Dismissed {
		t.Errorf("the case is %s", k.Verdict)
	}
	m.want("card", "card_gone in 10m", "outcome anna dismissed", "admins decided by Dora")
}

// What only its reporters know of is not told to the admins either, when it comes to nothing.
func TestUnseenExpiryIsTheReportersAlone(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 2 })
	m.reports(41, anna)
	m.now = noon.Add(10*time.Minute + m.chats[club].Policy.Window)
	if n, err := m.court.ExpireDue(t.Context()); n != 1 || err != nil {
		t.Errorf("ended %d, %v", n, err)
	}
	m.want("outcome anna expired")
}

// Whoever counts decisions hears of each once, also when the card shows it in the same second.
func TestDecisionIsToldOnce(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	var told []string
	m.court.OnDecision = func(v moderation.Verdict, took time.Duration) { told = append(told, string(v)+" "+took.String()) }
	first, second := m.reports(41, anna), m.reports(42, anna)
	m.now = m.now.Add(time.Minute)
	m.must(m.admin(first, moderation.Upheld))
	m.must(m.court.CardShown(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: club}, Case: first.ID}, 77, 1))
	m.must(m.court.Unheard(t.Context(), club, first.ID))
	m.must(m.undo(second, anna))
	m.withdraws(second)
	m.must(m.court.CardShown(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: club}, Case: second.ID}, 78, 1))
	m.manually(43, "warn") // nobody waited for that
	m.reports(44, anna)
	m.manually(44, "warn")
	if want := []string{"upheld 1m0s", "withdrawn 1m0s", "upheld 0s"}; !slices.Equal(told, want) {
		t.Errorf("told of %q, want %q", told, want)
	}
}

// An admin who decides about a message that was decided before gets one answer, whether or not it was reported again since.
func TestDecidingAgainDoesNotTellOfAReport(t *testing.T) {
	t.Parallel()
	for _, again := range []bool{false, true} {
		m := newFixture(t)
		k := m.reports(41, anna)
		m.must(m.vote(k, bob, moderation.Fine))
		m.must(m.vote(k, carl, moderation.Fine))
		m.must(m.vote(k, erin, moderation.Fine))
		m.must(m.vote(k, frank, moderation.Fine))
		if k.Verdict != moderation.Dismissed {
			t.Fatalf("case %+v", k.Case)
		}
		if again {
			_, err := m.court.Report(t.Context(), m.reportOf(gina, 41))
			m.must(err)
		}
		for _, v := range []moderation.Verdict{moderation.Upheld, moderation.Dismissed} {
			_, err := m.court.Decide(t.Context(), moderation.Key{Update: m.next(), Chat: club, Message: 41}, boss, v)
			m.refusedAs(err, moderation.RefuseNoCase)
		}
	}
}
