package moderation_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

func TestSpace(t *testing.T) {
	t.Parallel()
	const mb = 1 << 20
	disk := moderation.Disk{Free: 50 << 30, Size: 100 << 30}
	for name, c := range map[string]struct {
		space moderation.Space
		want  moderation.NoSpace
	}{
		"empty":                       {moderation.Space{Limit: 100 * mb, Disk: disk}, ""},
		"none wanted":                 {moderation.Space{Disk: disk}, moderation.NoSpaceInstance},
		"nearly a fifth of it":        {moderation.Space{Limit: 100 * mb, All: 18 * mb, Group: 18 * mb, Disk: disk}, ""},
		"more than a fifth":           {moderation.Space{Limit: 100 * mb, All: 19 * mb, Group: 19 * mb, Disk: disk}, moderation.NoSpaceGroup},
		"others have it":              {moderation.Space{Limit: 100 * mb, All: 94 * mb, Disk: disk}, ""},
		"others have it all":          {moderation.Space{Limit: 100 * mb, All: 100 * mb, Disk: disk}, moderation.NoSpaceInstance},
		"the limit is lower now":      {moderation.Space{Limit: 100 * mb, All: 900 * mb, Disk: disk}, moderation.NoSpaceInstance},
		"full disk":                   {moderation.Space{Limit: 100 * mb, Disk: moderation.Disk{Free: 1 << 30, Size: 100 << 30}}, moderation.NoSpaceDisk},
		"nothing is free":             {moderation.Space{Limit: 100 * mb, Disk: moderation.Disk{Size: 100 << 30}}, moderation.NoSpaceDisk},
		"small disk":                  {moderation.Space{Limit: 100 * mb, Disk: moderation.Disk{Free: 500 * mb, Size: 1 << 30}}, ""},
		"small disk, nearly full":     {moderation.Space{Limit: 100 * mb, Disk: moderation.Disk{Free: 103 * mb, Size: 1 << 30}}, moderation.NoSpaceDisk},
		"nobody knows of the disk":    {moderation.Space{Limit: 100 * mb}, ""},
		"a full disk is said first":   {moderation.Space{Disk: moderation.Disk{Size: 1 << 30}}, moderation.NoSpaceDisk},
		"room for a smaller one only": {moderation.Space{Limit: 3 * mb, All: 2 * mb, Disk: disk}, moderation.NoSpaceInstance},
	} {
		if got := c.space.For(mb + 1); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestFull(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		space moderation.Space
		want  moderation.NoSpace
	}{
		{moderation.Space{}, ""}, // as the operator wants it
		{moderation.Space{Limit: 2e9}, ""},
		{moderation.Space{Limit: 1e6}, ""}, // less than the largest file takes
		{moderation.Space{Limit: 2e9, All: 2e9}, moderation.NoSpaceInstance},
		{moderation.Space{Limit: 2e9, Disk: moderation.Disk{Free: 1, Size: 1e12}}, moderation.NoSpaceDisk},
	} {
		if got := c.space.Full(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.space, got, c.want)
		}
	}
}

// However many groups fill what they may, nothing is above the limit, and something is left for one more.
func TestNoGroupTakesTheSpaceOfAnother(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		groups := rapid.IntRange(1, 12).Draw(t, "groups")
		s := moderation.Space{Limit: rapid.Int64Range(1e6, 1e12).Draw(t, "limit")}
		size := s.Limit / 1000
		for g := range groups {
			for s.Group = 0; s.For(size) == ""; s.Group += size {
				s.All += size
			}
			if s.Group < size {
				t.Fatalf("group %d has nothing: %+v", g, s)
			}
		}
		if s.All > s.Limit {
			t.Fatalf("above the limit: %+v", s)
		}
	})
}

// Who voted first pays first, whatever they say now.
func TestPayers(t *testing.T) {
	t.Parallel()
	cast := func(who int64, order int, side moderation.Side, reported bool) moderation.Ballot {
		return moderation.Ballot{Ballot: weight.Ballot{Voter: who, Side: side, Order: order}, Reported: reported}
	}
	got := moderation.Payers([]moderation.Ballot{
		cast(4, 9, moderation.Breaks, false), cast(1, 2, moderation.Breaks, true), cast(2, 1, moderation.Fine, false), cast(3, 3, moderation.Fine, true),
	})
	if want := []int64{2, 1, 3, 4}; !slices.Equal(got, want) {
		t.Errorf("payers %v, want %v", got, want)
	}
	if moderation.Payers(nil) != nil {
		t.Error("somebody pays where nobody voted")
	}
}

// An admin whose second account reports first, with nothing left for files, could watch for the file: it must not tell when
// somebody else reported.
func TestFileTellsNotWhenSomebodyReported(t *testing.T) {
	t.Parallel()
	due := func(after time.Duration) time.Time {
		m := newFixture(t)
		k := m.reports(41, anna)
		k.Unkept = true
		m.carried()
		m.now = noon.Add(after)
		m.must(m.vote(k, bob, moderation.Breaks))
		for _, e := range m.effects {
			if e.Kind == moderation.EffectFetch {
				return e.Waits().Due
			}
		}
		t.Fatal("the file is not looked for")
		return time.Time{}
	}
	early, late := due(time.Second), due(9*time.Minute+59*time.Second)
	if !early.Equal(late) || early.Before(noon.Add(20*time.Minute)) {
		t.Errorf("looked for at %s and %s", early, late)
	}
}

// Three accounts that report files day after day, of which nothing comes, leave some of the part of their group to others. Their files are
// kept for a week after the time to vote, which is a day unless the group set another.
func TestThreeAccountsDoNotFillAGroup(t *testing.T) {
	t.Parallel()
	const accounts, days = 3, 1 + 7 + 2 // with the days on which that begins and ends
	s := moderation.Space{Limit: 2e9, All: accounts * days * moderation.FilesPerDay}
	s.Group = s.All
	if why := s.For(moderation.MaxFile); why != "" {
		t.Errorf("with %d bytes of them there is no space: %s", s.All, why)
	}
}
