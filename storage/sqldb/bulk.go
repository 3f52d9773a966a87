package sqldb

import (
	"slices"
	"strings"
)

// sizes are how many rows go into one statement: few, so that each is prepared once. Each is half of that before it.
var sizes = []int{64, 32, 16, 8, 4, 2, 1}

// InParts calls do with the values of so many rows at a time as there are sizes for, each of width values, in order.
func InParts(values []any, width int, do func(n int, args []any) error) error {
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

// Padded is like InParts for rows that may be said twice. It repeats the last one until there are as many as there is a size
// for, so that up to 64 rows take one statement.
func Padded(values []any, width int, do func(n int, args []any) error) error {
	most := sizes[0] * width
	for len(values) > most {
		if err := do(sizes[0], values[:most]); err != nil {
			return err
		}
		values = values[most:]
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

// Repeat is a part of a query, n times.
func Repeat(part, between string, n int) string {
	return strings.Repeat(part+between, n-1) + part
}

// Bulk is rows of one table that wait to be written together. K is what tells them apart, for one statement cannot write
// the same row twice.
type Bulk[K comparable] struct {
	doing            string // what is attempted, for the error
	insert, conflict string // what stands before and behind the rows
	row              string // with a ? for each value
	waiting          []any
	keys             map[K]bool
}

// NewBulk makes a Bulk without rows. Doing says what is attempted, for the error of [Tx.Later]. The statement is insert, then row once for each row, then conflict.
func NewBulk[K comparable](doing, insert, row, conflict string) Bulk[K] {
	return Bulk[K]{doing: doing, insert: insert, row: row, conflict: conflict, keys: map[K]bool{}}
}

// Add has a row written with others. If one with its key waits already, that is written first.
func (b *Bulk[K]) Add(t *Tx, key K, values ...any) {
	if b.keys[key] {
		b.Write(t)
	}
	b.keys[key] = true
	b.waiting = append(b.waiting, values...)
}

// Write writes what waits, by [Tx.Later].
func (b *Bulk[K]) Write(t *Tx) {
	_ = InParts(b.waiting, strings.Count(b.row, "?"), func(n int, args []any) error { // no error: nothing is run yet
		t.Later(b.doing, b.insert+Repeat(b.row, ", ", n)+b.conflict, args...)
		return nil
	})
	b.waiting = b.waiting[:0]
	clear(b.keys)
}
