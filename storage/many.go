package storage

import "strings"

// sizes are how many rows go into one statement: few, so that each is prepared once.
var sizes = []int{64, 16, 4, 1}

// many calls do with the values of so many rows at a time as there are sizes for, each of width values, in order.
func (u *unit) many(values []any, width int, do func(n int, args []any) error) error {
	for _, n := range sizes {
		for len(values) >= n*width {
			if err := do(n, values[:n*width]); err != nil {
				return err
			}
			values = values[n*width:]
		}
	}
	return nil
}

// repeated is a part of a query, n times.
func repeated(part, between string, n int) string {
	return strings.Repeat(part+between, n-1) + part
}
