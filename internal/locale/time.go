package locale

import (
	"strconv"
	"time"
)

// units of time in words, the largest first. Their keys are "duration." and the name.
var units = []struct {
	name   string
	length time.Duration
}{
	{"weeks", 7 * 24 * time.Hour}, {"days", 24 * time.Hour}, {"hours", time.Hour},
	{"minutes", time.Minute}, {"seconds", time.Second},
}

// Duration gives d in words, in the largest unit that divides it; a single week is seven days.
func (p Printer) Duration(d time.Duration) string {
	for _, u := range units {
		if d%u.length == 0 && d >= u.length && (u.name != "weeks" || d >= 2*u.length) {
			return p.Text("duration."+u.name, Args{"count": int(d / u.length)})
		}
	}
	return p.Text("duration.seconds", Args{"count": int(d / time.Second)})
}

// At is the printer that gives times in a zone; else they are in UTC.
func (p Printer) At(zone *time.Location) Printer {
	p.zone = zone
	return p
}

// On is the printer that speaks at that moment: it knows what today is, and which year.
func (p Printer) On(now time.Time) Printer {
	p.now = now
	return p
}

// Now is the moment at which the printer speaks; zero if nobody said.
func (p Printer) Now() time.Time { return p.now }

// Time gives a moment to come as it stands in a sentence: "tomorrow 18:00". Times are marked, see [Split].
func (p Printer) Time(t time.Time) string {
	key := "time.at"
	switch p.daysTo(t) {
	case 0:
		key = "time.today"
	case 1:
		key = "time.tomorrow"
	}
	return markTime(t, p.Text(key, Args{"date": p.Day(t), "time": p.clock(t)}))
}

// Stamp gives a moment with its day in any case, as it stands in a list or of what is past. It is marked too.
func (p Printer) Stamp(t time.Time) string {
	return markTime(t, p.Text("time.stamp", Args{"date": p.Day(t), "time": p.clock(t)}))
}

// markTime marks the words for a moment.
func markTime(t time.Time, words string) string {
	return mark(MarkTime, strconv.FormatInt(t.Unix(), 10), words)
}

// Day gives the day of a moment, with the year if that is not this one. It is not marked: days are those of the
// group's calendar.
func (p Printer) Day(t time.Time) string {
	t = t.In(p.place())
	args := Args{"day": strconv.Itoa(t.Day()), "month": p.Text("month."+strconv.Itoa(int(t.Month())), nil), "year": strconv.Itoa(t.Year())}
	if !p.now.IsZero() && p.now.In(p.place()).Year() == t.Year() {
		return p.Text("time.day", args)
	}
	return p.Text("time.day_year", args)
}

// clock is the time of day.
func (p Printer) clock(t time.Time) string { return t.In(p.place()).Format("15:04") }

// daysTo is how many midnights lie between now and a moment to come; -1 of what is past, or if nobody said what now is.
func (p Printer) daysTo(t time.Time) int {
	if p.now.IsZero() || t.Before(p.now) {
		return -1
	}
	return int(midnight(t.In(p.place())).Sub(midnight(p.now.In(p.place()))) / (24 * time.Hour))
}

// midnight is the beginning of a day, as if all days had 24 hours.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func (p Printer) place() *time.Location {
	if p.zone == nil {
		return time.UTC
	}
	return p.zone
}
