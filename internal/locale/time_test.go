package locale_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

var berlin = time.FixedZone("", 2*3600)

// It is Tuesday, the first of September, one o'clock at night in Berlin.
var now = time.Date(2026, 8, 31, 23, 0, 0, 0, time.UTC)

// A time to come is told by the group's clocks, in words that stand in a sentence.
func TestTime(t *testing.T) {
	t.Parallel()
	in := func(d time.Duration) time.Time { return now.Add(d) }
	const day = 24 * time.Hour
	for _, c := range []struct {
		language string
		at       time.Time
		want     string
	}{
		{"en", in(0), "today 01:00"},
		{"en", in(17 * time.Hour), "today 18:00"},
		{"en", in(23 * time.Hour), "tomorrow 00:00"},
		{"en", in(41 * time.Hour), "tomorrow 18:00"},
		{"en", in(47 * time.Hour), "3 Sep, 00:00"},
		{"en", in(7 * day), "8 Sep, 01:00"},
		{"en", in(-time.Minute), "1 Sep, 00:59"},
		{"en", in(200 * day), "20 Mar 2027, 01:00"},
		{"ru", in(17 * time.Hour), "18:00 сегодня"},
		{"ru", in(41 * time.Hour), "18:00 завтра"},
		{"ru", in(7 * day), "8 сентября, 01:00"},
		{"es", in(17 * time.Hour), "hoy, 18:00"},
		{"es", in(41 * time.Hour), "mañana, 18:00"},
		{"es", in(7 * day), "el 8 sept, 01:00"},
		{"zh", in(17 * time.Hour), "今天 18:00"},
		{"zh", in(41 * time.Hour), "明天 18:00"},
		{"zh", in(7 * day), "9月8日 01:00"},
		{"zh", in(200 * day), "2027年3月20日 01:00"},
	} {
		p := locale.In(c.language).At(berlin).On(now)
		if got := locale.Plain(p.Time(c.at)); got != c.want {
			t.Errorf("%s: %v is %q, want %q", c.language, c.at, got, c.want)
		}
	}
}

// A day on which the clocks change has 23 or 25 hours, and the next is tomorrow all the same.
func TestTomorrowWhenClocksChange(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, today := range []time.Time{time.Date(2026, 10, 25, 0, 30, 0, 0, zone), time.Date(2026, 3, 29, 0, 30, 0, 0, zone)} {
		p := locale.In("en").At(zone).On(today)
		if got := locale.Plain(p.Time(time.Date(today.Year(), today.Month(), today.Day(), 23, 30, 0, 0, zone))); got != "today 23:30" {
			t.Errorf("the evening of %v is %q", today, got)
		}
		if got := locale.Plain(p.Time(time.Date(today.Year(), today.Month(), today.Day()+1, 0, 15, 0, 0, zone))); got != "tomorrow 00:15" {
			t.Errorf("the night after %v is %q", today, got)
		}
	}
}

// What is past is told with its day, and a printer that does not know what today is tells the year too.
func TestStampAndDay(t *testing.T) {
	t.Parallel()
	p := locale.In("es").At(berlin)
	for _, c := range []struct{ got, want string }{
		{p.On(now).Stamp(now), "1 sept, 01:00"},
		{p.On(now).Day(now), "1 sept"},
		{p.Stamp(now), "1 sept 2026, 01:00"},
		{p.Day(now), "1 sept 2026"},
		{locale.In("en").Day(now), "31 Aug 2026"},
	} {
		if got := locale.Plain(c.got); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// Where the times stand in a text is counted in UTF-16 units, as Telegram does.
func TestSplit(t *testing.T) {
	t.Parallel()
	p := locale.In("en").On(now)
	first, second := now.Add(time.Hour), now.Add(30*time.Hour)
	plain, moments := locale.Split("🚩🚩 Ж: " + p.Time(first) + " – " + p.Text("notice.until", locale.Args{"until": p.Time(second)}) + " End")
	if want := "🚩🚩 Ж: tomorrow 00:00 – Until 2 Sep, 05:00 End"; plain != want {
		t.Errorf("the text is %q, want %q", plain, want)
	}
	if len(moments) != 2 || !moments[0].Time.Equal(first) || !moments[1].Time.Equal(second) {
		t.Fatalf("the moments are %+v", moments)
	}
	units := utf16.Encode([]rune(plain))
	for i, want := range []string{"tomorrow 00:00", "2 Sep, 05:00"} {
		m := moments[i]
		if got := string(utf16.Decode(units[m.Offset : m.Offset+m.Length])); got != want {
			t.Errorf("the words at %d are %q, want %q", i, got, want)
		}
	}
}

// Names and texts of members cannot mark anything: not with the signs, and not with a mark that they saw, since none is ever
// sent.
func TestMarksCannotBeForged(t *testing.T) {
	t.Parallel()
	marked := locale.In("en").On(now).Time(now)
	for _, name := range []string{
		"\uFDD01700000000\uFDD1soon\uFDD2", "\uFDD0", "\uFDD0\uFDD1\uFDD2", "\uFDD2\uFDD1\uFDD0",
		strings.Map(func(r rune) rune { // another process has another secret
			if r >= 'A' && r <= 'Z' {
				return 'A'
			}
			return r
		}, marked),
	} {
		plain, moments := locale.Split(name + " wrote at " + marked)
		if len(moments) != 1 || plain != name+" wrote at today 23:00" {
			t.Errorf("%q became %q with %+v", name, plain, moments)
		}
	}
}
