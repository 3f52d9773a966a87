package e2e

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// trace is what shows of one act that nobody saw. All times are in seconds.
type trace struct {
	presence *presence
	who, did int // who did it, and when
	not      int // who cannot have done it: the author
	since    int // it was not before, which everybody knows
	shown    [2]int
	both     bool // there are two moments; else the first alone counts
}

// timing says how likely it is that an act shows so long after it, by how long that is.
type timing func(after [2]int) float64

// guess is how sure an observer is who did it, who knows who was there and how long it takes to show: the probability that
// the posterior gives to the one who did. Each second in which somebody is there is as likely as any other.
func (t trace) guess(span int, likely timing) float64 {
	var all, right float64
	for m := range t.presence.watched {
		if m == t.not {
			continue
		}
		for at := max(t.shown[0]-span, t.since, 0); at <= t.shown[0]; at++ {
			if !t.presence.saw(m, at) {
				continue
			}
			p := likely(t.after(at))
			all += p
			if m == t.who {
				right += p
			}
		}
	}
	return right / all
}

// after is how long after a moment it showed.
func (t trace) after(at int) [2]int {
	if t.both {
		return [2]int{t.shown[0] - at, t.shown[1] - at}
	}
	return [2]int{t.shown[0] - at}
}

// within is the timing of somebody who knows of the clock only that the act was so long ago at most.
func within(delay int) timing {
	return func(after [2]int) float64 {
		if after[0] < 0 || after[0] > delay {
			return 0
		}
		return 1
	}
}

// learn is what an observer knows who does such things themselves, again and again, and notes when they show. What they
// never saw they take for a fifth as likely as what they saw once.
func learn(from []trace, span int) timing {
	width := max(span/40, 1) // of a bin, in seconds
	if len(from) > 0 && from[0].both {
		width *= 6
	}
	bin := func(after [2]int) [2]int {
		for i, d := range after {
			after[i] = min(max(d, -1), span+1) / width
		}
		return after
	}
	seen := map[[2]int]float64{}
	for _, t := range from {
		seen[bin(t.after(t.did))]++
	}
	bins := float64(span/width + 1)
	if len(from) > 0 && from[0].both {
		bins *= bins
	}
	return func(after [2]int) float64 { return (seen[bin(after)] + 0.2) / (float64(len(from)) + 0.2*bins) }
}

// knowledge is what times tell about who did something.
type knowledge struct {
	acts          int
	outside       int     // of them, which showed later than the delay allows
	present       float64 // how many were there, on average
	chance, clock float64 // among how many people one has to guess, without the clock and with it
	bits          float64 // that the clock tells more than chance, on average
	low, high     float64 // an interval that holds the bits with 95 %
}

// observe lets an observer learn from one half of the traces and guess in the other, and the other way round. Without a clock
// they know who was there in the last delay.
func observe(traces []trace, delay, span int) knowledge {
	var halves [2][]trace
	for i, t := range traces {
		halves[i%2] = append(halves[i%2], t)
	}
	var k knowledge
	var more []float64
	for i, half := range halves {
		learned := learn(halves[1-i], span)
		for _, t := range half {
			if t.guess(span, within(delay)) == 0 {
				k.outside++
				continue
			}
			k.present += float64(t.presence.around(t.not, max(t.shown[0]-delay, t.since), t.shown[0]))
			chance, clock := math.Log2(t.guess(span, within(delay))), math.Log2(t.guess(span, learned))
			k.chance += chance
			k.clock += clock
			more = append(more, clock-chance)
		}
	}
	k.acts = len(more)
	n := float64(k.acts)
	k.present, k.chance, k.clock = k.present/n, math.Exp2(-k.chance/n), math.Exp2(-k.clock/n)
	k.bits = mean(more)
	k.low, k.high = interval(more)
	return k
}

func (k knowledge) String() string {
	return fmt.Sprintf("%5d acts and %d late  %4.1f there  1 of %4.1f by chance  1 of %4.1f by the clock  %5.2f bits [%5.2f, %5.2f]",
		k.acts, k.outside, k.present, k.chance, k.clock, k.bits, k.low, k.high)
}

func mean(of []float64) float64 {
	sum := 0.0
	for _, v := range of {
		sum += v
	}
	return sum / float64(len(of))
}

// interval is a bootstrap interval of the mean.
func interval(of []float64) (low, high float64) {
	r := rand.New(rand.NewPCG(1, uint64(len(of))))
	const draws = 1000
	means := make([]float64, draws)
	for i := range means {
		sum := 0.0
		for range of {
			sum += of[r.IntN(len(of))]
		}
		means[i] = sum / float64(len(of))
	}
	slices.Sort(means)
	return means[draws/40], means[draws-draws/40-1]
}

// untilFound is after how many reports by one and the same member an observer is sure of them with nine in ten, who sees only
// how long after each report something showed. It is the middle of many tries. The member is not one of those who are always
// there.
func untilFound(from []trace, members, span int) int {
	const tries, most, seconds = 200, 50, 4000
	r := rand.New(rand.NewPCG(2, uint64(span)))
	learned := learn(from, span)
	var counts []int
	for range tries {
		p := drawPresence(r, members, seconds)
		suspect := members/10 + r.IntN(members-members/10)
		n, odds := 0, make([]float64, members)
		for ; n < most && !sure(odds, suspect); n++ {
			did, ok := p.momentOf(r, suspect, span, seconds-span)
			if !ok {
				break
			}
			one := from[r.IntN(len(from))]
			for m := range odds {
				odds[m] += math.Log(p.explains(m, did+one.shown[0]-one.did, span, learned))
			}
		}
		counts = append(counts, n)
	}
	slices.Sort(counts)
	return counts[tries/2]
}

// evenly are traces of acts that show at any time within a delay.
func evenly(delay int) (all []trace) {
	for after := range delay {
		all = append(all, trace{shown: [2]int{after}})
	}
	return all
}

// explains is how likely it is that something shows at a moment if a member does it at any time at which they are there.
func (p *presence) explains(member, shown, span int, likely timing) float64 {
	sum, always := 1e-9, 1e-9 // a presence may be missed
	for at := range p.there[member] {
		if p.saw(member, at) {
			always++
			if ago := shown - at; ago >= 0 && ago <= span {
				sum += likely([2]int{ago})
			}
		}
	}
	return sum / always
}

// sure reports whether the odds, in logarithms, are nine in ten for one of them.
func sure(odds []float64, of int) bool {
	most, sum := slices.Max(odds), 0.0
	for _, o := range odds {
		sum += math.Exp(o - most)
	}
	return math.Exp(odds[of]-most)/sum > 0.9
}
