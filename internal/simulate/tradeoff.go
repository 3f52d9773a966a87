package simulate

import "fmt"

// tradeoffName names the scenario in which the threshold is looked into.
const tradeoffName = "thresholds"

// thresholds are those that it compares.
var thresholds = []int{2, 3, 4, 5, 6}

func thresholdRow(n int, attacked bool) string {
	if attacked {
		return fmt.Sprintf("%d, six sleepers", n)
	}
	return fmt.Sprintf("%d, nobody", n)
}

// tradeoff is everyday life and six sleepers who joined together, by the threshold that the group has set.
func tradeoff(p Params) Scenario {
	var rows []string
	for _, n := range thresholds {
		rows = append(rows, thresholdRow(n, false), thresholdRow(n, true))
	}
	s := sleepers(p, "", 0, "")
	return Scenario{
		Name: tradeoffName, About: "by threshold: nobody attacks, and innocents are reported by mistake; and six sleepers who joined together",
		Rows: rows, Groups: max(len(thresholds), p.Repeat/2/len(thresholds)*len(thresholds)),
		script: func(p Params, c chance, _ plan) Script {
			k := c.group % len(thresholds)
			t := newTown(p, c)
			t.script.Threshold = thresholds[k]
			start := p.Quiet + 1
			t.live(0, start+t.attackDays(3), func(day int) int {
				if day < p.Quiet {
					return -1
				}
				return 2 * k
			})
			who := t.sleepers(0)
			for n := range 3 {
				at := noon(start + n*int(t.p.Between/day))
				t.assault(who, t.target(t.someone(at), at, 2*k+1), s.plan)
			}
			return t.done()
		},
	}
}
