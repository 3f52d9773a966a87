package timetable_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"
	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/timetable"
)

func TestTimetablesAreReadAndWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"off":                           "off",
		"  OFF ":                        "off",
		"daily 9:00":                    "daily 09:00",
		"Daily\t 23:59":                 "daily 23:59",
		"weekly mon 09:00":              "weekly mon 09:00",
		"WEEKLY  Sunday 0:05":           "weekly sun 00:05",
		"weekly wed 19:30":              "weekly wed 19:30",
		"0  9 * *  1":                   "0 9 * * 1",
		"30 */2 1,15 JAN-Mar ?":         "30 */2 1,15 jan-mar ?",
		"0 9 29 2 *":                    "0 9 29 2 *",
		"0 9 31 1-12/2 *":               "0 9 31 1-12/2 *",
		"0,0 9 * * *":                   "0,0 9 * * *", // twice at the same time is once
		"59/30 * * * *":                 "59/30 * * * *",
		"5 * * * *":                     "5 * * * *",
		"@daily":                        "@daily",
		"@Weekly":                       "@weekly",
		"@monthly":                      "@monthly",
		"@yearly":                       "@yearly",
		"@hourly":                       "@hourly",
		strings.Repeat(" ", 97) + "off": "off",
	} {
		table, err := timetable.Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := table.String(); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
		if again, err := timetable.Parse(want); err != nil || again != table {
			t.Errorf("%q: read again, it is %v, %v", text, again, err)
		}
		if table.Off() != (want == "off") {
			t.Errorf("%q: Off is %v", text, table.Off())
		}
	}
}

func TestWhatIsNoTimetableIsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		"":                                 timetable.ErrNotTimetable,
		"off now":                          timetable.ErrNotTimetable,
		"daily":                            timetable.ErrNotTimetable,
		"daily 24:00":                      timetable.ErrNotTimetable,
		"daily 9:60":                       timetable.ErrNotTimetable,
		"daily 9:0":                        timetable.ErrNotTimetable,
		"daily 009:00":                     timetable.ErrNotTimetable,
		"daily 9":                          timetable.ErrNotTimetable,
		"daily -9:00":                      timetable.ErrNotTimetable,
		"weekly 9:00":                      timetable.ErrNotTimetable,
		"weekly tues 9:00":                 timetable.ErrNotTimetable,
		"weekly mon":                       timetable.ErrNotTimetable,
		"weekly mon tue 9:00":              timetable.ErrNotTimetable,
		"0 9 * *":                          timetable.ErrNotTimetable,
		"0 0 9 * * *":                      timetable.ErrNotTimetable,
		"60 9 * * *":                       timetable.ErrNotTimetable,
		"0 9 * * 7":                        timetable.ErrNotTimetable,
		"0 9 0 * *":                        timetable.ErrNotTimetable,
		"0 9 * * fri-mon":                  timetable.ErrNotTimetable,
		"0 9 */0 * *":                      timetable.ErrNotTimetable,
		"0 9 *-5 * *":                      timetable.ErrNotTimetable, // cron would take it for a star
		"0 9 1,, * *":                      timetable.ErrNotTimetable,
		"0 , * * *":                        timetable.ErrNotTimetable,
		"+5 9 * * *":                       timetable.ErrNotTimetable,
		"99999999999999999999 9 * * *":     timetable.ErrNotTimetable,
		"@every 1h":                        timetable.ErrNotTimetable,
		"@EVERY 1.5h":                      timetable.ErrNotTimetable,
		"@reboot":                          timetable.ErrNotTimetable,
		"@":                                timetable.ErrNotTimetable,
		"TZ=Europe/Berlin 0 9 * * *":       timetable.ErrNotTimetable,
		"CRON_TZ=UTC 0 9 * * *":            timetable.ErrNotTimetable,
		"TZ=UTC":                           timetable.ErrNotTimetable,
		"cron_tz=utc @daily":               timetable.ErrNotTimetable,
		strings.Repeat(" ", 98) + "off":    timetable.ErrNotTimetable,
		"0 9 " + strings.Repeat("1,", 1e6): timetable.ErrNotTimetable,
		"0 9 30 2 *":                       timetable.ErrNeverDue,
		"0 9 31 4,6,9,11 *":                timetable.ErrNeverDue,
		"0,30 9 30 feb *":                  timetable.ErrNeverDue,
		"* * * * *":                        timetable.ErrTooOften,
		"0,30 9 * * *":                     timetable.ErrTooOften,
		"0,59 9 29 2 *":                    timetable.ErrTooOften,
		"*/59 0 1 1 *":                     timetable.ErrTooOften,
		"0-1 9 * * *":                      timetable.ErrTooOften,
		"? 9 * * *":                        timetable.ErrTooOften,
	} {
		table, err := timetable.Parse(text)
		if !errors.Is(err, want) {
			t.Errorf("%.200q: got %v and %v, want %v", text, table, err, want)
		}
		if len(err.Error()) > 1000 {
			t.Errorf("an error of %d characters", len(err.Error()))
		}
	}
}

func TestNextWhenClocksChange(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, table, zone, after string
		want                     []string
	}{
		{"any day", "daily 09:00", "Europe/Berlin", "2026-07-01T08:00:00Z",
			[]string{"2026-07-02T09:00:00+02:00", "2026-07-03T09:00:00+02:00"}},
		{"after the due moment by a little", "daily 09:00", "UTC", "2026-07-01T08:59:59.9Z",
			[]string{"2026-07-01T09:00:00Z", "2026-07-02T09:00:00Z"}},
		{"spring, the time is left out", "daily 02:30", "Europe/Berlin", "2026-03-28T00:00:00Z",
			[]string{"2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"}},
		{"spring, asked after the change", "daily 02:30", "Europe/Berlin", "2026-03-29T01:10:00Z",
			[]string{"2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"}},
		{"spring, hourly", "0 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z",
			[]string{"2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"}},
		{"spring, half an hour", "5 * * * *", "Australia/Lord_Howe", "2026-10-03T14:05:00Z",
			[]string{"2026-10-04T01:05:00+10:30", "2026-10-04T02:35:00+11:00", "2026-10-04T03:05:00+11:00"}},
		{"spring, at midnight", "daily 00:00", "America/Sao_Paulo", "2018-11-03T12:00:00Z",
			[]string{"2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00"}},
		{"autumn, the time comes twice", "daily 02:30", "Europe/Berlin", "2026-10-24T12:00:00Z",
			[]string{"2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"}},
		{"autumn, asked between the two", "daily 02:30", "Europe/Berlin", "2026-10-25T01:10:00Z",
			[]string{"2026-10-26T02:30:00+01:00"}},
		{"autumn, hourly", "0 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z",
			[]string{"2026-10-25T02:00:00+02:00", "2026-10-25T03:00:00+01:00"}},
		{"autumn, New York", "daily 01:15", "America/New_York", "2026-10-31T12:00:00Z",
			[]string{"2026-11-01T01:15:00-04:00", "2026-11-02T01:15:00-05:00"}},
		{"a day that never was", "daily 09:00", "Pacific/Apia", "2011-12-29T12:00:00Z",
			[]string{"2011-12-29T09:00:00-10:00", "2011-12-31T09:00:00+14:00", "2012-01-01T09:00:00+14:00"}},
		{"a Friday that never was", "weekly fri 09:00", "Pacific/Apia", "2011-12-24T00:00:00Z",
			[]string{"2011-12-31T09:00:00+14:00", "2012-01-06T09:00:00+14:00"}},
		{"spring, two hours, of which a later one comes first", "0 2,3 * * *", "Antarctica/Troll", "2026-03-28T12:00:00Z",
			[]string{"2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00", "2026-03-30T02:00:00+02:00"}},
		{"weekly", "weekly mon 09:00", "Asia/Shanghai", "2026-07-01T00:00:00Z",
			[]string{"2026-07-06T09:00:00+08:00", "2026-07-13T09:00:00+08:00"}},
		{"leap days", "0 9 29 2 *", "Europe/Berlin", "2026-07-01T00:00:00Z",
			[]string{"2028-02-29T09:00:00+01:00", "2032-02-29T09:00:00+01:00"}},
		{"no leap day in 2100", "0 9 29 2 *", "UTC", "2096-02-29T09:00:00Z",
			[]string{"2104-02-29T09:00:00Z"}},
		{"off", "off", "UTC", "2026-07-01T00:00:00Z", []string{"0001-01-01T00:00:00Z"}},
	} {
		table, zone, at := parse(t, c.table), load(t, c.zone), moment(t, c.after)
		for _, want := range c.want {
			at = table.Next(at, zone)
			if got := at.Format(time.RFC3339); got != want {
				t.Errorf("%s, %s: %s in %s: got %s, want %s", c.what, c.after, c.table, c.zone, got, want)
			}
		}
	}
}

func TestLast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ what, table, now, since, want string }{
		{"many missed", "daily 09:00", "2026-07-10T12:00:00Z", "2026-07-01T09:00:00Z", "2026-07-10T09:00:00Z"},
		{"now is due", "daily 09:00", "2026-07-10T09:00:00Z", "2026-07-01T09:00:00Z", "2026-07-10T09:00:00Z"},
		{"since is due", "daily 09:00", "2026-07-02T08:59:59Z", "2026-07-01T09:00:00Z", "2026-07-01T09:00:00Z"},
		{"since is due and now", "daily 09:00", "2026-07-01T09:00:00Z", "2026-07-01T09:00:00Z", "2026-07-01T09:00:00Z"},
		{"not since", "daily 09:00", "2026-07-02T08:59:59Z", "2026-07-01T09:00:01Z", ""},
		{"since is to come", "daily 09:00", "2026-07-02T08:00:00Z", "2026-07-02T09:00:00Z", ""},
		{"a whole span ago", "daily 09:00", "2026-07-01T10:00:00Z", "2026-07-01T09:00:00Z", "2026-07-01T09:00:00Z"},
		{"since for ever", "0 9 29 2 *", "2104-02-28T00:00:00Z", "0001-01-01T00:00:00Z", "2096-02-29T09:00:00Z"},
		{"a long while without any", "@hourly", "2026-07-10T12:34:00Z", "1900-01-01T00:00:00Z", "2026-07-10T12:00:00Z"},
		{"a season", "0 * * 1-3 *", "2026-12-31T23:00:00Z", "2000-01-01T00:00:00Z", "2026-03-31T23:00:00Z"},
		{"off", "off", "2026-07-10T12:00:00Z", "2026-07-01T09:00:00Z", ""},
	} {
		got := parse(t, c.table).Last(moment(t, c.now), moment(t, c.since), time.UTC)
		want := time.Time{}
		if c.want != "" {
			want = moment(t, c.want)
		}
		if !got.Equal(want) {
			t.Errorf("%s: %s from %s to %s: got %s, want %s", c.what, c.table, c.since, c.now, got, want)
		}
	}
}

// The zones in which clocks do the oddest things.
var zones = []string{
	"Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe",
	"Africa/Casablanca", "America/Sao_Paulo", "Pacific/Apia", "Antarctica/Casey", "Antarctica/Troll", "UTC",
}

func TestDailyIsOnceADay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		zone, at := drawZone(t), drawTime(t)
		clock := time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "clock")) * time.Minute
		table := parse(t, "daily "+time.Time{}.Add(clock).Format("15:04"))
		at = table.Next(at, zone)
		for range 400 {
			next := table.Next(at, zone)
			if !next.After(at) {
				t.Fatalf("after %s comes %s", at, next)
			}
			if want := dayAfter(at, zone); next.Format(time.DateOnly) != want {
				t.Fatalf("after %s comes %s, want one on %s", at, next, want)
			}
			asked := time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, time.UTC).Add(clock)
			if moved := clockOf(next).Sub(asked); moved != 0 && (moved < 0 || shown(asked, zone)) {
				t.Fatalf("due %s, but %s was asked for", next, asked.Format("15:04"))
			}
			at = next
		}
	})
}

// TestNothingIsDueBetween compares with all that is due by going through every minute.
func TestNothingIsDueBetween(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		zone, after := drawZone(t), drawTime(t)
		if _, change := after.In(zone).ZoneBounds(); !change.IsZero() && rapid.IntRange(0, 4).Draw(t, "near") > 0 {
			after = change.Add(time.Duration(rapid.IntRange(-50*60, 50*60).Draw(t, "minutes")) * time.Minute)
		}
		minute := rapid.SampledFrom([]int{0, 1, 15, 30, 45, 59}).Draw(t, "minute")
		hours := rapid.SampledFrom([]string{"*", "*/5", "1-3", "23", "0", "2", "0,2,3,12", "1,3"}).Draw(t, "hours")
		days := rapid.SampledFrom([]string{"*", "*", "sun", "fri,sun"}).Draw(t, "days")
		text := fmt.Sprintf("%d %s * * %s", minute, hours, days)
		spec, err := cron.ParseStandard(text)
		if err != nil {
			t.Fatal(err)
		}
		next := parse(t, text).Next(after, zone)
		if want := firstByMinutes(spec, minute, after, zone); !next.Equal(want) {
			t.Fatalf("%s after %s: got %s, want %s", text, after.In(zone), next, want.In(zone))
		}
	})
}

// firstByMinutes looks at a clock every minute of eleven days.
func firstByMinutes(spec cron.Schedule, minute int, after time.Time, zone *time.Location) time.Time {
	begin := after.Truncate(time.Minute).Add(-48 * time.Hour)
	var first time.Time
	seen := map[int64]bool{}
	expect := clockOf(begin.In(zone)) // what the clock shows next, if nobody touches it
	for at := begin; at.Before(begin.Add(11 * 24 * time.Hour)); at = at.Add(time.Minute) {
		shows := clockOf(at.In(zone))
		due := func(wall, at time.Time) {
			earlier := wall.Minute() == minute && at.After(after) && (first.IsZero() || at.Before(first))
			if earlier && spec.Next(wall.Add(-time.Second)).Equal(wall) {
				first = at
			}
		}
		for gap := shows.Sub(expect); expect.Before(shows); expect = expect.Add(time.Minute) {
			due(expect, at.Add(gap-shows.Sub(expect)))
		}
		if !seen[shows.Unix()] {
			due(shows, at)
		}
		seen[shows.Unix()] = true
		expect = shows.Add(time.Minute)
	}
	return first
}

func TestLastIsTheLastOfAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		zone, since := drawZone(t), drawTime(t)
		table := parse(t, rapid.SampledFrom([]string{"daily 02:30", "weekly sun 02:30", "0 * * 3 *", "@monthly", "@hourly"}).Draw(t, "table"))
		if rapid.Bool().Draw(t, "due") {
			since = table.Next(since, zone)
		}
		now := since.Add(time.Duration(rapid.IntRange(-10, 24*400).Draw(t, "hours")) * time.Hour)
		var want time.Time
		for due := table.Next(since.Add(-1), zone); !due.After(now); due = table.Next(due, zone) {
			want = due
		}
		if got := table.Last(now, since, zone); !got.Equal(want) {
			t.Fatalf("%s in %s from %s to %s: got %s, want %s", table, zone, since, now, got, want)
		}
	})
}

// Next counts on it that clocks are not changed twice in two days.
func TestClocksAreNotChangedTwiceInTwoDays(t *testing.T) {
	t.Parallel()
	for _, name := range zones {
		zone := load(t, name)
		var changed time.Time
		_, before := changed.In(zone).Zone()
		for at := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2070; at = at.Add(4 * time.Hour) {
			_, now := at.In(zone).Zone()
			if now == before {
				continue
			}
			if at.Sub(changed) < 52*time.Hour {
				t.Errorf("%s: the clocks were changed before %s and before %s", name, changed, at)
			}
			before, changed = now, at
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"off", "daily 9:00", "weekly monday 09:00", "0 9 * * 1", "@daily", "@every 1s", "TZ=UTC", "TZ=x 0 9 * * *",
		"0 9 29 2 *", "0,30 9 * * *", "*/5 * * * *", "59/9223372036854775807 1-2/3 ? jan-dec sun", "0 0 30 2 0-6", "İ K",
	} {
		f.Add(text)
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		begun := time.Now()
		table, err := timetable.Parse(text)
		if err == nil {
			again, err := timetable.Parse(table.String())
			if err != nil || again != table || again.String() != table.String() {
				t.Errorf("%q is written %q and read again as %q, %v", text, table, again, err)
			}
			at := time.Date(2026, 3, 28, 0, 0, 0, 0, time.UTC)
			for range 10 {
				next := table.Next(at, zone)
				if next.IsZero() != table.Off() || !table.Off() && next.Sub(at) <= 0 {
					t.Fatalf("%q: after %s comes %s", text, at, next)
				}
				at = next
			}
			table.Last(at, time.Time{}, zone)
		}
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("%q took %s", text, took)
		}
	})
}

func parse(t interface{ Fatal(...any) }, text string) timetable.Table {
	table, err := timetable.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func load(t interface{ Fatal(...any) }, name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func drawZone(t *rapid.T) *time.Location {
	return load(t, rapid.SampledFrom(zones).Draw(t, "zone"))
}

func drawTime(t *rapid.T) time.Time {
	from, to := time.Date(1975, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2045, 1, 1, 0, 0, 0, 0, time.UTC)
	return time.Unix(rapid.Int64Range(from.Unix(), to.Unix()).Draw(t, "time"), 0).UTC()
}

// clockOf is what the clock shows, as if it were UTC.
func clockOf(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// shown reports whether clocks ever show a time.
func shown(wall time.Time, zone *time.Location) bool {
	for at := wall.Add(-15 * time.Hour); at.Before(wall.Add(15 * time.Hour)); at = at.Add(time.Minute) {
		if clockOf(at.In(zone)).Equal(wall) {
			return true
		}
	}
	return false
}

// dayAfter is the date that comes next, which is not always tomorrow's.
func dayAfter(t time.Time, zone *time.Location) string {
	today := t.In(zone).Format(time.DateOnly)
	for at := t; ; at = at.Add(time.Hour) {
		if date := at.In(zone).Format(time.DateOnly); date > today {
			return date
		}
	}
}
