package simulate

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Strategy is what attackers choose: a number from 0 to 1 for each knob of their attack.
type Strategy []float64

// knob is one thing that attackers choose: a time, on a logarithmic scale, or one of several ways.
type knob struct {
	name        string
	least, most time.Duration
	ways        []string
}

// plan is a strategy with the names of what it chooses.
type plan struct {
	knobs  []knob
	chosen Strategy
}

func (p plan) find(name string) (knob, float64) {
	for i, k := range p.knobs {
		if k.name == name {
			return k, p.chosen[i]
		}
	}
	panic("no knob " + name) // a mistake in a scenario
}

// time is a time that was chosen.
func (p plan) time(name string) time.Duration {
	k, x := p.find(name)
	return k.at(x)
}

func (k knob) at(x float64) time.Duration {
	low, high := float64(k.least), float64(k.most)
	return time.Duration(low * math.Pow(high/low, x)).Truncate(time.Second)
}

// way is one of several that was chosen, counted from 0.
func (p plan) way(name string) int {
	k, x := p.find(name)
	return k.way(x)
}

func (k knob) way(x float64) int { return min(len(k.ways)-1, int(x*float64(len(k.ways)))) }

// said is the way that was chosen, in its word.
func (p plan) said(name string) string {
	k, x := p.find(name)
	return k.ways[k.way(x)]
}

// String is the plan in words.
func (p plan) String() string {
	said := make([]string, len(p.knobs))
	for i, k := range p.knobs {
		if k.ways != nil {
			said[i] = fmt.Sprintf("%s: %s", k.name, k.ways[k.way(p.chosen[i])])
			continue
		}
		said[i] = fmt.Sprintf("%s: %s", k.name, rounded(k.at(p.chosen[i])))
	}
	return strings.Join(said, "; ")
}

// rounded is a time with its largest unit.
func rounded(d time.Duration) string {
	switch {
	case d >= 2*day:
		return fmt.Sprintf("%.0f d", d.Hours()/24)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%.0f h", d.Hours())
	case d >= 2*time.Minute:
		return fmt.Sprintf("%.0f min", d.Minutes())
	default:
		return fmt.Sprintf("%.0f s", d.Seconds())
	}
}
