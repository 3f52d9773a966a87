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
	{"of count's, %", func(r *Result) string { return ranged(r.OfCount) }},
	{"handed, %", func(r *Result) string { return plain(r.Handed) }},
	{"votes", func(r *Result) string { return number(r.MedianVotes()) }},
	{"minutes", func(r *Result) string { return number(r.MedianMinutes()) }},
}

// Legend says what the columns of the table are.
const Legend = `wrongful         innocent messages that were upheld, of those that came to a case
muted, banned    innocent authors who were muted or worse at least once, and those who were banned
caught           real violations that were upheld
of count's       the same, of those that a plain count of three upholds
handed           cases handed to the admins, who are assumed to be right: what this costs is their time
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
	fmt.Fprintf(w, "%s: %s (%d groups)\n\n", s.Name, s.About, s.Groups)
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

func plain(r Rate) string {
	if r.Of == 0 {
		return ""
	}
	return percent(r.Value())
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
