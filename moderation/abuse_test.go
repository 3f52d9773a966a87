package moderation_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// reporter is a member whose reports are settled one after the other.
type reporter struct {
	record weight.VoteRecord
	day    int64
}

// report settles a report of theirs that an admin found right or wrong, and returns what they are told:
// "note", "paused" and for how many days, or nothing.
func (r *reporter) report(t failer, right bool) string {
	t.Helper()
	b := moderation.Ballot{Ballot: weight.Ballot{Voter: anna, Side: moderation.Fine, Weight: 1, At: noon}, Language: "de", Private: true}
	if right {
		b.Side = moderation.Breaks
	}
	s := closingOf([]moderation.Ballot{b}, weight.Ties{Records: map[int64]weight.VoteRecord{anna: r.record}}).Settle(r.day)
	r.record = s.VoteRecords[anna]
	if len(s.Effects) == 0 {
		return ""
	}
	e, _ := s.Effects[0].(moderation.SendCaution)
	if want := (moderation.SendCaution{To: moderation.Person{ID: anna, Language: "de", Private: true}, Until: e.Until, Cast: noon}); len(s.Effects) > 1 || !reflect.DeepEqual(e, want) || !e.Until.Equal(r.paused()) {
		t.Fatalf("told %+v, paused until %v", s.Effects, r.paused())
	}
	if e.Until.IsZero() {
		return "note"
	}
	return "paused " + e.Until.Sub(time.Unix(r.day*24*60*60, 0)).String()
}

// paused is until when they may not report, on the present day.
func (r *reporter) paused() time.Time {
	return r.record.Abuse.Paused(time.Unix(r.day*24*60*60, 0).Add(13 * time.Hour))
}

// What follows from reports that were right (r) or wrong (w), each settled on the day of the one before, or
// so many days (+) later. Told is what follows from the last.
func TestCaution(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		reports string
		told    string
	}{
		"the first is wrong":                       {"w", ""},
		"nine are wrong":                           {"wwwwwwwww", ""},
		"the tenth, too":                           {"wwwwwwwwww", "paused 24h0m0s"},
		"a quarter is wrong":                       {"rrrrrrrrrwww", ""},
		"a little more":                            {"rrrrrrrrwww", "note"},
		"but it is the right ones that came last":  {"wwwwwwrrrr", ""},
		"four of ten":                              {"rrrrrrwwww", "note"},
		"five of twelve":                           {"rrrrrrrwwwww", "paused 24h0m0s"},
		"told so before":                           {"rrrrrrrwwww", ""},
		"told, and wrong again too soon":           {"rrrrrrrwwwrrrrw", ""},
		"told, and wrong again after many":         {"rrrrrrrwwwrrrrrrrrrrrrwww", "note"},
		"wrong in a pause":                         {"wwwwwwwwwww", ""},
		"wrong on its last day":                    {"wwwwwwwwww +1w +2w", ""},
		"wrong when it is over":                    {"wwwwwwwwww +1w", "paused 72h0m0s"},
		"and again":                                {"wwwwwwwwww +1w +3w", "paused 168h0m0s"},
		"and again, ever":                          {"wwwwwwwwww +1w +3w +7w", "paused 168h0m0s"},
		"right when it is over":                    {"wwwwwwwwww +1rr", ""},
		"wrong at once when it was right":          {"wwwwwwwwww +1rrw", "paused 72h0m0s"},
		"after many that were right":               {"wwwwwwwwww +1rrrrrrrrrrrrrrrrrrrrrrrrr w", ""},
		"and wrong too often, later":               {"wwwwwwwwww +1rrrrrrrrrrrrrrrrrrrrrrrrr ww", "note"},
		"with a pause like the first":              {"wwwwwwwwww +1rrrrrrrrrrrrrrrrrrrrrrrrr wwwwww", "paused 24h0m0s"},
		"after a pause a note is no news":          {"wwwwwwwwww +1rrrrrrrrrrrrrrr w", ""},
		"years later it is a new member's":         {"wwwwwwwwww +2000wwwwwwwww", ""},
		"from the first pause on":                  {"wwwwwwwwww +2000wwwwwwwwww", "paused 24h0m0s"},
		"a week or two forget nothing":             {"wwwwwwwww +9w", "paused 24h0m0s"},
		"but a month a ballot":                     {"wwwwwwwww +60w", ""},
		"twenty and more, of which late ones tell": {"wwwwrrrrrrrrrrrrrrrr rrrr w", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, told := reporter{day: today}, ""
			for reports := test.reports; reports != ""; {
				c := reports[0]
				reports = reports[1:]
				switch c {
				case '+':
					digits := reports[:strings.IndexFunc(reports, func(d rune) bool { return d < '0' || d > '9' })]
					reports = reports[len(digits):]
					days, err := ladder.ParseDuration(digits + "d")
					if err != nil {
						t.Fatal(err)
					}
					r.day += int64(days / day)
				case 'r', 'w':
					told = r.report(t, c == 'r')
				}
			}
			if told != test.told {
				t.Errorf("told %q, want %q; on record is %+v", told, test.told, r.record.Abuse)
			}
		})
	}
}

// Whatever members report and whenever it is settled:
//   - nothing follows before ten of their ballots are on record;
//   - nothing follows from a first ballot that was wrong, whenever it comes;
//   - nothing new follows from one that was right, nor from no ballot at all;
//   - a pause lasts 1, 3 or 7 days, none is longer than the one that follows it, unless at most a quarter was
//     wrong, or fewer than ten were left on record, between them, and none begins before the one before is over;
//   - what follows at all follows from more than a quarter's being wrong, a pause from more than two fifths.
func TestCautionIsPatient(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := reporter{day: today}
		seen, wrong := 0, 0
		var pause time.Duration // the last, if they have not recovered
		for range rapid.IntRange(0, 60).Draw(t, "reports") {
			r.day += rapid.SampledFrom([]int64{0, 0, 1, 2, 8, 30}).Draw(t, "days later")
			right := rapid.IntRange(0, 9).Draw(t, "luck") >= rapid.SampledFrom([]int{1, 3, 5, 9}).Draw(t, "care")
			before := r.paused()
			told := r.report(t, right)
			seen++
			if !right {
				wrong++
			}
			c := r.record.Abuse
			share := c.Missed / c.Cast
			if c.Cast < weight.AbuseFrom-0.5 {
				share = 0 // so much is forgotten that it tells nothing
			}
			if told != "" && (seen < weight.AbuseFrom || wrong < 2 || right || share <= weight.NoteOver) {
				t.Fatalf("%q after %d, %d of them wrong; the last was right: %v", told, seen, wrong, right)
			}
			if !right && share <= weight.NoteOver {
				pause = 0
			}
			if length, paused := strings.CutPrefix(told, "paused "); paused {
				d, err := time.ParseDuration(length)
				if err != nil || d != day && d != 3*day && d != 7*day || d < pause || !before.IsZero() || share <= weight.PauseOver {
					t.Fatalf("%q after one of %v, while paused until %v; %v is wrong", told, pause, before, share)
				}
				pause = d
			} else if !r.paused().Equal(before) {
				t.Fatalf("paused until %v became %v without a word", before, r.paused())
			}
		}
	})
}
