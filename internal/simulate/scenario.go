package simulate

import (
	"fmt"
	"time"
)

// Scenario is what happens in a group.
type Scenario struct {
	Name   string   // a word or two, for tables and file names
	About  string   // a sentence
	Share  float64  // the attackers' part of the active, in the scenarios that look into it; else 0
	Rows   []string // what its messages are counted under
	Groups int      // how many groups

	only   bool // the full engine alone plays it: nothing else has juries
	days   int  // over which cards are counted, for each row; 0 = they are not
	script func(p Params, c chance, pl plan) Script
	groups func(p Params, c chance, pl plan) []Result // instead of script: plays a group by itself, under the full engine

	plan  plan
	gain  func(all []Result) float64 // what attackers want, if they search for it; see [Adapt]
	train int                        // on how many groups they try a strategy at most, 0 = as many as others
}

// Strategy is what the attackers of an adaptive scenario do, in words; empty for another.
func (s Scenario) Strategy() string {
	if s.gain == nil {
		return ""
	}
	return s.plan.String()
}

// rounds names rows by their number.
func rounds(n int, of string) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("%s %d", of, i+1))
	}
	return all
}

// groupsOf names rows of so many attacks each.
func groupsOf(n, attacks int) []string {
	var all []string
	for first := 1; first <= attacks; first += n {
		all = append(all, fmt.Sprintf("attacks %d-%d", first, first+n-1))
	}
	return all
}

// noon is the middle of a day of the script.
func noon(day int) time.Time {
	return epoch.Add(time.Duration(day)*24*time.Hour + 12*time.Hour)
}
