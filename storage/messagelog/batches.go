package messagelog

import (
	"slices"
	"strings"
)

// mostInBatch is how many rows go into one statement at most. A batch has a power of two of rows, so that there are few
// statements to be prepared.
const mostInBatch = 64

// inBatches calls do with the values of some rows at a time, each row of width values, in order.
func inBatches(values []any, width int, do func(n int, args []any) error) error {
	for n := mostInBatch; n > 0; n /= 2 {
		for len(values) >= n*width {
			if err := do(n, values[:n*width]); err != nil {
				return err
			}
			values = values[n*width:]
		}
	}
	return nil
}

// inPaddedBatches is like inBatches for what may be said twice: the last row is repeated until there are as many as a batch
// has, so that a few rows take one statement.
func inPaddedBatches(values []any, width int, do func(n int, args []any) error) error {
	for most := mostInBatch * width; len(values) > most; values = values[most:] {
		if err := do(mostInBatch, values[:most]); err != nil {
			return err
		}
	}
	if len(values) == 0 {
		return nil
	}
	n := 1
	for n*width < len(values) {
		n *= 2
	}
	last := values[len(values)-width:]
	for values = slices.Clone(values); len(values) < n*width; {
		values = append(values, last...)
	}
	return do(n, values)
}

// repeated is a part of a query, n times.
func repeated(part, between string, n int) string {
	return strings.Repeat(part+between, n-1) + part
}
