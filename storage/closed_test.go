package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// closed are the ids of a group's closed cases.
func (d *desk) closed(from, to time.Time) []string {
	d.t.Helper()
	found, err := d.Closed(d.t.Context(), chess, from, to)
	d.must(err)
	return idsOf(found)
}

func idsOf(closed []moderation.Closed) []string {
	var ids []string
	for _, c := range closed {
		ids = append(ids, c.ID)
	}
	return ids
}

// decided is a dismissed case.
func decided(id string, at time.Time) moderation.Case {
	return moderation.Case{ID: id, CaseMessage: moderation.CaseMessage{Message: 1}, Verdict: moderation.Dismissed, Opened: at.Add(-time.Hour), Deadline: at, Decided: at}
}

// reversed is an upheld one that is upheld no more.
func reversed(id string, at, when time.Time) moderation.Case {
	c := decided(id, at)
	c.Verdict, c.Reversed, c.ReversedAt = moderation.Upheld, moderation.Overturned, when
	return c
}

func TestClosedIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := moderation.Closed{
		ID: "7KQ2", Opened: noon, Decided: noon.Add(time.Hour), Verdict: moderation.Upheld, Rule: rulebook.Scam, Penalty: muteDay, Put: moderation.ProgressWaits,
		Votes: 5, Breaks: 4, ByAdmin: true, Manual: true, Shown: true, Card: true, Again: true, Reversed: moderation.Pardoned, ReversedAt: noon.Add(2 * time.Hour),
		Appealed: noon.Add(time.Hour), Learned: noon.Add(90 * time.Minute),
	}
	whole(t, want)
	d.keep(moderation.Case{
		ID: want.ID, CaseMessage: moderation.CaseMessage{Message: 41}, Verdict: want.Verdict, Rule: want.Rule, CasePenalty: moderation.CasePenalty{Penalty: want.Penalty, Put: want.Put, Learned: want.Learned}, Votes: want.Votes, Breaks: want.Breaks,
		ByAdmin: true, Manual: true, Reopens: "1WN8", CaseCard: moderation.CaseCard{CardWanted: true, Appeared: noon}, Opened: want.Opened, Decided: want.Decided, CaseReview: moderation.CaseReview{Reversed: want.Reversed, ReversedAt: want.ReversedAt, Appealed: want.Appealed},
	})
	got, err := d.Closed(t.Context(), chess, noon, noon.Add(day))
	if err != nil || !slices.Equal(got, []moderation.Closed{want}) {
		t.Errorf("closed %+v, %v\nwant %+v", got, err, want)
	}
}

func TestClosedWithinAPeriod(t *testing.T) {
	t.Parallel()
	from, to := noon, noon.Add(7*day)
	open, withdrawn := decided("7KQ2", time.Time{}), decided("7KQ2", from)
	open.Verdict, withdrawn.Verdict = moderation.Open, moderation.Withdrawn
	for name, c := range map[string]struct {
		kept moderation.Case
		want bool
	}{
		"decided when it begins":            {decided("7KQ2", from), true},
		"decided a second before":           {decided("7KQ2", from.Add(-time.Second)), false},
		"decided in its last second":        {decided("7KQ2", to.Add(-time.Second)), true},
		"decided when it ends":              {decided("7KQ2", to), false},
		"open":                              {open, false},
		"withdrawn":                         {withdrawn, false},
		"decided before, reversed in it":    {reversed("7KQ2", from.Add(-day), from), true},
		"decided before, reversed at last":  {reversed("7KQ2", from.Add(-day), to.Add(-time.Second)), true},
		"decided before, reversed after it": {reversed("7KQ2", from.Add(-day), to), false},
		"decided and reversed before":       {reversed("7KQ2", from.Add(-day), from.Add(-time.Second)), false},
		"decided in it, reversed after it":  {reversed("7KQ2", from, to), true},
		"decided and reversed in it":        {reversed("7KQ2", from, from.Add(day)), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.keep(c.kept)
			if got := d.closed(from, to); (len(got) == 1) != c.want || len(got) > 1 {
				t.Errorf("closed are %q; want it among them: %t", got, c.want)
			}
			if got, err := d.Closed(t.Context(), chess-1, from, to); len(got) != 0 || err != nil {
				t.Errorf("of another group %v, %v", got, err)
			}
		})
	}
}

// Of all time until this midnight: a case that was never reversed was not reversed in 1970, so that
// what was decided today is not in it.
func TestClosedOfAllTimeHasAnEnd(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.keep(decided("AAAA", noon))
	today := decided("BBBB", noon.Add(day))
	today.Message++
	d.keep(today)
	for name, from := range map[string]time.Time{"since 1970": time.Unix(0, 0), "since ever": {}} {
		if got := d.closed(from, noon.Add(time.Hour)); !slices.Equal(got, []string{"AAAA"}) {
			t.Errorf("%s: closed are %q", name, got)
		}
	}
}

func TestClosedOldestFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, id := range []string{"CCCC", "AAAA", "BBBB", "DDDD"} {
		c := decided(id, noon.Add(time.Duration([]int{3, 1, 1, 4}[i])*time.Minute))
		c.Message = int64(i + 1)
		d.keep(c)
	}
	if got := d.closed(noon, noon.Add(day)); !slices.Equal(got, []string{"AAAA", "BBBB", "CCCC", "DDDD"}) {
		t.Errorf("closed are %q", got)
	}
}

// Which cases the group could see is for moderation to say.
func TestClosedShown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]moderation.Case{
		"expired without a card": {Verdict: moderation.Expired},
		"expired with a card":    {Verdict: moderation.Expired, CaseCard: moderation.CaseCard{CardWanted: true, Appeared: noon}},
		"expired by hand":        {Verdict: moderation.Expired, Manual: true},
		"expired, and listed":    {Verdict: moderation.Expired, Listed: true},
		"upheld":                 {Verdict: moderation.Upheld},
		"dismissed":              {Verdict: moderation.Dismissed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			c.ID, c.Message, c.Opened, c.Decided = "7KQ2", 41, noon, noon
			d.keep(c)
			got, err := d.Closed(t.Context(), chess, noon, noon.Add(day))
			if err != nil || len(got) != 1 || got[0].Shown != c.Shown() {
				t.Errorf("closed %+v, %v; want it shown: %t", got, err, c.Shown())
			}
		})
	}
}

// A median of three cases, two of them an admin's own, is the time of the third. So it counts from when others saw the case,
// never from its report.
func TestClosedDoesNotTellWhenSomebodyReported(t *testing.T) {
	t.Parallel()
	reported := noon.Add(4*time.Minute + 31*time.Second)
	appeared := reported.Add(17 * time.Second)
	for name, test := range map[string]struct {
		card moderation.CaseCard
		want time.Time
	}{
		"with a card":    {moderation.CaseCard{CardWanted: true, Appeared: appeared}, appeared},
		"without a card": {moderation.CaseCard{}, noon},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			c := decided("7KQ2", reported.Add(time.Minute))
			c.Opened, c.CaseCard = reported, test.card
			d.keep(c)
			got, err := d.Closed(t.Context(), chess, noon, noon.Add(day))
			if err != nil || len(got) != 1 || !got[0].Opened.Equal(test.want) {
				t.Errorf("closed %+v, %v; want it opened at %v", got, err, test.want)
			}
		})
	}
}

// A digest tells of the time since the last one, and compares it with as much before.
func TestDigestIsGivenTwoPeriods(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.clock.set(noon.Add(7 * day))
	d.enter(chess)
	for i, at := range []time.Duration{-7*day - time.Second, -7 * day, -time.Second, 0, 7 * day} {
		c := decided([]string{"AAAA", "BBBB", "CCCC", "DDDD", "EEEE"}[i], noon.Add(at))
		c.Message = int64(i + 1)
		d.keep(c)
	}
	key := moderation.Key{Chat: chess, Want: moderation.Want{Period: true}}
	for _, c := range []struct {
		from time.Time
		want []string
	}{
		{noon, []string{"BBBB", "CCCC", "DDDD", "EEEE"}},
		{noon.Add(7 * day), []string{"EEEE"}},
		{time.Time{}, nil}, // there was none yet
	} {
		g, err := d.Chat(t.Context(), chess)
		d.must(err)
		g.DigestFrom = c.from
		d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Chat: &g})
		if got := idsOf(read(d, d.docket(key).Period).Closed); !slices.Equal(got, c.want) {
			t.Errorf("since %s: %q; want %q", c.from, got, c.want)
		}
		unasked(d, d.docket(moderation.Key{Chat: chess}).Period)
	}
}
