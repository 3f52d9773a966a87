package moderation_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// upheld is a case about a message, upheld by Dora with that step.
func (r *fixture) upheld(message int64, typed string) *kept {
	r.t.Helper()
	before := r.chats[club].Policy.Ladder
	r.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step(typed)} })
	k := r.reports(message, anna)
	r.must(r.admin(k, moderation.Upheld))
	r.tune(func(p *moderation.Policy) { p.Ladder = before })
	return k
}

func (r *fixture) overturn(k *kept) error {
	_, err := r.court.Overturn(r.ctx, r.of(k), boss)
	return err
}

func (r *fixture) harsher(k *kept, seen string) error {
	_, err := r.court.Harsher(r.ctx, r.of(k), boss, seen)
	return err
}

func (r *fixture) pardon(who moderation.Author) (string, error) {
	return r.court.Pardon(r.ctx, moderation.Key{Update: r.next(), Chat: club}, who, boss)
}

// silenced is until when Mallory's messages are removed.
func (r *fixture) silenced() time.Time { return r.records[member{club, mallory}].Silenced }

var human = moderation.Author{ID: mallory, Language: "ru"}

func TestReviewIsRefused(t *testing.T) {
	t.Parallel()
	uphold := func(m *fixture, k *kept) { m.must(m.admin(k, moderation.Upheld)) }
	after := func(m *fixture, k *kept, then func() error) {
		uphold(m, k)
		m.must(then())
	}
	for name, test := range map[string]struct {
		who    moderation.Member
		before func(*fixture, *kept)
		want   moderation.Code
	}{
		"by who is no admin":           {person(bob), uphold, moderation.RefuseNotAdmin},
		"by an admin who may not":      {moderation.Member{ID: bob, Admin: true, Delete: true}, uphold, moderation.RefuseRights},
		"of a case of another group":   {boss, elsewhere, moderation.RefuseNoCase},
		"of a withdrawn case":          {boss, withdrawn, moderation.RefuseNoCase},
		"of an open case":              {boss, func(*fixture, *kept) {}, moderation.RefuseNotUpheld},
		"of one that nobody was shown": {boss, func(_ *fixture, k *kept) { k.CaseCard = moderation.CaseCard{} }, moderation.RefuseNoCase},
		"of a dismissed case":          {boss, decided, moderation.RefuseNotUpheld},
		"of an overturned case": {boss, func(m *fixture, k *kept) {
			after(m, k, func() error { return m.overturn(k) })
		}, moderation.RefuseReversed},
		"of a pardoned case": {boss, func(m *fixture, k *kept) {
			after(m, k, func() error { _, err := m.pardon(human); return err })
		}, moderation.RefuseReversed},
		"of which no offence is left": {boss, func(m *fixture, k *kept) {
			uphold(m, k)
			clear(m.history)
		}, moderation.RefuseReversed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna)
			test.before(m, k)
			m.carried()
			was := k.Case
			_, err := m.court.Overturn(t.Context(), m.of(k), test.who)
			m.refusedAs(err, test.want)
			_, err = m.court.Harsher(t.Context(), m.of(k), test.who, k.Penalty.String())
			m.refusedAs(err, test.want)
			m.want()
			if !reflect.DeepEqual(k.Case, was) {
				t.Errorf("case was %+v, is %+v", was, k.Case)
			}
		})
	}
}

// What an overturned penalty comes to, for whom and where; a pardoned one is the same to its author,
// and of no concern to the reporters.
func TestReversals(t *testing.T) {
	t.Parallel()
	channel, machine := moderation.Author{ID: -7, Channel: true}, moderation.Author{ID: 8, Bot: true}
	for name, test := range map[string]struct {
		step   string
		author moderation.Author
		kind   moderation.Kind
		later  time.Duration
		free   string // what is done in the world, if anything
		told   string // the penalty that the author is told of, if they can be
	}{
		"of a warning":      {"warn", human, moderation.Supergroup, 0, "", "warn"},
		"of a mute":         {"mute 1h", human, moderation.Supergroup, 0, "free mute", "mute 1h"},
		"of one that ended": {"mute 1h", human, moderation.Supergroup, time.Hour, "look", "mute 1h"},
		"of a kick":         {"kick", human, moderation.Supergroup, 0, "", "kick"},
		"of a timed ban":    {"ban 7d", human, moderation.Supergroup, day, "free ban", "ban 7d"},
		"of a ban":          {"ban", human, moderation.Supergroup, 900 * day, "free ban", "ban"},
		"of a mute, basic":  {"mute 1h", human, moderation.Basic, 0, "", "mute 1h"},
		"of a ban, basic":   {"ban", human, moderation.Basic, 0, "", "kick"},
		"of a channel":      {"mute 1h", channel, moderation.Supergroup, 0, "free ban", ""},
		"of a bot":          {"ban", machine, moderation.Supergroup, 0, "free ban", ""},
	} {
		for _, kind := range []moderation.Reversal{moderation.Overturned, moderation.Pardoned} {
			t.Run(name+", "+string(kind), func(t *testing.T) {
				t.Parallel()
				m := newFixture(t)
				m.chats[club].Kind, m.private[test.author.ID], m.private[anna] = test.kind, true, true
				steps := ladder.Ladder{step(test.step)}
				m.tune(func(p *moderation.Policy) { p.Ladder = steps })
				r := m.reportOf(anna, 41)
				r.Target.Author = test.author
				_, err := m.court.Report(t.Context(), r)
				m.must(err)
				k := m.about(41)
				m.must(m.vote(k, bob, moderation.Fine))
				m.must(m.admin(k, moderation.Upheld))
				m.carried()
				m.now = m.now.Add(test.later)
				var want []string
				if test.free != "" {
					want = append(want, test.free)
				}
				if test.told != "" {
					said := string(kind) + " " + test.told
					want = append(want, "news mallory "+said, "news mallory privately "+said)
				}
				if strings.HasPrefix(test.told, "kick") || strings.HasPrefix(test.told, "ban") {
					want = append(want, "invite mallory privately")
				}
				want = append(want, "admins "+string(kind)+" by Dora")
				if kind == moderation.Overturned {
					m.must(m.overturn(k))
					want = append(want, "card", "outcome anna privately upheld overturned")
				} else if id, err := m.pardon(test.author); id != k.ID || err != nil {
					t.Errorf("pardoned %q, %v", id, err)
				}
				for _, e := range m.effects {
					if e.Case != k.ID && e.Kind != moderation.EffectFree {
						t.Errorf("about case %q: %+v", e.Case, e)
					}
				}
				m.want(want...)
				if k.Verdict != moderation.Upheld || k.Reversed != kind || !k.ReversedAt.Equal(m.now) || k.Message != 41 {
					t.Errorf("case %+v", k.Case)
				}
				if got := m.history[member{club, test.author.ID}]; len(got) > 0 || m.silenced().After(m.now) {
					t.Errorf("offences %+v, silenced until %v", got, m.silenced())
				}
			})
		}
	}
}

// A ban hides a mute. If it is lifted while the mute lasts, the mute holds again. Of two penalties of a
// kind the longer is in force; if that is reversed, the shorter is.
func TestReversalUncoversWhatStillLasts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		steps []string // an hour after another; one is overturned an hour after the last
		which int      // of the steps
		want  []string
		again int // the step that is carried out again
	}{
		"a mute beneath a ban":          {[]string{"mute 1d", "ban"}, 1, []string{"free ban", "punish mute 1d for 22h more"}, 0},
		"the longest of the mutes":      {[]string{"mute 1d", "mute 2d", "mute 3h", "ban 7d"}, 3, []string{"free ban", "punish mute 2d for 45h more"}, 1},
		"a mute that is over":           {[]string{"mute 1h", "ban"}, 1, []string{"free ban"}, 0},
		"a mute, but beneath a ban":     {[]string{"mute 1d", "ban 7d", "ban 1d"}, 2, nil, 0},
		"a shorter ban over a mute":     {[]string{"mute 1d", "ban 1d", "ban 7d"}, 2, []string{"shorten ban 1d for 22h more"}, 1},
		"a ban that was over hid none":  {[]string{"mute 1d", "ban 1h"}, 1, []string{"look"}, 0},
		"a kick hides none":             {[]string{"mute 1d", "kick"}, 1, nil, 0},
		"a mute, and the ban stays":     {[]string{"mute 1d", "ban"}, 0, []string{"free mute"}, 0},
		"the shorter of two mutes":      {[]string{"mute 1d", "mute 3h"}, 0, []string{"shorten mute 3h for 2h more"}, 1},
		"the longer, so nothing new":    {[]string{"mute 1d", "mute 3h"}, 1, nil, 0},
		"the later of equal ends":       {[]string{"mute 3h", "mute 2h"}, 0, nil, 0},
		"a ban with an end":             {[]string{"ban 7d", "ban"}, 1, []string{"shorten ban 7d for 166h more"}, 0},
		"one without an end":            {[]string{"ban", "ban 7d"}, 1, nil, 0},
		"one of two without an end":     {[]string{"ban", "ban"}, 0, nil, 0},
		"the longer of what is left":    {[]string{"mute 5h", "mute 1d", "mute 2d"}, 2, []string{"shorten mute 1d for 22h more"}, 1},
		"a mute of which no other last": {[]string{"mute 1h", "mute 1d"}, 1, []string{"free mute"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			var given []*kept
			for i, step := range test.steps {
				given = append(given, m.manually(int64(41+i), step))
				m.now = m.now.Add(time.Hour)
			}
			m.carried()
			m.must(m.overturn(given[test.which]))
			for _, e := range m.effects {
				if e.Kind == moderation.EffectPunish && e.Case != given[test.again].ID {
					t.Errorf("in the name of case %s: %+v", e.Case, e)
				}
			}
			m.want(append(test.want, "news mallory overturned "+given[test.which].Penalty.String(), "admins overturned by Dora")...)
		})
	}
}

// The same where Telegram knows no mute: who is silenced stays so as long as another mute lasts.
func TestReversalInABasicGroup(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		steps []string // an hour after another; one is overturned an hour after the last
		which int
		want  time.Duration // from noon, how long they are silenced then
	}{
		"the only mute":            {[]string{"mute 1d"}, 0, 0},
		"the longer of two":        {[]string{"mute 1d", "mute 3h"}, 0, 4 * time.Hour},
		"the longer, given later":  {[]string{"mute 5h", "mute 1d"}, 1, 5 * time.Hour},
		"the shorter of two":       {[]string{"mute 1d", "mute 3h"}, 1, day},
		"a ban, that is a kick":    {[]string{"mute 1d", "ban"}, 1, day},
		"a mute before it":         {[]string{"mute 1d", "ban"}, 0, 0},
		"one of which none remain": {[]string{"mute 1h", "mute 1d"}, 1, 0},
		"one that is over":         {[]string{"mute 1d", "mute 30m"}, 1, day},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.chats[club].Kind = moderation.Basic
			var given []*kept
			for i, step := range test.steps {
				given = append(given, m.manually(int64(41+i), step))
				m.now = m.now.Add(time.Hour)
			}
			m.carried()
			m.must(m.overturn(given[test.which]))
			m.want("news mallory overturned "+given[test.which].Penalty.String(), "admins overturned by Dora")
			if got := m.silenced(); test.want == 0 && !got.IsZero() || test.want > 0 && !got.Equal(noon.Add(test.want)) {
				t.Errorf("silenced until %v", got)
			}
		})
	}
}

func TestPardonTakesTheLatest(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	first := m.upheld(41, "warn")
	m.now = m.now.Add(time.Hour)
	second := m.manually(42, "mute 1h")
	other := m.manualOf(43, "mute 1h")
	other.Target.Author.ID = bob
	m.punished(other)
	for _, k := range []*kept{second, first} {
		if id, err := m.pardon(human); id != k.ID || err != nil || k.Reversed != moderation.Pardoned {
			t.Errorf("pardoned %q, %v; want %s: %+v", id, err, k.ID, k.Case)
		}
	}
	_, err := m.pardon(human)
	m.refusedAs(err, moderation.RefuseClean)
	if len(m.history[member{club, bob}]) != 1 {
		t.Errorf("offences %+v", m.history)
	}
}

// To take an offence back never makes things worse for who committed it.
func TestReversalNeverRaisesTheLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var history []moderation.Offence
		now := noon
		for _, gap := range rapid.SliceOfN(rapid.IntRange(0, 90), 1, 8).Draw(t, "days between") {
			now = now.Add(time.Duration(gap) * day)
			history = append(history, moderation.Offence{Steps: rapid.IntRange(1, 3).Draw(t, "steps"), At: now})
		}
		now = now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "days since")) * day)
		i := rapid.IntRange(0, len(history)-1).Draw(t, "which")
		before, after := moderation.Level(history, lapse, now), moderation.Level(slices.Delete(slices.Clone(history), i, i+1), lapse, now)
		if after > before {
			t.Fatalf("level %d became %d", before, after)
		}
	})
}

func TestHarsher(t *testing.T) {
	t.Parallel()
	channel := moderation.Author{ID: -7, Channel: true}
	for name, test := range map[string]struct {
		ladder string
		first  string
		author moderation.Author
		kind   moderation.Kind
		want   [][]string // what each press brings
	}{
		"up the ladder": {usualLadder, "warn", human, moderation.Supergroup, [][]string{
			{"punish mute 1h", "notice mallory mute 1h which is harder"},
			{"punish mute 1d", "notice mallory mute 1d which is harder"},
			{"delete [41]", "notice mallory ban 7d which is harder first", "punish ban 7d"},
			{"notice mallory ban which is harder first", "punish ban"},
		}},
		"from what stands on no ladder":  {usualLadder, "mute 90m", human, moderation.Supergroup, [][]string{{"punish mute 1d", "notice mallory mute 1d which is harder"}, {"delete [41]", "notice mallory ban 7d which is harder first", "punish ban 7d"}, {"notice mallory ban which is harder first", "punish ban"}}},
		"what is milder is passed over":  {"ban 7d, mute 1h, mute 2d, kick", "mute 1d", human, moderation.Supergroup, [][]string{{"delete [41]", "notice mallory ban 7d which is harder first", "punish ban 7d"}}},
		"to a kick":                      {"mute 1h, kick", "mute 1h", human, moderation.Supergroup, [][]string{{"notice mallory kick which is harder first", "punish kick", "lift"}}},
		"in a basic group":               {usualLadder, "warn", human, moderation.Basic, [][]string{{"admins basic_mute", "notice mallory mute 1h which is harder"}, {"admins basic_mute", "notice mallory mute 1d which is harder"}, {"notice mallory kick which is harder first", "punish kick"}}},
		"for a channel":                  {usualLadder, "warn", channel, moderation.Supergroup, [][]string{{"delete [41]", "punish ban 1h", "lift in 1h"}, {"punish ban 1d", "lift in 1d"}, {"punish ban 7d", "lift in 7d"}, {"punish ban"}}},
		"from the top":                   {usualLadder, "ban", human, moderation.Supergroup, nil},
		"with nothing harder than a day": {"warn, mute 1h, mute 1d", "mute 1d", human, moderation.Supergroup, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			ladder, err := ladder.ParseLadder(test.ladder)
			m.must(err)
			m.tune(func(p *moderation.Policy) { p.Ladder = ladder })
			m.chats[club].Kind = test.kind
			h := m.manualOf(41, test.first)
			h.Target.Author = test.author
			k := m.punished(h)
			for i, want := range test.want {
				m.now = m.now.Add(time.Minute)
				m.carried()
				seen := k.Penalty.String()
				m.must(m.harsher(k, seen))
				m.want(append(want, "admins harsher by Dora")...)
				if k.Penalty.String() == seen || !k.Until.Equal(k.Penalty.Until(m.now)) || !k.Decided.Equal(noon) {
					t.Errorf("case %+v", k.Case)
				}
				if got := m.history[member{club, test.author.ID}]; len(got) != 1 || got[0].Steps != i+2 || !got[0].At.Equal(noon) {
					t.Errorf("offences %+v", got)
				}
				m.refusedAs(m.harsher(k, seen), moderation.RefuseChanged) // somebody pressed at the same time
			}
			m.carried()
			m.refusedAs(m.harsher(k, k.Penalty.String()), moderation.RefuseTop)
			m.want()
		})
	}
}

// A mute that became a kick silences no more, and so an overturned kick leaves nothing behind.
func TestHarsherThanAMuteInABasicGroup(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		other string // given before
		want  time.Time
	}{"with no other mute": {"warn", time.Time{}}, "with another": {"mute 3h", noon.Add(3 * time.Hour)}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.chats[club].Kind = moderation.Basic
			m.manually(41, test.other)
			k := m.manually(42, "mute 1d")
			m.must(m.harsher(k, "mute 1d"))
			if k.Penalty.Kind != ladder.Kick || !m.silenced().Equal(test.want) {
				t.Errorf("%s, and silenced until %v", k.Penalty, m.silenced())
			}
		})
	}
}

func TestHarder(t *testing.T) {
	usual := moderation.DefaultPolicy().Ladder
	for name, test := range map[string]struct {
		ladder ladder.Ladder
		now    string
		author moderation.Author
		kind   moderation.Kind
		want   string // empty if there is none
	}{
		"than a warning":         {usual, "warn", human, moderation.Supergroup, "mute 1h"},
		"than a mute":            {usual, "mute 1h", human, moderation.Supergroup, "mute 1d"},
		"than a kick":            {usual, "kick", human, moderation.Supergroup, "ban 7d"},
		"than a ban for a time":  {usual, "ban 7d", human, moderation.Supergroup, "ban"},
		"than a longer ban":      {usual, "ban 8d", human, moderation.Supergroup, "ban"},
		"than a ban":             {usual, "ban", human, moderation.Supergroup, ""},
		"than a kick, basic":     {usual, "kick", human, moderation.Basic, ""},
		"than a channel's ban":   {usual, "ban 1h", moderation.Author{ID: -7, Channel: true}, moderation.Supergroup, "ban 1d"},
		"on a ladder of nothing": {nil, "warn", human, moderation.Supergroup, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := moderation.Harder(test.ladder, moderation.Case{CaseMessage: moderation.CaseMessage{Author: test.author}, CasePenalty: moderation.CasePenalty{Penalty: step(test.now)}}, test.kind)
			if ok != (test.want != "") || ok && got.String() != test.want {
				t.Errorf("%s, %v; want %s", got, ok, test.want)
			}
		})
	}
}

// ↩️ takes back manual penalties alone. Whoever reported a message is told if its verdict is reversed, so that goes another way.
func TestForgiveIsForManualPenalties(t *testing.T) {
	t.Parallel()
	forgive := func(m *fixture, k *kept) error {
		_, err := m.court.Forgive(m.ctx, m.of(k), boss, k.Penalty.String())
		return err
	}
	m := newFixture(t)
	reported := m.upheld(41, "warn")
	m.unchanged(moderation.RefuseUnknown, func() error { return forgive(m, reported) })
	manual := m.manually(42, "mute 1h")
	m.must(forgive(m, manual))
	if manual.Reversed != moderation.Pardoned || reported.Reversed != "" {
		t.Errorf("manual: %s, reported: %s", manual.Reversed, reported.Reversed)
	}
	m.unchanged(moderation.RefuseReversed, func() error { return forgive(m, manual) })
}
