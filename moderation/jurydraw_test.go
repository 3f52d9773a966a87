package moderation_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Of the first six in the order of chance one cannot judge, so that the others do.
func TestWhoCanBeAJuror(t *testing.T) {
	t.Parallel()
	type change func(*fixture, *kept, *moderation.Candidate)
	scored := func(score int) change {
		return func(_ *fixture, _ *kept, c *moderation.Candidate) { c.Record.Conduct.Lost = 100 - score }
	}
	joined := func(ago time.Duration, messages int) change {
		return func(_ *fixture, _ *kept, c *moderation.Candidate) {
			c.Record.Joined, c.Record.Messages = noon.Add(-ago), messages
		}
	}
	wrote := func(daysAgo int64, days int) change {
		return func(_ *fixture, _ *kept, c *moderation.Candidate) {
			c.Presence = moderation.Presence{First: dayOf(noon) - daysAgo, Days: days}
		}
	}
	is := func(who int64) change {
		return func(_ *fixture, _ *kept, c *moderation.Candidate) { c.Person.ID = who }
	}
	remembered := func(r moderation.JuryRecord) change {
		return func(m *fixture, _ *kept, c *moderation.Candidate) { m.juryRecords[member{club, c.Person.ID}] = r }
	}
	asked := func(reasons ...jury.Reason) change {
		var r moderation.JuryRecord
		for _, reason := range reasons {
			r.Asked = append(r.Asked, moderation.Summons{At: noon.Add(time.Second - day), Reason: reason})
		}
		return remembered(r)
	}
	for name, test := range map[string]struct {
		change change
		can    bool
	}{
		"a member":                         {func(*fixture, *kept, *moderation.Candidate) {}, true},
		"one in good standing, just so":    {scored(80), true},
		"one who is watched":               {scored(79), false},
		"one who is restricted":            {scored(30), false},
		"one with a last chance":           {scored(0), false},
		"one who came back yesterday":      {joined(day, 5), true},
		"one who came back today":          {joined(day-time.Second, 5), false},
		"one who never writes since":       {joined(30*day, 4), false},
		"one who first wrote a week ago":   {wrote(7, 3), true},
		"one who has been there for less":  {wrote(6, 3), false},
		"one who wrote on two days only":   {wrote(30, 2), false},
		"an admin":                         {func(_ *fixture, _ *kept, c *moderation.Candidate) { c.Admin = true }, false},
		"the author":                       {is(mallory), false},
		"who reported it":                  {is(anna), false},
		"who thought it fine":              {is(bob), false},
		"who decided it, an admin no more": {is(dora), false},
		"who may not write": {func(_ *fixture, _ *kept, c *moderation.Candidate) {
			c.Record.Silenced = noon.Add(time.Second)
		}, false},
		"who may write again": {func(_ *fixture, _ *kept, c *moderation.Candidate) { c.Record.Silenced = noon }, true},
		"who made the penalty harder": {func(m *fixture, k *kept, c *moderation.Candidate) {
			harden(m, k)
			m.carried()
			c.Person.ID = carl
		}, false},
		"who earned enough back by now": {func(_ *fixture, _ *kept, c *moderation.Candidate) {
			c.Record.Conduct = standing.Conduct{Lost: 21, Wrote: moderation.DayOf(noon) - 1}
		}, true},
		"who does not want to be asked":     {remembered(moderation.JuryRecord{Declines: true}), false},
		"who wants to again since a week":   {remembered(moderation.JuryRecord{Willing: noon.Add(-7 * day)}), false},
		"who wants to since eight days":     {remembered(moderation.JuryRecord{Willing: noon.Add(-8 * day)}), true},
		"who was asked about a heavy one":   {asked(jury.Heavy), false},
		"who was asked about a stalled one": {asked(jury.Stalled), true},
		"who was asked twice":               {asked(jury.Stalled, jury.Appeal), false},
		"who was asked until yesterday": {remembered(moderation.JuryRecord{Asked: []moderation.Summons{
			{At: noon.Add(-day), Reason: jury.Heavy}, {At: noon, Reason: jury.Stalled},
		}}), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := contested(t, 30, "mute 1h")
			test.change(m, k, &m.pool[2])
			m.must(m.appeal(k))
			third := m.pool[2].Person.ID
			if test.can {
				m.sits(k, 0, 1, 2, 3, 4)
				return
			}
			m.sits(k, 0, 1, 3, 4, 5)
			if k.jury.Seats.Of(third) >= 0 {
				t.Errorf("seats %+v", k.jury.Seats)
			}
		})
	}
}

// In the bot's first week in a group whom it did not see join is established.
func TestWhoIsEstablishedAtFirst(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 30, "mute 1h")
	m.chats[club].Since = noon.Add(-2 * day)
	for i := range m.pool {
		m.pool[i].Presence = moderation.Presence{}
	}
	m.pool[1].Record = moderation.Record{Joined: noon.Add(-2 * day), Messages: 9}
	m.must(m.appeal(k))
	m.sits(k, 0, 2, 3, 4, 5)
}

// Who took their report or their vote back touched the case too.
func TestWhoVotedForAWhileIsNoJuror(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 20, "warn")
	k.retracted = append(k.retracted, juror(3))
	m.must(m.appeal(k))
	m.sits(k, 0, 1, 2, 4, 5)
}

// Of two who are tied the first is asked, also if the other would come in a later round.
func TestNoTwoJurorsAreTied(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 60, "mute 30d")
	together := moderation.Record{Joined: noon.Add(-80 * day), Messages: 5}
	for _, i := range []int{1, 2, 9} { // they joined in one go
		m.pool[i].Record = together
	}
	m.alikeAlways(juror(3), juror(4)) // they always vote alike
	m.must(m.appeal(k))
	m.sits(k, 0, 1, 3, 5, 6)
	m.hours(12, 1)
	m.sits(k, 0, 1, 3, 5, 6, 7, 8, 10, 11, 12)
}

// A group that was filled in an hour can have juries one day: after three months nobody is tied by that any more.
func TestWhoJoinedTogetherLongAgoAreNotTied(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 30, "mute 30d")
	for i := range m.pool {
		m.pool[i].Record = moderation.Record{Joined: noon.Add(-91 * day), Messages: 5}
	}
	m.must(m.appeal(k))
	m.sits(k, 0, 1, 2, 3, 4)
}

// alikeAlways has two members always have voted alike.
func (r *fixture) alikeAlways(a, b int64) {
	today := moderation.DayOf(r.now)
	for _, who := range []int64{a, b} {
		r.voteRecords[member{club, who}] = weight.VoteRecord{Voted: 10, Day: today}
	}
	r.alike[couple{club, weight.PairOf(a, b)}] = weight.Trace{Sum: 10, Day: today}
	r.final[club] = weight.Trace{Sum: 100, Day: today}
}

// Jurors are asked in the group, and in private if they opened that chat. Nothing in it says who wrote the message.
func TestSummons(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 20, "mute 1h")
	m.pool[1].Person = moderation.Person{ID: juror(1), Language: "es", Private: true}
	m.must(m.appeal(k))
	want := []moderation.Effect{
		moderation.SendSummons{Waiting: moderation.Waiting{Chat: club}, Case: k.ID, To: moderation.Person{ID: juror(0), Language: "en"}, Cast: m.now},
		moderation.SendSummons{Waiting: moderation.Waiting{Chat: club}, Case: k.ID, To: moderation.Person{ID: juror(1), Language: "es"}, Cast: m.now},
		moderation.SendSummons{Waiting: moderation.Waiting{Chat: club}, Case: k.ID, To: moderation.Person{ID: juror(1), Language: "es", Private: true}, Cast: m.now},
	}
	if got := m.inQueue()[:3]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("summons %+v\nwant %+v", got, want)
	}
}

// Everybody can count who else could judge. That there is a jury, or none, does not tell whether one of them voted.
func TestWhetherThereIsAJuryTellsNoVoter(t *testing.T) {
	t.Parallel()
	for _, many := range []int{jury.FewestEligible - 1, jury.FewestEligible} {
		var states []moderation.AppealState
		for _, who := range []int64{anna, 990} { // Anna reported the message, and the other is nobody
			m, k := contested(t, many, "warn")
			m.pool[0].Person.ID = who
			m.must(m.appeal(k))
			states = append(states, k.Appeal)
			if k.Appeal == moderation.BeforeJury && slices.Contains(m.waiting(k), anna) {
				t.Error("who reported the message is to judge it")
			}
		}
		if states[0] != states[1] {
			t.Errorf("of %d: %v", many, states)
		}
	}
}

// Who is drawn depends on the order of chance alone. Whatever else is known of those who may judge alike, their numbers, languages,
// records and messages, can change places among them.
func TestDrawDependsOnChanceAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		m, k := contested(t, 30, "mute 30d")
		other, same := contested(t, 30, "mute 30d")
		numbers := rapid.Permutation(numbered(30)).Draw(r, "numbers")
		for i := range other.pool {
			c := &other.pool[i]
			c.Person = moderation.Person{ID: juror(numbers[i]), Language: rapid.SampledFrom([]string{"en", "es"}).Draw(r, "language"), Private: rapid.Bool().Draw(r, "private")}
			c.Presence.First -= rapid.Int64Range(0, 300).Draw(r, "days")
			c.Record.Conduct.Lost = rapid.IntRange(0, 20).Draw(r, "lost")
			if rapid.Bool().Draw(r, "joined") {
				c.Record.Joined, c.Record.Messages = noon.Add(-time.Duration(100+i)*day), 5
			}
			other.voteRecords[member{club, c.Person.ID}] = weight.VoteRecord{Right: rapid.Float64Range(0, 50).Draw(r, "right"), Day: moderation.DayOf(noon)}
		}
		m.must(m.appeal(k))
		other.must(other.appeal(same))
		for i, s := range k.jury.Seats {
			if place := int(s.Juror.ID - firstJuror); same.jury.Seats[i].Juror.ID != juror(numbers[place]) {
				r.Fatalf("seats %+v\nand %+v, where the numbers are %v", k.jury.Seats, same.jury.Seats, numbers)
			}
		}
	})
}

// numbered are the numbers below n.
func numbered(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// Of those who joined together a jury has one at most, so they count as one when it is asked whether there are enough. Otherwise the
// few who sit beside that one could all be an attacker's. Once they are there for a quarter of a year they count like others.
func TestCrowdThatJoinedTogetherMakesNoJury(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		joined func(i int) time.Time
		want   moderation.AppealState
	}{
		"all at once":               {func(int) time.Time { return noon.Add(-30 * day) }, moderation.BeforeAdmins},
		"one every five minutes":    {func(i int) time.Time { return noon.Add(-30*day + time.Duration(i)*5*time.Minute) }, moderation.BeforeAdmins},
		"one every quarter":         {func(i int) time.Time { return noon.Add(-30*day + time.Duration(i)*15*time.Minute) }, moderation.BeforeJury},
		"all at once, long ago":     {func(int) time.Time { return noon.Add(-91 * day) }, moderation.BeforeJury},
		"nobody knows when":         {func(int) time.Time { return time.Time{} }, moderation.BeforeJury},
		"ten at once, among thirty": {func(i int) time.Time { return noon.Add(-30*day + time.Duration(max(i, 10))*time.Hour) }, moderation.BeforeJury},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := contested(t, 30, "mute 1h")
			for i := range m.pool {
				m.pool[i].Record.Joined, m.pool[i].Record.Messages = test.joined(i), moderation.NewMessages
			}
			m.must(m.appeal(k))
			if k.Appeal != test.want {
				t.Errorf("it is before %s, want %s", k.Appeal, test.want)
			}
		})
	}
}
