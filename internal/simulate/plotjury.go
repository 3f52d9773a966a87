package simulate

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot"
)

// byJurors has the attackers' part of the active below, and a line for each part of jurors that answer.
func byJurors(results []Result) chart {
	c := percents(chart{title: "Established innocents punished harder than a mute of 1 h, by attack", x: "established attackers, % of the active"}, "%, with 95 % intervals")
	for v := 0; v <= 30; v += 10 {
		c.xTicks = append(c.xTicks, plot.Tick{Value: float64(v) / 100, Label: fmt.Sprint(v)})
	}
	for i, row := range byResponse() {
		l := line{name: row, style: styles[i]}
		for k := range results {
			if r := &results[k]; r.Row == row && strings.HasPrefix(r.Scenario, packedName) {
				l.points = append(l.points, pointOf(r.Share, r.Heavy))
			}
		}
		if len(l.points) > 0 {
			c.lines = append(c.lines, l)
		}
	}
	return c
}

// byTurnout has the time since the first report below, and above it the part of all violations upheld by then, in groups in which
// few vote.
func byTurnout(results []Result) chart {
	const most = 360
	c := percents(chart{title: "Violations upheld in quiet groups, by time", x: "minutes since the first report"}, "% of all violations reported")
	for v := 0; v <= most; v += 60 {
		c.xTicks = append(c.xTicks, plot.Tick{Value: float64(v), Label: fmt.Sprint(v)})
	}
	for i, shown := range []struct {
		name string
		hamlet
	}{
		{"1 % vote", hamlet{200, 0, 0.01, 0.4}}, {"3 % vote", hamlet{200, 0, 0.03, 0.4}}, {"10 % vote", hamlet{200, 0, 0.1, 0.4}},
		{"1 %, nobody asked", hamlet{200, 0, 0.01, 0}}, {"30 members, 3 %", hamlet{30, 10, 0.03, 0.4}},
	} {
		for k := range results {
			if r := &results[k]; r.Scenario == quietName && r.Row == shown.String() {
				c.lines = append(c.lines, line{shown.name, styles[i], steps(r.Minutes, r.Caught.Of, most)})
			}
		}
	}
	return c
}

// bySummons has below how often a member is asked in a week, and above it the part of all weeks of all members.
func bySummons(results []Result) chart {
	const most = 8
	c := percents(chart{title: "How often members are asked to be jurors, if four of ten answer", x: "times in a week"}, "% of members asked no more often")
	for v := 0; v <= most; v++ {
		c.xTicks = append(c.xTicks, plot.Tick{Value: float64(v), Label: fmt.Sprint(v)})
	}
	for k := range results {
		if r := &results[k]; r.Scenario == summonedName && len(r.Asked) > 0 && strings.HasSuffix(r.Row, answering(0.4)) {
			counts := make([]float64, len(r.Asked))
			never := 0
			for i, n := range r.Asked {
				if counts[i] = float64(n); n == 0 {
					never++
				}
			}
			l := line{strings.Split(r.Row, ", ")[1], styles[len(c.lines)%len(styles)], steps(counts, len(counts), most)}
			part := float64(never) / float64(len(counts))
			l.points[0] = point{0, part, part, part}
			c.lines = append(c.lines, l)
		}
	}
	return c
}
