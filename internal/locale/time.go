package locale

import "time"

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

// Time gives a moment so that it is understood anywhere: the year first, and the zone named.
func (p Printer) Time(t time.Time) string { return t.In(p.place()).Format("2006-01-02 15:04 MST") }

// Day gives the day of a moment.
func (p Printer) Day(t time.Time) string { return t.In(p.place()).Format("2006-01-02") }

func (p Printer) place() *time.Location {
	if p.zone == nil {
		return time.UTC
	}
	return p.zone
}
