package simulate

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
)

// measure is something that is counted.
type measure struct {
	name string
	of   func(r *Result) Rate
}

var measures = []measure{
	{"wrongful", func(r *Result) Rate { return r.Wrongful }},
	{"punished", func(r *Result) Rate { return r.Punished }},
	{"muted", func(r *Result) Rate { return r.Muted }},
	{"banned", func(r *Result) Rate { return r.Banned }},
	{"caught", func(r *Result) Rate { return r.Caught }},
	{"caught_of_count_of_3", func(r *Result) Rate { return r.OfCount }},
	{"no_more_votes_than_count_of_3", func(r *Result) Rate { return r.Sooner }},
	{"heavier_than_mute_1h_of_established", func(r *Result) Rate { return r.Heavy }},
	{"reopened", func(r *Result) Rate { return r.Reopened }},
	{"side_lost_votes", func(r *Result) Rate { return r.Cost }},
	{"category_by_one_decides_a_day", func(r *Result) Rate { return r.Named }},
	{"category_by_one_alone_decides_a_day", func(r *Result) Rate { return r.Alone }},
	{"guessed", func(r *Result) Rate { return r.Guessed }},
	{"heavier_than_mute_1h_once", func(r *Result) Rate { return r.Hurt }},
	{"heavier_waited_for_a_jury", func(r *Result) Rate { return r.Tried }},
	{"mute_held_for_a_jury", func(r *Result) Rate { return r.Held }},
	{"what_the_ladder_says", func(r *Result) Rate { return r.Fits }},
	{"mute_1h_at_least", func(r *Result) Rate { return r.Mild }},
	{"appeals_decided_by_jury", func(r *Result) Rate { return r.Judged }},
	{"appeals_decided_wrongly", func(r *Result) Rate { return r.Erred }},
	{"by_admins", func(r *Result) Rate { return r.ByAdmin }},
}

// WriteCSV writes results, one measure to a line: where, whose, what, and its value with the ends of its
// 95 % interval. The last two are of how many hits among how many it is made. Medians have no interval
// and no hits.
func WriteCSV(w io.Writer, results []Result) error {
	out := csv.NewWriter(w)
	lines := [][]string{{"scenario", "row", "attackers", "policy", "measure", "value", "low", "high", "hits", "of"}}
	for i := range results {
		lines = append(lines, results[i].lines()...)
	}
	return out.WriteAll(lines)
}

func (r *Result) lines() [][]string {
	var all [][]string
	line := func(name string, value float64, rest ...string) {
		all = append(all, append([]string{r.Scenario, r.Row, decimal(r.Share), r.Policy, name, decimal(value)}, rest...))
	}
	for _, m := range measures {
		rate := m.of(r)
		if rate.Of == 0 {
			continue
		}
		low, high := rate.Interval()
		line(m.name, rate.Value(), decimal(low), decimal(high), strconv.Itoa(rate.Hits), strconv.Itoa(rate.Of))
	}
	for _, m := range []struct {
		name  string
		value float64
		of    int
	}{
		{"median_votes", r.MedianVotes(), len(r.Votes)},
		{"median_minutes", r.MedianMinutes(), len(r.Minutes)},
		{"asked_a_week_median", median(r.Asked), len(r.Asked)},
		{"asked_a_week_95th_percentile", quantile(r.Asked, 0.95), len(r.Asked)},
		{"cards_a_day", r.CardsADay(), r.Days},
		{"mean_ballots_on_record", r.MeanKnown(), r.ByAdmin.Of},
	} {
		if !math.IsNaN(m.value) {
			line(m.name, m.value, "", "", "", strconv.Itoa(m.of))
		}
	}
	return all
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// WriteVotesCSV writes how many votes, and how many minutes, it took to uphold real violations: a line for
// each case.
func WriteVotesCSV(w io.Writer, results []Result) error {
	out := csv.NewWriter(w)
	lines := [][]string{{"scenario", "row", "policy", "votes", "minutes"}}
	for _, r := range results {
		if r.Scenario != practisedName {
			continue
		}
		for i, v := range r.Votes {
			lines = append(lines, []string{r.Scenario, r.Row, r.Policy, strconv.Itoa(v), decimal(math.Round(100*r.Minutes[i]) / 100)})
		}
	}
	return out.WriteAll(lines)
}
