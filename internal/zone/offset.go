package zone

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// distance is how far from UTC somebody is: "utc+8", "gmt -03:00", "+5:30".
var distance = regexp.MustCompile(`^(?:utc|gmt)? ?([+-]) ?([0-9]{1,2})(?:[:.]?([0-9]{2}))?$`)

// byOffset is the zone at a fixed distance from UTC. There are such zones for whole hours only; for
// others it knows where clocks are always so. It says false if what was typed is no distance at all.
func byOffset(folded string) (name string, near []string, ok bool) {
	if folded == "gmt" {
		return "UTC", nil, true
	}
	m := distance.FindStringSubmatch(folded)
	if m == nil {
		return "", nil, false
	}
	hours, _ := strconv.Atoi(m[2]) // two digits
	east := m[1] == "+"
	switch {
	case m[3] != "" && m[3] != "00":
		return "", slices.Clone(odd[fmt.Sprintf("%s%d:%s", m[1], hours, m[3])]), true
	case hours == 0:
		return "UTC", nil, true
	// The names of these zones say how far UTC is from there: where it is later, they have a minus.
	case east && hours <= 14:
		return fmt.Sprintf("Etc/GMT-%d", hours), nil, true
	case !east && hours <= 12:
		return fmt.Sprintf("Etc/GMT+%d", hours), nil, true
	}
	return "", nil, true // no zone is that far
}

// odd are places that are never a whole number of hours from UTC, and never change their clocks.
var odd = map[string][]string{
	"-9:30": {"Pacific/Marquesas"},
	"+3:30": {"Asia/Tehran"},
	"+4:30": {"Asia/Kabul"},
	"+5:30": {"Asia/Kolkata", "Asia/Colombo"},
	"+5:45": {"Asia/Kathmandu"},
	"+6:30": {"Asia/Yangon", "Indian/Cocos"},
	"+8:45": {"Australia/Eucla"},
	"+9:30": {"Australia/Darwin"},
}
