package simulate

import "fmt"

// groupSizes are the sizes of groups that have rows of their own, in active members.
var groupSizes = []int{8, 30, 200, 2000}

// sizes is everyday life in groups of several sizes, once the first month is over.
func sizes(p Params) Scenario {
	var rows []string
	for _, n := range groupSizes {
		rows = append(rows, fmt.Sprintf("%d members", n))
	}
	return Scenario{
		Name: "sizes", About: "nobody attacks; from the second month on, by active members", Rows: rows, Groups: max(len(rows), p.Groups/4*len(rows)),
		script: func(p Params, c chance, _ plan) Script {
			row := c.group % len(groupSizes)
			p.Members = groupSizes[row]
			t := newTown(p, c)
			t.live(0, max(p.Days()/2, 45), func(day int) int {
				if day < 30 {
					return -1
				}
				return row
			})
			return t.done()
		},
	}
}
