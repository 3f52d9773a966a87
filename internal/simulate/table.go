package simulate

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
)

// column is one of the table.
type column struct {
	title string
	cell  func(r *Result) string
}

// columns are what a table can have. One that is empty in all rows of a scenario is left out.
var columns = []column{
	{"wrongful, %", func(r *Result) string { return ranged(r.Wrongful) }},
	{"muted, %", func(r *Result) string { return ranged(r.Muted) }},
	{"banned, %", func(r *Result) string { return ranged(r.Banned) }},
	{"caught, %", func(r *Result) string { return ranged(r.Caught) }},
	{"reopened, %", func(r *Result) string { return some(r.Reopened) }},
	{"of count's, %", func(r *Result) string { return ranged(r.OfCount) }},
	{"heavy, %", func(r *Result) string { return ranged(r.Heavy) }},
	{"once, %", func(r *Result) string { return ranged(r.Hurt) }},
	{"held, %", func(r *Result) string { return some(r.Held) }},
	{"full, %", func(r *Result) string { return ranged(r.Fits) }},
	{"at least 1 h, %", func(r *Result) string { return ranged(r.Mild) }},
	{"judged, %", func(r *Result) string { return ranged(r.Judged) }},
	{"wrongly, %", func(r *Result) string { return ranged(r.Erred) }},
	{"asked a week", (*Result).asked},
	{"votes", func(r *Result) string { return number(r.MedianVotes()) }},
	{"lost, %", func(r *Result) string { return ranged(r.Cost) }},
	{"by one, %", func(r *Result) string { return ranged(r.Named) }},
	{"alone, %", func(r *Result) string { return ranged(r.Alone) }},
	{"guessed, %", func(r *Result) string { return ranged(r.Guessed) }},
	{"cards a day", func(r *Result) string { return tenths(r.CardsADay()) }},
	{"minutes", func(r *Result) string { return number(r.MedianMinutes()) }},
}

// Legend says what the columns of the table are.
const Legend = `wrongful         innocent messages that were upheld, of those that came to a case
muted, banned    innocent authors who were muted or worse at least once, and those who were banned
caught           real violations that were upheld
of count's       the same, of those that a plain count of three upholds
heavy            innocent messages of established members that brought more than a mute of an hour
once             established innocents who got more than a mute of an hour at least once
held             messages of established innocents that brought a mute which lasted longer than an hour, until a jury spoke
full             upheld messages of established members that brought what the ladder says, where that is more than such a mute
at least 1 h     of the same, those that brought at least a mute of an hour
judged, wrongly  appeals that a jury decided, and of these, those that it decided wrongly
asked a week     how often a member is asked in a week to be a juror: at the median, and one in twenty more often
reopened         real violations that were dismissed, and reported again
lost             cases with ballots of attackers in which these took a voice, or weight, from a side
by one, alone    upheld cases in which one attacker's category made the penalty a day or more, and those in which
                 nobody else had named it
guessed          ballots of one member that an admin guessed rightly
cards a day      public questions under the messages of one innocent
votes, minutes   the median until votes upheld a real violation
In brackets: what it is with 95 % confidence (Wilson).
`

// WriteTable writes results, scenario by scenario.
func WriteTable(w io.Writer, scenarios []Scenario, results []Result) error {
	for _, s := range scenarios {
		var own []Result
		for _, r := range results {
			if r.Scenario == s.Name {
				own = append(own, r)
			}
		}
		if err := s.table(w, own); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, Legend)
	return err
}

func (s Scenario) table(w io.Writer, results []Result) error {
	fmt.Fprintf(w, "%s: %s (%d groups)\n", s.Name, s.About, s.Groups)
	if found := s.Strategy(); found != "" {
		fmt.Fprintf(w, "found: %s\n", found)
	}
	fmt.Fprintln(w)
	var shown []column
	title := "\tpolicy"
	for _, c := range columns {
		for i := range results {
			if c.cell(&results[i]) != "" {
				shown = append(shown, c)
				title += "\t" + c.title
				break
			}
		}
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, title)
	for _, row := range s.Rows {
		name := row
		for i := range results {
			if results[i].Row != row {
				continue
			}
			cells := []string{name, results[i].Policy}
			for _, c := range shown {
				cells = append(cells, c.cell(&results[i]))
			}
			fmt.Fprintln(t, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
			name = ""
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

// ranged is a part in percent with its interval, empty if there was nothing to count.
func ranged(r Rate) string {
	if r.Of == 0 {
		return ""
	}
	low, high := r.Interval()
	return fmt.Sprintf("%s [%s, %s]", percent(r.Value()), percent(low), percent(high))
}

// some is a part in percent, empty if it is none.
func some(r Rate) string {
	if r.Hits == 0 {
		return ""
	}
	return percent(r.Value())
}

// asked is how often members are asked in a week: at the median, and one in twenty more often.
func (r *Result) asked() string {
	if len(r.Asked) == 0 {
		return ""
	}
	half, most := r.AskedAWeek()
	return fmt.Sprintf("%.0f, %.0f", half, most)
}

func tenths(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return fmt.Sprintf("%.1f", v)
}

// percent has a second place where the first would say nothing.
func percent(v float64) string {
	if v > 0 && v < 0.001 {
		return fmt.Sprintf("%.2f", 100*v)
	}
	return fmt.Sprintf("%.1f", 100*v)
}

func number(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return fmt.Sprintf("%.0f", v)
}
