package moderation_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

const igor = 77 // another admin of the club

// The entries of these tests.
func set(by moderation.Admin, setting, from, to string) moderation.Entry {
	return moderation.SettingChanged{By: by, Change: moderation.Change{Setting: setting, From: from, To: to}}
}

func ruled(by moderation.Admin, kind rulebook.AmendKind, from, to string) moderation.Entry {
	return moderation.RuleChanged{By: by, Amended: rulebook.Amended{Kind: kind, Rule: rulebook.Spam, From: from, To: to}}
}

func inCase(what moderation.Topic, id string, by moderation.Admin) moderation.Entry {
	return moderation.CaseEntry{What: what, Case: id, By: by}
}

// gathered is what becomes of entries that come one after the other.
func gathered(all ...moderation.Entry) moderation.Several {
	e := moderation.GatherEntries{}
	for _, n := range all {
		e = moderation.GatherEntries{Told: moderation.Several{Entries: []moderation.Entry{n}}}.After(e)
	}
	return e.Told
}

func TestChangesThatAreTold(t *testing.T) {
	t.Parallel()
	olga, pavel := moderation.Admin{ID: dora, Name: "Dora"}, moderation.Admin{ID: igor, Name: "Igor"}
	nobody := moderation.Admin{}
	for name, test := range map[string]struct {
		changes []moderation.Entry
		reader  int64 // 0 is the log channel
		told    []moderation.Entry
	}{
		"one":                        {[]moderation.Entry{set(olga, "quorum", "2", "3")}, 0, []moderation.Entry{set(olga, "quorum", "2", "3")}},
		"another admin":              {[]moderation.Entry{set(olga, "quorum", "2", "3")}, igor, []moderation.Entry{set(olga, "quorum", "2", "3")}},
		"who made it":                {[]moderation.Entry{set(olga, "quorum", "2", "3")}, dora, nil},
		"made without a name":        {[]moderation.Entry{set(nobody, "quorum", "2", "3")}, 0, []moderation.Entry{set(nobody, "quorum", "2", "3")}},
		"twice":                      {[]moderation.Entry{set(olga, "quorum", "2", "3"), set(olga, "quorum", "3", "5")}, 0, []moderation.Entry{set(olga, "quorum", "2", "3"), set(olga, "quorum", "3", "5")}},
		"and back":                   {[]moderation.Entry{set(olga, "quorum", "2", "3"), set(olga, "quiz", "on", "off"), set(olga, "quorum", "3", "2")}, igor, []moderation.Entry{set(olga, "quorum", "2", "3"), set(olga, "quiz", "on", "off"), set(olga, "quorum", "3", "2")}},
		"who made all of it":         {[]moderation.Entry{set(olga, "quorum", "2", "3"), set(olga, "quorum", "3", "2")}, dora, nil},
		"back by another":            {[]moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "2")}, 0, []moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "2")}},
		"their change was undone":    {[]moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "2")}, dora, []moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "2")}},
		"who undid it":               {[]moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "2")}, igor, []moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "2")}},
		"back without names":         {[]moderation.Entry{set(nobody, "quorum", "2", "3"), set(nobody, "quorum", "3", "2")}, igor, []moderation.Entry{set(nobody, "quorum", "2", "3"), set(nobody, "quorum", "3", "2")}},
		"the log, for a while":       {[]moderation.Entry{set(olga, "logchannel", "Log", "X"), set(olga, "logchannel", "X", "Log")}, igor, []moderation.Entry{set(olga, "logchannel", "Log", "X"), set(olga, "logchannel", "X", "Log")}},
		"a log of the same title":    {[]moderation.Entry{set(olga, "logchannel", "Log", "Log")}, igor, []moderation.Entry{set(olga, "logchannel", "Log", "Log")}},
		"changed on by another":      {[]moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "4")}, 0, []moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "4")}},
		"and back to what they set":  {[]moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "4"), set(nobody, "quorum", "4", "3")}, dora, []moderation.Entry{set(olga, "quorum", "2", "3"), set(pavel, "quorum", "3", "4"), set(nobody, "quorum", "4", "3")}},
		"a rule is harsher":          {[]moderation.Entry{ruled(olga, rulebook.AmendSeverity, "1", "2"), ruled(olga, rulebook.AmendSeverity, "2", "3")}, 0, []moderation.Entry{ruled(olga, rulebook.AmendSeverity, "1", "2"), ruled(olga, rulebook.AmendSeverity, "2", "3")}},
		"a rule is removed":          {[]moderation.Entry{ruled(olga, rulebook.AmendRemoved, "", "removed")}, 0, []moderation.Entry{ruled(olga, rulebook.AmendRemoved, "", "removed")}},
		"a rule comes back":          {[]moderation.Entry{ruled(olga, rulebook.AmendRemoved, "", "removed"), ruled(olga, rulebook.AmendRestored, "", "listed")}, 0, []moderation.Entry{ruled(olga, rulebook.AmendRemoved, "", "removed"), ruled(olga, rulebook.AmendRestored, "", "listed")}},
		"a rule is added and goes":   {[]moderation.Entry{ruled(olga, rulebook.AmendAdded, "", "No ads."), ruled(pavel, rulebook.AmendRemoved, "", "removed")}, 0, []moderation.Entry{ruled(olga, rulebook.AmendAdded, "", "No ads."), ruled(pavel, rulebook.AmendRemoved, "", "removed")}},
		"a rule gets its name back":  {[]moderation.Entry{ruled(olga, rulebook.AmendName, "", "Ads"), ruled(olga, rulebook.AmendName, "Ads", "")}, 0, []moderation.Entry{ruled(olga, rulebook.AmendName, "", "Ads"), ruled(olga, rulebook.AmendName, "Ads", "")}},
		"an example, and all gone":   {[]moderation.Entry{ruled(olga, rulebook.AmendBreaks, "", "Buy"), ruled(olga, rulebook.AmendCleared, "1", "0")}, 0, []moderation.Entry{ruled(olga, rulebook.AmendBreaks, "", "Buy"), ruled(olga, rulebook.AmendCleared, "1", "0")}},
		"copies go, and do not":      {[]moderation.Entry{ruled(olga, rulebook.AmendSweep, "off", "on"), ruled(olga, rulebook.AmendSweep, "on", "off")}, 0, []moderation.Entry{ruled(olga, rulebook.AmendSweep, "off", "on"), ruled(olga, rulebook.AmendSweep, "on", "off")}},
		"two things of the one rule": {[]moderation.Entry{ruled(olga, rulebook.AmendSeverity, "1", "2"), ruled(olga, rulebook.AmendPlace, "2", "1")}, 0, []moderation.Entry{ruled(olga, rulebook.AmendSeverity, "1", "2"), ruled(olga, rulebook.AmendPlace, "2", "1")}},
	} {
		if got := gathered(test.changes...).For(test.reader); !slices.Equal(got.Entries, test.told) || got.More != 0 {
			t.Errorf("%s: told %+v\nwant %+v", name, got, test.told)
		}
	}
}

func TestEntriesThatAreTold(t *testing.T) {
	t.Parallel()
	by, nobody := moderation.Admin{ID: dora, Name: "Dora"}, moderation.Admin{}
	late := moderation.Trouble{What: moderation.TopicTooOld, Case: "A"}
	for name, test := range map[string]struct{ happened, told []moderation.Entry }{
		"the last of a case": {
			[]moderation.Entry{inCase(moderation.TopicUndecided, "A", nobody), inCase(moderation.TopicAppealed, "A", nobody), inCase(moderation.TopicAppealAsks, "A", nobody)},
			[]moderation.Entry{inCase(moderation.TopicAppealAsks, "A", nobody)},
		},
		"what an admin did without a name": {
			[]moderation.Entry{inCase(moderation.TopicUndecided, "A", nobody), inCase(moderation.TopicDecided, "A", nobody), inCase(moderation.TopicManual, "A", nobody), inCase(moderation.TopicManual, "A", nobody), inCase(moderation.TopicAppealAsks, "A", nobody)},
			[]moderation.Entry{inCase(moderation.TopicDecided, "A", nobody), inCase(moderation.TopicManual, "A", nobody), inCase(moderation.TopicManual, "A", nobody), inCase(moderation.TopicAppealAsks, "A", nobody)},
		},
		"another case": {
			[]moderation.Entry{inCase(moderation.TopicDecided, "A", nobody), inCase(moderation.TopicDecided, "B", nobody)},
			[]moderation.Entry{inCase(moderation.TopicDecided, "A", nobody), inCase(moderation.TopicDecided, "B", nobody)},
		},
		"what admins did": {
			[]moderation.Entry{inCase(moderation.TopicDecided, "A", by), inCase(moderation.TopicHarsher, "A", by), inCase(moderation.TopicAppealAsks, "A", nobody)},
			[]moderation.Entry{inCase(moderation.TopicDecided, "A", by), inCase(moderation.TopicHarsher, "A", by), inCase(moderation.TopicAppealAsks, "A", nobody)},
		},
		"the same trouble": {[]moderation.Entry{late, inCase(moderation.TopicDecided, "A", nobody), late}, []moderation.Entry{inCase(moderation.TopicDecided, "A", nobody), late}},
	} {
		if got := gathered(test.happened...).For(igor); !slices.Equal(got.Entries, test.told) {
			t.Errorf("%s: told %+v\nwant %+v", name, got, test.told)
		}
	}
}

// Of a great many entries those are kept that ask for something, and of the others the latest.
func TestTooManyEntries(t *testing.T) {
	t.Parallel()
	asks := inCase(moderation.TopicAppealAsks, "ASKS", moderation.Admin{})
	all := []moderation.Entry{asks}
	for i := range 2 * moderation.MaxSeveral {
		all = append(all, inCase(moderation.TopicDecided, strings.Repeat("A", i+1), moderation.Admin{}))
	}
	got := gathered(all...)
	if len(got.Entries) != moderation.MaxSeveral || got.More != moderation.MaxSeveral+1 {
		t.Errorf("%d are kept, and %d more", len(got.Entries), got.More)
	}
	if got.Entries[0] != asks || got.Entries[moderation.MaxSeveral-1] != all[len(all)-1] {
		t.Errorf("kept from %v to %v", got.Entries[0], got.Entries[moderation.MaxSeveral-1])
	}
}

// Of many changes of one thing by one admin the first two and the last are kept, and the log's are all kept, whatever comes after.
func TestManyChanges(t *testing.T) {
	t.Parallel()
	olga := moderation.Admin{ID: dora, Name: "Dora"}
	var all []moderation.Entry
	for i := range 9 {
		all = append(all, set(olga, "quorum", strconv.Itoa(i), strconv.Itoa(i+1)))
	}
	want := []moderation.Entry{
		set(olga, "quorum", "0", "1"), set(olga, "quorum", "1", "6"), set(olga, "quorum", "6", "7"), set(olga, "quorum", "7", "8"), set(olga, "quorum", "8", "9"),
	}
	if got := gathered(all...); !slices.Equal(got.Entries, want) {
		t.Errorf("kept %+v", got)
	}
	log := set(olga, moderation.SettingLog, "Log", "X")
	all = []moderation.Entry{log}
	for range 2 * moderation.MaxSeveral {
		all = append(all, set(moderation.Admin{}, "quorum", "2", "3"))
	}
	if got := gathered(all...); len(got.Entries) != moderation.MaxSeveral || got.Entries[0] != log {
		t.Errorf("kept %+v", got)
	}
}

func TestGather(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.chat(club, moderation.Supergroup).Rights.Member = true
	admins := []moderation.Person{{ID: dora}, {ID: igor, Private: true}}
	by := moderation.Admin{ID: dora, Name: "Dora"}
	waits := func() moderation.GatherEntries {
		t.Helper()
		e := m.gathered(club, moderation.GatherEntries{Each: true}.Key())
		if e == nil {
			t.Fatal("nothing waits")
		}
		e.Chat = club
		return *e
	}
	told := func(to []moderation.Person, want bool) []string {
		t.Helper()
		got, err := m.court.TellGathered(t.Context(), waits(), to)
		m.must(err)
		if got != want {
			t.Errorf("told: %v, want %v", got, want)
		}
		var all []string
		for _, e := range m.inQueue() {
			if one, ok := e.(moderation.TellAdmin); ok {
				all = append(all, one.String())
			}
		}
		m.effects = slices.DeleteFunc(m.effects, func(e queuedEffect) bool { return e.Kind == moderation.EffectAdmin })
		return all
	}
	gather := func(n moderation.Entry) {
		t.Helper()
		m.must(m.court.Gather(t.Context(), moderation.TellAdmins{Waiting: moderation.Waiting{Chat: club}, Entry: n}))
	}

	gather(inCase(moderation.TopicDecided, "A", moderation.Admin{}))
	if due := waits().Due; !due.IsZero() {
		t.Errorf("the first waits until %s", due)
	}
	if got := told(admins, true); !slices.Equal(got, []string{"tell an admin in the group: decided of case A", "tell an admin in private: decided of case A"}) {
		t.Errorf("told %q", got)
	}
	if e := waits(); !e.Due.Equal(m.now.Add(moderation.AdminsCalm)) || len(e.Told.Entries) != 0 {
		t.Errorf("what comes next waits as %+v", e)
	}
	m.now = m.now.Add(5 * time.Minute)
	gather(inCase(moderation.TopicHarsher, "A", by))
	gather(moderation.Several{Entries: []moderation.Entry{set(by, "quorum", "2", "3")}})
	gather(inCase(moderation.TopicDecided, "B", moderation.Admin{}))
	if e := waits(); !e.Due.Equal(m.now.Add(10*time.Minute)) || len(e.Told.Entries) != 3 {
		t.Errorf("what comes next waits as %+v", e)
	}
	m.now = m.now.Add(10 * time.Minute)
	if got := told(nil, false); len(got) > 0 {
		t.Errorf("told %q without knowing whom", got)
	}
	if got := told(admins, true); !slices.Equal(got, []string{"tell an admin in the group: decided of case B", "tell an admin in private: several"}) {
		t.Errorf("told %q", got)
	}
	stale := waits()
	stale.Ref.ID++
	if _, err := m.court.TellGathered(t.Context(), stale, nil); err != nil || len(m.effects) != 1 {
		t.Errorf("another replica drops what waits: %v, %v", m.effects, err)
	}
	if got := told(nil, true); len(got) > 0 || len(m.effects) > 0 {
		t.Errorf("after a quiet quarter of an hour %q are told, and %v waits", got, m.effects)
	}

	gather(inCase(moderation.TopicHarsher, "A", by))
	if got := told(admins[:1], true); len(got) > 0 || len(m.effects) > 0 {
		t.Errorf("who did it is told: %q, %v", got, m.effects)
	}
	gather(inCase(moderation.TopicDecided, "A", moderation.Admin{}))
	m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, moderation.Rights{}))
	if len(m.effects) > 0 {
		t.Errorf("though the bot left, this waits: %v", m.effects)
	}
}

// Settings are told some minutes after the first change, and only once they are is it noted for the ledger.
func TestGatherChanges(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.chat(club, moderation.Supergroup).Rights.Member = true
	m.must(m.court.LinkLog(m.ctx, m.next(), club, -9, boss, "off", "Log"))
	m.now = m.now.Add(time.Minute)
	_, err := m.court.Pause(m.ctx, m.next(), club, moderation.Member{ID: dora, Name: "Dora", Owner: true, Admin: true}, time.Hour)
	m.must(err)
	entered := len(m.events)
	e := m.gathered(club, moderation.GatherEntries{}.Key())
	if e == nil || len(e.Told.Entries) != 2 || !e.Due.Equal(m.now.Add(moderation.ChangesCalm-time.Minute)) {
		t.Fatalf("gathered %+v", e)
	}
	e.Chat, m.effects = club, slices.DeleteFunc(m.effects, func(e queuedEffect) bool { return e.Kind == moderation.EffectPause })
	told, err := m.court.TellGathered(m.ctx, *e, nil)
	if err != nil || !told || len(m.effects) != 1 {
		t.Fatalf("told %v, %v, %v", told, m.effects, err)
	}
	if now, ok := m.inQueue()[0].(moderation.TellAdmins); !ok || now.Key() != "" || now.Entry.Topic() != moderation.TopicSeveral {
		t.Errorf("told %v", m.effects)
	}
	if len(m.events) != entered {
		t.Errorf("the ledger has them twice: %v", m.events[entered:])
	}
}

// Who only voted on the card is told nothing of how it ended, whoever decides and whatever becomes of it.
func TestVotersAreToldNothing(t *testing.T) {
	t.Parallel()
	for name, happens := range map[string]func(m *fixture, k *kept){
		"upheld by votes": func(m *fixture, k *kept) {
			m.must(m.vote(k, carl, moderation.Breaks))
			if k.Verdict != moderation.Upheld {
				m.t.Fatalf("the case is %s", k.Verdict)
			}
		},
		"upheld by an admin": func(m *fixture, k *kept) { m.must(m.admin(k, moderation.Upheld)) },
		"dismissed":          func(m *fixture, k *kept) { m.must(m.admin(k, moderation.Dismissed)) },
		"expired": func(m *fixture, _ *kept) {
			m.now = m.now.Add(48 * time.Hour)
			_, err := m.court.ExpireDue(m.ctx)
			m.must(err)
		},
		"overturned": func(m *fixture, k *kept) {
			m.must(m.admin(k, moderation.Upheld))
			_, err := m.court.Overturn(m.ctx, m.of(k), boss)
			m.must(err)
		},
		"pardoned": func(m *fixture, k *kept) {
			m.must(m.admin(k, moderation.Upheld))
			_, err := m.court.Pardon(m.ctx, m.of(k), moderation.Author{ID: mallory}, boss)
			m.must(err)
		},
		"taken back": func(m *fixture, k *kept) { m.must(m.undo(k, anna)); m.withdraws(k) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna)
			m.must(m.vote(k, bob, moderation.Fine))
			m.must(m.vote(k, bob, moderation.Breaks))
			happens(m, k)
			for _, e := range m.effects {
				if e.Whom() == bob || e.Whom() == carl || e.Whom() == dora {
					t.Errorf("to a voter: %s", e)
				}
			}
		})
	}
}
