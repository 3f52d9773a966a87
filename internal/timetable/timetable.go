// Package timetable says when something is due by the clocks of a time zone:
// every day at nine, every Monday, or as cron writes it.
//
// It does not know what is due, nor what time it is.
package timetable

import (
	"errors"
	"fmt"
	"math/bits"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/robfig/cron/v3"
)

// Why Parse refuses a text.
var (
	// ErrNotTimetable says that a text is none of the forms of a Table.
	ErrNotTimetable = errors.New("not a timetable; write off, daily HH:MM, weekly DAY HH:MM or five cron fields")
	// ErrNeverDue says that the moments a text describes do not exist, like the 30th of February.
	ErrNeverDue = errors.New("a timetable that never comes due")
	// ErrTooOften says that two moments are less than an hour apart.
	ErrTooOften = errors.New("a timetable that comes due more than once an hour")
)

// maxTimetable is how many characters a timetable may have.
const maxTimetable = 100

// A Table says when something is due, by the clock on the wall of whoever asks: "daily 09:00" is
// nine in the morning, in summer and in winter. It comes due at most once an hour. The zero Table
// is off. Timetables are equal if they are written alike.
type Table struct {
	text string // normalised; empty if off
	spec cron.SpecSchedule
}

// Parse reads "off", "daily HH:MM", "weekly DAY HH:MM", five cron fields, or one of the words
// cron has for them (@hourly, @daily, @weekly, @monthly, @yearly). Capitals and the number of spaces do
// not matter.
func Parse(text string) (Table, error) {
	if n := utf8.RuneCountInString(text); n > maxTimetable {
		return Table{}, fmt.Errorf("read timetable: %w: %d characters are too many", ErrNotTimetable, n)
	}
	t, err := parseTable(strings.Fields(strings.ToLower(text)))
	if err != nil {
		return Table{}, fmt.Errorf("read timetable %q: %w", text, err)
	}
	return t, nil
}

func parseTable(words []string) (Table, error) {
	switch {
	case len(words) == 0:
		return Table{}, ErrNotTimetable
	case words[0] == "off" && len(words) == 1:
		return Table{}, nil
	case words[0] == "daily" && len(words) == 2:
		return parseRegular("daily", "*", words[1])
	case words[0] == "weekly" && len(words) == 3:
		day, ok := weekday(words[1])
		if !ok {
			return Table{}, fmt.Errorf("%w: no day is called %q", ErrNotTimetable, words[1])
		}
		return parseRegular("weekly "+day, day, words[2])
	}
	return parseCron(words)
}

// clockTime is HH:MM; the first digit may be left out.
var clockTime = regexp.MustCompile(`^([01]?[0-9]|2[0-3]):([0-5][0-9])$`)

func parseRegular(head, weekday, clock string) (Table, error) {
	m := clockTime.FindStringSubmatch(clock)
	if m == nil {
		return Table{}, fmt.Errorf("%w: no clock shows %q", ErrNotTimetable, clock)
	}
	t, err := parseCron([]string{m[2], m[1], "*", "*", weekday})
	t.text = fmt.Sprintf("%s %02s:%s", head, m[1], m[2])
	return t, err
}

// weekday shortens the name of a day to the three letters that cron knows.
func weekday(name string) (string, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if long := strings.ToLower(d.String()); name == long || name == long[:3] {
			return long[:3], true
		}
	}
	return "", false
}

// cronField is what robfig/cron reads, without what it takes and then overlooks: the 5 of "*-5", the
// commas of "1,,". A time zone before the fields, TZ=, is no field either: the zone is the asker's.
var cronField = regexp.MustCompile(`^@[a-z]+$|^` + cronItem + `(,` + cronItem + `)*$`)

const cronItem = `([*?]|[a-z0-9]+(-[a-z0-9]+)?)(/[0-9]+)?`

func parseCron(fields []string) (Table, error) {
	for _, f := range fields {
		if !cronField.MatchString(f) {
			return Table{}, fmt.Errorf("%w: %q cannot be read", ErrNotTimetable, f)
		}
	}
	text := strings.Join(fields, " ")
	when, err := cron.ParseStandard(text)
	if err != nil {
		return Table{}, fmt.Errorf("%w: %w", ErrNotTimetable, err)
	}
	spec, ok := when.(*cron.SpecSchedule)
	if !ok {
		return Table{}, fmt.Errorf("%w: @every goes by a stopwatch, not by the clock", ErrNotTimetable)
	}
	spec.Location = time.UTC // see Next
	t := Table{text: text, spec: *spec}
	switch {
	case t.nextOnWall(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero():
		return Table{}, ErrNeverDue
	case bits.OnesCount64(spec.Minute<<1) > 1:
		// Two minutes of one hour are less than an hour apart, and one minute of any two hours is not.
		// The highest bit is no minute, it remembers a star.
		return Table{}, ErrTooOften
	}
	return t, nil
}

// String returns the text from which Parse makes the same timetable.
func (t Table) String() string {
	if t.Off() {
		return "off"
	}
	return t.text
}

// Off reports whether the timetable never comes due.
func (t Table) Off() bool {
	return t.text == ""
}

// Next returns the first moment after the given one that is due in a time zone, or the zero time if
// the timetable is off.
//
// When clocks are put forward, a time they leave out is due as much later as they were put forward.
// When they are put back, a time they show twice is due the first time. Cron's own reckoning in a zone
// would leave out the one and do the other twice. So it is only asked about a wall clock that nobody
// ever touches (UTC), and what it answers is looked up in the zone.
func (t Table) Next(after time.Time, zone *time.Location) time.Time {
	if t.Off() {
		return time.Time{}
	}
	var next time.Time
	for wall := reached(after, zone); ; {
		wall = t.nextOnWall(wall)
		if wall.IsZero() {
			return next
		}
		due := inZone(wall, zone)
		if due.After(after) && (next.IsZero() || due.Before(next)) {
			next = due
		}
		// A time left out may be due after times that follow it on the wall, but none of those is due
		// before what the wall shows then.
		if !next.IsZero() && !wall.Before(onWall(next, zone)) {
			return next
		}
	}
}

// Last returns the latest due moment that is not before since and not after now, or the zero time if
// there is none. It does not matter how far since lies back.
func (t Table) Last(now, since time.Time, zone *time.Location) time.Time {
	var last time.Time
	// From near to far, because there may be as many moments between as there are hours. No timetable
	// rests longer than from one leap day to the next, so this ends long before a span is too long.
	for span := time.Hour; !t.Off(); span *= 2 {
		from := now.Add(-span)
		all := from.Before(since)
		if all {
			from = since.Add(-time.Nanosecond) // since may be due itself
		}
		for due := t.Next(from, zone); !due.IsZero() && !due.After(now); due = t.Next(due, zone) {
			last = due
		}
		if !last.IsZero() || all {
			break
		}
	}
	return last
}

// nextOnWall is the next due time on a wall clock that is never put forward or back, or zero if there
// is none. Cron looks no farther than five years, but from 2096 to 2104 there is no leap day.
func (t Table) nextOnWall(wall time.Time) time.Time {
	next := t.spec.Next(wall)
	if next.IsZero() {
		next = t.spec.Next(wall.AddDate(5, 0, 0))
	}
	return next
}

// A day is more than clocks differ from UTC, or were ever put forward: Samoa left out a whole one in
// 2011. So a day before and a day after are certainly on either side of one such change; that there is
// never a second one between is tested.
const day = 24 * time.Hour

func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// onWall is what clocks show, written as if it were UTC.
func onWall(t time.Time, zone *time.Location) time.Time {
	return t.UTC().Add(offset(t, zone))
}

// reached is the wall-clock time up to which all is due by t. If clocks were put forward a moment ago,
// what they left out is still to come.
func reached(t time.Time, zone *time.Location) time.Time {
	wall, untouched := onWall(t, zone), onWall(t.Add(-day), zone).Add(day)
	if untouched.Before(wall) {
		return untouched
	}
	return wall
}

// inZone is the moment at which clocks show a time, see Next.
func inZone(wall time.Time, zone *time.Location) time.Time {
	first := wall.Add(-offset(wall.Add(-day), zone))
	second := wall.Add(-offset(wall.Add(day), zone))
	if !onWall(first, zone).Equal(wall) && onWall(second, zone).Equal(wall) {
		return second.In(zone)
	}
	return first.In(zone)
}

// Usual are timetables that many choose, as [Parse] reads them.
var Usual = []string{"off", "daily 09:00", "daily 18:00", "weekly mon 09:00", "weekly fri 18:00", "weekly sun 18:00", "@monthly"}
