package storage

import (
	"slices"
	"strings"
)

// sizes are how many rows go into one statement: few, so that each is prepared once. Each is half of that before it.
var sizes = []int{64, 32, 16, 8, 4, 2, 1}

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

// padded is like many for what may be said twice: the last row is, until there are as many as there is a size for, so that
// up to 64 rows take one statement.
func (u *unit) padded(values []any, width int, do func(n int, args []any) error) error {
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

// repeated is a part of a query, n times.
func repeated(part, between string, n int) string {
	return strings.Repeat(part+between, n-1) + part
}

// pile is rows of one table that wait to be written together. K is what tells them apart, for one statement cannot write
// the same row twice.
type pile[K comparable] struct {
	insert, conflict string // what stands before and behind the rows
	row              string // with a ? for each value
	waiting          []any
	keys             map[K]bool
}

func newPile[K comparable](insert, row, conflict string) pile[K] {
	return pile[K]{insert: insert, row: row, conflict: conflict, keys: map[K]bool{}}
}

// add has a row written with others. If one with its key waits already, that is written first.
func (p *pile[K]) add(u *unit, key K, values ...any) error {
	if p.keys[key] {
		if err := p.write(u); err != nil {
			return err
		}
	}
	p.keys[key] = true
	p.waiting = append(p.waiting, values...)
	return nil
}

// write writes what waits.
func (p *pile[K]) write(u *unit) error {
	err := u.many(p.waiting, strings.Count(p.row, "?"), func(n int, args []any) error {
		return u.exec(p.insert+repeated(p.row, ", ", n)+p.conflict, args...)
	})
	p.waiting = p.waiting[:0]
	clear(p.keys)
	return err
}
