package app

import (
	"time"
	_ "time/tzdata" // a container has no time zones of its own

	"github.com/ostrakon-bot/ostrakon/internal/timetable"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// calendar implements [moderation.Calendar] with the timetables of the groups. A timetable that cannot be read, because an
// older release wrote it, is never due.
type calendar struct{}

// Next implements [moderation.Calendar].
func (calendar) Next(p moderation.Policy, after time.Time) time.Time {
	table, zone, ok := tableOf(p)
	if !ok {
		return time.Time{}
	}
	return table.Next(after, zone)
}

// Last implements [moderation.Calendar].
func (calendar) Last(p moderation.Policy, now, since time.Time) time.Time {
	table, zone, ok := tableOf(p)
	if !ok {
		return since
	}
	if last := table.Last(now, since, zone); !last.IsZero() {
		return last
	}
	return since
}

func tableOf(p moderation.Policy) (timetable.Table, *time.Location, bool) {
	table, err := timetable.Parse(p.Digest)
	if err != nil {
		return table, nil, false
	}
	zone, err := time.LoadLocation(p.Timezone)
	return table, zone, err == nil
}
