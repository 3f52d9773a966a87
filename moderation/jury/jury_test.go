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

// seats are drawn at noon: u upholds, o overturns, . has yet to vote, x went to another.
func seats(said string) jury.Seats {
	var s jury.Seats
	for i, c := range said {
		seat := jury.Seat{Juror: jury.Juror{ID: int64(i + 1)}, Drawn: noon, Gone: c == 'x'}
		seat.Ballot = map[rune]jury.Ballot{'u': jury.Uphold, 'o': jury.Overturn}[c]
		s = append(s, seat)
	}
	return s
}

func TestRuling(t *testing.T) {
	for said, want := range map[string]struct {
		ballot jury.Ballot
		agree  bool
	}{
		"": {"", false}, ".....": {"", true}, "uuu..": {jury.Uphold, true}, "uouu.": {jury.Uphold, true}, "ooo": {jury.Overturn, true},
		"uo...": {"", true}, "uoo.x": {"", true}, "uoxxx": {"", false}, "uu.xx": {"", true}, "uoux.": {"", true}, "uuoox": {"", false},
	} {
		if s := seats(said); s.Decision() != want.ballot || s.CanAgree() != want.agree {
			t.Errorf("%q says %q, can agree: %v; want %+v", said, s.Decision(), s.CanAgree(), want)
		}
	}
}

func TestSeatsGoToOthers(t *testing.T) {
	s := seats("u.x.")
	s[3].Drawn = noon.Add(time.Hour)
	if late := s.TakeLate(noon.Add(12*time.Hour-1), 12*time.Hour); late != 0 {
		t.Errorf("%d went too early", late)
	}
	if late := s.TakeLate(noon.Add(12*time.Hour), 12*time.Hour); late != 1 || !s[1].Gone || s[0].Gone || s[3].Gone {
		t.Errorf("%d went: %+v", late, s)
	}
}

// Whoever has voted keeps their seat, whatever becomes of the others; only a new jury has none of what was said.
func TestWhoVotedKeepsTheirSeat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := seats(rapid.StringMatching("[uo.x]{0,9}").Draw(t, "said"))
		before := slices.Clone(s)
		s.TakeLate(noon.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "hours"))*time.Hour), 12*time.Hour)
		s.Clear()
		for i := range s {
			if s[i].Ballot != before[i].Ballot || s[i].Gone != (before[i].Ballot == "") || s.Of(s[i].Juror.ID) != i {
				t.Fatalf("was %+v, is %+v", before[i], s[i])
			}
		}
		if again := s.Vacated(); len(again) != len(s) || slices.ContainsFunc(again, func(s jury.Seat) bool { return s.Ballot != "" || !s.Gone }) {
			t.Fatalf("vacated are %+v", again)
		}
	})
}
