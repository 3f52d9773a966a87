package simulate

import (
	"cmp"
	"fmt"
	"slices"

	"gonum.org/v1/plot"
)

// Picture is a PNG file.
type Picture struct {
	Name string
	PNG  []byte
}

// Pictures draws results: what attackers reach by their share, what it takes to uphold a violation, and what
// those reach who attack again and again.
func Pictures(results []Result) ([]Picture, error) {
	wrongful := func(r *Result) Rate { return r.Wrongful }
	caught := func(r *Result) Rate { return r.Caught }
	charts := []struct {
		name string
		chart
	}{
		{"wrongful", byShare("Reported innocents who were punished", wrongful, results)},
		{"caught", byShare("Violations that were upheld though attackers acquit them", caught, results)},
		{"votes", cumulative("Violations upheld, by votes cast", "votes", 10, 1, results, func(r *Result) []float64 { return floats(r.Votes) })},
		{"minutes", cumulative("Violations upheld, by time", "minutes since the first report", 120, 20, results, func(r *Result) []float64 { return r.Minutes })},
		{"rounds", byRound(results)},
		{"threshold", byThreshold(results)},
		{"jurors", byJurors(results)},
		{"quiet", byTurnout(results)},
		{"summons", bySummons(results)},
	}
	var all []Picture
	for _, c := range charts {
		if len(c.lines) == 0 {
			continue // its scenarios were not played
		}
		b, err := c.png()
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", c.name, err)
		}
		all = append(all, Picture{c.name + ".png", b})
	}
	return all, nil
}

// percents is the axis of a part.
func percents(c chart, y string) chart {
	c.y, c.yMax = y, 1
	for v := 0; v <= 100; v += 20 {
		c.yTicks = append(c.yTicks, plot.Tick{Value: float64(v) / 100, Label: fmt.Sprint(v)})
	}
	return c
}

// byShare has the attackers' part of the active below, and a line for each policy.
func byShare(title string, of func(*Result) Rate, results []Result) chart {
	c := percents(chart{title: title, x: "fresh accounts, % of the active"}, "%, with 95 % intervals")
	for v := 0; v <= 50; v += 10 {
		c.xTicks = append(c.xTicks, plot.Tick{Value: float64(v) / 100, Label: fmt.Sprint(v)})
	}
	for i, p := range Policies() {
		l := line{name: p.Name, style: styles[i]}
		for k := range results {
			r := &results[k]
			if r.Policy == p.Name && isFlood(r.Scenario) {
				l.points = append(l.points, pointOf(r.Share, of(r)))
			}
		}
		if len(l.points) > 0 {
			c.lines = append(c.lines, l)
		}
	}
	return c
}

func pointOf(x float64, r Rate) point {
	low, high := r.Interval()
	return point{x, r.Value(), low, high}
}

// cumulative has an amount below, and above it the part of all real violations upheld with no more than that,
// in groups whose members have a record.
func cumulative(title, x string, most, step int, results []Result, of func(*Result) []float64) chart {
	c := percents(chart{title: title, x: x}, "% of all violations")
	for v := 0; v <= most; v += step {
		c.xTicks = append(c.xTicks, plot.Tick{Value: float64(v), Label: fmt.Sprint(v)})
	}
	for i, p := range Policies() {
		for k := range results {
			if r := &results[k]; r.Policy == p.Name && r.Scenario == practisedName {
				c.lines = append(c.lines, line{p.Name, styles[i], steps(of(r), r.Caught.Of, most)})
			}
		}
	}
	return c
}

// steps climb from 0 at each value.
func steps(values []float64, of, most int) []point {
	sorted := slices.Sorted(slices.Values(values))
	flat := func(x, y float64) point { return point{x, y, y, y} }
	climbed := []point{flat(0, 0)}
	for v := 1; v <= most; v++ {
		n, _ := slices.BinarySearch(sorted, float64(v)+1e-9)
		y := float64(n) / float64(max(1, of))
		climbed = append(climbed, flat(float64(v), y))
	}
	return climbed
}

// byRound has the number of the attack below, and a line for each sort of attackers, under the full engine.
func byRound(results []Result) chart {
	c := percents(chart{title: "Innocents punished under the full engine, attack after attack", x: "attack"}, "%, with 95 % intervals")
	names := []string{"joined together", "sleepers together", "sleepers mostly", "sleepers apart", "patient"}
	longest := 2
	for i, name := range names {
		l := line{name: name, style: styles[(i+4)%len(styles)]}
		for k := range results {
			if r := &results[k]; r.Scenario == name && r.Policy == fullName {
				l.points = append(l.points, pointOf(float64(len(l.points)+1), r.Wrongful))
			}
		}
		if len(l.points) > 0 {
			c.lines = append(c.lines, l)
			longest = max(longest, len(l.points))
		}
	}
	for v := 1; v <= longest; v++ {
		c.xTicks = append(c.xTicks, plot.Tick{Value: float64(v), Label: fmt.Sprint(v)})
	}
	slices.SortStableFunc(c.lines, func(a, b line) int { return cmp.Compare(last(b), last(a)) })
	return c
}

// byThreshold has the threshold below, and a line for each of what it bears on.
func byThreshold(results []Result) chart {
	c := chart{title: "What the threshold costs, and what it is worth", x: "threshold", y: "%, with 95 % intervals", yMax: 0.5}
	for v := 0; v <= 50; v += 10 {
		c.yTicks = append(c.yTicks, plot.Tick{Value: float64(v) / 100, Label: fmt.Sprint(v)})
	}
	missed := func(r *Result) Rate { return Rate{r.Caught.Of - r.Caught.Hits, r.Caught.Of} }
	wrongful := func(r *Result) Rate { return r.Wrongful }
	for i, l := range []struct {
		name   string
		attack bool
		of     func(*Result) Rate
	}{{"violations missed", false, missed}, {"mistakes punished", false, wrongful}, {"sleepers succeed", true, wrongful}} {
		drawn := line{name: l.name, style: styles[i]}
		for k := range results {
			r := &results[k]
			for _, n := range thresholds {
				if r.Scenario == tradeoffName && r.Policy == fullName && r.Row == thresholdRow(n, l.attack) {
					drawn.points = append(drawn.points, pointOf(float64(n), l.of(r)))
				}
			}
		}
		if len(drawn.points) > 0 {
			c.lines = append(c.lines, drawn)
		}
	}
	for _, n := range thresholds {
		c.xTicks = append(c.xTicks, plot.Tick{Value: float64(n), Label: fmt.Sprint(n)})
	}
	return c
}

func last(l line) float64 { return l.points[len(l.points)-1].y }

func floats(of []int) []float64 {
	all := make([]float64, len(of))
	for i, v := range of {
		all[i] = float64(v)
	}
	return all
}
