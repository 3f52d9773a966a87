package jury_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// noon is when most tests take place.
var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

// said are seats drawn at noon, of which each answer weighs 1: u upholds, o overturns, . has yet to answer, x is gone.
func said(answers string) jury.Seats {
	var s jury.Seats
	for i, c := range answers {
		seat := jury.Seat{Juror: jury.Juror{ID: int64(i + 1)}, Drawn: noon, Gone: c == 'x'}
		if seat.Ballot = map[rune]jury.Ballot{'u': jury.Uphold, 'o': jury.Overturn}[c]; seat.Ballot != "" {
			seat.Weight = 1
		}
		s = append(s, seat)
	}
	return s
}

// jurors are so many, numbered from there on.
func jurors(from, n int) []jury.Juror {
	all := make([]jury.Juror, n)
	for i := range all {
		all[i].ID = int64(from + i)
	}
	return all
}

func TestDecision(t *testing.T) {
	t.Parallel()
	for answers, want := range map[string]jury.Ballot{
		"": "", ".....": "", "uuu": "", "uuu..": "", "uuuu": jury.Uphold, "uuuu.": jury.Uphold, "oooo": jury.Overturn, "oxxooo": jury.Overturn,
		"uuuuo": "", "uuuuou": jury.Uphold, "oooouu": "", "oooouuoo": jury.Overturn, "uououououo": "",
	} {
		if got := said(answers).Tally().Decision(); got != want {
			t.Errorf("%q decides %q, want %q", answers, got, want)
		}
	}
}

// However much they weigh, fewer than four who agree decide nothing. Four who weigh little do not either.
func TestDecisionTakesFourAndTheirWeight(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers string
		weight  float64
		want    jury.Ballot
	}{
		"three who are always right": {"uuu", 2.5, ""},
		"and a fourth":               {"uuuu", 2.5, jury.Uphold},
		"four who are not":           {"oooo", 0.9, ""},
		"and a fifth":                {"ooooo", 0.9, jury.Overturn},
		"many who weigh nothing":     {"uuuuuuuuuu", 0, ""},
	} {
		s := said(test.answers)
		for i := range s {
			s[i].Weight = test.weight
		}
		if got := s.Tally().Decision(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// drawSeats draws seats in which anything may be said, with any weight.
func drawSeats(t *rapid.T) jury.Seats {
	s := said(rapid.StringMatching("[uo.x]{0,40}").Draw(t, "answers"))
	for i := range s {
		if s[i].Ballot != "" {
			s[i].Weight = rapid.OneOf(rapid.SampledFrom([]float64{0, 0.1, 0.3, 1}), rapid.Float64Range(0, 2.5)).Draw(t, "weight")
		}
	}
	return s
}

// A decision depends on the answers and their weights, and on nothing else: neither on their order, nor on who said so, nor on when
// they were drawn, nor on who has yet to answer.
func TestDecisionDependsOnAnswersOnly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeats(t)
		other := rapid.Permutation(s).Draw(t, "order")
		other = append(slices.Clone(other), said(rapid.StringMatching("[.x]{0,9}").Draw(t, "silent"))...)
		for i := range other {
			other[i].Juror = jury.Juror{ID: rapid.Int64().Draw(t, "who"), Language: "es", Private: true}
			other[i].Drawn = noon.Add(time.Duration(i) * time.Hour)
		}
		if a, b := s.Tally(), other.Tally(); a != b || a.Decision() != b.Decision() {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

// Both sides are measured alike, four are on the side that wins, and its weight is greater by what it takes.
func TestDecisionIsFair(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeats(t)
		turned := slices.Clone(s)
		for i := range turned {
			turned[i].Ballot = map[jury.Ballot]jury.Ballot{jury.Uphold: jury.Overturn, jury.Overturn: jury.Uphold}[s[i].Ballot]
		}
		tally, other := s.Tally(), turned.Tally()
		want := map[jury.Ballot]jury.Ballot{jury.Uphold: jury.Overturn, jury.Overturn: jury.Uphold}[tally.Decision()]
		if other.Decision() != want {
			t.Fatalf("%+v says %q, and the other way round %q", tally, tally.Decision(), other.Decision())
		}
		switch tally.Decision() {
		case jury.Uphold:
			if tally.Uphold < jury.FewestAgreeing || tally.Score < jury.Decisive-1e-6 {
				t.Fatalf("%+v", tally)
			}
		case jury.Overturn:
			if tally.Overturn < jury.FewestAgreeing || tally.Score > 1e-6-jury.Decisive {
				t.Fatalf("%+v", tally)
			}
		}
	})
}

// Rounds follow each other until all may have been asked that may be: never more than forty, and nobody twice, though they were
// asked by an earlier jury.
func TestRounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		reason := rapid.SampledFrom([]jury.Reason{jury.Heavy, jury.Appeal, jury.Reopened, jury.Stalled}).Draw(t, "reason")
		former := &jury.Jury{Former: []int64{901}, Seats: said("u.x")}
		j, now := jury.New(reason, former, noon), noon
		next := 100
		for range 15 {
			before := len(j.Seats)
			j.Ask(jurors(next, rapid.IntRange(0, j.Left()).Draw(t, "drawn")), now)
			next += len(j.Seats) - before
			if len(j.Seats)-before > jury.PerRound || len(j.Seats) > jury.MostAsked {
				t.Fatalf("%d were asked at once, %d in all", len(j.Seats)-before, len(j.Seats))
			}
			if !j.RoundEnds.Equal(now.Add(reason.Times().Round)) || j.RoundOver(now) != !j.Waits() {
				t.Fatalf("round ends at %v of %v", j.RoundEnds, now)
			}
			now = j.RoundEnds
			if !j.RoundOver(now) || j.RoundOver(now.Add(-time.Second)) && j.Waits() {
				t.Fatalf("at %v the round is not over that ends then", now)
			}
		}
		for _, who := range []int64{901, 1, 2, 3} {
			if !j.Knows(who) || j.Seats.Of(who) >= 0 {
				t.Fatalf("%d was asked before: %+v", who, j)
			}
		}
		for i, s := range j.Seats {
			if j.Seats.Of(s.Juror.ID) != i || !j.Knows(s.Juror.ID) {
				t.Fatalf("seat %d of %+v", i, j.Seats)
			}
		}
		if j.Knows(int64(next)) || (*jury.Jury)(nil).Knows(1) {
			t.Fatal("somebody is known who never was asked")
		}
	})
}

// When the clock is to look at a jury: when its round ends, or its time, or never more.
func TestDue(t *testing.T) {
	t.Parallel()
	all := said(string(slices.Repeat([]byte("u"), jury.MostAsked)))
	for name, test := range map[string]struct {
		jury jury.Jury
		want time.Time
	}{
		"a round ends":                       {jury.Jury{Seats: said("u."), RoundEnds: noon, Ends: noon.Add(time.Hour)}, noon},
		"its time is over before the round":  {jury.Jury{Seats: said("u."), RoundEnds: noon, Ends: noon.Add(-time.Hour)}, noon.Add(-time.Hour)},
		"the case ends by itself":            {jury.Jury{Seats: said("u."), RoundEnds: noon}, noon},
		"all who may be asked have answered": {jury.Jury{Seats: all, RoundEnds: noon, Ends: noon.Add(time.Hour)}, noon.Add(time.Hour)},
		"and the case ends by itself":        {jury.Jury{Seats: all, RoundEnds: noon}, time.Time{}},
	} {
		if got := test.jury.Due(); !got.Equal(test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestOver(t *testing.T) {
	t.Parallel()
	j := jury.New(jury.Heavy, nil, noon)
	if !j.Ends.Equal(noon.Add(12*time.Hour)) || j.Over(j.Ends.Add(-time.Second)) || !j.Over(j.Ends) {
		t.Errorf("ends %v", j.Ends)
	}
	if stalled := jury.New(jury.Stalled, nil, noon); !stalled.Ends.IsZero() || stalled.Over(noon.Add(1000*time.Hour)) {
		t.Errorf("ends %v", stalled.Ends)
	}
}

// A pause moves what is still to come of a jury about an open case, and not when its jurors were drawn: who wiped since then is
// asked no more. A jury about a case that ended knows no pause.
func TestFollow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		deadline := noon.Add(36 * time.Hour)
		j := &jury.Jury{Seats: said("u."), RoundEnds: noon.Add(2 * time.Hour), Ends: noon.Add(12 * time.Hour), Noted: deadline}
		moved := time.Duration(0)
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			moved = time.Duration(rapid.IntRange(0, 300).Draw(t, "hours")) * time.Hour // all in all
			j.Follow(deadline.Add(moved))
		}
		if !j.RoundEnds.Equal(noon.Add(2*time.Hour+moved)) || !j.Ends.Equal(noon.Add(12*time.Hour+moved)) || !j.Seats[0].Drawn.Equal(noon) {
			t.Fatalf("moved by %v: %+v", moved, j)
		}
	})
	j := &jury.Jury{Seats: said("u."), RoundEnds: noon, Ends: noon}
	if j.Follow(noon.Add(time.Hour)); !j.RoundEnds.Equal(noon) || !j.Ends.Equal(noon) {
		t.Errorf("a jury that follows nothing moved: %+v", j)
	}
}

// What is done to a copy is done to that alone.
func TestCopied(t *testing.T) {
	t.Parallel()
	j := &jury.Jury{Seats: said("u."), Former: []int64{7}}
	own := j.Copied()
	own.Seats[1].Ballot, own.Former[0] = jury.Overturn, 8
	own.Ask(jurors(9, 2), noon)
	if !slices.Equal(j.Seats, said("u.")) || j.Former[0] != 7 || !j.RoundEnds.IsZero() {
		t.Errorf("it changed what it was made of: %+v", j)
	}
}
