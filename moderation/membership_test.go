package moderation_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Who is put out leaves their messages behind, and the bot is no exception.
func TestRemovedBotTakesItsIntroductionAway(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, all))
	m.must(m.court.Introduced(t.Context(), club, 77))
	if c := m.chats[club]; c.Intro != 77 || !c.Greeted.Equal(noon) {
		t.Errorf("group %+v", c)
	}
	m.carried()
	m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, away))
	m.want()
	m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, all))
	m.want("intro", "delete [77]")
	if c := m.chats[club]; c.Intro != 0 || !c.Greeted.Equal(noon) {
		t.Errorf("group %+v", c)
	}
	m.must(m.court.Introduced(t.Context(), club, 78))
	m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, away))
	m.now = m.now.Add(moderation.MaxAge)
	m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, all))
	m.want("intro") // the other is too old to be removed
}

// Whoever counts groups hears of each that comes or goes, once. Until the bot introduced itself, and for a moment after, what an app
// sends to greet it needs no answer.
func TestGroupsComeAndGo(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	var told []bool
	m.court.OnGroup = func(_ context.Context, in bool) { told = append(told, in) }
	const other = club - 1
	if !(moderation.Chat{}).GreetedAbout(m.now) {
		t.Error("it did not introduce itself yet")
	}
	status := func(r moderation.Rights) { m.must(m.court.Status(t.Context(), m.next(), other, moderation.Basic, r)) }
	status(present)
	status(all)
	for after, want := range map[time.Duration]bool{-time.Hour: true, 0: true, 59 * time.Second: true, time.Minute: false, time.Hour: false} {
		if is := m.chats[other].GreetedAbout(m.now.Add(after)); is != want {
			t.Errorf("after %v: %t", after, is)
		}
	}
	status(away)
	status(away)
	m.must(m.court.Lost(t.Context(), other))
	status(all)
	m.must(m.court.Lost(t.Context(), other))
	if want := []bool{true, false, true, false}; !slices.Equal(told, want) {
		t.Errorf("told %v", told)
	}
}

func TestKindIsNotedWhenAGroupIsNew(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.must(m.court.Status(t.Context(), m.next(), club-1, moderation.Basic, present))
	if kind := m.chats[club-1].Kind; kind != moderation.Basic {
		t.Errorf("it is a %s", kind)
	}
}

func TestJoined(t *testing.T) {
	t.Parallel()
	old := moderation.Record{Joined: noon.Add(-day), Messages: 4, Silenced: noon.Add(day)}
	for name, test := range map[string]struct {
		before, want moderation.Record
		at           time.Time
	}{
		"for the first time": {moderation.Record{}, moderation.Record{Joined: noon}, noon},
		"again":              {old, moderation.Record{Joined: noon, Silenced: old.Silenced}, noon},
		"told twice":         {old, old, old.Joined},
		"told late":          {old, old, old.Joined.Add(-time.Hour)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.records[member{club, anna}] = test.before
			m.must(m.court.Joined(t.Context(), m.next(), club, moderation.Supergroup, []moderation.Person{{ID: anna}}, test.at))
			if got := m.records[member{club, anna}]; got != test.want {
				t.Errorf("record %+v, want %+v", got, test.want)
			}
		})
	}
}

// mortal is a store that is gone after so many updates.
type mortal struct {
	*memoryStore
	left int
}

func (s *mortal) Update(ctx context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	if s.left--; s.left < 0 {
		return moderation.Outcome{}, moderation.ErrUnavailable
	}
	return s.memoryStore.Update(ctx, key, decide)
}

// If we are killed between two members, the update comes again, and both are noted.
func TestManyJoinInOneUpdate(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	both := []moderation.Person{{ID: anna}, {ID: bob}}
	dying := moderation.NewCourt(&mortal{m.memoryStore, 1}, func() time.Time { return m.now })
	if err := dying.Joined(t.Context(), 7, club, moderation.Supergroup, both, noon); !errors.Is(err, moderation.ErrUnavailable) {
		t.Errorf("half done: %v", err)
	}
	m.must(m.court.Joined(t.Context(), 7, club, moderation.Supergroup, both, noon))
	if err := m.court.Joined(t.Context(), 7, club, moderation.Supergroup, both[:1], noon.Add(day)); !errors.Is(err, moderation.ErrSeen) {
		t.Errorf("again: %v", err)
	}
	m.must(m.court.Joined(t.Context(), 8, club, moderation.Supergroup, nil, noon)) // only bots
	for _, who := range both {
		if got := m.records[member{club, who.ID}]; !got.Joined.Equal(noon) {
			t.Errorf("record of %s: %+v", names[who.ID], got)
		}
	}
}

func TestAppointedIsNotSilenced(t *testing.T) {
	t.Parallel()
	silenced := moderation.Record{Joined: noon, Messages: 2, Silenced: noon.Add(day)}
	m := newFixture(t)
	m.records[member{club, anna}] = silenced
	for i, test := range []struct {
		admin bool
		want  moderation.Record
	}{{false, silenced}, {true, moderation.Record{Joined: noon, Messages: 2}}, {true, moderation.Record{Joined: noon, Messages: 2}}} {
		m.must(m.court.Appointed(t.Context(), m.next(), club, moderation.Basic, anna, test.admin))
		if got := m.records[member{club, anna}]; got != test.want || m.admins[member{club, anna}] != test.admin {
			t.Errorf("%d: record %+v, want %+v; admin: %v", i, got, test.want, m.admins)
		}
	}
}

func TestAdministered(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	elsewhere := member{club - 1, dora}
	m.admins[elsewhere] = true
	for _, admins := range [][]int64{{anna, bob}, {bob, carl}, nil} {
		m.must(m.court.Administered(t.Context(), club, admins))
		for _, who := range []int64{anna, bob, carl} {
			if m.admins[member{club, who}] != slices.Contains(admins, who) {
				t.Errorf("of %v, %s is one: %v", admins, names[who], m.admins[member{club, who}])
			}
		}
	}
	if !m.admins[elsewhere] {
		t.Error("those of another group were forgotten")
	}
}

func TestStanding(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		history []moderation.Offence
		want    moderation.Standing
	}{
		"off the ladder": {nil, moderation.Standing{Score: 100, Tier: standing.TierGood, Next: ladder.Step{Kind: ladder.Warn}}},
		"two steps up": {
			[]moderation.Offence{offence(2, day)},
			moderation.Standing{Score: 100, Tier: standing.TierGood, Level: 2, Next: ladder.Step{Kind: ladder.Mute, For: day}, Lapse: noon.Add(lapse - day)},
		},
		"above the top": {
			[]moderation.Offence{offence(3, 0), offence(3, 0)},
			moderation.Standing{Score: 100, Tier: standing.TierGood, Level: 5, Next: ladder.Step{Kind: ladder.Ban}, Lapse: noon.Add(lapse)},
		},
		"all lapsed": {[]moderation.Offence{offence(1, lapse)}, moderation.Standing{Score: 100, Tier: standing.TierGood, Next: ladder.Step{Kind: ladder.Warn}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.history[member{club, anna}], test.want.History = test.history, test.history
			if got, err := m.court.Standing(t.Context(), m.next(), club, anna, true); err != nil || !reflect.DeepEqual(got, test.want) {
				t.Errorf("stands at %+v, %v; want %+v", got, err, test.want)
			}
		})
	}
}

func TestNoteHandlesAnUpdateOnce(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	if c, err := m.court.Note(t.Context(), 7, club); err != nil || c.ID != club {
		t.Errorf("group %+v, %v", c, err)
	}
	if _, err := m.court.Note(t.Context(), 7, club); !errors.Is(err, moderation.ErrSeen) {
		t.Errorf("again: %v", err)
	}
}

func TestPrivateAndLink(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for _, opened := range []bool{true, true, false} {
		m.must(m.court.Private(t.Context(), m.next(), anna, opened))
		if m.private[anna] != opened {
			t.Errorf("private %v, want %v", m.private[anna], opened)
		}
	}
	for _, channel := range []int64{-7, -7, -8} {
		m.must(m.court.Link(t.Context(), club, channel))
		if got := m.chats[club].Linked; got != channel {
			t.Errorf("linked to %d, want %d", got, channel)
		}
	}
}

func TestOpenCasesMoveWithTheirGroup(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	shown, final := m.reports(41, anna), m.reports(42, anna)
	m.must(m.admin(final, moderation.Dismissed))
	m.tune(func(p *moderation.Policy) { p.CardAfter = 0 })
	quiet := m.reports(43, anna)
	m.must(m.court.CardShown(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: club}, Case: shown.ID}, 77, 1))
	shown.Thread = 5
	m.carried()
	m.must(m.court.Migrate(t.Context(), m.next(), club, club-1))
	m.want("card open")
	for _, k := range []*kept{shown, quiet} {
		if k.Message != 0 || k.Thread != 0 || k.Card != 0 || !k.CardEdited.IsZero() || len(k.ballots) != 1 {
			t.Errorf("case %+v", k.Case)
		}
	}
	if final.Message != 42 {
		t.Errorf("case %+v", final.Case)
	}
}
